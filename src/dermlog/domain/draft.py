"""Draft: what was typed into an unfinished treatment or follow-up, kept as typed, right or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID


class DraftKind(Enum):
    """Which form the draft belongs to."""

    TREATMENT = "treatment"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class Draft:
    """The form as it stands. id is that of the visit it will become; content is JSON made by the form."""

    id: UUID
    patient_id: UUID
    kind: DraftKind
    on: date
    content: str
    saved_by: UUID
    saved_at: datetime
