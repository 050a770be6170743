"""Reading a damaged file: row by row, with a fresh connection after each error, and never writing to it.

One page that cannot be read spoils a connection, not the file: everything beside it can still be had.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from dermlog.storage import driver
from dermlog.storage.backup_files import remove
from dermlog.storage.rows import Value

Row = tuple[Any, ...]
COPY = "-damaged"
_SIDE = "-wal"
_PATIENCE = 4
"""So many looks between damaged rows may find nothing in a row before the rest is given up..."""
_ROWS_OF_A_PAGE = 64
"""...and one more for each stretch of so many rows."""
_NO_LAST_NUMBER = 1 << 12
_FIRST, _LAST = -(1 << 63), (1 << 63) - 1


class DamagedFile:
    """A damaged logbook, read as far as it can be; use as a context manager.

    Entries that wait in a write-ahead log are read with it, from a copy: reading them in place would fold
    them into the damaged file.
    """

    def __init__(self, path: Path, key: bytes | None) -> None:
        self._key = key
        self._copy: Path | None = None
        self._path = path
        self._connection: driver.Connection | None = None

    def __enter__(self) -> DamagedFile:
        side = self._path.with_name(self._path.name + _SIDE)
        if side.exists() and side.stat().st_size:
            copy = self._path.with_name(self._path.name + COPY)
            remove(copy)
            _copy_with_holes(self._path, copy)
            _copy_with_holes(side, copy.with_name(copy.name + _SIDE))
            self._copy = copy
        return self

    def __exit__(self, *_error: object) -> None:
        self._let_go()
        if self._copy is not None:
            remove(self._copy)

    def ask(self, sql: str, values: tuple[Value, ...] = ()) -> list[Row] | None:
        """All rows of a query; None when they cannot be read, even by a second connection."""
        for _attempt in (1, 2):
            try:
                return self._open().execute(sql, values).fetchall()
            except driver.FAULTS:
                self._let_go()
        return None

    def scan(self, sql: str, values: tuple[Value, ...] = ()) -> tuple[list[Row], bool]:
        """The rows of a query up to the first that cannot be read, and whether that was all of them."""
        found: list[Row] = []
        try:
            for row in self._open().execute(sql, values):
                found.append(row)
        except driver.FAULTS:
            self._let_go()
            return found, False
        return found, True

    def rows(self, table: str, columns: str, number: str, check: Callable[[], None]) -> Iterator[Row]:
        """Every readable row of a table with row numbers: the number first, then the columns."""
        check()
        span = (
            f'SELECT {number}, {columns} FROM "{table}" WHERE {number} > ? AND {number} < ? ORDER BY {number}'
        )
        found, complete = self.scan(span, (_FIRST, _LAST))
        yield from found
        if complete:
            return
        low = found[-1][0] if found else 0
        found, _complete = self.scan(span + " DESC", (low, _LAST))
        yield from reversed(found)
        high = found[-1][0] if found else max(low, self._last_number(table)) + 1
        # Between the two lies at least one damaged page, and perhaps readable ones: look in ever finer steps.
        open_spans, missed = deque([(low, high)]), 0
        patience = _PATIENCE + (high - low) // _ROWS_OF_A_PAGE
        while open_spans and missed < patience:
            check()
            low, high = open_spans.popleft()
            middle = (low + high) // 2
            if not low < middle < high:
                continue
            one, readable = self.scan(span, (middle - 1, middle + 1))
            if not readable:
                missed += 1
                open_spans += [(low, middle), (middle, high)]
                continue
            yield from one
            missed = 0
            found, complete = self.scan(span + " DESC", (low, middle))
            yield from reversed(found)
            if not complete:
                open_spans.append((low, found[-1][0] if found else middle))
            found, complete = self.scan(span, (middle, high))
            yield from found
            if not complete:
                open_spans.append((found[-1][0] if found else middle, high))

    def rows_by_key(self, table: str, columns: str, key: str, check: Callable[[], None]) -> Iterator[Row]:
        """Every row of a table without row numbers that can be read from one of its two ends."""
        check()
        downwards = ", ".join(f"{part} DESC" for part in key.split(", "))
        found, complete = self.scan(f'SELECT {columns} FROM "{table}" ORDER BY {key}')
        yield from found
        if complete:
            return
        yield from self.scan(f'SELECT {columns} FROM "{table}" ORDER BY {downwards}')[0]

    def _last_number(self, table: str) -> int:
        found = self.ask("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return int(found[0][0]) if found else _NO_LAST_NUMBER

    def _open(self) -> driver.Connection:
        if self._connection is None:
            if self._copy is not None:
                connection = driver.connect(self._copy, self._key, "rw")
            else:
                connection = driver.connect(self._path, self._key, "ro", immutable=True)
            self._connection = connection
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            # In a plain file a damaged page of the schema then costs the tables described on it, not all.
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("PRAGMA query_only = ON")
            with suppress(*driver.FAULTS):
                connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(*driver.FAULTS):
                self._connection.close()
        self._connection = None


def _copy_with_holes(path: Path, copy: Path) -> None:
    """A copy of a file in which what the disk does not give up is zero."""
    try:
        shutil.copyfile(path, copy)
        return
    except OSError:
        remove(copy)
    size = path.stat().st_size
    with path.open("rb") as source, copy.open("wb") as target:
        for start in range(0, size, driver.PAGE_SIZE):
            length = min(driver.PAGE_SIZE, size - start)
            try:
                source.seek(start)
                chunk = source.read(length)
            except OSError:
                chunk = b""
            target.write(chunk.ljust(length, b"\0"))
