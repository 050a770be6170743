"""What can be wrong with a password, a recovery code or the key; the sentences are in key_sentences.py."""

from __future__ import annotations

from enum import Enum


class KeyFault(Enum):
    """Why a logbook stays locked, or why a password or key was not set."""

    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - the name of a fault
    NO_PASSWORD = "no_password"  # noqa: S105 - as above
    KEY_CHANGED = "key_changed"
    SLOTS_MISSING = "slots_missing"
    SLOTS_DAMAGED = "slots_damaged"
    SLOTS_FOREIGN = "slots_foreign"
    WRONG_CODE = "wrong_code"
    CODE_MISREAD = "code_misread"
    NOT_LOCKED = "not_locked"
    LOCKED = "locked"
    PASSWORD_TOO_SHORT = "password_too_short"  # noqa: S105 - as above
    PASSWORD_COMMON = "password_common"  # noqa: S105 - as above
    LAST_PASSWORD = "last_password"  # noqa: S105 - as above
    NOT_INTACT = "not_intact"
    NO_ROOM = "no_room"
    BUSY = "busy"
    NOT_DONE = "not_done"
