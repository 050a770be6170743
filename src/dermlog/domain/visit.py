"""Visit: one entry in the logbook, on one day; a follow-up is a visit after a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from dermlog.domain.identity import new_id
from dermlog.domain.instrument import Score, Series
from dermlog.domain.side_effect import SideEffect, WarningSign
from dermlog.domain.validity import NOTE_LIMIT, Fault, Problem, check_day, check_text, refuse


class VisitState(Enum):
    """A draft is unfinished, a recorded visit counts, a void one is kept and counts nowhere."""

    DRAFT = "draft"
    RECORDED = "recorded"
    VOID = "void"


class VisitMode(Enum):
    """How the patient was seen."""

    IN_PERSON = "in_person"
    PHONE = "phone"


@dataclass(frozen=True)
class Visit:
    """Scores, side effects, warning signs and a note of one day.

    warning_signs: None means not asked, an empty tuple means asked and none.
    entered_at is when it was typed (aware); a visit entered later than its day is a late entry.
    """

    patient_id: UUID
    on: date
    recorded_by: UUID
    entered_at: datetime
    mode: VisitMode = VisitMode.IN_PERSON
    scores: tuple[Score, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    warning_signs: tuple[WarningSign, ...] | None = None
    note: str = ""
    state: VisitState = VisitState.RECORDED
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        series = [score.series for score in self.scores]
        asked = [(effect.term, effect.place, effect.side, effect.label) for effect in self.side_effects]
        refuse(
            check_day("on", self.on, latest=self.entered_at.date()),
            check_text("note", self.note, limit=NOTE_LIMIT, lines=True),
            [Problem("scores", Fault.DUPLICATE)] if len(series) != len(set(series)) else [],
            [Problem("side_effects", Fault.DUPLICATE)] if len(asked) != len(set(asked)) else [],
            [
                Problem(name, Fault.IN_FUTURE, self.on, day)
                for effect in self.side_effects
                for name, day in (("began", effect.began), ("ended", effect.ended))
                if day is not None and day > self.on
            ],
        )

    @property
    def is_late_entry(self) -> bool:
        """Whether it was typed more than a day after the day it is about."""
        return (self.entered_at.date() - self.on).days > 1

    def score(self, series: Series) -> Score | None:
        """The score of exactly this series, or None when it was not measured."""
        return next((score for score in self.scores if score.series == series), None)


@dataclass(frozen=True)
class Acknowledgement:
    """A named doctor has seen the warning signs of a visit."""

    visit_id: UUID
    staff_id: UUID
    at: datetime
    note: str = ""

    def __post_init__(self) -> None:
        refuse(check_text("note", self.note, limit=NOTE_LIMIT, lines=True))
