"""The start page's lists, asked of the file in a handful of queries, whatever the number of patients."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from dermlog.domain.clinic import Clinic
from dermlog.domain.listing import DraftRow, DueRow, LogbookCounts, NeedsDoctor, PatientRow, TodayBoard
from dermlog.domain.schedule import DueStatus, FollowUpDue, next_follow_up, planned
from dermlog.storage.database import Database
from dermlog.storage.drafts import DraftTable
from dermlog.storage.patient_search import LIST_COLUMNS, patient_row
from dermlog.storage.restrictions import not_hidden
from dermlog.storage.visits import VisitTable

COMING_DAYS = 7
LONG_OVERDUE_DAYS = 182
_ORDER = {DueStatus.LATE: 0, DueStatus.DUE: 1, DueStatus.LATER: 2}


def today_board(
    database: Database, visits: VisitTable, drafts: DraftTable, clinic: Clinic, today: date
) -> TodayBoard:
    """Warning signs first, then follow-ups (late, due, coming), then unfinished entries."""
    follow_ups, long_overdue = _follow_ups(database, clinic, today)
    return TodayBoard(
        _needs_doctor(database, visits),
        follow_ups,
        _drafts(database, drafts),
        counts(database),
        long_overdue,
    )


def counts(database: Database) -> LogbookCounts:
    """How much the file holds."""
    found = database.row(
        "SELECT (SELECT count(*) FROM patient), (SELECT count(*) FROM current_session), "
        "(SELECT count(*) FROM visit WHERE state = 'recorded'), (SELECT count(*) FROM photo)"
    )
    patients, sessions, visits, photos = found or (0, 0, 0, 0)
    try:
        size = database.path.stat().st_size
    except OSError:
        size = 0
    return LogbookCounts(patients, sessions, visits, photos, size)


def _patients(database: Database, ids: list[UUID]) -> dict[UUID, PatientRow]:
    marks = ", ".join("?" for _ in ids)
    rows = map(
        patient_row,
        database.rows(
            f"SELECT {LIST_COLUMNS} FROM patient WHERE id IN ({marks})",
            [str(patient_id) for patient_id in ids],
        ),
    )
    return {row.id: row for row in rows}


def _needs_doctor(database: Database, visits: VisitTable) -> tuple[NeedsDoctor, ...]:
    waiting = visits.select(
        "v.id IN (SELECT w.visit_id FROM visit_warning_sign w LEFT JOIN acknowledgement a USING (visit_id) "
        f"WHERE a.visit_id IS NULL) AND v.state = 'recorded' AND {not_hidden(database, 'v.patient_id')}",
        (),
    )
    patients = _patients(database, [visit.patient_id for visit in waiting])
    rows = []
    for visit in waiting:
        number, last = database.row(
            "SELECT count(*), max(performed_on) FROM current_session "
            "WHERE patient_id = ? AND performed_on <= ?",
            (str(visit.patient_id), visit.on.isoformat()),
        ) or (0, None)
        days = None if last is None else (visit.on - date.fromisoformat(last)).days
        rows.append(NeedsDoctor(patients[visit.patient_id], visit, number or None, days))
    return tuple(rows)


_SEEN_ON = "(SELECT max(\"on\") FROM visit v WHERE v.patient_id = s.patient_id AND v.state = 'recorded')"


def _last_sessions(database: Database) -> str:
    return (
        f"SELECT s.patient_id, count(*), max(s.performed_on) AS treated_on, {_SEEN_ON} "
        f"FROM current_session s WHERE {not_hidden(database, 's.patient_id')} GROUP BY s.patient_id HAVING "
    )


def _follow_ups(database: Database, clinic: Clinic, today: date) -> tuple[tuple[DueRow, ...], int]:
    """Follow-ups to ask for, and how many are late by more than half a year."""
    last_week = max(clinic.follow_up_weeks)
    last_sessions = _last_sessions(database)
    listed: list[tuple[UUID, FollowUpDue]] = []
    # Whoever was treated before this day can only be asked for the last week, and has been for half a year:
    # people who never came back are many after some years, so the file counts them.
    plan = planned(1, today, last_week)
    before = today - (plan.closes_on - today) - timedelta(days=LONG_OVERDUE_DAYS)
    long_overdue = database.value(
        f"SELECT count(*) FROM ({last_sessions} treated_on < ? AND date(treated_on, ?) > {_SEEN_ON})",
        (before.isoformat(), f"+{(plan.opens_on - today).days} days"),
    )
    for patient_id, number, treated_on, seen_on in database.rows(
        f"{last_sessions} treated_on >= ?", (before.isoformat(),)
    ):
        due = next_follow_up(
            number,
            date.fromisoformat(treated_on),
            clinic.follow_up_weeks,
            (date.fromisoformat(seen_on),),
            today,
        )
        if due is None or due.opens_on > today + timedelta(days=COMING_DAYS):
            continue
        if due.days_late(today) > LONG_OVERDUE_DAYS:
            long_overdue += 1
        else:
            listed.append((UUID(patient_id), due))
    patients = _patients(database, [patient_id for patient_id, _due in listed])
    rows = [DueRow(patients[patient_id], due) for patient_id, due in listed]
    rows.sort(key=lambda row: (_ORDER[row.due.status(today)], row.due.closes_on, row.patient.family_name))
    return tuple(rows), int(long_overdue)


def _drafts(database: Database, drafts: DraftTable) -> tuple[DraftRow, ...]:
    listed = drafts.all()
    patients = _patients(database, [draft.patient_id for draft in listed])
    return tuple(DraftRow(patients[draft.patient_id], draft) for draft in listed)
