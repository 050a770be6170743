"""The list of visits in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm
from dermlog.domain.visit import VisitMode
from dermlog.logbook import Logbook
from dermlog.ui.patient.patient_facts import gather
from dermlog.ui.patient.visit_words import alarm_sentence, visit_rows
from tests.makers import NURSE, TODAY, StillClock, make_patient, make_visit, oiliness
from tests.ui.patient.conftest import START, Treated, alarming_visit


def test_the_usual_course_newest_first(logbook: Logbook, treated: Treated) -> None:
    newest, middle, first = visit_rows(gather(logbook, treated.patient.id))
    assert (newest.title, newest.when) == ("Follow-up", "17 Apr 2026 · wk 8")
    assert newest.line == ("Oiliness 2", "IGA 1", "9 lesions")
    assert newest.foot == ("Dr Sato", "bruising resolved")
    assert middle.foot == ("Dr Sato", "bruising, mild")
    assert (first.title, first.when) == ("Treatment 1", "20 Feb 2026 · baseline")
    assert first.line[1:] == ("2 points", "lot C4821")
    assert first.line[0].endswith("3.5 U")
    assert first.foot == ("Dr Sato", "signed")


def test_not_asked_is_not_none(logbook: Logbook, treated: Treated) -> None:
    visit = make_visit(treated.patient, TODAY, scores=(), recorded_by=NURSE.id, mode=VisitMode.PHONE)
    logbook.visits.save(visit)
    row = next(row for row in visit_rows(gather(logbook, treated.patient.id)) if row.visit_id == visit.id)
    assert row.line == ("nothing measured",)
    assert row.foot == ("Ana Ruiz", "side effects not asked", "by phone")


def test_some_asked_and_denied_is_not_no_side_effects(logbook: Logbook, treated: Treated) -> None:
    few = (SideEffect(SideEffectTerm.PAIN, Severity.NONE), SideEffect(SideEffectTerm.HEADACHE, Severity.NONE))
    visit = make_visit(treated.patient, TODAY, side_effects=few)
    logbook.visits.save(visit)
    row = next(row for row in visit_rows(gather(logbook, treated.patient.id)) if row.visit_id == visit.id)
    assert "none of the 2 side effects asked" in row.foot


def test_an_entry_of_an_earlier_day_says_so(logbook: Logbook, treated: Treated) -> None:
    late = make_visit(
        treated.patient,
        TODAY - timedelta(days=10),
        entered_at=datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC),
    )
    logbook.visits.save(late)
    row = next(row for row in visit_rows(gather(logbook, treated.patient.id)) if row.visit_id == late.id)
    assert row.foot[-1] == "late entry"


def test_a_visit_in_the_first_days_is_not_called_baseline(logbook: Logbook, treated: Treated) -> None:
    early = make_visit(treated.patient, START + timedelta(days=3), scores=(oiliness(3),))
    logbook.visits.save(early)
    row = next(row for row in visit_rows(gather(logbook, treated.patient.id)) if row.visit_id == early.id)
    assert row.when == "23 Feb 2026 · day 3"


def test_before_any_treatment_there_are_no_weeks(logbook: Logbook) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.visits.save(make_visit(patient))
    (row,) = visit_rows(gather(logbook, patient.id))
    assert (row.title, row.when) == ("Visit", "17 Apr 2026")


def test_a_warning_sign_is_in_the_row_and_says_who_saw_it(
    logbook: Logbook, treated: Treated, clock: StillClock
) -> None:
    visit = alarming_visit(treated.patient)
    logbook.visits.save(visit)
    facts = gather(logbook, treated.patient.id)
    entry = facts.warned[0]
    assert alarm_sentence(facts, entry) == (
        "Reported trouble swallowing on 17 Apr 2026, 56 days after treatment 1, recorded by Dr Sato."
    )
    logbook.visits.acknowledge(visit.id, "called")
    facts = gather(logbook, treated.patient.id)
    assert not facts.warned
    row = next(row for row in visit_rows(facts) if row.visit_id == visit.id)
    assert row.alarm == "Trouble swallowing · seen by Dr Sato"
