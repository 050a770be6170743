"""Vials in the file: what sessions leave in them, what a lot was, and who had it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dermlog.domain.draft import DraftKind
from dermlog.domain.file_fault import Refusal
from dermlog.domain.patient import Patient
from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession
from dermlog.errors import NotAllowed
from dermlog.logbook import Logbook
from tests.makers import NOW, make_draft, make_patient, make_session, make_site, make_vial, make_visit


@pytest.fixture
def botox(logbook: Logbook) -> Product:
    """A product of the catalogue."""
    return logbook.products.all()[0]


def signed(
    logbook: Logbook, product: Product, patient: Patient | None = None, **changes: Any
) -> InjectionSession:
    """A signed session of somebody."""
    person = patient or make_patient()
    if patient is None:
        logbook.patients.save(person)
    visit = make_visit(person)
    return logbook.sessions.sign(visit, make_session(visit, product, **changes))


def test_a_vial_is_kept_as_it_was_opened(logbook: Logbook, botox: Product) -> None:
    vial = make_vial(botox, mixed_at=NOW, use_by=NOW + timedelta(hours=24), shared=True, count=2)
    logbook.vials.save(vial)
    assert logbook.vials.get(vial.id) == vial


def test_sessions_draw_on_one_vial_until_it_is_empty(logbook: Logbook, botox: Product) -> None:
    vial = make_vial(botox, units=Decimal(50), shared=True)
    logbook.vials.save(vial)
    facts: dict[str, Any] = {"vial_id": vial.id, "vial_units": Decimal(50), "expiry": vial.expiry}
    signed(logbook, botox, sites=(make_site("30"),), **facts)
    signed(logbook, botox, sites=(make_site("15"),), wasted_units=Decimal(2), **facts)
    use = logbook.vials.use(vial.id)
    assert (use.used, use.wasted, use.left) == (Decimal(45), Decimal(2), Decimal(3))
    count = logbook.patients.count()
    with pytest.raises(NotAllowed) as caught:
        signed(logbook, botox, sites=(make_site("4"),), **facts)
    assert caught.value.refusal is Refusal.BEYOND_VIAL
    assert logbook.vials.use(vial.id) == use, "nothing of the refused session stayed"
    assert logbook.patients.count() == count + 1


def test_a_void_session_gives_its_units_back_and_an_amendment_counts_once(
    logbook: Logbook, botox: Product
) -> None:
    vial = make_vial(botox, shared=True)
    logbook.vials.save(vial)
    first = signed(logbook, botox, vial_id=vial.id, vial_units=vial.units, sites=(make_site("30"),))
    amended = logbook.sessions.amend(replace(first, sites=(make_site("20"),), lot="C4822"), "miscounted")
    assert logbook.vials.use(vial.id).used == Decimal(20)
    assert logbook.vials.get(vial.id).lot == "C4822", "the vial says what its session says"
    logbook.sessions.void(amended.id, "wrong day")
    assert logbook.vials.use(vial.id).used == 0


def test_only_shared_vials_within_their_hours_are_offered(logbook: Logbook, botox: Product) -> None:
    late = NOW + timedelta(hours=2)
    good = make_vial(botox, shared=True, use_by=late)
    for vial in (
        good,
        make_vial(botox, shared=False, use_by=late),
        make_vial(botox, shared=True, use_by=NOW - timedelta(minutes=1)),
        make_vial(botox, shared=True, expiry=date(2026, 4, 16)),
    ):
        logbook.vials.save(vial)
    assert [use.vial for use in logbook.vials.open_now(NOW)] == [good]
    signed(logbook, botox, vial_id=good.id, vial_units=good.units, sites=(make_site(str(good.units)),))
    assert logbook.vials.open_now(NOW) == ()


def test_a_known_lot_is_told_by_product_and_expiry(logbook: Logbook, botox: Product) -> None:
    dysport = next(one for one in logbook.products.all() if one.brand == "Dysport")
    signed(logbook, botox, lot="C-4821", expiry=date(2027, 3, 31))
    signed(logbook, botox, lot="c4821", expiry=date(2027, 3, 31))
    signed(logbook, dysport, lot="C4821", expiry=date(2027, 1, 31))
    found = {(one.product_id, one.expiry) for one in logbook.vials.known_lots("C 4821")}
    assert found == {(botox.id, date(2027, 3, 31)), (dysport.id, date(2027, 1, 31))}
    assert logbook.vials.known_lots("C482") == ()
    assert logbook.vials.known_lots(" ") == ()


def test_a_recall_finds_everybody_however_the_lot_was_written(logbook: Logbook, botox: Product) -> None:
    maya, noor, other = (make_patient(family_name=name) for name in ("Ahl", "Berg", "Cruz"))
    for person in (maya, noor, other):
        logbook.patients.save(person)
    signed(logbook, botox, maya, lot="C-4821", sites=(make_site("2"), make_site("3.5")))
    gone = signed(logbook, botox, noor, lot="c 4821")
    signed(logbook, botox, other, lot="D999")
    rows = logbook.vials.recall("c4821")
    assert {row.patient_id for row in rows} == {maya.id, noor.id}
    row = next(row for row in rows if row.patient_id == maya.id)
    assert (row.units, row.brand, row.lot, row.signed) == (Decimal("5.5"), botox.brand, "C-4821", True)
    assert {row.patient_id for row in logbook.vials.recall("48")} == {maya.id, noor.id}, "a part is enough"
    logbook.sessions.void(gone.id, "never happened")
    assert [row.patient_id for row in logbook.vials.recall("C4821")] == [maya.id]
    assert logbook.vials.recall(" - ") == ()


def test_a_recall_names_unfinished_treatments_too(logbook: Logbook, botox: Product) -> None:
    person = make_patient()
    logbook.patients.save(person)
    content = '{"lot": "C4821", "product": "' + str(botox.id) + '"}'
    logbook.drafts.save(make_draft(person, kind=DraftKind.TREATMENT, content=content))
    (row,) = logbook.vials.recall("c4821")
    assert (row.patient_id, row.brand, row.units, row.signed) == (person.id, botox.brand, None, False)


@pytest.mark.parametrize("content", ["", "[]", '{"lot": 4}', "not json"])
def test_a_draft_that_cannot_be_read_does_not_stop_a_recall(logbook: Logbook, content: str) -> None:
    person = make_patient()
    logbook.patients.save(person)
    logbook.drafts.save(make_draft(person, kind=DraftKind.TREATMENT, content=content))
    assert logbook.vials.recall("4") == ()
