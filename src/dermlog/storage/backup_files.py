"""Files of a backup: written through to the disk, read back from it, removed when half made."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dermlog.domain.backup import BackupFault
from dermlog.domain.file_fault import SavingFault
from dermlog.errors import BackupNotDone, backup_not_done
from dermlog.storage import driver
from dermlog.storage.database import saving_fault

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

PART = ".part"
_CHUNK = 1 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def _never() -> bool:
    return False


def _silent(_done: int, _of: int) -> None:
    """Nobody looks."""


@dataclass(frozen=True)
class Watch:
    """Who looks at long work: told how far it is, and able to stop it; at first nobody."""

    progress: Progress = _silent
    cancelled: Cancelled = _never

    def check(self) -> None:
        """BackupNotDone when somebody asked to stop."""
        if self.cancelled():
            raise backup_not_done(BackupFault.STOPPED)


NOBODY = Watch()


def sync(path: Path) -> None:
    """Wait until a file is on the disk, and let go of the copy in memory, so that reading back is reading."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
        advise = getattr(os, "posix_fadvise", None)
        if advise is not None:
            with suppress(OSError):
                advise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """A small file, whole or not at all."""
    unfinished = path.with_name(path.name + PART)
    try:
        unfinished.write_bytes(content)
        sync(unfinished)
        unfinished.replace(path)
    finally:
        remove(unfinished)
    sync_folder(path.parent)


def sha256_of(path: Path, watch: Watch = NOBODY) -> str:
    """The SHA-256 of a file as it is on the disk."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            watch.check()
            digest.update(chunk)
    return digest.hexdigest()


def remove(path: Path) -> None:
    """Take away a file with its side files, or a folder; no matter when it is not there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def room_in(folder: Path) -> int:
    """Free bytes for the user; a very large number where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 1 << 60


def fault_of(error: BaseException, *, reading: bool = False) -> BackupNotDone:
    """What a failed step means; reading: it was the backup that was read, not the records."""
    if isinstance(error, BackupNotDone):
        return error
    if isinstance(error, OSError):
        known = dict.fromkeys(_FULL, BackupFault.DISK_FULL)
        known |= dict.fromkeys(_READ_ONLY, BackupFault.PLACE_READ_ONLY)
        return backup_not_done(known.get(error.errno or 0, BackupFault.DISK))
    damaged = BackupFault.BACKUP_DAMAGED if reading else BackupFault.RECORDS_DAMAGED
    meaning = {
        SavingFault.DISK_FULL: BackupFault.DISK_FULL,
        SavingFault.READ_ONLY: BackupFault.PLACE_READ_ONLY,
        SavingFault.DAMAGED: damaged,
    }
    fault = meaning.get(saving_fault(error), damaged if isinstance(error, MemoryError) else BackupFault.DISK)
    return backup_not_done(BackupFault.STOPPED if "interrupted" in str(error).lower() else fault)


STEP_FAULTS: tuple[type[BaseException], ...] = (*driver.FAULTS, OSError, BackupNotDone)
"""What a step of a backup may raise when a file or a disk is at fault."""
