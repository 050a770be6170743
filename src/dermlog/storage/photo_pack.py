"""Photo packs: files of photos beside the backups, written once, never changed, found by SHA-256.

A run that meets new photos writes a new pack; a pack is complete or not there, so a drive pulled out or a
folder synchronised half-way loses nothing that was there before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dermlog.domain.backup import BackupFault
from dermlog.errors import backup_not_done
from dermlog.storage import driver
from dermlog.storage.backup_copy import is_sound, new_file
from dermlog.storage.backup_files import (
    NOBODY,
    PART,
    STEP_FAULTS,
    Watch,
    fault_of,
    remove,
    sync,
    sync_folder,
)
from dermlog.storage.key_fit import fits

PACK_ID = 0x44524D50
"""'DRMP' in the header of a pack."""
ENDING = ".dermlog-photos"
PACK_BYTES = 256 << 20
"""A pack is closed at this size: what a pulled drive can lose, and what a merge may gather."""
MANY_SMALL = 24
"""So many packs of less than a quarter of the size are merged into one."""

_TABLE = (
    "CREATE TABLE photo (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, proof TEXT NOT NULL, "
    "print_copy BLOB NOT NULL, preview BLOB NOT NULL, original BLOB NOT NULL) STRICT"
)


@dataclass(frozen=True)
class PackedPhoto:
    """One photo as the file keeps it: the original and what was made of it."""

    sha256: str
    print_copy: bytes
    preview: bytes
    original: bytes

    @property
    def is_sound(self) -> bool:
        """Whether the original is the one its name promises."""
        return hashlib.sha256(self.original).hexdigest() == self.sha256

    @property
    def proof(self) -> str:
        """The SHA-256 of what was made of the original."""
        return hashlib.sha256(self.print_copy + b"\0" + self.preview).hexdigest()

    @property
    def byte_count(self) -> int:
        """Bytes of all three."""
        return len(self.print_copy) + len(self.preview) + len(self.original)


class PhotoPacks:
    """The packs of one folder, opened with one key."""

    def __init__(self, folder: Path, key: bytes | None, now: datetime | None = None) -> None:
        """now: the time in the names of new packs; needed for writing only."""
        self.folder = folder
        self._key = key
        self._now = now

    def paths(self) -> tuple[Path, ...]:
        """The packs, oldest first."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(path for path in self.folder.iterdir() if path.name.endswith(ENDING)))

    def own_paths(self) -> tuple[Path, ...]:
        """The packs of this key, oldest first; those of an earlier key stay as they are for earlier sets."""
        return tuple(path for path in self.paths() if self._is_own(path))

    def _is_own(self, path: Path) -> bool:
        try:
            return self._key is None or fits(path, self._key)
        except OSError:
            # Whoever opens it finds out whether it can be read.
            return True

    def index(self) -> dict[str, Path]:
        """Every photo that a readable pack holds, and the newest pack that does."""
        found: dict[str, Path] = {}
        for path in self.paths():
            with suppress(*STEP_FAULTS), closing(self._open(path)) as pack:
                found.update((row[0], path) for row in pack.execute("SELECT sha256 FROM photo"))
        return found

    def get(self, path: Path, sha256: str) -> PackedPhoto | None:
        """One photo of a pack, proved by its hashes; None when it is not there or not sound."""
        # A fresh connection for each: one damaged page must not spoil the photos after it.
        with suppress(*STEP_FAULTS), closing(self._open(path)) as pack:
            row = pack.execute(
                "SELECT sha256, print_copy, preview, original, proof FROM photo WHERE sha256 = ?", (sha256,)
            ).fetchone()
            if row is not None:
                photo = PackedPhoto(*row[:4])
                return photo if photo.is_sound and photo.proof == row[4] else None
        return None

    def add(
        self,
        photos: Iterator[PackedPhoto],
        total: int,
        *,
        watch: Watch = NOBODY,
    ) -> int:
        """Write photos into new packs, each read back before it gets its name; gives how many.

        progress(done, of) after each photo. BackupNotDone when the place fails; finished packs stay.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        done = 0
        following = next(photos, None)
        while following is not None:
            final = self._free_name()
            unfinished = final.with_name(final.name + PART)
            remove(unfinished)
            try:
                written = []
                size = 0
                with closing(new_file(unfinished, self._key, PACK_ID)) as pack:
                    pack.execute(_TABLE)
                    pack.execute("BEGIN")
                    while following is not None and size < PACK_BYTES:
                        watch.check()
                        pack.execute(
                            "INSERT OR IGNORE INTO photo (sha256, proof, print_copy, preview, original) "
                            "VALUES (?, ?, ?, ?, ?)",
                            (
                                following.sha256,
                                following.proof,
                                following.print_copy,
                                following.preview,
                                following.original,
                            ),
                        )
                        written.append(following.sha256)
                        size += following.byte_count
                        done += 1
                        watch.progress(done, total)
                        following = next(photos, None)
                    pack.execute("COMMIT")
                sync(unfinished)
                if self.damaged_in(unfinished, written, watch=watch):
                    raise backup_not_done(BackupFault.NOT_PROVEN)
                unfinished.rename(final)
                sync_folder(self.folder)
            except STEP_FAULTS as error:
                raise fault_of(error, reading=True) from error
            finally:
                remove(unfinished)
        return done

    def damaged_in(
        self, path: Path, expected: Sequence[str] | None = None, *, watch: Watch = NOBODY
    ) -> tuple[str, ...]:
        """Photos of a pack that cannot be read back as they went in; all that were expected when none can.

        expected: what the pack must hold; without it, what it says it holds.
        """
        try:
            with closing(self._open(path)) as pack:
                held = [row[0] for row in pack.execute("SELECT sha256 FROM photo")]
                sound = is_sound(pack)
        except STEP_FAULTS:
            return tuple(expected) if expected else ("",)
        names = held if expected is None else list(expected)
        bad = []
        for sha256 in names:
            watch.check()
            if self.get(path, sha256) is None:
                bad.append(sha256)
        return tuple(bad) if bad or sound else ("",)

    def merge_small(self, *, watch: Watch = NOBODY) -> bool:
        """Gather many small packs into one, so that a place stays easy to look through."""
        small = [path for path in self.own_paths() if path.stat().st_size < PACK_BYTES // 4]
        if len(small) < MANY_SMALL:
            return False
        if any(self.damaged_in(path, watch=watch) for path in small):
            return False  # they stay as they are, with what can still be read in them
        index = {sha256: path for sha256, path in self.index().items() if path in small}
        found = (self.get(path, sha256) for sha256, path in index.items())
        self.add((photo for photo in found if photo is not None), len(index), watch=watch)
        for path in small:
            remove(path)
        return True

    def _open(self, path: Path) -> driver.Connection:
        connection = driver.connect(path, self._key, "ro")
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            schema = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
            if application != PACK_ID or schema != [(_TABLE,)]:
                raise driver.DatabaseError("file is not a database of photos")
        except BaseException:
            connection.close()
            raise
        return connection

    def _free_name(self) -> Path:
        if self._now is None:
            raise ValueError("packs opened for reading only")
        number = 1
        while True:
            path = self.folder / f"{self._now:%Y-%m-%d %H%M%S} {number:03}{ENDING}"
            if not path.exists():
                return path
            number += 1


def photos_of_file(
    path: Path, key: bytes | None, wanted: Iterable[str], damaged: list[str]
) -> Iterator[PackedPhoto]:
    """Photos of an open logbook file by SHA-256, each proved; those that are not sound go to damaged."""
    connection = driver.connect(path, key, "rw")
    try:
        driver.settle(connection, writing=False)
        for sha256 in wanted:
            try:
                row = _row_of(connection, sha256)
            except driver.FAULTS:
                # One damaged page spoils the connection, not the photos after it.
                connection.close()
                connection = driver.connect(path, key, "rw")
                driver.settle(connection, writing=False)
                row = None
            photo = None if row is None else PackedPhoto(*row)
            if photo is not None and photo.is_sound:
                yield photo
            else:
                damaged.append(sha256)
    finally:
        connection.close()


def _row_of(connection: driver.Connection, sha256: str) -> tuple[str, bytes, bytes, bytes] | None:
    found: tuple[str, bytes, bytes, bytes] | None = connection.execute(
        "SELECT sha256, print_copy, preview, original FROM photo_image WHERE sha256 = ?", (sha256,)
    ).fetchone()
    return found
