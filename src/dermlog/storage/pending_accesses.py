"""What happened to a logbook's lock while it was shut, kept beside it until it is open again.

One line of JSON each: when, who tried, what. No patient and no password ever comes near it. Somebody who may
write in the folder may also delete it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from dermlog.domain.access import AccessKind

_MOST = 500
_LARGEST = 1 << 17


@dataclass(frozen=True)
class PendingAccess:
    """One thing that happened while the logbook was shut; staff_id None: nobody was named."""

    at: datetime
    kind: AccessKind
    staff_id: UUID | None = None


class PendingAccesses:
    """The list beside a logbook."""

    def __init__(self, logbook: Path) -> None:
        self._path = logbook.with_name(logbook.name + "-unlocks")

    def add(self, line: PendingAccess) -> None:
        """Add a line. A folder that cannot be written must not stop anybody from unlocking."""
        kept = [*self.all(), line][-_MOST:]
        text = "".join(
            json.dumps(
                {
                    "at": one.at.isoformat(),
                    "kind": one.kind.value,
                    "staff": None if one.staff_id is None else str(one.staff_id),
                }
            )
            + "\n"
            for one in kept
        )
        with suppress(OSError):
            self._path.write_text(text, encoding="utf-8")

    def all(self) -> tuple[PendingAccess, ...]:
        """The lines, the oldest first; those that cannot be read are left out."""
        try:
            if self._path.stat().st_size > _LARGEST:
                return ()
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return ()
        found = []
        for line in lines:
            with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
                facts = json.loads(line)
                at = datetime.fromisoformat(facts["at"])
                staff = facts["staff"]
                if at.tzinfo is not None:
                    kind = AccessKind(facts["kind"])
                    found.append(PendingAccess(at, kind, None if staff is None else UUID(staff)))
        return tuple(found)

    def clear(self) -> None:
        """Everything is written down in the logbook."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
