"""The database driver: the only module that names it, how a connection is made, and what it may do then.

One driver for keyed and unkeyed files alike. Its error classes are not those of the standard library: catch the ones
exported here. MemoryError from a statement is how it reports out-of-memory codes and some damaged pages.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection, DatabaseError, Error, IntegrityError, OperationalError
    from sqlite3 import dbapi2 as _driver
else:
    from sqlcipher3 import dbapi2 as _driver
    from sqlcipher3.dbapi2 import Connection, DatabaseError, Error, IntegrityError, OperationalError

__all__ = [
    "FAULTS",
    "PAGE_SIZE",
    "Connection",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "OperationalError",
    "connect",
    "guard",
    "lend_to_sqlite_utils",
    "library_version",
    "lift_guard",
    "settle",
]

PAGE_SIZE = 16_384
"""Bytes of a page: photos are written 1.6 times faster than with 4 KiB; a WAL file can never change it."""

OLDEST_SAFE_LIBRARY = (3, 51, 3)
"""Before this, two connections of one process could corrupt a WAL file (the WAL-reset fault)."""

FAULTS: tuple[type[BaseException], ...] = (Error, MemoryError)
"""What a statement may raise when the file or the disk is at fault."""

BUSY_MILLISECONDS = 5_000

_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("secure_delete", "ON", 1),
    ("mmap_size", "0", None),
    ("busy_timeout", str(BUSY_MILLISECONDS), BUSY_MILLISECONDS),
)
_WRITER_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("wal_autocheckpoint", "1000", 1000),
)

_LOGS = frozenset({"change", "change_payload"})
_NEVER_CHANGED = _LOGS | {"photo_image"}
_READABLE_PRAGMAS = frozenset(
    {
        "application_id",
        "data_version",
        "foreign_key_check",
        "freelist_count",
        "incremental_vacuum",
        "integrity_check",
        "page_count",
        "page_size",
        "quick_check",
        "user_version",
        "wal_checkpoint",
    }
)
_SCHEMA_ACTIONS = frozenset(
    getattr(_driver, name) for name in dir(_driver) if name.startswith(("SQLITE_DROP_", "SQLITE_CREATE_"))
) | {_driver.SQLITE_ALTER_TABLE, _driver.SQLITE_ATTACH, _driver.SQLITE_DETACH, _driver.SQLITE_REINDEX}


def library_version() -> tuple[int, ...]:
    """The version of SQLite inside the driver."""
    return tuple(_driver.sqlite_version_info)


def connect(path: Path, key: bytes | None, mode: str, *, immutable: bool = False) -> Connection:
    """A bare connection with its key set; mode is "ro", "rw" or "rwc". Nothing of the file is read yet."""
    uri = f"{path.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = _driver.connect(
        uri, uri=True, isolation_level=None, cached_statements=256, timeout=BUSY_MILLISECONDS / 1000
    )
    # Its cipher log goes to the standard error stream by default.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        if len(key) != 32:
            raise ValueError("a raw key has 32 bytes")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA cipher_page_size = {PAGE_SIZE}")
    return connection


def settle(connection: Connection, *, writing: bool) -> None:
    """Put every setting in its place and read it back; raises OperationalError where one does not hold."""
    for name, value, expected in _SETTINGS + (_WRITER_SETTINGS if writing else ()):
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if expected is not None and (found is None or found[0] != expected):
            raise OperationalError(f"setting {name} does not hold")
    if not writing:
        connection.execute("PRAGMA query_only = ON")


def guard(connection: Connection) -> None:
    """From now on refuse what no part of dermlog needs: schema changes, attaching, settings, edits of the log."""
    connection.set_authorizer(_authorize)


def lift_guard(connection: Connection) -> None:
    """Allow everything again, for a migration."""
    connection.set_authorizer(None)


def lend_to_sqlite_utils() -> None:
    """Put the driver where sqlite-utils looks for a replacement of the interpreter's own; before its import."""
    sys.modules.setdefault("pysqlite3", _driver)
    sys.modules.setdefault("pysqlite3.dbapi2", _driver)


def _authorize(
    action: int, first: str | None, second: str | None, _database: str | None, trigger: str | None
) -> int:
    allowed = True
    if action in _SCHEMA_ACTIONS:
        allowed = False
    elif action == _driver.SQLITE_PRAGMA:
        allowed = first in _READABLE_PRAGMAS and (
            second is None or first in {"wal_checkpoint", "incremental_vacuum", "quick_check"}
        )
    elif action == _driver.SQLITE_UPDATE:
        allowed = first not in _NEVER_CHANGED
    elif action == _driver.SQLITE_DELETE:
        allowed = first not in _LOGS
    elif action == _driver.SQLITE_INSERT and first in _LOGS:
        allowed = trigger is not None and trigger.startswith("history_")
    elif action == _driver.SQLITE_FUNCTION:
        allowed = second != "load_extension"
    return _driver.SQLITE_OK if allowed else _driver.SQLITE_DENY
