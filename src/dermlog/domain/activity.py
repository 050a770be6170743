"""Activity: what was changed, seen, printed or unlocked in a logbook, in the order it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from dermlog.domain.access import AccessKind, AccessLine
from dermlog.domain.change import HistoryLine


class Topic(Enum):
    """What kind of entry one looks for."""

    TREATMENTS = "treatments"
    VISITS = "visits"
    PATIENTS = "patients"
    CONSENTS = "consents"
    PHOTOS = "photos"
    CLINIC = "clinic"
    LOOKED = "looked"
    TAKEN_OUT = "taken_out"
    LOCK = "lock"
    FILE = "file"


TABLES: Mapping[Topic, tuple[str, ...]] = {
    Topic.TREATMENTS: (
        *("injection_session", "injection_site", "session_review", "session_void"),
        *("screening_answer", "screening_override"),
    ),
    Topic.VISITS: ("visit", "visit_warning_sign", "acknowledgement", "score", "side_effect"),
    Topic.PATIENTS: ("patient", "patient_flag", "prior_treatment", "restriction"),
    Topic.CONSENTS: ("consent",),
    Topic.PHOTOS: ("photo",),
    Topic.CLINIC: (
        *("clinic", "clinic_rule", "staff", "product", "session_template", "template_site"),
        *("screening_rule", "screening_question", "vial"),
    ),
}
"""The tables of each topic that is about changes."""

KINDS: Mapping[Topic, tuple[AccessKind, ...]] = {
    Topic.LOOKED: (AccessKind.VIEWED,),
    Topic.TAKEN_OUT: (AccessKind.PRINTED, AccessKind.EXPORTED, AccessKind.COPIED),
    Topic.LOCK: (
        *(AccessKind.UNLOCKED, AccessKind.UNLOCK_FAILED, AccessKind.LOCKED, AccessKind.RECOVERED),
        *(AccessKind.PASSWORD_SET, AccessKind.PASSWORD_REMOVED, AccessKind.KEY_CHANGED),
    ),
    Topic.FILE: (
        *(AccessKind.BACKED_UP, AccessKind.BACKUP_FAILED, AccessKind.RESTORE_TRIED, AccessKind.RESTORED),
        *(AccessKind.PHOTO_RESTORED, AccessKind.IMPORTED, AccessKind.ERASED),
        *(AccessKind.CHECKED, AccessKind.SALVAGED),
        *(AccessKind.CLOCK_BEHIND, AccessKind.CHAIN_BROKEN, AccessKind.OLDER_FILE),
    ),
}
"""The kinds of access of each topic that is about looks."""


@dataclass(frozen=True)
class ActivityFilter:
    """What to show; None is everything. since and until are moments, until itself left out.

    changes_only leaves out who looked.
    """

    staff_id: UUID | None = None
    topic: Topic | None = None
    since: datetime | None = None
    until: datetime | None = None
    changes_only: bool = False


@dataclass(frozen=True)
class ActivityCursor:
    """Where to go on: only entries with smaller numbers follow."""

    change: int
    access: int


@dataclass(frozen=True)
class ActivityEntry:
    """What one person did at one moment: changed rows, or one access."""

    at: datetime
    staff_id: UUID | None
    lines: tuple[HistoryLine, ...] = ()
    access: AccessLine | None = None

    @property
    def patient_id(self) -> UUID | None:
        """Whom it is about, None when it concerns the clinic."""
        if self.access is not None:
            return self.access.patient_id
        return next((line.patient_id for line in self.lines if line.patient_id is not None), None)


@dataclass(frozen=True)
class ActivityPage:
    """Some entries, newest first, and what their words need.

    patients are named by chart number and name; days are those of visits and sessions by their stored ids.
    cursor is None after the oldest entry.
    """

    entries: tuple[ActivityEntry, ...]
    cursor: ActivityCursor | None
    patients: Mapping[UUID, str] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)
