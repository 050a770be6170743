"""Injection sessions: doses that can be, sums by zone, the strength of a dilution."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.domain.face_map import Zone
from dermlog.domain.product import Product
from dermlog.domain.session import Dilution, Technique, total, totals_by_zone
from dermlog.domain.validity import Fault, InvalidRecord
from tests.makers import make_patient, make_session, make_site, make_visit

PRODUCT = Product("toxin", "Brand", (Decimal(50),))
VISIT = make_visit(make_patient())


def faults(caught: pytest.ExceptionInfo[InvalidRecord]) -> set[tuple[str, Fault]]:
    return {(problem.field, problem.fault) for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("units", "fault"),
    [
        ("0", Fault.NOT_POSITIVE),
        ("-2", Fault.NOT_POSITIVE),
        ("1000", Fault.TOO_LARGE),
        ("0.0001", Fault.TOO_MANY_DECIMALS),
        ("NaN", Fault.NOT_A_NUMBER),
    ],
)
def test_a_dose_that_cannot_be(units: str, fault: Fault) -> None:
    with pytest.raises(InvalidRecord) as caught:
        make_site(units)
    assert faults(caught) == {("units", fault)}


@pytest.mark.parametrize(("x", "y"), [(-0.01, 0.5), (0.5, 1.01), (float("nan"), 0.5), (float("inf"), 0)])
def test_a_point_beside_the_map(x: float, y: float) -> None:
    with pytest.raises(InvalidRecord) as caught:
        make_site(x=x, y=y)
    assert faults(caught) == {("position", Fault.OUTSIDE_MAP)}


def test_a_single_point_has_one_depth() -> None:
    with pytest.raises(InvalidRecord):
        make_site(depth=Technique.MIXED)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"lot": " "}, ("lot", Fault.MISSING)),
        ({"expiry": VISIT.on - timedelta(days=1)}, ("expiry", Fault.EXPIRED)),
        ({"expiry": date(VISIT.on.year + 11, 1, 1)}, ("expiry", Fault.IN_FUTURE)),
        ({"expiry": date.max}, ("expiry", Fault.IN_FUTURE)),
        ({"vial_units": Decimal(0)}, ("vial_units", Fault.NOT_POSITIVE)),
        ({"diluent_ml": Decimal(21)}, ("diluent_ml", Fault.TOO_LARGE)),
        ({"vials": 6}, ("vials", Fault.TOO_LARGE)),
        ({"vials": 0, "sites": (make_site(),)}, ("vials", Fault.TOO_SMALL)),
        ({"needle_gauge": 12}, ("needle_gauge", Fault.TOO_SMALL)),
        ({"sites": ()}, ("sites", Fault.MISSING)),
        ({"sites": (make_site("51"),)}, ("sites", Fault.BEYOND_VIAL)),
        ({"note": "\x07"}, ("note", Fault.CONTROL_CHARACTER)),
    ],
)
def test_a_session_that_cannot_be(changes: dict[str, Any], problem: tuple[str, Fault]) -> None:
    with pytest.raises(InvalidRecord) as caught:
        make_session(VISIT, PRODUCT, **changes)
    assert problem in faults(caught)


def test_a_vial_may_be_used_on_its_last_day_and_to_its_last_unit() -> None:
    session = make_session(VISIT, PRODUCT, expiry=VISIT.on, vials=2, sites=(make_site("60"), make_site("40")))
    assert session.total_units == 100


@pytest.mark.parametrize(
    ("vial", "diluent", "strength", "units", "ml"),
    [
        ("100", "2.5", "4", "2", "0.05"),
        ("50", "1.25", "4", "1", "0.025"),
        ("500", "2.5", "20", "10", "0.05"),
        ("125", "0.63", "19.8412698", "10", "0.0504"),
    ],
)
def test_the_strength_of_a_dilution(vial: str, diluent: str, strength: str, units: str, ml: str) -> None:
    dilution = Dilution(Decimal(vial), Decimal(diluent))
    assert round(dilution.units_per_tenth_ml, 7) == Decimal(strength)
    assert dilution.ml(Decimal(units)) == Decimal(ml)


@given(st.lists(st.tuples(st.sampled_from(Zone), st.integers(1, 400)), max_size=60))
def test_zones_add_up_to_the_whole(points: list[tuple[Zone, int]]) -> None:
    sites = [make_site(str(Decimal(quarters) / 4), zone=zone) for zone, quarters in points]
    dilution = Dilution(Decimal(100), Decimal("2.5"))
    by_zone = totals_by_zone(sites, dilution)
    whole = total(None, sites, dilution)
    assert sum(row.points for row in by_zone) == whole.points == len(sites)
    assert sum((row.units for row in by_zone), Decimal(0)) == whole.units
    assert sum((row.ml or 0 for row in by_zone), Decimal(0)) == whole.ml
    order = list(Zone)
    assert [row.zone for row in by_zone] == [zone for zone in order if any(zone is z for z, _ in points)]


def test_without_a_dilution_there_is_no_volume() -> None:
    assert total(None, [make_site()], None).ml is None
    assert totals_by_zone([make_site()], None)[0].ml is None
