"""Backing up: a snapshot of the records and packs of new photos, read back before either gets its name."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dermlog import __version__
from dermlog.domain.backup import BackupFault, BackupSet
from dermlog.errors import backup_not_done
from dermlog.storage import driver, migrations
from dermlog.storage.backup_copy import (
    BACKUP_ID,
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
    PART,
    STEP_FAULTS,
    Watch,
    fault_of,
    remove,
    sha256_of,
    sync,
    sync_folder,
    write_whole,
)
from dermlog.storage.backup_manifest import RECORDS, read_set, withdraw_proof, write_manifest, write_proof
from dermlog.storage.backup_place import PHOTOS, backup_root, clear_unfinished, packs_folder, sets_in
from dermlog.storage.erasing import erasures_of
from dermlog.storage.erasing_list import add_to_list
from dermlog.storage.key_file import copy_slots
from dermlog.storage.photo_pack import PhotoPacks, photos_of_file
from dermlog.storage.retention import has_shrunk, to_remove

GUIDE = "How to restore.txt"
KEYS = "logbook.dermlog-keys"
_NO_BYTES = frozenset({"photo_image"})
_TRIES = 3


@dataclass(frozen=True)
class Source:
    """The logbook to back up: its file, its key, and what only the open logbook knows."""

    path: Path
    key: bytes | None
    chain_head: str = ""
    guide: str = ""


@dataclass(frozen=True)
class Facts:
    """What a file says of itself in one moment."""

    logbook_id: str
    state: str
    sequence: int
    newest_at: datetime | None
    patients: int
    sessions: int
    entries: int
    photos: int


def facts_of(connection: driver.Connection, schema: str = "main") -> Facts:
    """Identity, newest change and counts of an open file; schema names it in a connection with several."""

    def ask(sql: str) -> tuple[object, ...]:
        return tuple(connection.execute(sql).fetchone() or ())

    first = ask(f"SELECT at || ' ' || row_id FROM {schema}.change ORDER BY sequence LIMIT 1")
    newest = ask(f"SELECT sequence, at FROM {schema}.change ORDER BY sequence DESC LIMIT 1")
    drafts = ask(f"SELECT count(*), coalesce(max(saved_at), '') FROM {schema}.draft")
    image = ask(f"SELECT count(*), coalesce(max(number), 0) FROM {schema}.photo_image")
    patients, sessions, entries, photos = (
        int(str(number))
        for number in ask(
            f"SELECT (SELECT count(*) FROM {schema}.patient), "
            f"(SELECT count(*) FROM {schema}.injection_session), "
            f"(SELECT count(*) FROM {schema}.visit WHERE state = 'recorded'), "
            f"(SELECT count(*) FROM {schema}.photo)"
        )
    )
    sequence = int(str(newest[0])) if newest else 0
    return Facts(
        logbook_id=str(first[0]) if first else "",
        state=f"{sequence} {drafts[0]} {drafts[1]} {image[0]} {image[1]}",
        sequence=sequence,
        newest_at=datetime.fromisoformat(str(newest[1])) if newest else None,
        patients=patients,
        sessions=sessions,
        entries=entries,
        photos=photos,
    )


def live_facts(path: Path, key: bytes | None) -> Facts:
    """What the logbook says of itself now, asked twice; BackupNotDone when it cannot be read."""
    with suppress(*driver.FAULTS):
        return _facts_at(path, key)
    try:
        # One bad read proves nothing about the file.
        return _facts_at(path, key)
    except driver.FAULTS as error:
        raise fault_of(error) from error


def _facts_at(path: Path, key: bytes | None) -> Facts:
    with closing(driver.connect(path, key, "rw")) as connection:
        driver.settle(connection, writing=False)
        return facts_of(connection)


def back_up(
    source: Source,
    place: Path,
    now: datetime,
    *,
    watch: Watch = NOBODY,
) -> tuple[BackupSet, int]:
    """Back up to one place: gives the proven set and how many photos are new in the packs.

    BackupNotDone when it fails; then nothing half-made stays and earlier backups are untouched.
    progress(done, of): photos packed; the records take a second at first.
    """
    if not place.is_dir():
        raise backup_not_done(BackupFault.PLACE_MISSING, place.name)
    try:
        facts = live_facts(source.path, source.key)
        root = backup_root(place, source.path, facts.logbook_id)
        root.mkdir(exist_ok=True)
        clear_unfinished(root)
        write_whole(root / GUIDE, source.guide.encode())
        folder = _free_folder(root, now)
        unfinished = folder.with_name(folder.name + PART)
        packs = PhotoPacks(root / PHOTOS, source.key, now)
        added = 0
        try:
            for attempt in range(_TRIES):
                remove(unfinished)
                unfinished.mkdir()
                made, wanted = _snapshot(source, unfinished / RECORDS, now, watch)
                damaged: list[str] = []
                added += _pack(source, packs, wanted, damaged, watch)
                # A photo of a draft may have gone while the others were packed: the next snapshot knows.
                if not _gone(source, damaged) or attempt == _TRIES - 1:
                    break
            made = replace(made, damaged_photos=len(damaged))
            _copy_keys(source.path, unfinished)
            erased = erasures_of(source.path, source.key)
            for noted_in in (root, unfinished):
                add_to_list(noted_in, erased)
            write_manifest(made, unfinished)
            watch.check()
            unfinished.rename(folder)
            sync_folder(root)
        finally:
            remove(unfinished)
        found = read_set(folder)
        if found is None:
            raise backup_not_done(BackupFault.NOT_PROVEN)
        return write_proof(found, proven_at=now), added
    except STEP_FAULTS as error:
        raise fault_of(error) from error


def read_back(
    one: BackupSet,
    key: bytes | None,
    now: datetime,
    *,
    photos: bool = False,
    watch: Watch = NOBODY,
) -> BackupSet:
    """Open a set and read it: the records whole, that every photo is there, with photos each photo's hash.

    Gives the set with its new proof; BackupNotDone when it is damaged, and then it counts no longer.
    """
    try:
        wanted = check_records(one, key, watch)
        packs = PhotoPacks(packs_folder(one), key, now)
        index = packs.index()
        missing = [sha256 for sha256 in wanted if sha256 not in index]
        if len(missing) > one.damaged_photos:
            raise backup_not_done(BackupFault.BACKUP_DAMAGED)
        if photos:
            for number, sha256 in enumerate(wanted, start=1):
                watch.check()
                if sha256 in index and packs.get(index[sha256], sha256) is None:
                    raise backup_not_done(BackupFault.BACKUP_DAMAGED)
                watch.progress(number, len(wanted))
    except STEP_FAULTS as error:
        failure = fault_of(error, reading=True)
        if failure.fault is BackupFault.BACKUP_DAMAGED:
            withdraw_proof(one)
        raise failure from error
    return write_proof(one, proven_at=now)


def check_records(one: BackupSet, key: bytes | None, watch: Watch = NOBODY) -> list[str]:
    """Verify the records of a set against its manifest; gives the photos they name.

    BackupNotDone BACKUP_DAMAGED, WRONG_KEY or NEWER.
    """
    path = one.folder / RECORDS
    if one.file_format > migrations.FORMAT:
        raise backup_not_done(BackupFault.NEWER)
    if not path.is_file() or sha256_of(path, watch) != one.records_sha256:
        raise backup_not_done(BackupFault.BACKUP_DAMAGED)
    # The file is byte for byte what was written: an error now can only mean the key.
    try:
        return _verify(path, key, dict(one.rows), one.file_format, one.sequence)
    except driver.FAULTS as error:
        raise backup_not_done(BackupFault.WRONG_KEY) from error


def thin_out(root: Path, now: datetime) -> tuple[bool, int]:
    """Remove sets no longer needed; gives whether the newest has shrunk (then none goes), and how many went.

    A set goes by losing its manifest first, so that a half-removed one is never taken for a backup.
    """
    sets = sets_in(root)
    if has_shrunk(sets[0], sets[1] if len(sets) > 1 else None) if sets else False:
        return True, 0
    gone = to_remove(sets, now)
    for one in gone:
        dying = one.folder.with_name(one.folder.name + PART)
        one.folder.rename(dying)
        remove(dying)
    return False, len(gone)


def _snapshot(source: Source, path: Path, now: datetime, watch: Watch) -> tuple[BackupSet, tuple[str, ...]]:
    """Write the records into a new file and read it back; gives the set and the photos it names."""
    with (
        closing(new_file(path, source.key, BACKUP_ID)) as copy,
        stoppable(copy, watch),
        attached(copy, source.path, source.key, mode="rw"),
    ):
        copy.execute("BEGIN")
        file_format = int(copy.execute("PRAGMA source.user_version").fetchone()[0])
        schema = schema_of_source(copy)
        counts = copy_tables(copy, schema, without_bytes=_NO_BYTES)
        facts = facts_of(copy, "source")
        finish_schema(copy, schema, searching=False)
        copy.execute(f"PRAGMA main.user_version = {file_format}")
        copy.execute("COMMIT")
    sync(path)
    try:
        wanted = _verify(path, source.key, counts, file_format, facts.sequence)
    except driver.FAULTS as error:
        raise backup_not_done(BackupFault.NOT_PROVEN) from error
    made = BackupSet(
        folder=path.parent,
        made_at=now,
        logbook=source.path.name,
        logbook_id=facts.logbook_id,
        file_format=file_format,
        app_version=__version__,
        patients=facts.patients,
        sessions=facts.sessions,
        entries=facts.entries,
        photos=facts.photos,
        sequence=facts.sequence,
        newest_at=facts.newest_at,
        chain_head=source.chain_head,
        state=facts.state,
        records_bytes=path.stat().st_size,
        records_sha256=sha256_of(path, watch),
        rows=tuple(sorted(counts.items())),
        locked=source.key is not None,
    )
    return made, tuple(wanted)


def _verify(
    path: Path, key: bytes | None, rows: dict[str, int], file_format: int, sequence: int
) -> list[str]:
    """Open a records file as a restore will; gives its photos. One of the driver's errors when not sound."""
    with closing(driver.connect(path, key, "ro")) as copy:
        copy.execute("PRAGMA trusted_schema = OFF")
        copy.execute("PRAGMA cell_size_check = ON")
        application = int(copy.execute("PRAGMA application_id").fetchone()[0])
        expected = migrations.FINGERPRINTS.get(file_format)
        if application != BACKUP_ID or migrations.fingerprint(copy) != expected:
            raise driver.DatabaseError("file is not a database of records")
        if not is_sound(copy) or row_counts(copy, rows.keys()) != rows:
            raise driver.DatabaseError("database disk image is malformed")
        newest = copy.execute("SELECT coalesce(max(sequence), 0) FROM change").fetchone()[0]
        if newest != sequence:
            raise driver.DatabaseError("database disk image is malformed")
        return [row[0] for row in copy.execute("SELECT sha256 FROM photo_image ORDER BY number")]


def _pack(
    source: Source,
    packs: PhotoPacks,
    wanted: tuple[str, ...],
    damaged: list[str],
    watch: Watch,
) -> int:
    """Bring the photos that no pack holds into new ones; gives how many. Those not sound go to damaged."""
    index = packs.index()
    new = [sha256 for sha256 in wanted if sha256 not in index]
    if not new:
        return 0
    photos = photos_of_file(source.path, source.key, new, damaged)
    return packs.add(photos, len(new), watch=watch)


def _gone(source: Source, damaged: list[str]) -> bool:
    """Whether a photo that could not be packed is no longer in the logbook at all."""
    if not damaged:
        return False
    with closing(driver.connect(source.path, source.key, "rw")) as connection:
        driver.settle(connection, writing=False)
        return any(
            connection.execute("SELECT 1 FROM photo_image WHERE sha256 = ?", (sha256,)).fetchone() is None
            for sha256 in damaged
        )


def _copy_keys(logbook: Path, folder: Path) -> None:
    """The key slots travel with every set, so that any password opens it on another PC."""
    copy_slots(logbook, folder / KEYS)


def _free_folder(root: Path, now: datetime) -> Path:
    number = 1
    while True:
        ending = "" if number == 1 else f" {number}"
        folder = root / f"{now:%Y-%m-%d %H%M%S}{ending}"
        if not folder.exists() and not folder.with_name(folder.name + PART).exists():
            return folder
        number += 1
