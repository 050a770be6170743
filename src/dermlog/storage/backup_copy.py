"""Copying a logbook table by table into a new file: a snapshot of the records, or a logbook from one.

The new file is the connection's main one and the old one is attached as "source", so the statements of its
schema run unchanged. Everything runs in one read transaction of the source and inside SQLite, which lets the
window's thread go on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from dermlog.storage import driver
from dermlog.storage.backup_files import Watch

BACKUP_ID = 0x44524D42
"""'DRMB' in the header of a records snapshot: it is no logbook and is never opened as one."""

_FULL_TEXT = re.compile(r"USING\s+fts5\s*\(", re.IGNORECASE)
"""A search table that holds an index; others only look into one."""

_STEPS_BETWEEN_LOOKS = 100_000
"""SQLite asks whether to stop after so many of its steps: some milliseconds."""


@dataclass(frozen=True)
class Schema:
    """The statements of a file's schema by kind, and the columns of its ordinary tables."""

    tables: tuple[tuple[str, str], ...]
    virtual: tuple[tuple[str, str], ...]
    others: tuple[str, ...]


def new_file(path: Path, key: bytes | None, application_id: int) -> driver.Connection:
    """A connection to a new, empty file of our page size; not safe against a crash: it is thrown away then.

    FileExistsError when there is one.
    """
    path.touch(exist_ok=False)
    connection = driver.connect(path, key, "rw")
    if key is None:
        connection.execute(f"PRAGMA page_size = {driver.PAGE_SIZE}")
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute(f"PRAGMA application_id = {application_id}")
    connection.execute("PRAGMA journal_mode = OFF").fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    # Rows are moved between pages as they are filled; what is left of them must not outlive an erasure.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


@contextmanager
def attached(connection: driver.Connection, path: Path, key: bytes | None, *, mode: str) -> Iterator[None]:
    """Another file as "source" while the block runs."""
    # Without an authority: SQLite refuses file://server/share, the place of many backups on Windows.
    plain = path.absolute().as_posix()
    uri = f"file://{'' if plain.startswith('/') else '/'}{quote(os.fsencode(plain), safe='/:')}?mode={mode}"
    if key is None:
        connection.execute("ATTACH ? AS source KEY ''", (uri,))
    else:
        # An attached file is read while it is attached: its page size must be known before.
        connection.execute(f"PRAGMA cipher_default_page_size = {driver.PAGE_SIZE}")
        connection.execute(f"ATTACH ? AS source KEY \"x'{key.hex()}'\"", (uri,))
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("DETACH source")


@contextmanager
def stoppable(connection: driver.Connection, watch: Watch) -> Iterator[None]:
    """Statements of the block end when somebody asks; BackupNotDone STOPPED then."""
    connection.set_progress_handler(lambda: 1 if watch.cancelled() else 0, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except driver.FAULTS:
        watch.check()
        raise
    finally:
        connection.set_progress_handler(None, 0)


def schema_of_source(connection: driver.Connection) -> Schema:
    """What the attached file is made of, in the order it was made."""
    rows = connection.execute(
        "SELECT type, name, sql FROM source.sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    ).fetchall()
    virtual = [
        (name, sql)
        for kind, name, sql in rows
        if kind == "table" and sql.upper().startswith("CREATE VIRTUAL")
    ]
    shadows = tuple(f"{name}_" for name, _sql in virtual)
    tables = [
        (name, sql)
        for kind, name, sql in rows
        if kind == "table"
        and (name, sql) not in virtual
        and not name.startswith("sqlite_")
        and not (shadows and name.startswith(shadows))
    ]
    # Indexes before triggers: nothing may fire or be slow while rows come in, and all is there afterwards.
    ranks = {"index": 0, "view": 1, "trigger": 2}
    others = sorted((row for row in rows if row[0] in ranks), key=lambda row: ranks[row[0]])
    return Schema(tuple(tables), tuple(virtual), tuple(sql for _kind, _name, sql in others))


def copy_tables(
    connection: driver.Connection,
    schema: Schema,
    *,
    without_bytes: Collection[str] = (),
) -> dict[str, int]:
    """Make the tables and copy their rows in their order; gives the number of rows of each.

    Tables of without_bytes keep their rows, with empty bytes.
    """
    counts = {}
    for name, sql in schema.tables:
        connection.execute(sql)
        facts = connection.execute(f'PRAGMA main.table_info("{name}")').fetchall()
        columns = [f'"{row[1]}"' for row in facts]
        values = [
            "x''" if name in without_bytes and row[2].upper() == "BLOB" else column
            for row, column in zip(facts, columns, strict=True)
        ]
        if "WITHOUT ROWID" not in sql.upper() and not any(
            row[5] and row[2].upper() == "INTEGER" for row in facts
        ):
            columns.insert(0, "rowid")
            values.insert(0, "rowid")
        into, out = ", ".join(columns), ", ".join(values)
        cursor = connection.execute(f'INSERT INTO main."{name}" ({into}) SELECT {out} FROM source."{name}"')
        counts[name] = cursor.rowcount
    if connection.execute("SELECT 1 FROM source.sqlite_master WHERE name = 'sqlite_sequence'").fetchone():
        connection.execute("DELETE FROM main.sqlite_sequence")
        connection.execute("INSERT INTO main.sqlite_sequence SELECT * FROM source.sqlite_sequence")
    return counts


def finish_schema(connection: driver.Connection, schema: Schema, *, searching: bool) -> None:
    """Make the search tables, filled when searching, then indexes and triggers."""
    for name, sql in schema.virtual:
        connection.execute(sql)
        if searching and _FULL_TEXT.search(sql):
            connection.execute(f'INSERT INTO "{name}" ("{name}") VALUES (\'rebuild\')')
    for sql in schema.others:
        connection.execute(sql)


def row_counts(connection: driver.Connection, tables: Collection[str]) -> dict[str, int]:
    """How many rows these tables of a file have."""
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def is_sound(connection: driver.Connection) -> bool:
    """Whether every page of a file can be read and is what it should be."""
    found = connection.execute("PRAGMA quick_check").fetchone()
    return found is not None and found[0] == "ok"
