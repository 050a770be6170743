"""Making a new file: under another name first, so that a half-made one never has the name of a logbook."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dermlog.domain.file_fault import OpeningFault, SavingFault
from dermlog.errors import NotSaved, not_opened
from dermlog.storage import driver, migrations
from dermlog.storage.database import saving_fault
from dermlog.storage.format_1 import APPLICATION_ID
from dermlog.storage.opening import check_library, may_write
from dermlog.storage.places import is_remote, synchroniser

SIDE_FILES = ("-wal", "-shm", "-journal")


def make_file(path: Path, key: bytes | None, fill: Callable[[Path], None]) -> None:
    """Make a file with the schema of today, let fill() write its first records, then give it its name.

    LogbookNotOpened when there is a file already, the place is wrong or the disk is full; nothing is left
    behind then.
    """
    check_library(path)
    check_place(path)
    unfinished = path.with_name(path.name + "-new")
    _remove(unfinished)
    try:
        unfinished.touch(exist_ok=False)
        build_empty(unfinished, key)
        fill(unfinished)
        _sync(unfinished)
        _give_name(unfinished, path)
    except FileExistsError as error:
        raise not_opened(OpeningFault.ALREADY_THERE, path.name) from error
    except NotSaved as error:
        raise _not_made(path, error.fault, str(error)) from error
    except driver.FAULTS as error:
        raise _not_made(path, saving_fault(error), str(error)) from error
    except OSError as error:
        raise not_opened(OpeningFault.FOLDER_READ_ONLY, path.name) from error
    finally:
        _remove(unfinished)


def check_place(path: Path) -> None:
    """LogbookNotOpened when no new file may be made there."""
    try:
        taken = path.exists() or path.is_symlink()
    except OSError as error:  # a name that is too long
        raise not_opened(OpeningFault.UNREADABLE, path.name, error.strerror or "") from error
    if taken:
        raise not_opened(OpeningFault.ALREADY_THERE, path.name)
    folder = path.absolute().parent
    if not folder.is_dir():
        raise not_opened(OpeningFault.FOLDER_MISSING, path.name)
    if is_remote(folder):
        raise not_opened(OpeningFault.FOLDER_REMOTE, path.name)
    program = synchroniser(folder) or synchroniser(folder.resolve())
    if program:
        raise not_opened(OpeningFault.FOLDER_SYNCED, path.name, program)
    if not may_write(folder):
        raise not_opened(OpeningFault.FOLDER_READ_ONLY, path.name)


def build_empty(path: Path, key: bytes | None) -> None:
    """Give a file of no bytes the schema of today, without any record."""
    connection = driver.connect(path, key, "rw")
    try:
        # In this order and before the first table: neither can be changed later.
        if key is None:
            connection.execute(f"PRAGMA page_size = {driver.PAGE_SIZE}")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        driver.settle(connection, writing=True)
        migrations.bring_up_to_date(connection)
    finally:
        connection.close()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _give_name(unfinished: Path, path: Path) -> None:
    """Rename without ever replacing a file that came there meanwhile; FileExistsError then."""
    if os.name == "nt":
        unfinished.rename(path)
        return
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        raise
    except OSError:
        # A drive without links: as good as it gets there.
        if path.exists():
            raise FileExistsError(path) from None
        unfinished.rename(path)
    with suppress(OSError):
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _not_made(path: Path, fault: SavingFault | None, detail: str) -> Exception:
    if fault is SavingFault.DISK_FULL:
        return not_opened(OpeningFault.DISK_FULL, path.name)
    return not_opened(OpeningFault.UNREADABLE, path.name, detail)


def _remove(path: Path) -> None:
    for name in (path.name, *(path.name + ending for ending in SIDE_FILES)):
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)
