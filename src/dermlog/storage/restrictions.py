"""Restricted patients in the file: hidden from everybody but owners, at once and until somebody lifts it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.erasure import Restriction
from dermlog.domain.file_fault import Refusal
from dermlog.domain.permission import Action, may
from dermlog.errors import not_allowed
from dermlog.storage.database import Database
from dermlog.storage.rows import RowMapping

_RESTRICTIONS = RowMapping("restriction", Restriction, key=("patient_id",))


class RestrictionTable:
    """Who is hidden, why, and until when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_patient(self, patient_id: UUID) -> Restriction | None:
        """The restriction of a patient, or None."""
        found = self._database.row(
            f"SELECT {_RESTRICTIONS.select()} FROM restriction WHERE patient_id = ?", (str(patient_id),)
        )
        return None if found is None else _RESTRICTIONS.record(found)

    def all(self) -> tuple[Restriction, ...]:
        """Every restriction, the newest first."""
        return tuple(
            map(
                _RESTRICTIONS.record,
                self._database.rows(f"SELECT {_RESTRICTIONS.select()} FROM restriction ORDER BY at DESC"),
            )
        )

    def save(self, patient_id: UUID, reason: str, until: date | None) -> Restriction:
        """Hide a patient from now on, or change the reason; InvalidRecord without one, NotAllowed."""
        database = self._database
        database.require(Action.RESTRICT_PATIENT)
        with database.atomic():
            if not database.value("SELECT 1 FROM patient WHERE id = ?", (str(patient_id),)):
                raise not_allowed(Refusal.NOT_THERE)
            if database.acting is None:
                raise not_allowed(Refusal.MAY_NOT_WRITE)
            one = Restriction(patient_id, database.clock(), database.acting, until, reason.strip())
            database.write(_RESTRICTIONS.save_sql, _RESTRICTIONS.values(_RESTRICTIONS.row(one)))
            database.changed(Noun.PATIENT, patient_id)
        return one

    def lift(self, patient_id: UUID) -> None:
        """Show a patient to everybody again; nothing happens where none was hidden."""
        database = self._database
        database.require(Action.RESTRICT_PATIENT)
        with database.atomic():
            if database.write("DELETE FROM restriction WHERE patient_id = ?", (str(patient_id),)):
                database.changed(Noun.PATIENT, patient_id)


def hides_restricted(database: Database) -> bool:
    """Whether somebody is restricted, and whoever looks must not see whom."""
    if database.role is None or may(database.role, Action.SEE_RESTRICTED):
        return False
    return bool(database.value("SELECT EXISTS (SELECT 1 FROM restriction)"))


def not_hidden(database: Database, patient_column: str) -> str:
    """SQL that is true for patients whom whoever looks may see; patient_column holds their id."""
    if not hides_restricted(database):
        return "1"
    return f"{patient_column} NOT IN (SELECT patient_id FROM restriction)"


def not_hidden_number(database: Database) -> str:
    """The same for queries of the table patient, by the column that its index of names holds."""
    if not hides_restricted(database):
        return "1"
    return "number NOT IN (SELECT q.number FROM restriction r JOIN patient q ON q.id = r.patient_id)"


def refuse_hidden(database: Database, patient_id: UUID) -> None:
    """NotAllowed when whoever looks must not see this patient."""
    database.refuse_hidden(patient_id)
