"""Access: who looked at, printed or took something out of the logbook, and what happened to its lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


class AccessKind(Enum):
    """What was done without changing a record."""

    VIEWED = "viewed"
    PRINTED = "printed"
    EXPORTED = "exported"
    UNLOCKED = "unlocked"
    UNLOCK_FAILED = "unlock_failed"
    LOCKED = "locked"
    RECOVERED = "recovered"
    PASSWORD_SET = "password_set"  # noqa: S105 - the name of a kind, not a password
    PASSWORD_REMOVED = "password_removed"  # noqa: S105 - as above
    KEY_CHANGED = "key_changed"
    BACKED_UP = "backed_up"
    BACKUP_FAILED = "backup_failed"
    RESTORE_TRIED = "restore_tried"
    RESTORED = "restored"
    PHOTO_RESTORED = "photo_restored"
    COPIED = "copied"
    IMPORTED = "imported"
    CHECKED = "checked"
    ERASED = "erased"
    SALVAGED = "salvaged"
    CLOCK_BEHIND = "clock_behind"
    CHAIN_BROKEN = "chain_broken"
    OLDER_FILE = "older_file"


@dataclass(frozen=True)
class AccessLine:
    """One line of the access log. detail holds ids, counts and codes, never what somebody typed.

    staff_id None: nobody had signed in. patient_id None: it concerns the whole logbook.
    """

    sequence: int
    at: datetime
    staff_id: UUID | None
    patient_id: UUID | None
    kind: AccessKind
    detail: str
