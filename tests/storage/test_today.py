"""The start page's lists: who needs a doctor, whose follow-up is late, due or coming, what is unfinished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.domain.schedule import DueStatus
from dermlog.domain.side_effect import WarningSign
from dermlog.logbook import Logbook
from tests.makers import (
    TODAY,
    StillClock,
    make_draft,
    make_patient,
    make_prepared,
    make_session,
    make_visit,
)


def treated(logbook: Logbook, days_ago: int, name: str = "Lindqvist") -> Patient:
    """A patient with one session so many days ago."""
    patient = make_patient(family_name=name)
    logbook.patients.save(patient)
    visit = make_visit(patient, TODAY - timedelta(days=days_ago))
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    return patient


def test_an_empty_logbook_has_an_empty_board(logbook: Logbook) -> None:
    board = logbook.today_board()
    assert (board.needs_doctor, board.follow_ups, board.drafts, board.long_overdue) == ((), (), (), 0)
    assert (board.counts.patients, board.counts.visits, board.counts.photos) == (0, 0, 0)
    assert board.counts.bytes > 0


def test_follow_ups_come_late_then_due_then_coming(logbook: Logbook) -> None:
    treated(logbook, 1, "Far")
    coming = treated(logbook, 10, "Coming")
    due = treated(logbook, 14, "Due")
    late = treated(logbook, 20, "Late")
    later_still = treated(logbook, 22, "Later")
    board = logbook.today_board()
    assert [row.patient.id for row in board.follow_ups] == [later_still.id, late.id, due.id, coming.id]
    assert [row.due.status(TODAY) for row in board.follow_ups] == [
        DueStatus.LATE,
        DueStatus.LATE,
        DueStatus.DUE,
        DueStatus.LATER,
    ]


def test_a_follow_up_that_was_done_is_not_asked_for(logbook: Logbook) -> None:
    patient = treated(logbook, 14)
    assert logbook.follow_up_due(patient.id) == logbook.today_board().follow_ups[0].due
    logbook.visits.save(make_visit(patient))
    assert logbook.today_board().follow_ups == ()
    due = logbook.follow_up_due(patient.id)
    assert due is not None and due.week == 4


def test_people_lost_for_half_a_year_are_counted_only(logbook: Logbook) -> None:
    treated(logbook, 16 * 7 + 7 + 183)
    seen = treated(logbook, 16 * 7 + 7 + 182)
    board = logbook.today_board()
    assert [row.patient.id for row in board.follow_ups] == [seen.id]
    assert board.long_overdue == 1


def test_the_board_and_the_patient_page_agree(logbook: Logbook) -> None:
    patients = [treated(logbook, days) for days in range(0, 140, 9)]
    for patient in patients[::3]:
        logbook.visits.save(make_visit(patient, TODAY - timedelta(days=2)))
    rows = {row.patient.id: row.due for row in logbook.today_board().follow_ups}
    for patient in patients:
        due = logbook.follow_up_due(patient.id)
        if due is not None and due.opens_on <= TODAY + timedelta(days=7):
            assert rows.pop(patient.id) == due
    assert rows == {}


def test_a_warning_sign_waits_for_a_doctor(logbook: Logbook) -> None:
    patient = treated(logbook, 30)
    visit = make_visit(patient, TODAY - timedelta(days=2), warning_signs=(WarningSign.SPEAKING,))
    logbook.visits.save(visit)
    (row,) = logbook.today_board().needs_doctor
    assert (row.patient.id, row.visit, row.number, row.days_after) == (patient.id, visit, 1, 28)
    logbook.visits.acknowledge(visit.id)
    assert logbook.today_board().needs_doctor == ()


def test_a_warning_sign_before_any_session(logbook: Logbook) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.visits.save(make_visit(patient, warning_signs=(WarningSign.BREATHING, WarningSign.SPEAKING)))
    (row,) = logbook.today_board().needs_doctor
    assert (row.number, row.days_after) == (None, None)


def test_drafts_and_counts(logbook: Logbook, clock: StillClock) -> None:
    patient = treated(logbook, 100)
    logbook.visits.save(make_visit(patient, date(2026, 3, 3)))
    draft = make_draft(patient)
    logbook.drafts.save(draft)
    logbook.photos.add(patient.id, draft.id, make_prepared(), PhotoView.FRONT)
    board = logbook.today_board()
    assert [(row.patient.id, row.draft) for row in board.drafts] == [(patient.id, draft)]
    assert (board.counts.patients, board.counts.sessions, board.counts.visits, board.counts.photos) == (
        1,
        1,
        2,
        1,
    )


def test_a_plan_with_a_long_gap_counts_its_missed_week(logbook: Logbook) -> None:
    logbook.clinic.save(replace(logbook.clinic.get(), follow_up_weeks=(1, 104)))
    treated(logbook, 7 + 3 + 183)
    shown = treated(logbook, 7 + 3 + 182)
    board = logbook.today_board()
    assert [row.patient.id for row in board.follow_ups] == [shown.id]
    assert board.long_overdue == 1
