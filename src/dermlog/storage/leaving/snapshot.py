"""A logbook as it is at one moment, read for an export: records, lines of the log, pictures proven."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from dermlog.storage import driver
from dermlog.storage.database import Database
from dermlog.storage.leaving.digest import digest_of_file
from dermlog.storage.leaving.fields import Noun
from dermlog.storage.leaving.rows import (
    Records,
    ShownRow,
    all_records,
    records_of,
    restricted_patients,
    rows_of,
)


class Snapshot:
    """What was in the file when it was taken; raises the driver's errors."""

    def __init__(self, connection: driver.Connection) -> None:
        self._connection = connection

    def restricted(self) -> tuple[str, ...]:
        """The ids of restricted patients."""
        return restricted_patients(self._connection)

    def records(self, patient_id: UUID | None, without: tuple[str, ...] = ()) -> Records:
        """The records of one patient, or of all without some (ids)."""
        if patient_id is None:
            return all_records(self._connection, without)
        return records_of(self._connection, patient_id)

    def rows(self, noun: Noun) -> Iterator[ShownRow]:
        """All rows of a noun of the log."""
        return rows_of(self._connection, noun)

    def picture(self, sha256: str) -> bytes | None:
        """The very bytes of a picture; None when they are not what their name says, or not there."""
        found = None
        with suppress(*driver.FAULTS):
            found = self._connection.execute(
                "SELECT original FROM photo_image WHERE sha256 = ?", (sha256,)
            ).fetchone()
        if found is None or hashlib.sha256(found[0]).hexdigest() != sha256:
            return None
        return bytes(found[0])

    def end(self) -> None:
        """Let go of the moment, so that something can be saved; nothing more can be read."""
        with suppress(*driver.FAULTS):
            self._connection.execute("ROLLBACK")

    def digest(self, progress: Callable[[int, int], None] | None = None) -> str:
        """The canonical digest of the whole file."""
        return digest_of_file(self._connection, progress)


@contextmanager
def snapshot(database: Database) -> Iterator[Snapshot]:
    """One read transaction: what others save meanwhile does not show. Nothing may be saved inside it here."""
    connection = database.connection
    connection.execute("BEGIN")
    taken = Snapshot(connection)
    try:
        yield taken
    finally:
        taken.end()
