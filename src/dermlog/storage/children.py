"""Rows that belong to a record: saved by difference, so that the history shows only what changed."""

from __future__ import annotations

from collections.abc import Iterable

from dermlog.storage.database import Database
from dermlog.storage.rows import Row, Value


def save_children(
    database: Database, table: str, key: tuple[str, ...], owner: tuple[str, Value], rows: Iterable[Row]
) -> bool:
    """Make the rows of one owner (column, id) those given, inside atomic(); tells whether any changed."""
    wanted = {tuple(row[name] for name in key): row for row in rows}
    column, owner_id = owner
    columns = database.columns(table)
    names = ", ".join(f'"{name}"' for name in columns)
    found = {
        tuple(row[name] for name in key): row
        for row in (
            dict(zip(columns, values, strict=True))
            for values in database.rows(f'SELECT {names} FROM "{table}" WHERE "{column}" = ?', (owner_id,))
        )
    }
    where = " AND ".join(f'"{name}" = ?' for name in key)
    changed = False
    for gone in found.keys() - wanted.keys():
        database.write(f'DELETE FROM "{table}" WHERE {where}', gone)
        changed = True
    for row_key, row in wanted.items():
        before = found.get(row_key)
        if before is None:
            marks = ", ".join("?" for _ in columns)
            database.write(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
                tuple(row[name] for name in columns),
            )
        elif before != row:
            settings = ", ".join(f'"{name}" = ?' for name in columns)
            database.write(
                f'UPDATE "{table}" SET {settings} WHERE {where}',
                (*(row[name] for name in columns), *row_key),
            )
        else:
            continue
        changed = True
    return changed
