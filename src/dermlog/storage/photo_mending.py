"""Giving a damaged photo its bytes back, from the packs and records of backups; proved by SHA-256 throughout.

What a photo shows never changes: only bytes that are proven not to be those of its name are replaced, by
bytes that are, under the same number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from dermlog.domain.backup import BackupSet
from dermlog.domain.file_fault import SavingFault
from dermlog.domain.photo import PhotoFault
from dermlog.errors import UnusablePhoto, not_saved
from dermlog.storage import driver
from dermlog.storage.backup_files import STEP_FAULTS
from dermlog.storage.backup_manifest import RECORDS
from dermlog.storage.backup_place import packs_folder
from dermlog.storage.database import saving_fault
from dermlog.storage.photo_pack import PackedPhoto, PhotoPacks

_DISK_REFUSES = {
    *(SavingFault.DISK_FULL, SavingFault.READ_ONLY, SavingFault.LOCKED),
}
IMAGE, THUMBNAIL = "photo_image", "photo_thumbnail"
_PROVEN = {
    IMAGE: (
        ("original", "sha256"),
        ("preview", "preview_sha256"),
        ("print_copy", "print_copy_sha256"),
    ),
    THUMBNAIL: (("jpeg", "jpeg_sha256"),),
}


def damaged_parts(path: Path, key: bytes | None, sha256: str) -> frozenset[str]:
    """Which tables do not hold of this photo what its hashes promise."""
    return frozenset(table for table in _PROVEN if not _is_sound(path, key, table, sha256))


def _is_sound(path: Path, key: bytes | None, table: str, sha256: str) -> bool:
    columns = ", ".join(name for pair in _PROVEN[table] for name in pair)
    # A connection of its own: one damaged page spoils it for every page after it.
    with suppress(*driver.FAULTS), closing(driver.connect(path, key, "rw")) as connection:
        driver.settle(connection, writing=False)
        row = connection.execute(f"SELECT {columns} FROM {table} WHERE sha256 = ?", (sha256,)).fetchone()
        return row is not None and all(
            _sha256(content) == proof for content, proof in zip(row[::2], row[1::2], strict=True)
        )
    return False


def image_in_backups(sets: Iterable[BackupSet], key: bytes | None, sha256: str) -> PackedPhoto:
    """The picture from the newest pack that has it sound; UnusablePhoto NOT_IN_BACKUP where none has."""
    for folder in dict.fromkeys(packs_folder(one) for one in sets):
        packs = PhotoPacks(folder, key)
        for path in _reachable(packs):
            photo = packs.get(path, sha256)
            if photo is not None:
                return photo
    raise UnusablePhoto(PhotoFault.NOT_IN_BACKUP)


def _reachable(packs: PhotoPacks) -> Iterator[Path]:
    with suppress(OSError):
        yield from reversed(packs.own_paths())


def thumbnail_in_backups(sets: Iterable[BackupSet], key: bytes | None, sha256: str) -> bytes:
    """The thumbnail from the newest records that have it sound; UnusablePhoto as image_in_backups()."""
    for one in sets:
        with suppress(*STEP_FAULTS), closing(driver.connect(one.folder / RECORDS, key, "ro")) as records:
            driver.settle(records, writing=False)
            row = records.execute(
                "SELECT jpeg, jpeg_sha256 FROM photo_thumbnail WHERE sha256 = ?", (sha256,)
            ).fetchone()
            if row is not None and _sha256(row[0]) == row[1]:
                return bytes(row[0])
    raise UnusablePhoto(PhotoFault.NOT_IN_BACKUP)


def put_back(
    path: Path, key: bytes | None, sha256: str, image: PackedPhoto | None, thumbnail: bytes | None
) -> None:
    """Store sound bytes in place of damaged ones; what is None stays as it is.

    UnusablePhoto NOT_MENDED where the damage reaches the place itself, NotSaved when the disk refuses.
    """
    if image is not None and not (image.is_sound and image.sha256 == sha256):
        raise UnusablePhoto(PhotoFault.NOT_IN_BACKUP)
    rows: dict[str, dict[str, str | bytes]] = {}
    if image is not None:
        rows[IMAGE] = {
            "sha256": sha256,
            "print_copy_sha256": _sha256(image.print_copy),
            "preview_sha256": _sha256(image.preview),
            "print_copy": image.print_copy,
            "preview": image.preview,
            "original": image.original,
        }
    if thumbnail is not None:
        rows[THUMBNAIL] = {"sha256": sha256, "jpeg_sha256": _sha256(thumbnail), "jpeg": thumbnail}
    try:
        try:
            _write(path, key, rows, apart=False)
        except driver.FAULTS as error:
            if saving_fault(error) in _DISK_REFUSES:
                raise
            _write(path, key, rows, apart=True)
    except driver.FAULTS as error:
        fault = saving_fault(error)
        if fault in _DISK_REFUSES:
            raise not_saved(fault) from error
        raise UnusablePhoto(PhotoFault.NOT_MENDED) from error
    if damaged_parts(path, key, sha256) & rows.keys():
        raise UnusablePhoto(PhotoFault.NOT_MENDED)


def _write(
    path: Path, key: bytes | None, rows: Mapping[str, Mapping[str, str | bytes]], *, apart: bool
) -> None:
    """Take rows away and put them back under their numbers, in one transaction; or apart, in two.

    Pages that a transaction frees are read before it uses them again, which damaged ones of an encrypted file
    refuse: two transactions never read them. A power cut in between leaves a photo that is still damaged and
    still in the backup, and the next try puts it back.
    """
    with closing(driver.connect(path, key, "rw")) as connection:
        driver.settle(connection, writing=True)
        # Wiping what is freed would read it first; the sound bytes are written over it all the same.
        connection.execute("PRAGMA secure_delete = OFF").fetchall()
        # The facts of a photo refer to its bytes, which are away between two statements or transactions.
        if apart:
            connection.execute("PRAGMA foreign_keys = OFF").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        if not apart:
            connection.execute("PRAGMA defer_foreign_keys = ON").fetchall()
        numbers = {}
        for table, row in rows.items():
            found = connection.execute(f"SELECT number FROM {table} WHERE sha256 = ?", (row["sha256"],))
            numbers[table] = (found.fetchone() or (None,))[0]
        for table in reversed(tuple(rows)):
            connection.execute(f"DELETE FROM {table} WHERE sha256 = ?", (rows[table]["sha256"],))
        if apart:
            connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
        for table, row in rows.items():
            names, marks = ", ".join(("number", *row)), ", ".join("?" * (len(row) + 1))
            connection.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks})", (numbers[table], *row.values())
            )
        connection.execute("COMMIT")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
