"""The history: written by the file itself through triggers, so that no way of writing can skip it; read back here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dermlog.domain.change import ChangeKind, HistoryLine
from dermlog.storage.database import Database

_NOW = "(SELECT at FROM writing), (SELECT staff_id FROM writing), (SELECT reason FROM writing)"


def history_triggers(table: str, columns: Sequence[str], key: Sequence[str], patient: str) -> tuple[str, ...]:
    """The statements that make a table write its history.

    patient: SQL for the patient's id, with {row} where NEW or OLD belongs. Built-in functions only: with
    trusted_schema off a trigger may call no others.
    """

    def payload(row: str) -> str:
        return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns) + ")"

    def body(row: str, kind: str, before: str, after: str) -> str:
        row_id = " || '/' || ".join(f'{row}."{name}"' for name in key)
        return (
            "BEGIN\n"
            '  INSERT INTO change (at, staff_id, reason, "table", row_id, patient_id, kind)\n'
            f"  SELECT {_NOW}, '{table}', {row_id}, {patient.format(row=row)}, '{kind}';\n"
            "  INSERT INTO change_payload (sequence, before, after)\n"
            f"  VALUES ((SELECT max(sequence) FROM change), {before}, {after});\n"
            "END"
        )

    differs = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in columns)
    return (
        f'CREATE TRIGGER history_{table}_added AFTER INSERT ON "{table}"\n'
        + body("NEW", "added", "NULL", payload("NEW")),
        f'CREATE TRIGGER history_{table}_changed AFTER UPDATE ON "{table}"\nWHEN {differs}\n'
        + body("NEW", "changed", payload("OLD"), payload("NEW")),
        f'CREATE TRIGGER history_{table}_removed AFTER DELETE ON "{table}"\n'
        + body("OLD", "removed", payload("OLD"), "NULL"),
    )


class HistoryTable:
    """Reads what the triggers wrote."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_patient(self, patient_id: UUID) -> tuple[HistoryLine, ...]:
        """Every change that belongs to a patient, in the order it was written."""
        return tuple(
            HistoryLine(
                sequence=sequence,
                at=datetime.fromisoformat(at),
                staff_id=None if staff_id is None else UUID(staff_id),
                table=table,
                row_id=row_id,
                kind=ChangeKind(kind),
                reason=reason,
                before=None if before is None else json.loads(before),
                after=None if after is None else json.loads(after),
            )
            for sequence, at, staff_id, table, row_id, kind, reason, before, after in self._database.rows(
                'SELECT c.sequence, c.at, c.staff_id, c."table", c.row_id, c.kind, c.reason, p.before, p.after '
                "FROM change c JOIN change_payload p USING (sequence) WHERE c.patient_id = ? ORDER BY c.sequence",
                (str(patient_id),),
            )
        )

    def last_sequence(self) -> int:
        """The number of the newest change, 0 before any."""
        return self._database.value("SELECT max(sequence) FROM change") or 0
