"""The database driver: the only module that names it, and the recipe by which a connection is made.

One driver for keyed and unkeyed files alike. Its error classes are not those of the standard library: catch
the ones exported here. MemoryError from a statement is how it reports out-of-memory codes and damaged pages.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from sqlite3 import Connection, DatabaseError, Error, IntegrityError, OperationalError
    from sqlite3 import dbapi2 as constants
else:
    from sqlcipher3 import dbapi2 as constants
    from sqlcipher3.dbapi2 import Connection, DatabaseError, Error, IntegrityError, OperationalError

__all__ = [
    "FAULTS",
    "OLDEST_SAFE_LIBRARY",
    "PAGE_SIZE",
    "Connection",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "OperationalError",
    "connect",
    "constants",
    "lend_to_sqlite_utils",
    "library_version",
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
    # Reads as nothing in a build without memory mapping, which is what is wanted.
    ("mmap_size", "0", None),
    ("busy_timeout", str(BUSY_MILLISECONDS), BUSY_MILLISECONDS),
)
_WRITER_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("wal_autocheckpoint", "1000", 1000),
)


def library_version() -> tuple[int, ...]:
    """The version of SQLite inside the driver."""
    return tuple(constants.sqlite_version_info)


def connect(path: Path, key: bytes | None, mode: str, *, immutable: bool = False) -> Connection:
    """A bare connection with its key set; mode is "ro" or "rw", never one that makes a file.

    Nothing of the file is read yet. key: 32 bytes, used as they are.
    """
    if key is not None and len(key) != 32:
        raise ValueError("a raw key has 32 bytes")
    uri = f"{_uri(path)}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = constants.connect(
        uri, uri=True, isolation_level=None, cached_statements=256, timeout=BUSY_MILLISECONDS / 1000
    )
    # Its cipher log goes to the standard error stream by default.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        # VACUUM INTO makes its copy with the page size that is the default of the whole process.
        connection.execute(f"PRAGMA cipher_default_page_size = {PAGE_SIZE}")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA cipher_page_size = {PAGE_SIZE}")
    return connection


def _uri(path: Path) -> str:
    """The path as SQLite wants it: a share of Windows, //server/share, without an authority."""
    plain = path.absolute().as_posix()
    return f"file://{'' if plain.startswith('/') else '/'}{quote(os.fsencode(plain), safe='/:')}"


def settle(connection: Connection, *, writing: bool) -> None:
    """Put every setting in its place and read it back; OperationalError where one does not hold."""
    for name, value, expected in _SETTINGS + (_WRITER_SETTINGS if writing else ()):
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if expected is not None and (found is None or found[0] != expected):
            raise OperationalError(f"setting {name} does not hold")
    if not writing:
        connection.execute("PRAGMA query_only = ON")


def lend_to_sqlite_utils() -> None:
    """Put the driver where sqlite-utils looks for a replacement of the interpreter's own, before it does."""
    sys.modules.setdefault("pysqlite3", constants)
    sys.modules.setdefault("pysqlite3.dbapi2", constants)
