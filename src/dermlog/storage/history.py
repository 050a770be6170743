"""The history: written by the file itself through triggers, so that nothing can skip it; read back here."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dermlog.domain.access import AccessKind
from dermlog.domain.chain import Anchor, AnchorSource, ChainHead, ChainResult
from dermlog.domain.change import ChangeKind, HistoryLine
from dermlog.storage import chain
from dermlog.storage.accesses import AccessTable
from dermlog.storage.database import Database
from dermlog.storage.restrictions import refuse_hidden

_NOW = "(SELECT at FROM writing), (SELECT staff_id FROM writing), (SELECT reason FROM writing)"


def history_triggers(table: str, columns: Sequence[str], key: Sequence[str], patient: str) -> tuple[str, ...]:
    """The statements that make a table write its history.

    patient: SQL for the patient's id, with {row} where NEW or OLD belongs. Built-in functions only: with
    trusted_schema off a trigger may call no others.
    """

    def body(row: str, kind: str, before: str, after: str) -> str:
        return (
            "BEGIN\n"
            '  INSERT INTO change (at, staff_id, reason, "table", row_id, patient_id, kind)\n'
            f"  SELECT {_NOW}, '{table}', {key_of(row, key)}, {patient.format(row=row)}, '{kind}';\n"
            "  INSERT INTO change_payload (sequence, before, after)\n"
            f"  VALUES ((SELECT max(sequence) FROM change), {before}, {after});\n"
            "END"
        )

    differs = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in columns)
    return (
        f'CREATE TRIGGER history_{table}_added AFTER INSERT ON "{table}"\n'
        + body("NEW", "added", "NULL", json_of("NEW", columns)),
        f'CREATE TRIGGER history_{table}_changed AFTER UPDATE ON "{table}"\nWHEN {differs}\n'
        + body("NEW", "changed", json_of("OLD", columns), json_of("NEW", columns)),
        f'CREATE TRIGGER history_{table}_removed AFTER DELETE ON "{table}"\n'
        + body("OLD", "removed", json_of("OLD", columns), "NULL"),
    )


def json_of(row: str, columns: Sequence[str]) -> str:
    """SQL for the columns of a row as the history keeps them."""
    return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns) + ")"


def key_of(row: str, key: Sequence[str]) -> str:
    """SQL for the name of a row in the history."""
    return " || '/' || ".join(f'{row}."{name}"' for name in key)


LINE = (
    'c.sequence, c.at, c.staff_id, c."table", c.row_id, c.patient_id, c.kind, c.reason, p.before, p.after '
    "FROM change c LEFT JOIN change_payload p USING (sequence)"
)
"""What history_line() reads, for a query of one's own. What was erased by law has no before and after."""


class HistoryTable:
    """Reads what the triggers wrote, and verifies the chain over it.

    anchors gives the heads that are kept outside the file.
    """

    def __init__(self, database: Database, anchors: Callable[[], Sequence[Anchor]] = tuple) -> None:
        self._database = database
        self._anchors = anchors

    def of_patient(self, patient_id: UUID) -> tuple[HistoryLine, ...]:
        """Every change that belongs to a patient, in the order it was written; NotAllowed when restricted."""
        refuse_hidden(self._database, patient_id)
        return tuple(
            history_line(row)
            for row in self._database.rows(
                f"SELECT {LINE} WHERE c.patient_id = ? ORDER BY c.sequence", (str(patient_id),)
            )
        )

    def newest(self) -> tuple[int, datetime] | None:
        """Number and time of the newest change, None before any."""
        found = self._database.row("SELECT sequence, at FROM change ORDER BY sequence DESC LIMIT 1")
        return None if found is None else (found[0], datetime.fromisoformat(found[1]))

    def identity(self) -> str:
        """What tells this logbook from every other: its first entry; "" before any."""
        found = self._database.row("SELECT at || ' ' || row_id FROM change ORDER BY sequence LIMIT 1")
        return "" if found is None else str(found[0])

    def head(self) -> ChainHead:
        """The head of the chain as it is printed; it moves with every change and with nothing else."""
        return chain.head_of(self._database)

    def verify(self, progress: chain.Progress | None = None, *, printed: str = "") -> ChainResult:
        """Verify the whole chain and hold it against every head known outside; the result is put on record.

        printed: a head that somebody typed from a page. ValueError when it is none.
        """
        anchors = list(self._anchors())
        if printed.strip():
            head = ChainHead.read(printed)
            if head is None:
                raise ValueError("not a head of a chain")
            anchors.append(Anchor(AnchorSource.PRINTED, head))
        found = chain.verify(self._database, progress, anchors=anchors)
        if found.ok:
            AccessTable(self._database).note(AccessKind.CHECKED, detail=f"chain {found.head.sequence}")
        return self._noted(found)

    def verify_newest(self, anchors: Sequence[Anchor] = ()) -> ChainResult:
        """Verify the newest entries alone, as soon after each opening as nobody waits for it."""
        return self._noted(chain.verify(self._database, newest=chain.AT_OPENING, anchors=anchors))

    def _noted(self, found: ChainResult) -> ChainResult:
        """The result, with a break put on record."""
        for one in found.breaks[:1]:
            AccessTable(self._database).note(
                AccessKind.CHAIN_BROKEN, detail=f"{one.fault.value} {one.first} {one.last}"
            )
        return found


def history_line(row: Sequence[Any]) -> HistoryLine:
    """The record of a row of LINE."""
    sequence, at, staff_id, table, row_id, patient_id, kind, reason, before, after = row
    return HistoryLine(
        sequence=sequence,
        at=datetime.fromisoformat(at),
        staff_id=None if staff_id is None else UUID(staff_id),
        table=table,
        row_id=row_id,
        kind=ChangeKind(kind),
        reason=reason,
        before=None if before is None else json.loads(before),
        after=None if after is None else json.loads(after),
        patient_id=None if patient_id is None else UUID(patient_id),
    )
