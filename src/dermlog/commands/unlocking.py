"""How a command opens a locked logbook: it asks for name and password, or reads the recovery code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from getpass import getpass
from pathlib import Path
from uuid import UUID

from dermlog.commands.terminal import ask
from dermlog.domain.access import AccessKind
from dermlog.domain.file_fault import OpeningFault
from dermlog.domain.key_fault import KeyFault
from dermlog.errors import DermlogError, LogbookNotOpened, not_unlocked
from dermlog.logbook import (
    Logbook,
    SlotPerson,
    Unlocked,
    is_locked,
    note_while_shut,
    people_of,
    people_of_backup,
    unlock,
    unlock_backup,
    unlock_with_code,
)
from dermlog.wording import _

Unlock = Callable[[UUID | None, str], Unlocked]


def locked_help() -> str:
    """What --help says about locked logbooks."""
    return _(
        "An encrypted logbook: dermlog asks for your name and password, or for the code of the recovery "
        "sheet when you leave the name empty. Without a terminal the code is read from standard input."
    )


def key_of(path: Path) -> Unlocked | None:
    """What opens a logbook, asked of whoever called; None for one that is not locked. NotUnlocked."""
    if not is_locked(path):
        return None

    def answer(staff_id: UUID | None, text: str) -> Unlocked:
        return unlock_with_code(path, text) if staff_id is None else unlock(path, staff_id, text)

    return _asked(people_of(path), answer)


def opened(path: Path, *, viewing: bool = True, taking_out: bool = False) -> Logbook:
    """A logbook, unlocked where need be, with whoever unlocked it acting; DermlogError when it stays shut.

    taking_out: opened for writing, so that the access log tells of it, or else, where a window has it open,
    for viewing; then it is noted beside the file that something was taken out.
    """
    unlocked = key_of(path)
    if unlocked is not None and unlocked.staff_id is None:
        # Everybody is told at their next sign-in, whether or not this file can be written now.
        note_while_shut(path, AccessKind.RECOVERED, None, datetime.now().astimezone())
    key = None if unlocked is None else unlocked.key
    try:
        logbook = Logbook.open(path, key=key, viewing=viewing and not taking_out)
    except LogbookNotOpened as error:
        if not taking_out or error.fault is not OpeningFault.OPEN_ELSEWHERE:
            raise
        logbook = Logbook.open(path, key=key, viewing=True)
        who = None if unlocked is None else unlocked.staff_id
        note_while_shut(path, AccessKind.EXPORTED, who, datetime.now().astimezone())
    if unlocked is not None:
        try:
            logbook.keys.admit(unlocked)
        except DermlogError:
            logbook.close()
            raise
    return logbook


def key_of_backup(folder: Path) -> Unlocked:
    """What opens the backup set in a folder, asked of whoever called; NotUnlocked."""
    return _asked(people_of_backup(folder), lambda staff_id, text: unlock_backup(folder, staff_id, text))


def _asked(people: Sequence[SlotPerson], answer: Unlock) -> Unlocked:
    if sys.stdin is None:  # a windowed build on Windows has no standard streams
        raise not_unlocked(KeyFault.CODE_MISREAD)
    if not sys.stdin.isatty():
        return answer(None, sys.stdin.readline())
    names = _(", ").join(person.name for person in people if person.has_password)
    name = ask(_("Name ({names}; empty for the recovery code): ").format(names=names)) if names else ""
    if not name.strip():
        return answer(None, ask(_("Recovery code: ")))
    wanted = name.strip().casefold()
    found = [person for person in people if person.name.casefold() == wanted]
    if len(found) != 1:
        raise not_unlocked(KeyFault.NO_PASSWORD)
    return answer(found[0].staff_id, getpass(_("Password: ")))
