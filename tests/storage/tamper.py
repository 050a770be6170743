"""Tampering with a logbook as somebody would who has its key and a tool: laws taken off, rows changed.

Each way of tampering takes an open bare connection and a source of chance, and gives the number of the first
entry that it touched (0: none of its own), so that a test can see whether that entry was named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

from dermlog.storage import driver
from dermlog.storage.seals import NO_SEAL, payload_hash, seal_hash

Tamper = Callable[[driver.Connection, Random], int]


@contextmanager
def bare(path: Path) -> Iterator[driver.Connection]:
    """A connection past the application, without the laws of the file while it lasts."""
    with closing(driver.connect(path, None, "rw")) as connection:
        laws = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE%'"
        ).fetchall()
        # Nobody pulls the plug here: without the wait for the disk ten times as much is tried.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for name, _sql in laws:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _name, sql in laws:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _sequences(connection: driver.Connection, table: str = "change") -> list[int]:
    return [row[0] for row in connection.execute(f"SELECT sequence FROM {table} ORDER BY sequence")]


def _some(connection: driver.Connection, chance: Random, table: str = "change") -> int:
    return chance.choice(_sequences(connection, table))


def change_value(connection: driver.Connection, chance: Random) -> int:
    """Another value in what an entry says."""
    at = _some(connection, chance)
    connection.execute(
        "UPDATE change_payload SET after = coalesce(after, '{}') || ' ', before = before || ' ' "
        "WHERE sequence = ?",
        (at,),
    )
    return at


def change_writer(connection: driver.Connection, chance: Random) -> int:
    """Somebody else is said to have written it."""
    at = _some(connection, chance)
    connection.execute("UPDATE change SET staff_id = 'somebody else' WHERE sequence = ?", (at,))
    return at


def change_time(connection: driver.Connection, chance: Random) -> int:
    """It is said to have been written earlier."""
    at = _some(connection, chance)
    connection.execute("UPDATE change SET at = '2020-01-01T08:00:00+00:00' WHERE sequence = ?", (at,))
    return at


def change_reason(connection: driver.Connection, chance: Random) -> int:
    """Another reason."""
    at = _some(connection, chance)
    connection.execute("UPDATE change SET reason = reason || 'x' WHERE sequence = ?", (at,))
    return at


def change_and_prove(connection: driver.Connection, chance: Random) -> int:
    """Another value with a proof that fits it, as somebody does who knows half of how it works."""
    at = _some(connection, chance)
    connection.execute("UPDATE change_payload SET after = '{}' WHERE sequence = ?", (at,))
    _prove(connection, at)
    return at


def erase_without_law(connection: driver.Connection, chance: Random) -> int:
    """What an entry said is taken out as an erasure does, of somebody who was not erased."""
    at = _some(connection, chance)
    connection.execute("UPDATE change SET reason = '', row_id = '' WHERE sequence = ?", (at,))
    connection.execute("DELETE FROM change_payload WHERE sequence = ?", (at,))
    connection.execute("UPDATE change_hash SET salt = x'' WHERE sequence = ?", (at,))
    return at


def delete_line(connection: driver.Connection, chance: Random) -> int:
    """An entry is gone, with its proof and its content."""
    at = _some(connection, chance)
    for table in ("change_hash", "change_payload", "change"):
        connection.execute(f"DELETE FROM {table} WHERE sequence = ?", (at,))
    return at


def delete_some(connection: driver.Connection, chance: Random) -> int:
    """Several entries in a row are gone."""
    at = _some(connection, chance)
    for table in ("change_hash", "change_payload", "change"):
        connection.execute(f"DELETE FROM {table} WHERE sequence BETWEEN ? AND ?", (at, at + 5))
    return at


def swap_contents(connection: driver.Connection, chance: Random) -> int:
    """Two entries exchange what they say."""
    first, second = _two(connection, chance, "change_payload")
    _exchange(connection, "change_payload", first, second)
    return first


def swap_whole(connection: driver.Connection, chance: Random) -> int:
    """Two entries exchange their places, with proofs and all."""
    first, second = _two(connection, chance, "change")
    for table in ("change", "change_payload", "change_hash"):
        _exchange(connection, table, first, second)
    return first


def insert_at_end(connection: driver.Connection, chance: Random) -> int:
    """An entry that nobody made through the application."""
    at = _sequences(connection)[-1] + 1
    _insert(connection, at)
    if chance.random() < 0.5:
        _prove(connection, at)
    return at


def insert_between(connection: driver.Connection, chance: Random) -> int:
    """An entry in the middle; all later ones move on by one."""
    at = _some(connection, chance)
    for table in ("change", "change_payload", "change_hash"):
        connection.execute(f"UPDATE {table} SET sequence = -sequence - 1 WHERE sequence >= ?", (at,))
        connection.execute(f"UPDATE {table} SET sequence = -sequence WHERE sequence < 0")
    _insert(connection, at)
    _prove(connection, at)
    return at


def truncate_lines(connection: driver.Connection, chance: Random) -> int:
    """The newest entries are gone; their seals stand."""
    sequences = _sequences(connection)
    at = sequences[-chance.randint(1, len(sequences) // 3)]
    for table in ("change_hash", "change_payload", "change"):
        connection.execute(f"DELETE FROM {table} WHERE sequence >= ?", (at,))
    return at


def delete_seal(connection: driver.Connection, chance: Random) -> int:
    """A seal is gone."""
    number, last = chance.choice(connection.execute("SELECT number, last_change FROM seal").fetchall()[:-1])
    connection.execute("DELETE FROM seal WHERE number = ?", (number,))
    return int(last)


def change_access(connection: driver.Connection, chance: Random) -> int:
    """Somebody else is said to have looked."""
    at = _some(connection, chance, "access")
    connection.execute("UPDATE access SET staff_id = 'somebody else' WHERE sequence = ?", (at,))
    return at


def delete_access(connection: driver.Connection, chance: Random) -> int:
    """Nobody is said to have looked."""
    at = _some(connection, chance, "access")
    connection.execute("DELETE FROM access WHERE sequence = ?", (at,))
    return at


def truncate_whole(connection: driver.Connection, chance: Random) -> int:
    """The newest entries are gone with their seals: the chain itself is sound."""
    seals = connection.execute("SELECT number, last_change, last_access FROM seal ORDER BY number").fetchall()
    number, change, access = seals[chance.randrange(len(seals) // 2, len(seals) - 4)]
    connection.execute("DELETE FROM seal WHERE number > ?", (number,))
    for table in ("change_hash", "change_payload", "change"):
        connection.execute(f"DELETE FROM {table} WHERE sequence > ?", (change,))
    connection.execute("DELETE FROM access WHERE sequence > ?", (access,))
    return int(change) + 1


def seal_anew(connection: driver.Connection, chance: Random) -> int:
    """An entry is changed, and everything after it sealed anew: the chain itself is sound."""
    sequences = _sequences(connection)
    at = sequences[chance.randrange(len(sequences) // 4, len(sequences))]
    connection.execute("UPDATE change_payload SET after = '{}' WHERE sequence = ?", (at,))
    _prove(connection, at)
    previous, change, access = NO_SEAL, 0, 0
    for number, last_change, last_access in connection.execute(
        "SELECT number, last_change, last_access FROM seal ORDER BY number"
    ).fetchall():
        lines = connection.execute(
            'SELECT c.sequence, c.at, c.staff_id, c."table", c.patient_id, c.kind, h.hash FROM change c '
            "JOIN change_hash h USING (sequence) WHERE c.sequence > ? AND c.sequence <= ? "
            "ORDER BY c.sequence",
            (change, last_change),
        ).fetchall()
        looks = connection.execute(
            "SELECT sequence, at, staff_id, patient_id, kind, detail FROM access "
            "WHERE sequence > ? AND sequence <= ? ORDER BY sequence",
            (access, last_access),
        ).fetchall()
        sealed = seal_hash(previous, number, lines, looks)
        connection.execute(
            "UPDATE seal SET previous = ?, hash = ? WHERE number = ?", (previous, sealed, number)
        )
        previous, change, access = sealed, last_change, last_access
    return at


BY_ITSELF: tuple[Tamper, ...] = (
    change_value,
    change_writer,
    change_time,
    change_reason,
    change_and_prove,
    erase_without_law,
    delete_line,
    delete_some,
    swap_contents,
    swap_whole,
    insert_at_end,
    insert_between,
    truncate_lines,
    delete_seal,
    change_access,
    delete_access,
)
"""What the file itself gives away."""
AGAINST_ANCHORS: tuple[Tamper, ...] = (truncate_whole, seal_anew)
"""What only a head that was kept outside the file gives away."""


def _two(connection: driver.Connection, chance: Random, table: str) -> tuple[int, int]:
    """Two entries that do not say the same."""
    rows = connection.execute(f"SELECT * FROM {table}").fetchall()
    while True:
        first, second = sorted(chance.sample(rows, 2))
        if first[1:] != second[1:]:
            return int(first[0]), int(second[0])


def _exchange(connection: driver.Connection, table: str, first: int, second: int) -> None:
    for was, now in ((first, -1), (second, first), (-1, second)):
        connection.execute(f"UPDATE {table} SET sequence = ? WHERE sequence = ?", (now, was))


def _insert(connection: driver.Connection, at: int) -> None:
    connection.execute(
        'INSERT INTO change (sequence, at, staff_id, reason, "table", row_id, patient_id, kind) '
        "VALUES (?, '2026-04-17T10:04:00+00:00', NULL, '', 'patient', 'x', NULL, 'added')",
        (at,),
    )
    connection.execute("INSERT INTO change_payload (sequence, before, after) VALUES (?, NULL, '{}')", (at,))


def _prove(connection: driver.Connection, at: int) -> None:
    reason, row_id, before, after = _content(connection, at)
    salt = bytes(16)
    connection.execute("DELETE FROM change_hash WHERE sequence = ?", (at,))
    connection.execute(
        "INSERT INTO change_hash (sequence, salt, hash) VALUES (?, ?, ?)",
        (at, salt, payload_hash(salt, reason, row_id, before, after)),
    )


def _content(connection: driver.Connection, at: int) -> Any:
    return connection.execute(
        "SELECT c.reason, c.row_id, p.before, p.after FROM change c LEFT JOIN change_payload p "
        "USING (sequence) WHERE c.sequence = ?",
        (at,),
    ).fetchone()
