"""Injection sessions in the file: signed in one step with their visit, and never changed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dermlog.changes import Change, Noun
from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.patient import Patient
from dermlog.domain.product import Product
from dermlog.domain.screening import EarlierToxin, ScreeningOverride, ScreeningRule
from dermlog.domain.session import Diluent, Signature, SigningMeaning, Technique
from dermlog.errors import NotAllowed, NotSaved
from dermlog.logbook import Logbook
from dermlog.storage import driver
from tests.makers import (
    DOCTOR,
    NURSE,
    TODAY,
    StillClock,
    make_draft,
    make_patient,
    make_session,
    make_site,
    make_visit,
)


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient on file."""
    made = make_patient()
    logbook.patients.save(made)
    return made


@pytest.fixture
def product(logbook: Logbook) -> Product:
    """The first product of the catalogue."""
    return logbook.products.all()[0]


def test_a_session_comes_back_as_signed(
    logbook: Logbook, patient: Patient, product: Product, clock: StillClock
) -> None:
    visit = make_visit(patient)
    session = make_session(
        visit,
        product,
        diluent=Diluent.SALINE_WITH_LIDOCAINE,
        technique=Technique.MIXED,
        needle_gauge=32,
        vials=2,
        note="line\nline",
        sites=(
            make_site("2.5", x=1 / 3, y=0.1),
            make_site(
                "0.25", view=FaceView.LEFT, zone=Zone.JAW_LEFT, depth=Technique.INTRAMUSCULAR, note="sore"
            ),
        ),
        overrides=(
            ScreeningOverride(ScreeningRule.PREGNANCY, "test negative"),
            ScreeningOverride(ScreeningRule.UNDER_AGE, "guardian agreed"),
        ),
    )
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    signed = logbook.sessions.sign(visit, session, SigningMeaning.REVIEWED)
    assert signed == replace(session, signature=Signature(DOCTOR.id, clock.now, SigningMeaning.REVIEWED))
    assert logbook.sessions.get(session.id) == signed
    assert logbook.sessions.of_patient(patient.id) == (signed,)
    assert logbook.visits.get(visit.id) == visit
    assert heard == [frozenset({Change(Noun.VISIT, patient.id), Change(Noun.SESSION, patient.id)})]


def test_signing_removes_the_draft(logbook: Logbook, patient: Patient, product: Product) -> None:
    draft = make_draft(patient)
    logbook.drafts.save(draft)
    visit = make_visit(patient, id=draft.id)
    logbook.sessions.sign(visit, make_session(visit, product))
    assert logbook.drafts.all() == ()


def test_a_session_is_signed_once(logbook: Logbook, patient: Patient, product: Product) -> None:
    visit = make_visit(patient)
    session = make_session(visit, product)
    signed = logbook.sessions.sign(visit, session)
    with pytest.raises(NotAllowed, match="signed"):
        logbook.sessions.sign(visit, replace(session, lot="OTHER"))
    with pytest.raises(NotAllowed, match="signed"):
        logbook.sessions.sign(visit, make_session(visit, product))
    assert logbook.sessions.of_patient(patient.id) == (signed,)


def test_only_owners_and_clinicians_sign(logbook: Logbook, patient: Patient, product: Product) -> None:
    logbook.act_as(NURSE.id)
    visit = make_visit(patient)
    with pytest.raises(NotAllowed, match="owner or a clinician"):
        logbook.sessions.sign(visit, make_session(visit, product))
    assert logbook.visits.of_patient(patient.id) == ()
    assert logbook.sessions.of_patient(patient.id) == ()


def test_visit_and_session_must_belong_together(logbook: Logbook, patient: Patient, product: Product) -> None:
    visit, other = make_visit(patient), make_visit(patient)
    with pytest.raises(NotAllowed):
        logbook.sessions.sign(other, make_session(visit, product))
    earlier = replace(make_session(visit, product), performed_on=TODAY - timedelta(days=1))
    with pytest.raises(NotAllowed, match="different dates"):
        logbook.sessions.sign(visit, earlier)
    assert logbook.visits.of_patient(patient.id) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE injection_session SET lot = 'X'",
        "DELETE FROM injection_session",
        "UPDATE injection_site SET units = '9'",
        "DELETE FROM injection_site",
        "INSERT INTO injection_site SELECT 'new', session_id, 9, view, x, y, zone, units, depth, note "
        "FROM injection_site LIMIT 1",
        "REPLACE INTO injection_session SELECT * FROM injection_session",
        "DELETE FROM screening_override",
    ],
)
def test_the_file_itself_refuses_to_change_a_signed_session(
    logbook: Logbook, patient: Patient, product: Product, statement: str
) -> None:
    visit = make_visit(patient)
    override = ScreeningOverride(ScreeningRule.PREGNANCY, "test negative")
    signed = logbook.sessions.sign(visit, make_session(visit, product, overrides=(override,)))
    with pytest.raises(NotSaved) as caught, logbook._database.atomic():
        logbook._database.write(statement)
    assert isinstance(caught.value.__cause__, driver.Error)
    assert logbook.sessions.get(signed.id) == signed


def test_a_failing_signature_leaves_nothing(logbook: Logbook, patient: Patient, product: Product) -> None:
    """A site that cannot be written takes visit, session and signature with it."""
    visit = make_visit(patient)
    site = make_site()
    session = make_session(visit, product, sites=(site, site))
    with pytest.raises(NotSaved):
        logbook.sessions.sign(visit, session)
    assert logbook.visits.of_patient(patient.id) == ()
    assert logbook.sessions.of_patient(patient.id) == ()
    signed = logbook.sessions.sign(visit, replace(session, sites=(site,)))
    assert signed.total_units == Decimal(2)


def test_the_last_session_is_the_newest_day(logbook: Logbook, patient: Patient, product: Product) -> None:
    assert logbook.sessions.last_of_patient(patient.id) is None
    for day in (date(2025, 9, 1), date(2026, 3, 1), date(2025, 12, 1)):
        visit = make_visit(patient, day)
        logbook.sessions.sign(visit, make_session(visit, product))
    last = logbook.sessions.last_of_patient(patient.id)
    assert last is not None and last.performed_on == date(2026, 3, 1)
    assert logbook.sessions.injected_before(patient.id) == tuple(
        EarlierToxin(day, product) for day in (date(2025, 9, 1), date(2025, 12, 1), date(2026, 3, 1))
    )
