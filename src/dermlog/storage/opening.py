"""Opening a file: every way it can be wrong is told apart before the file is touched."""

from __future__ import annotations

import errno
import math
import os
import stat
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dermlog.domain.file_fault import OpeningFault, SavingFault, ViewingReason
from dermlog.errors import LogbookNotOpened, not_opened
from dermlog.file_sentences import holder_words
from dermlog.storage import driver, migrations
from dermlog.storage.database import saving_fault
from dermlog.storage.format_1 import APPLICATION_ID
from dermlog.storage.key_file import keys_path, read_key_file
from dermlog.storage.key_fit import fits
from dermlog.storage.lock import Held, Holder, WriterLock
from dermlog.storage.places import is_remote, synchroniser
from dermlog.storage.upgrading import upgrade

_PLAIN_HEADER = b"SQLite format 3\0"
_SMALLEST = 4096
_PATIENCE_SECONDS = 5.0 if os.name == "nt" else 0.0
_ROOM_TO_OPEN = 128 * 1024


@dataclass(frozen=True)
class Opening:
    """How a file may be opened: for writing with its lock, or for viewing with the reason."""

    lock: WriterLock | None
    viewing: ViewingReason | None = None
    detail: str = ""
    mode: str = "rw"
    immutable: bool = False

    def release(self) -> None:
        """Give the lock back, if any."""
        if self.lock is not None:
            self.lock.release()


def prepare_opening(
    path: Path, key: bytes | None, now: datetime, *, viewing: bool = False, take_over: bool = False
) -> Opening:
    """Check a file and its place and take its lock; raises LogbookNotOpened and changes nothing.

    take_over: somebody said that the computer which left its lock behind has finished with the file.
    """
    check_library(path)
    check_file(path, key)
    opening = _decide(path, now, viewing, take_over)
    try:
        _check_inside(path, key, opening)
    except BaseException:
        opening.release()
        raise
    return opening


def check_library(path: Path) -> None:
    """LogbookNotOpened when the driver's SQLite is older than the last fault that could harm a file."""
    version = driver.library_version()
    if version < driver.OLDEST_SAFE_LIBRARY:
        raise not_opened(OpeningFault.UNSAFE_LIBRARY, path.name, ".".join(map(str, version)))


def check_file(path: Path, key: bytes | None) -> None:
    """What the size and the first bytes tell."""
    name = path.name
    try:
        if path.is_dir():
            raise not_opened(OpeningFault.IS_FOLDER, name)
        size, head = _look(path)
    except FileNotFoundError as error:
        raise not_opened(OpeningFault.MISSING, name) from error
    except OSError as error:
        raise not_opened(OpeningFault.UNREADABLE, name, error.strerror or "") from error
    if size == 0:
        raise not_opened(OpeningFault.EMPTY, name)
    plain = head.startswith(_PLAIN_HEADER)
    if size < _SMALLEST:
        raise not_opened(OpeningFault.NOT_COMPLETE if plain else OpeningFault.NOT_DERMLOG, name)
    if plain:
        if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
            raise not_opened(OpeningFault.NOT_DERMLOG, name)
        if key is not None:
            raise not_opened(OpeningFault.NOT_LOCKED, name)
        if int.from_bytes(head[28:32], "big") * driver.PAGE_SIZE > size and not has_unfolded(path):
            raise not_opened(OpeningFault.NOT_COMPLETE, name)
    elif not _looks_random(head):
        raise not_opened(OpeningFault.NOT_DERMLOG, name)
    elif size % driver.PAGE_SIZE and not has_unfolded(path):
        # Noise that is no whole number of pages: a picture, an archive, or a locked logbook without its end.
        raise not_opened(OpeningFault.NOT_DERMLOG if key is None else OpeningFault.NOT_COMPLETE, name)
    elif key is None:
        raise not_opened(OpeningFault.NEEDS_KEY, name)


def _look(path: Path) -> tuple[int, bytes]:
    """Size and first bytes; on Windows a virus scanner may hold the file for some seconds."""
    patience = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with path.open("rb") as file:
                return path.stat().st_size, file.read(_SMALLEST)
        except PermissionError:
            if time.monotonic() >= patience:
                raise
            time.sleep(0.1)


def _decide(path: Path, now: datetime, viewing: bool, take_over: bool) -> Opening:
    """For writing with the lock, or for viewing and why."""
    folder = path.resolve().parent
    program = synchroniser(path.absolute().parent) or synchroniser(folder)
    reason, detail = None, ""
    if is_remote(folder):
        reason = ViewingReason.REMOTE
    elif program:
        reason, detail = ViewingReason.SYNCED, program
    elif not may_write(path):
        reason = ViewingReason.FILE_READ_ONLY
    elif not may_write(folder):
        reason = ViewingReason.FOLDER_READ_ONLY
    if reason is not None:
        # Nothing may be made beside the file here. Where the last entries still lie in a write-ahead log,
        # SQLite needs its side files, and the file is read with them or not at all.
        return Opening(None, reason, detail, "ro", immutable=not has_unfolded(path))
    if viewing:
        # Not "ro": such a connection would leave its side files behind. Writing is refused by query_only.
        return Opening(None, ViewingReason.ASKED)
    try:
        return Opening(WriterLock(path, _user(), now, take_over=take_over))
    except Held as error:
        fault = OpeningFault.LEFT_OPEN if error.left else OpeningFault.OPEN_ELSEWHERE
        raise not_opened(fault, path.name, _holder_words(error.holder, now)) from error
    except OSError as error:
        full = error.errno == errno.ENOSPC
        reason = ViewingReason.DISK_FULL if full else ViewingReason.FOLDER_READ_ONLY
        return Opening(None, reason, "", "ro", immutable=not has_unfolded(path))


def _check_inside(path: Path, key: bytes | None, opening: Opening) -> None:
    """What the file says of itself: key, application, format, schema; nothing else is asked of it before."""
    name = path.name
    for attempt in (1, 2):
        try:
            connection = driver.connect(path, key, opening.mode, immutable=opening.immutable)
            try:
                found = _inspect(connection)
            finally:
                connection.close()
        except driver.FAULTS as error:
            # One bad read looks like a wrong key or a damaged file: ask twice before judging.
            if attempt == 1:
                continue
            raise _judge(error, path, key, opening) from error
        break
    application, file_format, schema = found
    if application != APPLICATION_ID:
        raise not_opened(OpeningFault.NOT_DERMLOG, name)
    if file_format > migrations.FORMAT:
        raise not_opened(OpeningFault.NEWER, name, str(file_format))
    if migrations.FINGERPRINTS.get(file_format) != schema:
        raise not_opened(OpeningFault.NOT_DERMLOG, name)
    if file_format < migrations.FORMAT:
        if opening.viewing is not None:
            raise not_opened(OpeningFault.UPGRADE_NEEDS_WRITING, name)
        upgrade(path, key, file_format)


def _inspect(connection: driver.Connection) -> tuple[int, int, str]:
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    return application, migrations.format_of(connection), migrations.fingerprint(connection)


def _judge(error: BaseException, path: Path, key: bytes | None, opening: Opening) -> LogbookNotOpened:
    text = str(error).lower()
    if "not a database" in text:
        ours = key is None or _is_proved(path, key)
        return not_opened(OpeningFault.DAMAGED if ours else OpeningFault.WRONG_KEY, path.name)
    if opening.viewing is not None and opening.mode == "ro" and has_unfolded(path):
        return not_opened(OpeningFault.UNFOLDED_READ_ONLY, path.name)
    fault = saving_fault(error)
    if fault is SavingFault.DISK_FULL or (fault is SavingFault.DISK and _is_full(path)):
        return not_opened(OpeningFault.DISK_FULL, path.name)
    if fault is SavingFault.LOCKED:
        return not_opened(OpeningFault.OPEN_ELSEWHERE, path.name, _holder_words(None, None))
    if fault is SavingFault.DAMAGED or isinstance(error, MemoryError):
        return not_opened(OpeningFault.DAMAGED, path.name)
    return not_opened(OpeningFault.UNREADABLE, path.name, str(error))


def _is_proved(path: Path, key: bytes) -> bool:
    """Whether a page of the file proves that the key is right, so that only damage is left."""
    found = read_key_file(keys_path(path))
    with suppress(OSError):
        return fits(path, key, "" if found is None else found.salt)
    return False


def has_unfolded(path: Path) -> bool:
    """Whether entries still wait in the write-ahead log beside the file."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def may_write(path: Path) -> bool:
    """Whether a file or folder is meant to be written; its write bits count even for an administrator."""
    if os.name != "nt" and not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        return False
    return os.access(path, os.W_OK)


def _is_full(path: Path) -> bool:
    """Whether the disk has no room for the small files that an open logbook needs beside it."""
    from shutil import disk_usage  # noqa: PLC0415 - not before the first paint of the others

    try:
        return disk_usage(path.absolute().parent).free < _ROOM_TO_OPEN
    except OSError:
        return False


def _looks_random(head: bytes) -> bool:
    """Whether bytes look like noise, as a locked file does and text or an ordinary file does not."""
    if not head:
        return False
    counts = Counter(head)
    bits = -sum(count / len(head) * math.log2(count / len(head)) for count in counts.values())
    return bits > 7.5


def _user() -> str:
    return os.environ.get("USERNAME") or os.environ.get("USER") or ""


def _holder_words(holder: Holder | None, now: datetime | None) -> str:
    if holder is None or now is None:
        return holder_words()
    return holder_words(holder.computer, holder.person, holder.since, now)
