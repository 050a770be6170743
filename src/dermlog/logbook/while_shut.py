"""What happens to a logbook's lock while it is shut: noted beside it, and written down once it is open."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

from dermlog.domain.access import AccessKind
from dermlog.storage.pending_accesses import PendingAccess, PendingAccesses


def note_while_shut(path: Path, kind: AccessKind, staff_id: UUID | None, at: datetime) -> None:
    """Note that somebody tried to unlock a logbook; staff_id None where nobody was named. Raises nothing."""
    PendingAccesses(path).add(PendingAccess(at, kind, staff_id))
