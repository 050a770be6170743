"""Who changed a record after a form had loaded it: the form's save is refused, and both texts are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dermlog.domain.patient import Patient
from dermlog.domain.visit import Visit
from dermlog.errors import ChangedMeanwhile, changed_meanwhile
from dermlog.storage.database import Database


def changed_by(
    database: Database, record_id: UUID, tables: Sequence[str], stored: Patient | Visit
) -> ChangedMeanwhile:
    """The error for a record that stands differently now: by whom and when, as its history says."""
    marks = ", ".join("?" for _table in tables)
    found = database.row(
        "SELECT c.at, s.name FROM change c LEFT JOIN staff s ON s.id = c.staff_id "
        f"WHERE c.patient_id = ? AND c.\"table\" IN ({marks}) AND (c.row_id = ? OR c.row_id LIKE ? || '/%') "
        "ORDER BY c.sequence DESC LIMIT 1",
        (
            str(stored.id if isinstance(stored, Patient) else stored.patient_id),
            *tables,
            str(record_id),
            str(record_id),
        ),
    )
    at, name = (None, None) if found is None else found
    return changed_meanwhile(
        stored, "" if name is None else str(name), None if at is None else datetime.fromisoformat(at)
    )
