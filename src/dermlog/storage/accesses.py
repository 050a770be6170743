"""The access log: who looked, printed, took out, locked and unlocked; sealed like the history."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dermlog.domain.access import AccessKind, AccessLine
from dermlog.errors import NotAllowed, NotSaved, NotUnlocked
from dermlog.storage.database import Database
from dermlog.storage.pending_accesses import PendingAccess, PendingAccesses
from dermlog.storage.restrictions import refuse_hidden

SAME_LOOK = timedelta(minutes=10)
"""Opening the page of the same patient again within this time is the same look."""

_COLUMNS = "sequence, at, staff_id, patient_id, kind, detail"
log = logging.getLogger(__name__)


class AccessTable:
    """Notes what was done without changing a record; may be called for somebody who may only look.

    Nothing is noted in a file that is open for viewing only. A full disk or a busy file never stops what is
    noted: it is told with the next save. While the logbook is locked it is noted beside the file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, kind: AccessKind, patient_id: UUID | None = None, detail: str = "") -> None:
        """Note what whoever acts does now. detail: ids, counts and codes, never what somebody typed."""
        now, acting = self._database.clock(), self._database.acting
        self._note([(now.isoformat(), _text(acting), _text(patient_id), kind.value, detail)])

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is noted inside becomes one step, which is much faster for many lines."""
        if not self._database.writable or self._database.held.is_dropped:
            yield
            return
        with suppress(NotSaved), self._database.atomic(looking=True):
            yield

    def note_viewed(self, patient_id: UUID) -> None:
        """Note that the page of a patient was opened, once in ten minutes for each person.

        A page that is refused because the patient is restricted was not opened.
        """
        if not self._database.writable:
            return
        try:
            refuse_hidden(self._database, patient_id)
        except NotAllowed:
            return
        found = self._database.row(
            "SELECT at FROM access WHERE patient_id = ? AND kind = ? AND staff_id IS ? "
            "ORDER BY sequence DESC LIMIT 1",
            (str(patient_id), AccessKind.VIEWED.value, _text(self._database.acting)),
        )
        since = None if found is None else self._database.clock() - datetime.fromisoformat(found[0])
        if since is None or not timedelta() <= since < SAME_LOOK:
            self.note(AccessKind.VIEWED, patient_id)

    def take_pending(self) -> int:
        """Write down what was noted beside the file while it was closed or locked; gives how many lines."""
        if not self._database.writable or self._database.held.is_dropped:
            return 0
        pending = PendingAccesses(self._database.path)
        lines = pending.all()
        if not lines:
            return 0
        rows = [(line.at.isoformat(), _text(line.staff_id), None, line.kind.value, "") for line in lines]
        if self._note(rows):
            pending.clear()
        return len(rows)

    def of_patient(self, patient_id: UUID) -> tuple[AccessLine, ...]:
        """Every line about a patient, in the order it was written; NotAllowed when restricted."""
        refuse_hidden(self._database, patient_id)
        return self._lines("patient_id = ?", (str(patient_id),))

    def page(self, *, before: int | None = None, limit: int = 200) -> tuple[AccessLine, ...]:
        """The newest lines of the whole logbook, newest first; before: older than this number."""
        found = self._database.rows(
            f"SELECT {_COLUMNS} FROM access WHERE sequence < ? ORDER BY sequence DESC LIMIT ?",
            (2**62 if before is None else before, limit),
        )
        return tuple(access_line(row) for row in found)

    def newest(self, kind: AccessKind, detail: str = "") -> AccessLine | None:
        """The newest line of a kind whose detail begins so, or None."""
        found = self._database.row(
            f"SELECT {_COLUMNS} FROM access WHERE kind = ? AND substr(detail, 1, ?) = ? "
            "ORDER BY sequence DESC LIMIT 1",
            (kind.value, len(detail), detail),
        )
        return None if found is None else access_line(found)

    def _lines(self, condition: str, values: Sequence[str]) -> tuple[AccessLine, ...]:
        return tuple(
            access_line(row)
            for row in self._database.rows(
                f"SELECT {_COLUMNS} FROM access WHERE {condition} ORDER BY sequence", values
            )
        )

    def _note(self, rows: Sequence[tuple[str | None, ...]]) -> bool:
        if not self._database.writable:
            return False
        try:
            with self._database.atomic(looking=True):
                self._database.write_many(
                    "INSERT INTO access (at, staff_id, patient_id, kind, detail) VALUES (?, ?, ?, ?, ?)", rows
                )
        except NotSaved:
            log.warning("%d lines of the access log were not written", len(rows))
            return False
        except NotUnlocked:
            # The lock came while something was on its way out. Beside the file nothing names the patient.
            pending = PendingAccesses(self._database.path)
            for at, staff_id, _patient, kind, _detail in rows:
                who = None if staff_id is None else UUID(staff_id)
                pending.add(PendingAccess(datetime.fromisoformat(str(at)), AccessKind(kind), who))
            return False
        return True


def access_line(row: Sequence[Any]) -> AccessLine:
    """The record of a row: sequence, at, staff_id, patient_id, kind, detail."""
    sequence, at, staff_id, patient_id, kind, detail = row
    return AccessLine(
        sequence=sequence,
        at=datetime.fromisoformat(at),
        staff_id=None if staff_id is None else UUID(staff_id),
        patient_id=None if patient_id is None else UUID(patient_id),
        kind=AccessKind(kind),
        detail=detail,
    )


def _text(identity: UUID | None) -> str | None:
    return None if identity is None else str(identity)
