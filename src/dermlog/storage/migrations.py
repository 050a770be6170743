"""The one road to the schema: the same steps build a file from nothing and bring an old one up to date.

sqlite-utils is imported here and only when a step is pending, so opening a file of today costs nothing of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from dermlog.storage import driver, format_1, format_2
from dermlog.storage.seals import seal_new_lines

if TYPE_CHECKING:
    from sqlite_utils import Database as Pipe
    from sqlite_utils.migrations import Migrations

MIGRATION_SET = "dermlog"
Step = Callable[["Pipe"], None]


def _format_1(pipe: Pipe) -> None:
    for statement in format_1.statements():
        pipe.execute(statement)


def _format_2(pipe: Pipe) -> None:
    for statement in format_2.statements():
        pipe.execute(statement)
    seal_new_lines(pipe.conn)


STEPS: tuple[tuple[str, Step], ...] = (("format_1", _format_1), ("format_2", _format_2))
"""The steps by name; step n makes format n."""

FORMAT = len(STEPS)
"""The format this version writes; in the file as user_version."""

FINGERPRINTS = {
    1: "6dce13cb8cbab305a8220371065894719e298c856ec796f86403d995854884a2",
    2: "876d1d28b60f965b5079438b9ad6201f326b4e9ce301a79da39cb15fe8c4f73e",
}
"""What the schema of each format looks like; a file whose schema differs was not made by dermlog."""


def bring_up_to_date(connection: driver.Connection) -> None:
    """Run every step that the file lacks, each in its transaction; foreign keys are off meanwhile."""
    driver.lend_to_sqlite_utils()
    import sqlite_utils  # noqa: PLC0415

    connection.execute("PRAGMA foreign_keys = OFF")
    pipe = sqlite_utils.Database(connection)
    migrations = _migrations()
    for number, (name, _step) in enumerate(STEPS, start=1):
        if number <= format_of(connection):
            continue
        with pipe.atomic():
            migrations.apply(pipe, stop_before=STEPS[number][0] if number < len(STEPS) else None)
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise driver.IntegrityError(f"step {name} leaves rows without their parent")
            connection.execute(f"PRAGMA user_version = {number}")
    connection.execute("PRAGMA foreign_keys = ON")


def _migrations() -> Migrations:
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415

    migrations = Migrations(MIGRATION_SET)
    for name, step in STEPS:
        migrations(name=name)(step)
    return migrations


def format_of(connection: driver.Connection) -> int:
    """The format of the file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def fingerprint(connection: driver.Connection) -> str:
    """The schema as a hash: names, and our own statements word for word.

    Tables that SQLite or sqlite-utils make for themselves count by name only; their wording is not ours to
    promise.
    """
    lines = []
    for kind, name, table, sql in connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    ):
        if name.startswith("sqlite_stat"):
            continue
        foreign = name.startswith(("sqlite_", "patient_search_")) or table == "_sqlite_migrations"
        lines.append(f"{kind}|{name}|{table}|{'' if foreign or sql is None else sql}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
