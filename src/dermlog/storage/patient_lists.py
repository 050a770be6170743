"""Many patients at once: who is there already, adding them in one step, and taking them out again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.listing import PatientRow
from dermlog.domain.patient import Patient
from dermlog.domain.patient_list import (
    ListComparison,
    ListedPatient,
    ListFault,
    Match,
    MatchKind,
)
from dermlog.domain.permission import Action
from dermlog.errors import list_not_read
from dermlog.storage.database import Database
from dermlog.storage.folding import fold
from dermlog.storage.patient_search import LIST_COLUMNS, patient_row
from dermlog.storage.patients import PatientTable
from dermlog.storage.restrictions import hides_restricted

_AT_ONCE = 500

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class PatientListTable:
    """Patients of a list, against and into the file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._patients = PatientTable(database)

    def compare(self, listed: Sequence[ListedPatient]) -> ListComparison:
        """Who of a list is new, and who may be in the file or in an earlier line already."""
        hidden = hides_restricted(self._database)
        numbers: dict[str, PatientRow] = {}
        names: dict[str, list[PatientRow]] = {}
        for values in self._database.rows(f"SELECT {LIST_COLUMNS} FROM patient"):
            row = patient_row(values)
            numbers[fold(row.chart_number)] = row
            names.setdefault(_name_key(row), []).append(row)
        new: list[ListedPatient] = []
        matches: list[Match] = []
        lines: dict[str, int] = {}
        people: dict[str, list[tuple[date | None, int]]] = {}
        for one in listed:
            patient = one.patient
            number, name = fold(patient.chart_number), _name_key(patient)
            known = None if one.needs_number else numbers.get(number)
            kind, earlier = MatchKind.SAME_NUMBER, None
            if known is None:
                kind = MatchKind.SAME_PERSON
                known = next((row for row in names.get(name, ()) if _same_day(row, patient)), None)
            if known is None and not one.needs_number and number in lines:
                kind, earlier = MatchKind.SAME_NUMBER_IN_LIST, lines[number]
            elif known is None:
                kind = MatchKind.SAME_PERSON_IN_LIST
                days = people.get(name, ())
                earlier = next((at for day, at in days if _same(day, patient.birth_date)), None)
            if known is None and earlier is None:
                new.append(one)
            else:
                shown = None if known is not None and known.restricted and hidden else known
                matches.append(Match(one, kind, shown, earlier))
            lines.setdefault(number, one.line)
            people.setdefault(name, []).append((patient.birth_date, one.line))
        return ListComparison(tuple(new), tuple(matches))

    def add(
        self, patients: Sequence[Patient], reason: str, progress: Progress, cancelled: Cancelled
    ) -> tuple[UUID, ...]:
        """Add patients in one step, all or nobody; ListNotRead STOPPED, NotSaved, InvalidRecord."""
        database = self._database
        database.require(Action.IMPORT_PATIENTS)
        with database.atomic(reason):
            for start in range(0, len(patients), _AT_ONCE):
                if cancelled():
                    raise list_not_read(ListFault.STOPPED)
                self._patients.add_new(patients[start : start + _AT_ONCE])
                progress(min(start + _AT_ONCE, len(patients)), len(patients))
            database.changed(Noun.PATIENT)
        return tuple(patient.id for patient in patients)

    def take_out(self, ids: Sequence[UUID], reason: str) -> int:
        """Take out patients of whom nothing else is recorded; ListNotRead when there is, and all stay."""
        database = self._database
        database.require(Action.IMPORT_PATIENTS)
        with database.atomic(reason):
            for patient_id in ids:
                one = (str(patient_id),)
                for table in ("visit", "consent", "draft", "patient_flag", "prior_treatment", "restriction"):
                    if database.value(f"SELECT 1 FROM {table} WHERE patient_id = ? LIMIT 1", one):
                        raise list_not_read(ListFault.CHANGED_MEANWHILE)
                database.write("DELETE FROM patient_opened WHERE patient_id = ?", one)
                database.write("DELETE FROM patient WHERE id = ?", one)
            database.changed(Noun.PATIENT)
        return len(ids)


def _name_key(patient: Patient | PatientRow) -> str:
    """The name in which order and spelling variants do not count."""
    return " ".join(sorted((fold(patient.family_name), fold(patient.given_name))))


def _same_day(row: PatientRow, patient: Patient) -> bool:
    return _same(row.birth_date, patient.birth_date)


def _same(one: date | None, other: date | None) -> bool:
    return one is None or other is None or one == other
