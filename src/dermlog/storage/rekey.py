"""Changing the key of a file: at every moment one of two keys opens it, with the slots of both beside it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from dermlog.domain.file_fault import SavingFault
from dermlog.domain.key_fault import KeyFault
from dermlog.errors import NotSaved, not_unlocked
from dermlog.storage import driver
from dermlog.storage.backup_files import room_in
from dermlog.storage.database import saving_fault
from dermlog.storage.key_file import KeyFile, next_path, settle, write_next
from dermlog.storage.key_slot import key_mark

Progress = Callable[[int, int], None]

STEPS = 4
_SPARE = 64 << 20


def change_key(
    path: Path,
    old: bytes,
    new: bytes,
    coming: KeyFile,
    *,
    changed: Callable[[], object],
    progress: Progress,
) -> None:
    """Encrypt the file anew; coming are the slots for the new key, written before anything is changed.

    changed() is called as soon as the new key is the one that opens the file. progress(step, 4). NotUnlocked
    with NOT_INTACT, NO_ROOM, BUSY or NOT_DONE, and then the old key is still the one.
    """
    if room_in(path.absolute().parent) < path.stat().st_size * 11 // 10 + _SPARE:
        raise not_unlocked(KeyFault.NO_ROOM)
    progress(0, STEPS)
    try:
        with closing(driver.connect(path, old, "rw")) as connection:
            driver.settle(connection, writing=True)
            # A stray damaged page makes the change fail half-way, so it is looked for first.
            if connection.execute("PRAGMA cipher_integrity_check").fetchall():
                raise not_unlocked(KeyFault.NOT_INTACT)
            progress(1, STEPS)
            write_next(path, coming)
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise not_unlocked(KeyFault.BUSY)
            connection.execute(rekey_statement(new)).fetchall()
            if not _opens(path, new):
                raise not_unlocked(KeyFault.NOT_DONE)
            changed()
            progress(2, STEPS)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        _verify(path, new)
        progress(3, STEPS)
    except driver.FAULTS as error:
        raise not_unlocked(_FAULTS.get(saving_fault(error), KeyFault.NOT_DONE)) from error
    except NotSaved as error:
        full = error.fault is SavingFault.DISK_FULL
        raise not_unlocked(KeyFault.NO_ROOM if full else KeyFault.NOT_DONE) from error
    finally:
        # Whichever key opens the file now: its slots stay, the others go.
        for key in (new, old):
            if next_path(path).exists() and _opens(path, key):
                settle(path, key_mark(key))
                break
    progress(STEPS, STEPS)


_FAULTS = {
    SavingFault.DISK_FULL: KeyFault.NO_ROOM,
    SavingFault.LOCKED: KeyFault.BUSY,
    SavingFault.DAMAGED: KeyFault.NOT_INTACT,
}


def rekey_statement(key: bytes) -> str:
    """What has the driver encrypt every page anew; one transaction."""
    return f"PRAGMA rekey = \"x'{key.hex()}'\""


def _verify(path: Path, key: bytes) -> None:
    """Read every page under the new key."""
    with closing(driver.connect(path, key, "rw")) as connection:
        driver.settle(connection, writing=False)
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise driver.DatabaseError("database disk image is malformed")


def _opens(path: Path, key: bytes) -> bool:
    try:
        with closing(driver.connect(path, key, "rw")) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            return True
    except driver.FAULTS:
        return False
