"""Erasure: how long records must be kept, who is hidden meanwhile, and what is left of somebody erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from dermlog.domain.validity import LINE_LIMIT, check_text, refuse


class ErasingFault(Enum):
    """Why nobody was erased."""

    MUST_BE_KEPT = "must_be_kept"
    NO_DUTY_UNCONFIRMED = "no_duty_unconfirmed"
    OTHER_CHART_NUMBER = "other_chart_number"


@dataclass(frozen=True)
class Restriction:
    """A patient whom only owners see. until: the day to think of it again, which lifts nothing by itself."""

    patient_id: UUID
    at: datetime
    staff_id: UUID
    until: date | None
    reason: str

    def __post_init__(self) -> None:
        refuse(check_text("reason", self.reason, limit=LINE_LIMIT, required=True))


@dataclass(frozen=True)
class Erasure:
    """What stays of somebody erased: a number that means nobody any more, when, and by whom if known."""

    patient_id: UUID
    at: datetime
    staff_id: UUID | None = None


@dataclass(frozen=True)
class ErasurePlan:
    """What erasing a patient would take away, and whether it may be done.

    entries are recorded visits, drafts the unfinished ones; shared_photos are kept because another patient
    has the same picture. last_entry: the day of the newest entry, else the day the patient was added.
    keep_until None: the clinic has chosen no period, and somebody must confirm that no duty applies.
    """

    patient_id: UUID
    chart_number: str
    entries: int
    sessions: int
    photos: int
    shared_photos: int
    drafts: int
    consents: int
    history_lines: int
    last_entry: date
    keep_until: date | None
    today: date

    @property
    def must_be_kept(self) -> bool:
        """Whether the clinic's period still runs."""
        return self.keep_until is not None and self.today <= self.keep_until


@dataclass(frozen=True)
class Erased:
    """A finished erasure: what went."""

    erasure: Erasure
    rows: int
    photos: int


@dataclass(frozen=True)
class RetentionSuggestion:
    """A usual period of a country, by its two letters: a suggestion to check, never a rule."""

    country: str
    years: int


SUGGESTIONS = (
    RetentionSuggestion("AT", 10),
    RetentionSuggestion("AU", 7),
    RetentionSuggestion("BE", 30),
    RetentionSuggestion("CH", 20),
    RetentionSuggestion("DE", 10),
    RetentionSuggestion("DK", 10),
    RetentionSuggestion("ES", 5),
    RetentionSuggestion("FR", 20),
    RetentionSuggestion("GB", 8),
    RetentionSuggestion("IE", 8),
    RetentionSuggestion("IL", 7),
    RetentionSuggestion("NL", 20),
    RetentionSuggestion("PL", 20),
    RetentionSuggestion("SE", 10),
)
"""Periods for the records of adults as often named; regions, children and devices have others."""


def keep_until(last_entry: date, years: int) -> date:
    """The last day on which records must be kept: the same day so many years later."""
    year = last_entry.year + years
    if year > date.max.year:
        return date.max
    try:
        return last_entry.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)
