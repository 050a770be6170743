"""The records as a plain SQLite file: tables of the same names and fields, no triggers, no laws, any reader.

Made row by row and not by copying the file: so it leaves out what the export leaves out, and holds only what
FIELDS.md explains.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from dermlog.storage import driver
from dermlog.storage.leaving.document import Picture
from dermlog.storage.leaving.fields import Noun
from dermlog.storage.leaving.kinds import Kind, Shown
from dermlog.storage.leaving.rows import ShownRow

_TYPES = {Kind.WHOLE: "INTEGER", Kind.YES_NO: "INTEGER", Kind.FRACTION: "REAL"}


def write_plain_file(
    path: Path, tables: Iterable[tuple[Noun, Iterable[ShownRow]]], pictures: Iterable[Picture]
) -> None:
    """Write a new file; lists are JSON, true is 1, false is 0. Raises the driver's errors and OSError."""
    path.touch(exist_ok=False)
    with closing(driver.connect(path, None, "rw")) as connection:
        connection.execute("PRAGMA journal_mode = OFF").fetchall()
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for noun, rows in tables:
            columns = ", ".join(
                f'"{field.name}" {_TYPES.get(field.kind, "TEXT")}{"" if field.optional else " NOT NULL"}'
                for field in noun.fields
            )
            connection.execute(f'CREATE TABLE "{noun.name}" ({columns})')
            marks = ", ".join("?" for _ in noun.fields)
            connection.executemany(f'INSERT INTO "{noun.name}" VALUES ({marks})', _values(noun, rows))
        connection.execute(
            "CREATE TABLE picture (sha256 TEXT NOT NULL, file TEXT NOT NULL, file_sha256 TEXT NOT NULL)"
        )
        connection.executemany(
            "INSERT INTO picture VALUES (?, ?, ?)",
            [(picture.sha256, picture.file, picture.file_sha256) for picture in pictures],
        )
        connection.execute("COMMIT")


def _values(noun: Noun, rows: Iterable[Mapping[str, Shown]]) -> Iterator[list[str | int | float | None]]:
    for row in rows:
        yield [
            json.dumps(value) if isinstance(value, list) else value
            for value in (row[name] for name in noun.columns)
        ]
