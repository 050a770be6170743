"""What lists and the start page show: short rows, counted and ordered, made by the logbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dermlog.domain.draft import Draft
from dermlog.domain.patient import Sex
from dermlog.domain.schedule import FollowUpDue
from dermlog.domain.visit import Visit


@dataclass(frozen=True)
class PatientRow:
    """One line of a patient list; last_visit_on is the newest recorded visit, None where there is none.

    restricted: hidden from everybody but owners.
    """

    id: UUID
    chart_number: str
    family_name: str
    given_name: str
    birth_date: date | None
    sex: Sex
    last_visit_on: date | None
    restricted: bool = False


@dataclass(frozen=True)
class PatientHits:
    """Found patients by name; more: there are others beyond the limit."""

    rows: tuple[PatientRow, ...]
    more: bool


@dataclass(frozen=True)
class NeedsDoctor:
    """A visit with a warning sign that nobody has acknowledged.

    number and days_after tell the last session on or before it; both None without one.
    """

    patient: PatientRow
    visit: Visit
    number: int | None
    days_after: int | None


@dataclass(frozen=True)
class DueRow:
    """A follow-up that is late, due, or comes within the next seven days."""

    patient: PatientRow
    due: FollowUpDue


@dataclass(frozen=True)
class DraftRow:
    """An unfinished entry and whose it is."""

    patient: PatientRow
    draft: Draft


@dataclass(frozen=True)
class LogbookCounts:
    """How much the file holds; visits are the recorded ones, bytes the size of the file on disk."""

    patients: int
    sessions: int
    visits: int
    photos: int
    bytes: int


@dataclass(frozen=True)
class TodayBoard:
    """The start page. long_overdue counts follow-ups late by more than half a year, which are not listed."""

    needs_doctor: tuple[NeedsDoctor, ...]
    follow_ups: tuple[DueRow, ...]
    drafts: tuple[DraftRow, ...]
    counts: LogbookCounts
    long_overdue: int = 0


@dataclass(frozen=True)
class CheckResult:
    """What a check of the file found; findings are sentences, none when all is well."""

    ok: bool
    findings: tuple[str, ...]
    counts: LogbookCounts
