"""Visits in the file: whole, corrected with their history, their warning signs acknowledged by a doctor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dermlog.changes import Change, Noun
from dermlog.domain.change import ChangeKind
from dermlog.domain.face_map import Zone
from dermlog.domain.instrument import Rater
from dermlog.domain.patient import Patient
from dermlog.domain.side_effect import (
    BodySide,
    Severity,
    SideEffect,
    SideEffectTerm,
    WarningSign,
    WeaknessPlace,
)
from dermlog.domain.visit import VisitMode, VisitState
from dermlog.errors import NotAllowed
from dermlog.logbook import Logbook
from tests.makers import (
    DOCTOR,
    NURSE,
    TODAY,
    StillClock,
    iga,
    make_draft,
    make_patient,
    make_session,
    make_visit,
    oiliness,
    sebum,
)


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient on file."""
    made = make_patient()
    logbook.patients.save(made)
    return made


def test_a_visit_comes_back_as_saved(logbook: Logbook, patient: Patient) -> None:
    visit = make_visit(
        patient,
        date(2026, 4, 2),
        mode=VisitMode.PHONE,
        scores=(
            oiliness(0),
            oiliness(4, Rater.PATIENT),
            iga(2),
            sebum("118.5"),
            sebum("7", Zone.CHIN),
            sebum("7", Zone.CHIN, "Other meter"),
        ),
        side_effects=(
            SideEffect(SideEffectTerm.BRUISING, Severity.NONE),
            SideEffect(
                SideEffectTerm.MUSCLE_WEAKNESS,
                Severity.MODERATE,
                WeaknessPlace.EYELID,
                BodySide.LEFT,
                began=date(2026, 3, 25),
                action="drops",
            ),
            SideEffect(SideEffectTerm.OTHER, Severity.MILD, label="itch", ended=date(2026, 4, 1)),
            SideEffect(SideEffectTerm.OTHER, Severity.MILD, label="<b>flush</b>"),
        ),
        warning_signs=(WarningSign.SPEAKING, WarningSign.BREATHING),
        note="«quoted» & 'odd'\nsecond line",
    )
    logbook.visits.save(visit)
    assert logbook.visits.get(visit.id) == visit
    assert logbook.visits.of_patient(patient.id) == (visit,)


@pytest.mark.parametrize("signs", [None, (), (WarningSign.UNSPECIFIED,)])
def test_warning_signs_not_asked_none_and_some_stay_apart(
    logbook: Logbook, patient: Patient, signs: tuple[WarningSign, ...] | None
) -> None:
    visit = make_visit(patient, warning_signs=signs)
    logbook.visits.save(visit)
    assert logbook.visits.get(visit.id).warning_signs == signs


def test_decimals_stay_as_typed(logbook: Logbook, patient: Patient) -> None:
    visit = make_visit(patient, scores=(sebum("118.0"),))
    logbook.visits.save(visit)
    assert str(logbook.visits.get(visit.id).scores[0].value) == "118.0"


def test_visits_come_in_order_of_time(logbook: Logbook, patient: Patient) -> None:
    days = [date(2026, 3, 1), date(2025, 12, 31), date(2026, 1, 15)]
    for day in days:
        logbook.visits.save(make_visit(patient, day))
    assert [visit.on for visit in logbook.visits.of_patient(patient.id)] == sorted(days)


def test_recording_removes_the_draft_in_the_same_step(logbook: Logbook, patient: Patient) -> None:
    draft = make_draft(patient)
    logbook.drafts.save(draft)
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    logbook.visits.save(make_visit(patient, id=draft.id, state=VisitState.DRAFT))
    assert logbook.drafts.all() == ()
    assert logbook.visits.get(draft.id).state is VisitState.RECORDED
    assert heard == [frozenset({Change(Noun.VISIT, patient.id), Change(Noun.DRAFT, patient.id)})]


def test_a_correction_keeps_what_was_there_before(logbook: Logbook, patient: Patient) -> None:
    visit = make_visit(patient, scores=(oiliness(3), iga(2)), warning_signs=())
    logbook.visits.save(visit)
    seen = len(logbook.history.of_patient(patient.id))
    corrected = replace(visit, scores=(oiliness(2), iga(2)), side_effects=(), note="checked again")
    logbook.visits.save(corrected, reason="typing error")
    assert logbook.visits.get(visit.id) == corrected
    lines = logbook.history.of_patient(patient.id)[seen:]
    assert [(line.table, line.kind, line.reason) for line in lines] == [
        ("visit", ChangeKind.CHANGED, "typing error"),
        ("score", ChangeKind.CHANGED, "typing error"),
    ]
    assert lines[1].before is not None and lines[1].after is not None
    assert (lines[1].before["value"], lines[1].after["value"]) == ("3", "2")
    assert lines[1].staff_id == DOCTOR.id


def test_saving_the_same_again_writes_no_history(logbook: Logbook, patient: Patient) -> None:
    visit = make_visit(patient, scores=(oiliness(3), sebum("118")), warning_signs=(WarningSign.SPEAKING,))
    logbook.visits.save(visit)
    before = logbook.history.of_patient(patient.id)
    logbook.visits.save(visit)
    assert logbook.history.of_patient(patient.id) == before


def test_a_visit_never_moves_to_another_patient(logbook: Logbook, patient: Patient) -> None:
    other = make_patient()
    logbook.patients.save(other)
    visit = make_visit(patient)
    logbook.visits.save(visit)
    with pytest.raises(NotAllowed, match="another patient"):
        logbook.visits.save(replace(visit, patient_id=other.id))
    assert logbook.visits.get(visit.id) == visit


def test_the_day_of_a_signed_session_stays(logbook: Logbook, patient: Patient) -> None:
    visit = make_visit(patient)
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    with pytest.raises(NotAllowed, match="signed"):
        logbook.visits.save(replace(visit, on=visit.on - timedelta(days=1)))
    corrected = replace(visit, scores=(oiliness(1),))
    logbook.visits.save(corrected)
    assert logbook.visits.get(visit.id) == corrected


def test_a_doctor_acknowledges_a_warning_sign(logbook: Logbook, patient: Patient, clock: StillClock) -> None:
    visit = make_visit(patient, TODAY, warning_signs=(WarningSign.SWALLOWING,))
    logbook.visits.save(visit)
    done = logbook.visits.acknowledge(visit.id, "called her")
    assert (done.staff_id, done.at, done.note) == (DOCTOR.id, clock.now, "called her")
    assert logbook.visits.acknowledgements(patient.id) == {visit.id: done}
    with pytest.raises(NotAllowed, match="already acknowledged"):
        logbook.visits.acknowledge(visit.id)


def test_nobody_else_acknowledges(logbook: Logbook, patient: Patient) -> None:
    visit, calm = make_visit(patient, warning_signs=(WarningSign.SWALLOWING,)), make_visit(patient)
    logbook.visits.save(visit)
    logbook.visits.save(calm)
    with pytest.raises(NotAllowed, match="no warning sign"):
        logbook.visits.acknowledge(calm.id)
    logbook.act_as(NURSE.id)
    with pytest.raises(NotAllowed, match="owner or a clinician"):
        logbook.visits.acknowledge(visit.id)
    assert logbook.visits.acknowledgements(patient.id) == {}


def test_a_number_of_the_file_is_exact(logbook: Logbook, patient: Patient) -> None:
    values = [Decimal("0.1"), Decimal("33.3"), Decimal("999")]
    for value in values:
        logbook.visits.save(make_visit(patient, scores=(sebum(str(value)),)))
    kept = [visit.scores[0].value for visit in logbook.visits.of_patient(patient.id)]
    assert sorted(kept) == values
