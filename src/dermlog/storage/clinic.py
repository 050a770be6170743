"""The clinic's own record in the file: letterhead and follow-up plan."""

from __future__ import annotations

from dermlog.changes import Noun
from dermlog.domain.clinic import Clinic
from dermlog.domain.permission import Action
from dermlog.storage.database import Database
from dermlog.storage.rows import RowMapping

_CLINIC = RowMapping("clinic", Clinic, key=("only",), extra=("only",))


class ClinicTable:
    """The one clinic of the file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self) -> Clinic:
        """The clinic."""
        found = self._database.row(f"SELECT {_CLINIC.select()} FROM clinic")
        return Clinic() if found is None else _CLINIC.record(found)

    def save(self, clinic: Clinic) -> None:
        """Change the clinic."""
        self._database.require(Action.EDIT_LETTERHEAD)
        with self._database.atomic():
            self._database.write(_CLINIC.save_sql, _CLINIC.values(_CLINIC.row(clinic, only=1)))
            self._database.changed(Noun.CLINIC)
