"""The chain of seals over history and access log: each transaction is sealed before it is committed.

A seal is SHA-256 over the seal before it and the lines since. What may one day have to be erased (a row's
name, the reason, the values before and after) enters through a salted hash of its own, so that erasing it
leaves the chain whole. Hashing cannot live in the triggers: with trusted_schema off they call no functions of
ours.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from json.encoder import encode_basestring
from typing import Any

from dermlog.storage import driver

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# What lines are made of is put into JSON by itself: the encoder makes half of a verification's time.
_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    type(None): lambda _none: "null",
}

SALT_BYTES = 16
NO_SEAL = bytes(32)
"""What the first seal follows."""


def seal_new_lines(connection: driver.Connection) -> bytes | None:
    """Seal what was logged since the newest seal, inside the running transaction; None if none are new."""
    number, change, access, previous = newest_seal(connection)
    changes = connection.execute(
        'SELECT c.sequence, c.at, c.staff_id, c."table", c.patient_id, c.kind, c.reason, c.row_id, p.before, '
        "p.after FROM change c LEFT JOIN change_payload p USING (sequence) WHERE c.sequence > ? "
        "ORDER BY c.sequence",
        (change,),
    ).fetchall()
    accesses = connection.execute(
        "SELECT sequence, at, staff_id, patient_id, kind, detail FROM access WHERE sequence > ? "
        "ORDER BY sequence",
        (access,),
    ).fetchall()
    if not changes and not accesses:
        return None
    hashed = []
    for sequence, *_facts, reason, row_id, before, after in changes:
        salt = os.urandom(SALT_BYTES)
        hashed.append((sequence, salt, payload_hash(salt, reason, row_id, before, after)))
    connection.executemany("INSERT INTO change_hash (sequence, salt, hash) VALUES (?, ?, ?)", hashed)
    sealed = seal_hash(
        previous,
        number + 1,
        ((*line[:6], proof) for line, (_sequence, _salt, proof) in zip(changes, hashed, strict=True)),
        accesses,
    )
    connection.execute(
        "INSERT INTO seal (number, last_change, last_access, previous, hash) VALUES (?, ?, ?, ?, ?)",
        (
            number + 1,
            changes[-1][0] if changes else change,
            accesses[-1][0] if accesses else access,
            previous,
            sealed,
        ),
    )
    return sealed


def newest_seal(connection: driver.Connection) -> tuple[int, int, int, bytes]:
    """Number, last change, last access and hash of the newest seal; (0, 0, 0, NO_SEAL) before any."""
    found = connection.execute(
        "SELECT number, last_change, last_access, hash FROM seal ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return (0, 0, 0, NO_SEAL) if found is None else (found[0], found[1], found[2], bytes(found[3]))


def payload_hash(salt: bytes, reason: str, row_id: str, before: str | None, after: str | None) -> bytes:
    """The salted hash of what a line says and may one day have to be erased."""
    return hashlib.sha256(salt + _bytes([reason, row_id, before, after])).digest()


def seal_hash(
    previous: bytes,
    number: int,
    changes: Iterable[tuple[Any, ...]],
    accesses: Iterable[tuple[Any, ...]],
) -> bytes:
    """The hash of a seal.

    changes: (sequence, at, staff, table, patient, kind, payload hash); accesses: whole rows.
    """
    digest = hashlib.sha256(previous)
    digest.update(_bytes(["seal", number]))
    for *facts, proof in changes:
        _add(digest.update, b"change", _bytes(facts), bytes(proof))
    for line in accesses:
        _add(digest.update, b"access", _bytes(list(line)))
    return digest.digest()


def _add(update: Callable[[bytes], None], *parts: bytes) -> None:
    # With its length, so that no two different lists of parts give the same bytes.
    update(b"".join([len(part).to_bytes(8, "big") + part for part in parts]))


def _bytes(values: list[Any]) -> bytes:
    text = ",".join([_WRITTEN.get(type(value), _ENCODE)(value) for value in values])
    return f"[{text}]".encode("utf-8", "surrogatepass")
