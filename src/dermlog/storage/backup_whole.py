"""A copy of everything as one file that opens by itself: for a stick in the safe, or another PC."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import datetime
from pathlib import Path

from dermlog.domain.backup import BackupFault
from dermlog.errors import backup_not_done
from dermlog.storage import driver, migrations
from dermlog.storage.backup import GUIDE, Source, facts_of
from dermlog.storage.backup_copy import is_sound, stoppable
from dermlog.storage.backup_files import (
    NOBODY,
    PART,
    STEP_FAULTS,
    Watch,
    fault_of,
    remove,
    room_in,
    sync,
    sync_folder,
    write_whole,
)
from dermlog.storage.key_file import copy_slots, keys_path


def copy_whole(
    source: Source,
    folder: Path,
    now: datetime,
    *,
    watch: Watch = NOBODY,
) -> Path:
    """Write the whole logbook into one file in a folder, read it back, give its path.

    progress(done, of) counts bytes written, then photos proved are counted within the same range.
    BackupNotDone when it fails; nothing half-made stays.
    """
    if not folder.is_dir():
        raise backup_not_done(BackupFault.PLACE_MISSING, folder.name)
    copy = _free_name(source.path, folder, now)
    unfinished = copy.with_name(copy.name + PART)
    try:
        size = source.path.stat().st_size
        if room_in(folder) < size + (1 << 20):
            raise backup_not_done(BackupFault.DISK_FULL, folder.name)
        remove(unfinished)
        with closing(driver.connect(source.path, source.key, "rw")) as connection:
            driver.settle(connection, writing=False)
            facts = facts_of(connection)

            def look() -> bool:
                if unfinished.exists():
                    watch.progress(min(unfinished.stat().st_size // 2, size // 2), size)
                return watch.cancelled()

            connection.execute("PRAGMA query_only = OFF")
            with stoppable(connection, Watch(cancelled=look)):
                connection.execute("VACUUM INTO ?", (str(unfinished),))
        sync(unfinished)
        _read_back(unfinished, source.key, facts.sequence, size, watch)
        copy_slots(source.path, keys_path(copy))
        write_whole(folder / GUIDE, source.guide.encode())
        unfinished.rename(copy)
        sync_folder(folder)
    except STEP_FAULTS as error:
        raise fault_of(error) from error
    finally:
        remove(unfinished)
    return copy


def _read_back(path: Path, key: bytes | None, sequence: int, size: int, watch: Watch) -> None:
    with closing(driver.connect(path, key, "ro")) as copy:
        try:
            sound = (
                migrations.fingerprint(copy) == migrations.FINGERPRINTS[migrations.FORMAT]
                and is_sound(copy)
                and facts_of(copy).sequence >= sequence
            )
            names = [row[0] for row in copy.execute("SELECT sha256 FROM photo_image ORDER BY number")]
            for number, sha256 in enumerate(names, start=1):
                watch.check()
                (original,) = copy.execute(
                    "SELECT original FROM photo_image WHERE sha256 = ?", (sha256,)
                ).fetchone()
                sound = sound and hashlib.sha256(original).hexdigest() == sha256
                watch.progress(size // 2 + (size - size // 2) * number // len(names), size)
        except driver.FAULTS as error:
            raise backup_not_done(BackupFault.NOT_PROVEN) from error
    if not sound:
        raise backup_not_done(BackupFault.NOT_PROVEN)
    watch.progress(size, size)


def _free_name(logbook: Path, folder: Path, now: datetime) -> Path:
    number = 1
    while True:
        ending = "" if number == 1 else f" {number}"
        path = folder / f"{logbook.stem} copy {now:%Y-%m-%d %H%M}{ending}{logbook.suffix}"
        if not path.exists():
            return path
        number += 1
