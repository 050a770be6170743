"""Restoring: a logbook is built anew from a set and its photo packs, proven, and only then takes the name."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from dermlog.domain.backup import BackupFault, BackupSet, Restored
from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import backup_not_done, not_opened
from dermlog.storage import driver, migrations
from dermlog.storage.backup import KEYS, check_records
from dermlog.storage.backup_copy import (
    attached,
    copy_tables,
    finish_schema,
    is_sound,
    new_file,
    row_counts,
    schema_of_source,
    stoppable,
)
from dermlog.storage.backup_files import (
    NOBODY,
    STEP_FAULTS,
    Watch,
    fault_of,
    remove,
    room_in,
    sync,
    sync_folder,
)
from dermlog.storage.backup_manifest import RECORDS
from dermlog.storage.backup_place import packs_folder
from dermlog.storage.format_1 import APPLICATION_ID
from dermlog.storage.key_file import bring_slots
from dermlog.storage.lock import Held, WriterLock
from dermlog.storage.photo_pack import PackedPhoto, PhotoPacks
from dermlog.storage.places import is_remote, synchroniser
from dermlog.storage.witness import witness_path

UNFINISHED = "-restoring"
_SIDE_FILES = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Built:
    """A logbook built from a set: how many photos it holds, and how many no pack could give."""

    photos: int
    missing_photos: int


def restore(
    one: BackupSet,
    target: Path,
    key: bytes | None,
    now: datetime,
    *,
    backup_key: bytes | None,
    more_packs: Iterable[Path] = (),
    reapply: Callable[[Path], object] = lambda _path: None,
    watch: Watch = NOBODY,
) -> Restored:
    """Build the logbook of a set at target; a file that is there is set aside under a dated name.

    The logbook must be closed. key is that of the new file, backup_key that of the set.
    more_packs: other folders to look for photos in. reapply(path) runs on the finished file before it gets
    its name: what was erased since is erased again. BackupNotDone when it fails; nothing was changed then.
    """
    began = time.monotonic()
    unfinished = target.with_name(target.name + UNFINISHED)
    _check_place(target)
    try:
        lock = WriterLock(target, "", now)
    except Held as error:
        raise backup_not_done(BackupFault.OPEN_ELSEWHERE) from error
    except OSError as error:
        raise fault_of(error) from error
    try:
        built = build(
            one,
            unfinished,
            key,
            backup_key=backup_key,
            more_packs=more_packs,
            watch=watch,
        )
        reapply(unfinished)
        watch.check()
        aside = put_in_place(unfinished, target, now)
        bring_slots(one.folder / KEYS, target, key, aside)
    except STEP_FAULTS as error:
        raise fault_of(error, reading=True) from error
    finally:
        remove(unfinished)
        lock.release()
    return Restored(target, aside, one.entries, built.photos, built.missing_photos, time.monotonic() - began)


def build(
    one: BackupSet,
    path: Path,
    key: bytes | None,
    *,
    backup_key: bytes | None,
    more_packs: Iterable[Path] = (),
    only_photos: Callable[[list[str]], list[str]] | None = None,
    watch: Watch = NOBODY,
) -> Built:
    """Build a logbook file from a set and prove it; only_photos chooses which photos to bring (a trial).

    watch counts photos. Raises BackupNotDone or the driver's errors and leaves path to the caller.
    """
    remove(path)
    wanted = check_records(one, backup_key, watch)
    _check_room(one, wanted, path)
    with closing(new_file(path, key, APPLICATION_ID)) as copy:
        with stoppable(copy, watch), attached(copy, one.folder / RECORDS, backup_key, mode="ro"):
            copy.execute("BEGIN")
            schema = schema_of_source(copy)
            counts = copy_tables(copy, schema)
            numbers = copy.execute("SELECT number, sha256 FROM main.photo_image ORDER BY number").fetchall()
            copy.execute("COMMIT")
        chosen = set(wanted if only_photos is None else only_photos(wanted))
        packs = [PhotoPacks(folder, backup_key) for folder in (packs_folder(one), *more_packs)]
        missing = _bring_photos(copy, numbers, chosen, packs, watch)
        with stoppable(copy, watch):
            copy.execute("BEGIN")
            finish_schema(copy, schema, searching=True)
            copy.execute(f"PRAGMA user_version = {one.file_format}")
            copy.execute("COMMIT")
    sync(path)
    _prove(path, key, counts, one)
    return Built(len(chosen) - missing, missing)


def put_in_place(finished: Path, target: Path, now: datetime) -> Path | None:
    """Give a finished file the name of the logbook; a file of that name gets a dated one, given back.

    At no moment is the name without a file where the drive knows links. The same call undoes a restore.
    """
    aside = None
    if target.exists():
        aside = aside_name(target, now)
        for ending in _SIDE_FILES:
            side = target.with_name(target.name + ending)
            if side.exists():
                side.rename(aside.with_name(aside.name + ending))
        try:
            aside.hardlink_to(target)
        except OSError:
            target.rename(aside)
    else:
        for ending in _SIDE_FILES:
            remove(target.with_name(target.name + ending))
    try:
        finished.replace(target)
    except OSError:
        if aside is not None and not target.exists():
            aside.rename(target)
        raise
    # It belongs to the file set aside: beside this one it would tell of missing entries.
    with suppress(OSError):
        witness_path(target).unlink(missing_ok=True)
    sync_folder(target.parent)
    return aside


def aside_name(target: Path, now: datetime) -> Path:
    """A dated name beside the logbook that nobody has: Clinic (set aside 2026-03-04 1512).dermlog."""
    number = 1
    while True:
        ending = "" if number == 1 else f" {number}"
        path = target.with_name(f"{target.stem} (set aside {now:%Y-%m-%d %H%M}{ending}){target.suffix}")
        if not path.exists():
            return path
        number += 1


def a_patient(path: Path, key: bytes | None) -> UUID | None:
    """Some patient with a recorded visit, to try a page with; None where there is none."""
    with closing(driver.connect(path, key, "rw")) as connection:
        driver.settle(connection, writing=False)
        found = connection.execute(
            "SELECT patient_id FROM visit WHERE state = 'recorded' ORDER BY random() LIMIT 1"
        ).fetchone()
    return None if found is None else UUID(found[0])


def _check_place(target: Path) -> None:
    """LogbookNotOpened where a live logbook must not lie."""
    folder = target.absolute().parent
    if not folder.is_dir():
        raise not_opened(OpeningFault.FOLDER_MISSING, target.name)
    if is_remote(folder):
        raise not_opened(OpeningFault.FOLDER_REMOTE, target.name)
    program = synchroniser(folder) or synchroniser(folder.resolve())
    if program:
        raise not_opened(OpeningFault.FOLDER_SYNCED, target.name, program)


def _check_room(one: BackupSet, wanted: list[str], path: Path) -> None:
    packs = PhotoPacks(packs_folder(one), None).paths() if wanted else ()
    needed = 2 * one.records_bytes + sum(pack.stat().st_size for pack in packs)
    if room_in(path.parent) < needed // 2:
        raise backup_not_done(BackupFault.DISK_FULL, path.parent.name)


def _bring_photos(
    copy: driver.Connection,
    numbers: list[tuple[int, str]],
    chosen: set[str],
    packs: list[PhotoPacks],
    watch: Watch,
) -> int:
    """Fill the empty pictures of the new file from packs; gives how many of the chosen no pack had whole."""
    indexes = [pack.index() for pack in packs] if chosen else []
    missing = done = 0
    copy.execute("BEGIN")
    for number, sha256 in numbers:
        watch.check()
        photo: PackedPhoto | None = None
        if sha256 in chosen:
            for pack, index in zip(packs, indexes, strict=True):
                if photo is None and sha256 in index:
                    photo = pack.get(index[sha256], sha256)
            missing += photo is None
            done += 1
            watch.progress(done, len(chosen))
        if photo is not None:
            copy.execute(
                "UPDATE photo_image SET print_copy = ?, preview = ?, original = ? WHERE number = ?",
                (photo.print_copy, photo.preview, photo.original, number),
            )
    copy.execute("COMMIT")
    return missing


def _prove(path: Path, key: bytes | None, counts: dict[str, int], one: BackupSet) -> None:
    """The finished file opens as the logbook it was; one of the driver's errors or BackupNotDone when not."""
    with closing(driver.connect(path, key, "rw")) as copy:
        copy.execute("PRAGMA trusted_schema = OFF")
        sound = (
            int(copy.execute("PRAGMA application_id").fetchone()[0]) == APPLICATION_ID
            and migrations.format_of(copy) == one.file_format
            and migrations.fingerprint(copy) == migrations.FINGERPRINTS.get(one.file_format)
            and is_sound(copy)
            and row_counts(copy, counts.keys()) == counts
            and copy.execute("PRAGMA foreign_key_check").fetchone() is None
        )
    if not sound:
        raise backup_not_done(BackupFault.BACKUP_DAMAGED)
    if os.name != "nt":
        path.chmod(0o600)
