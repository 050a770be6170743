"""Change: one line of the history, written by the file itself: who, when, before, after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


class ChangeKind(Enum):
    """What happened to a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class HistoryLine:
    """One change of one row; before and after hold the columns as stored, None where there was no row.

    patient_id None: it belongs to the clinic. A line that was erased by law has neither row nor columns."""

    sequence: int
    at: datetime
    staff_id: UUID | None
    table: str
    row_id: str
    kind: ChangeKind
    reason: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    patient_id: UUID | None = None
