"""The canonical digest: one SHA-256 over all records and photos, the same whatever the order of rows.

How it is made, so that anybody can make it: each row of each counted noun is written as a JSON list of its
values in the order of FIELDS.md, as they stand in dermlog-export.json, UTF-8, without spaces; the SHA-256 of
each row is taken; the hashes of a noun are sorted and their SHA-256 is taken in turn. The digest of the
records is the SHA-256 over one line "noun count hash" for each noun, sorted by name. The digest of a logbook
is the SHA-256 over that digest and the sorted SHA-256 of every picture, each on a line of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping

from dermlog.storage import driver
from dermlog.storage.leaving.fields import Noun
from dermlog.storage.leaving.kinds import Shown
from dermlog.storage.leaving.nouns import RECORDS
from dermlog.storage.leaving.rows import ShownRow, rows_of


def digest_of_rows(noun: Noun, rows: Iterable[Mapping[str, Shown]]) -> str:
    """The line of one noun."""
    hashes = sorted(
        hashlib.sha256(
            json.dumps(
                [row[name] for name in noun.columns], ensure_ascii=False, separators=(",", ":")
            ).encode()
        ).digest()
        for row in rows
    )
    return f"{noun.name} {len(hashes)} {hashlib.sha256(b''.join(hashes)).hexdigest()}"


def digest_of_records(records: Mapping[str, Iterable[ShownRow]]) -> str:
    """The digest of records, hexadecimal."""
    return _joined(sorted(digest_of_rows(noun, records[noun.name]) for noun in RECORDS))


def digest_with_pictures(records_digest: str, pictures: Iterable[str]) -> str:
    """The digest of records and pictures (SHA-256 of each as it came), hexadecimal."""
    return _joined([records_digest, *sorted(pictures)])


def digest_of_file(connection: driver.Connection, progress: Callable[[int, int], None] | None = None) -> str:
    """The digest of an open logbook, its pictures read and hashed anew; raises the driver's errors.

    A picture that is not the bytes its name says is counted by what it is, so the digest tells.
    """
    records = _joined(sorted(digest_of_rows(noun, rows_of(connection, noun)) for noun in RECORDS))
    shown = connection.execute("SELECT count(DISTINCT sha256) FROM photo").fetchone()[0]
    pictures = []
    for (original,) in connection.execute(
        "SELECT original FROM photo_image WHERE sha256 IN (SELECT sha256 FROM photo)"
    ):
        pictures.append(hashlib.sha256(original).hexdigest())
        if progress is not None:
            progress(len(pictures), shown)
    return digest_with_pictures(records, pictures)


def _joined(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
