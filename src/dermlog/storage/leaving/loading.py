"""Records and photos of an export into a new file: the laws step aside meanwhile and are back at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from dermlog.domain.access import AccessKind
from dermlog.domain.leaving import PhotoChoice
from dermlog.domain.photo import PreparedPhoto
from dermlog.storage import driver
from dermlog.storage.folding import fold, folded_patient
from dermlog.storage.leaving.document import Document, Picture, StoredRow, stored_row
from dermlog.storage.leaving.fields import Noun
from dermlog.storage.leaving.kinds import Stored
from dermlog.storage.leaving.nouns import RECORDS
from dermlog.storage.leaving.rows import ShownRow
from dermlog.storage.seals import seal_new_lines

_SEARCH, _HISTORY = "search_", "history_"
"""Triggers that go on while rows come in: the search index, and the history where none is brought along."""


@dataclass(frozen=True)
class Loaded:
    """What came into the new file: photos with their bytes, and photos whose bytes were not in the export."""

    photos: int
    missing_photos: int


def load(
    path: Path,
    key: bytes | None,
    document: Document,
    *,
    now: datetime,
    reason: str,
    logs: Iterable[tuple[Noun, Iterable[StoredRow]]],
    pictures: Iterable[tuple[Picture, PreparedPhoto | None]],
) -> Loaded:
    """Fill a new, empty file; the caller throws it away when anything is raised (the driver's errors).

    reason goes into the history of what was not brought along. A picture is None when it cannot be used.
    """
    with closing(driver.connect(path, key, "rw")) as connection:
        driver.settle(connection, writing=True)
        connection.execute("PRAGMA foreign_keys = OFF")
        aside = _laws(connection, with_history=document.history)
        connection.execute("BEGIN IMMEDIATE")
        for name, _sql in aside:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(
            "UPDATE writing SET staff_id = NULL, at = ?, reason = ?", (now.isoformat(), reason)
        )
        for noun in RECORDS:
            _insert(connection, noun, (stored_row(noun, row) for row in _wanted(noun, document)))
        for noun, rows in logs:
            _insert(connection, noun, rows)
        for _name, sql in aside:
            connection.execute(sql)
        photos = _bring_pictures(connection, document.photos, pictures)
        missing = _note_missing(connection)
        connection.execute(
            "INSERT INTO access (at, staff_id, patient_id, kind, detail) VALUES (?, NULL, NULL, ?, ?)",
            (now.isoformat(), AccessKind.IMPORTED.value, f"{photos} photos, {missing} missing"),
        )
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise driver.IntegrityError("a row without its parent")
        seal_new_lines(connection)
        connection.execute("COMMIT")
    return Loaded(photos, missing)


def _wanted(noun: Noun, document: Document) -> list[ShownRow]:
    """The rows to bring: a photo that was left out comes only where the history speaks of it."""
    rows = document.records[noun.name]
    if noun.name != "photo" or document.history:
        return rows
    there = {picture.sha256 for picture in document.pictures}
    return [row for row in rows if row["sha256"] in there]


def _laws(connection: driver.Connection, *, with_history: bool) -> list[tuple[str, str]]:
    """The triggers that step aside, with the statements that bring them back."""
    staying = (_SEARCH,) if with_history else (_SEARCH, _HISTORY)
    return [
        (name, sql)
        for name, sql in connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
        ).fetchall()
        if not name.startswith(staying)
    ]


def _insert(connection: driver.Connection, noun: Noun, rows: Iterable[StoredRow]) -> None:
    columns = list(noun.columns)
    if noun.name == "patient":
        columns += ["chart_key", "sort_name", "folded"]
        rows = (row + _searched(noun, row) for row in rows)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" for _ in columns)
    connection.executemany(f'INSERT INTO "{noun.name}" ({names}) VALUES ({marks})', rows)


def _searched(noun: Noun, row: StoredRow) -> tuple[Stored, ...]:
    """The columns by which a patient is found."""
    facts = dict(zip(noun.columns, row, strict=True))
    family, given, chart = (str(facts[name]) for name in ("family_name", "given_name", "chart_number"))
    born = facts["birth_date"]
    day = None if born is None else date.fromisoformat(str(born))
    return fold(chart), f"{fold(family)} {fold(given)}", folded_patient(family, given, chart, day)


def _bring_pictures(
    connection: driver.Connection,
    choice: PhotoChoice,
    pictures: Iterable[tuple[Picture, PreparedPhoto | None]],
) -> int:
    count = 0
    for picture, photo in pictures:
        if photo is None:
            continue
        count += 1
        _store(connection, photo.sha256, photo)
        if choice is PhotoChoice.CLEANED:
            # From now on the photo is its clean copy, and the history says so. Where two photos of one visit
            # are the same picture now, the second keeps its name, without bytes.
            connection.execute(
                "UPDATE OR IGNORE photo SET sha256 = ?, format = ?, width = ?, height = ?, byte_count = ? "
                "WHERE sha256 = ?",
                (
                    photo.sha256,
                    photo.format,
                    photo.width,
                    photo.height,
                    len(photo.original),
                    picture.sha256,
                ),
            )
    return count


def _store(connection: driver.Connection, sha256: str, photo: PreparedPhoto | None) -> None:
    """A picture under its name; None: without bytes, as after a restore without its pack."""
    if connection.execute("SELECT 1 FROM photo_image WHERE sha256 = ?", (sha256,)).fetchone():
        return
    copies = (
        (b"", b"", b"", b"")
        if photo is None
        else (photo.print_copy, photo.preview, photo.original, photo.thumbnail)
    )
    print_copy, preview, original, thumbnail = copies
    connection.execute(
        "INSERT INTO photo_image (sha256, print_copy_sha256, preview_sha256, print_copy, preview, original) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (sha256, _proof(print_copy), _proof(preview), print_copy, preview, original),
    )
    connection.execute(
        "INSERT INTO photo_thumbnail (sha256, jpeg_sha256, jpeg) VALUES (?, ?, ?)",
        (sha256, _proof(thumbnail), thumbnail),
    )


def _note_missing(connection: driver.Connection) -> int:
    """Pictures that rows speak of and that are not there get their place without bytes; gives how many."""
    missing = connection.execute(
        "SELECT sha256 FROM photo UNION SELECT sha256 FROM kept_image EXCEPT SELECT sha256 FROM photo_image"
    ).fetchall()
    for (sha256,) in missing:
        _store(connection, sha256, None)
    return len(missing)


def _proof(content: bytes) -> str:
    """The hash a picture is proven by; one without bytes has none, so that it is never taken for whole."""
    return hashlib.sha256(content).hexdigest() if content else ""
