"""Opening locked logbooks: who may type a password, and what a password or a recovery code opens.

Everything here works on closed files and needs no Logbook. unlock() is slow on purpose (0.4 s): call it off
the window's thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from dermlog.domain.access import AccessKind
from dermlog.domain.file_fault import OpeningFault
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.password import password_fault
from dermlog.errors import LogbookNotOpened, NotUnlocked, not_unlocked
from dermlog.key_sentences import backup_code_sentence
from dermlog.logbook.patience import Patience, patience_with
from dermlog.logbook.while_shut import note_while_shut
from dermlog.storage.database import Clock
from dermlog.storage.key_file import keys_path
from dermlog.storage.key_spares import has_sound_slots, spare_slots
from dermlog.storage.opening import check_file
from dermlog.storage.unlocking import LockedFile, SlotPerson, Unlocked, read_code

__all__ = [
    "Patience",
    "SlotPerson",
    "Unlocked",
    "is_locked",
    "password_fault",
    "patience_with",
    "people_of",
    "people_of_backup",
    "read_code",
    "unlock",
    "unlock_backup",
    "unlock_with_code",
]


def _local_time() -> datetime:
    return datetime.now().astimezone()


def is_locked(path: Path) -> bool:
    """Whether a file needs a password; False for one that is missing, open to all, or no logbook at all."""
    try:
        check_file(path, None)
    except LogbookNotOpened as error:
        if error.fault is OpeningFault.NEEDS_KEY:
            return True
        # Without its end it is no whole number of pages, and without its beginning no noise: the slots tell.
        torn = {OpeningFault.NOT_DERMLOG, OpeningFault.NOT_COMPLETE}
        return error.fault in torn and keys_path(path).exists()
    return False


def people_of(path: Path) -> tuple[SlotPerson, ...]:
    """Who may type a password for a logbook, by name; nobody when the slots are missing or damaged."""
    return _logbook(path).people()


def unlock(path: Path, staff_id: UUID, password: str, *, clock: Clock = _local_time) -> Unlocked:
    """Open the lock with a password; NotUnlocked says why not.

    A try that failed goes into the access log at the next opening or unlocking.
    """
    with _failure_noted(path, staff_id, clock):
        return _logbook(path).unlock(staff_id, password)


def unlock_with_code(path: Path, text: str, *, clock: Clock = _local_time) -> Unlocked:
    """Open the lock with the letters of the recovery sheet; NotUnlocked says why not, and notes it."""
    with _failure_noted(path, None, clock):
        return _logbook(path).unlock_with_code(text)


def people_of_backup(folder: Path) -> tuple[SlotPerson, ...]:
    """Who may type a password for the backup set in a folder."""
    return _backup(folder).people()


def unlock_backup(folder: Path, staff_id: UUID | None, text: str) -> Unlocked:
    """Open the lock of the backup set in a folder: with a password, or as nobody with the recovery code.

    Both are those of the time when it was made; NotUnlocked says so.
    """
    locked = _backup(folder)
    if staff_id is not None:
        return locked.unlock(staff_id, text)
    try:
        return locked.unlock_with_code(text)
    except NotUnlocked as error:
        if error.fault is KeyFault.WRONG_CODE:
            raise not_unlocked(KeyFault.WRONG_CODE, backup_code_sentence()) from error
        raise


@contextmanager
def _failure_noted(path: Path, staff_id: UUID | None, clock: Clock) -> Iterator[None]:
    try:
        yield
    except NotUnlocked as error:
        if error.fault in {KeyFault.WRONG_PASSWORD, KeyFault.WRONG_CODE, KeyFault.KEY_CHANGED}:
            note_while_shut(path, AccessKind.UNLOCK_FAILED, staff_id, clock())
        raise


def _logbook(path: Path) -> LockedFile:
    spare = None if has_sound_slots(path) else spare_slots(path, _local_time())
    return LockedFile.of_logbook(path, spare)


def _backup(folder: Path) -> LockedFile:
    from dermlog.storage.backup import KEYS  # noqa: PLC0415 - the first paint needs none of it
    from dermlog.storage.backup_manifest import RECORDS  # noqa: PLC0415

    return LockedFile(folder / RECORDS, folder / KEYS)
