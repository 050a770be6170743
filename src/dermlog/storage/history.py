"""The history: written by the file itself through triggers, so that nothing can skip it; read back here."""

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
                'SELECT c.sequence, c.at, c.staff_id, c."table", c.row_id, c.kind, c.reason, p.before, '
                "p.after FROM change c JOIN change_payload p USING (sequence) WHERE c.patient_id = ? "
                "ORDER BY c.sequence",
                (str(patient_id),),
            )
        )

    def newest(self) -> tuple[int, datetime] | None:
        """Number and time of the newest change, None before any."""
        found = self._database.row("SELECT sequence, at FROM change ORDER BY sequence DESC LIMIT 1")
        return None if found is None else (found[0], datetime.fromisoformat(found[1]))
