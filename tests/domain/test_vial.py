"""Vials: used + wasted + left is the vial, hours of use, lots as they are compared, units of three months."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession
from dermlog.domain.validity import Fault, InvalidRecord
from dermlog.domain.vial import (
    VialUse,
    hours_over,
    lot_key,
    months_before,
    units_in_months,
    use_of,
    waste_amended,
    with_rest_wasted,
)
from tests.makers import make_patient, make_session, make_site, make_vial, make_visit

BOTOX = Product("onabotulinumtoxinA", "Botox", (Decimal(100),), hours_of_use=24)
DYSPORT = Product("abobotulinumtoxinA", "Dysport", (Decimal(300),))
VISIT = make_visit(make_patient())
MORNING = datetime(2026, 4, 17, 9, 30, tzinfo=UTC)

quarters = st.integers(min_value=0, max_value=400).map(lambda number: Decimal(number) / 4)


def session(units: str = "2", **changes: object) -> InjectionSession:
    facts: dict[str, object] = {"vial_units": Decimal(100), "sites": (make_site(units),)}
    return make_session(VISIT, BOTOX, **(facts | changes))


@given(used=quarters, wasted=quarters)
def test_used_and_wasted_and_left_are_the_vial(used: Decimal, wasted: Decimal) -> None:
    vial = make_vial(BOTOX)
    if used + wasted > vial.total_units:
        with pytest.raises(InvalidRecord) as caught:
            VialUse(vial, used, wasted)
        assert caught.value.problems[0].fault is Fault.BEYOND_VIAL
        return
    use = VialUse(vial, used, wasted)
    assert use.used + use.wasted + use.left == vial.total_units
    assert use.left >= 0


@given(doses=st.lists(st.tuples(st.integers(1, 40), st.integers(0, 10)), max_size=6))
def test_any_run_of_sessions_leaves_a_whole_vial(doses: list[tuple[int, int]]) -> None:
    vial = make_vial(BOTOX)
    sessions: list[InjectionSession] = []
    for used, wasted in doses:
        made = session(str(used), vial_id=vial.id, wasted_units=Decimal(wasted))
        try:
            use = use_of(vial, [*sessions, made])
        except InvalidRecord:
            continue
        sessions.append(made)
        assert use.used + use.wasted + use.left == Decimal(100)
    assert use_of(vial, [*sessions, session("50")]).left == use_of(vial, sessions).left, "another vial"


@given(units=st.integers(1, 100), vials=st.integers(1, 5))
def test_a_vial_for_one_patient_leaves_nothing(units: int, vials: int) -> None:
    made = with_rest_wasted(session(str(units), vials=vials))
    use = use_of(make_vial(BOTOX, count=vials), [])
    assert made.wasted_units is not None
    assert made.total_units + made.wasted_units == use.vial.total_units


def test_waste_follows_an_amendment_only_where_it_was_the_rest() -> None:
    before = with_rest_wasted(session("30"))
    after = replace(before, sites=(make_site("35"),))
    assert waste_amended(before, after).wasted_units == Decimal(65)
    stated = session("30", wasted_units=Decimal(5))
    assert waste_amended(stated, replace(stated, sites=(make_site("35"),))).wasted_units == Decimal(5)
    typed = replace(after, wasted_units=Decimal(60))
    assert waste_amended(before, typed).wasted_units == Decimal(60)


def test_hours_of_use_and_expiry_end_the_use() -> None:
    until = hours_over(MORNING, BOTOX)
    assert until == MORNING + timedelta(hours=24)
    assert hours_over(MORNING, DYSPORT) is None
    assert hours_over(None, BOTOX) is None
    vial = make_vial(BOTOX, mixed_at=MORNING, use_by=until)
    assert vial.may_be_used(MORNING + timedelta(hours=24))
    assert not vial.may_be_used(MORNING + timedelta(hours=24, minutes=1))
    assert not replace(vial, use_by=None, expiry=date(2026, 4, 16)).may_be_used(MORNING)


def test_a_vial_is_not_used_up_before_it_is_mixed() -> None:
    with pytest.raises(InvalidRecord):
        make_vial(BOTOX, mixed_at=MORNING, use_by=MORNING - timedelta(minutes=1))


@pytest.mark.parametrize("typed", ["C4821", "c4821", " C-48 21 ", "C.4821"])
def test_a_lot_is_the_same_however_it_is_written(typed: str) -> None:
    assert lot_key(typed) == "c4821"


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 4, 17), date(2026, 1, 17)),
        (date(2026, 2, 10), date(2025, 11, 10)),
        (date(2026, 5, 31), date(2026, 2, 28)),
        (date(2024, 5, 29), date(2024, 2, 29)),
    ],
)
def test_three_months_before(day: date, before: date) -> None:
    assert months_before(day) == before


def test_units_of_three_months_are_of_one_product() -> None:
    patient = make_patient()

    def on(day: date, product: Product, units: str) -> InjectionSession:
        visit = make_visit(patient, day)
        return make_session(visit, product, sites=(make_site(units),))

    sessions = [
        on(date(2026, 1, 17), BOTOX, "10"),
        on(date(2026, 1, 18), BOTOX, "20"),
        on(date(2026, 3, 1), DYSPORT, "50"),
        on(date(2026, 4, 1), BOTOX, "4"),
        on(date(2026, 4, 18), BOTOX, "7"),
    ]
    assert units_in_months(sessions, BOTOX.id, date(2026, 4, 17)) == (Decimal(24), 2)
    assert units_in_months(sessions, DYSPORT.id, date(2026, 4, 17)) == (Decimal(50), 1)
