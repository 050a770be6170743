"""Moving a logbook out of a place where it must not live: copied, proven, and the old file set aside."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import LogbookNotOpened, not_opened
from dermlog.file_sentences import holder_words
from dermlog.storage.lock import lock_path
from dermlog.storage.making import check_place
from dermlog.storage.opening import has_unfolded

Progress = Callable[[int, int], None]

_PART = "-moving"
_WITH_IT = ("-keys", "-keys.bak")
"""What belongs to the file and lies beside it: without its key slots only the recovery sheet opens it."""
_PIECE = 1 << 20


def move_logbook(source: Path, target: Path, now: datetime, progress: Progress | None = None) -> Path | None:
    """Copy a closed logbook to target, which must be a place where one may live; the old file is set aside.

    Gives the new name of the old file, None where it could not be renamed (a read-only share): it stays as it
    was then. progress(done, of) in bytes. LogbookNotOpened when it fails, and then nothing was changed.
    """
    if has_unfolded(source):
        raise not_opened(OpeningFault.UNFOLDED_READ_ONLY, source.name)
    if lock_path(source).exists():
        raise not_opened(OpeningFault.OPEN_ELSEWHERE, source.name, holder_words())
    check_place(target)
    unfinished = target.with_name(target.name + _PART)
    beside_it: list[Path] = []
    try:
        _copy(source, unfinished, progress)
        for ending in _WITH_IT:
            beside = source.with_name(source.name + ending)
            if beside.is_file():
                beside_it.append(target.with_name(target.name + ending))
                _copy(beside, beside_it[-1], None)
        unfinished.rename(target)
    except OSError as error:
        for made in (unfinished, *beside_it):
            with suppress(OSError):
                made.unlink(missing_ok=True)
        raise _not_moved(source, target, error) from error
    return _set_aside(source, now)


def _copy(source: Path, target: Path, progress: Progress | None) -> None:
    """Copy one file and read the copy back; OSError also when it is not the same."""
    size, done, digest = source.stat().st_size, 0, hashlib.sha256()
    with source.open("rb") as file, target.open("wb") as copy:
        while piece := file.read(_PIECE):
            digest.update(piece)
            copy.write(piece)
            done += len(piece)
            if progress is not None:
                progress(done, size)
        copy.flush()
        os.fsync(copy.fileno())
    with target.open("rb") as copy:
        if hashlib.file_digest(copy, "sha256").digest() != digest.digest() or done != size:
            raise OSError(errno.EIO, os.strerror(errno.EIO))


def _set_aside(source: Path, now: datetime) -> Path | None:
    number = 1
    while True:
        again = "" if number == 1 else f" {number}"
        aside = source.with_name(f"{source.stem} (moved {now:%Y-%m-%d %H%M}{again}){source.suffix}")
        if not aside.exists():
            break
        number += 1
    try:
        source.rename(aside)
    except OSError:
        return None
    for ending in _WITH_IT:
        with suppress(OSError):
            source.with_name(source.name + ending).rename(aside.with_name(aside.name + ending))
    return aside


def _not_moved(source: Path, target: Path, error: OSError) -> LogbookNotOpened:
    if error.errno == errno.ENOSPC:
        return not_opened(OpeningFault.DISK_FULL, target.name)
    return not_opened(OpeningFault.UNREADABLE, source.name, error.strerror or "")
