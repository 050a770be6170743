"""LockDoor: what a sign-in has to know about one locked file - who may come in, and the ways to open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from dermlog.logbook import Patience, SlotPerson, Unlocked


@dataclass(frozen=True)
class LockDoor:
    """name is the file's, people those with a password. The two ways are slow: not in the window's thread.

    With nobody in people the recovery sheet alone opens the file. patience is that with wrong passwords.
    """

    name: str
    people: tuple[SlotPerson, ...]
    unlock: Callable[[UUID, str], Unlocked]
    unlock_with_code: Callable[[str], Unlocked]
    patience: Patience | None = None


def door_of(path: Path) -> LockDoor:
    """The door of a locked logbook."""
    from dermlog.logbook import (  # noqa: PLC0415 - only where one is locked
        patience_with,
        people_of,
        unlock,
        unlock_with_code,
    )

    return LockDoor(
        path.name,
        people_of(path),
        lambda who, password: unlock(path, who, password),
        lambda text: unlock_with_code(path, text),
        patience_with(path),
    )


def door_of_backup(folder: Path, name: str) -> LockDoor:
    """The door of a locked backup."""
    from dermlog.logbook import patience_with, people_of_backup, unlock_backup  # noqa: PLC0415 - as above

    return LockDoor(
        name,
        people_of_backup(folder),
        lambda who, password: unlock_backup(folder, who, password),
        lambda text: unlock_backup(folder, None, text),
        patience_with(folder.parent),
    )
