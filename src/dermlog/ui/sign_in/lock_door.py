"""LockDoor: what a sign-in has to know about one locked file - who may come in, and the ways to open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from dermlog.logbook import SlotPerson, Unlocked


@dataclass(frozen=True)
class LockDoor:
    """name is the file's, people those with a password. The two ways are slow: not in the window's thread.

    With nobody in people the recovery sheet alone opens the file.
    """

    name: str
    people: tuple[SlotPerson, ...]
    unlock: Callable[[UUID, str], Unlocked]
    unlock_with_code: Callable[[str], Unlocked]


def door_of(path: Path) -> LockDoor:
    """The door of a locked logbook."""
    from dermlog.logbook import people_of, unlock, unlock_with_code  # noqa: PLC0415 - only where one is locked

    return LockDoor(
        path.name,
        people_of(path),
        lambda who, password: unlock(path, who, password),
        lambda text: unlock_with_code(path, text),
    )


def door_of_backup(folder: Path, name: str) -> LockDoor:
    """The door of a locked backup."""
    from dermlog.logbook import people_of_backup, unlock_backup  # noqa: PLC0415 - as above

    return LockDoor(
        name,
        people_of_backup(folder),
        lambda who, password: unlock_backup(folder, who, password),
        lambda text: unlock_backup(folder, None, text),
    )
