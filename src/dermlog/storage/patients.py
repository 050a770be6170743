"""Patients in the file: save, get, and find as you type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.file_fault import Refusal
from dermlog.domain.listing import PatientHits, PatientRow
from dermlog.domain.patient import CHART_NUMBER_LIMIT, Allergy, Condition, Drug, Flag, Patient, PriorTreatment
from dermlog.domain.permission import Action
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.errors import NotSaved, not_allowed
from dermlog.storage.children import save_children
from dermlog.storage.database import Database
from dermlog.storage.folding import fold, folded_patient
from dermlog.storage.meanwhile import changed_by
from dermlog.storage.patient_search import LIST_COLUMNS, patient_row, search_patients
from dermlog.storage.restrictions import not_hidden, refuse_hidden
from dermlog.storage.rows import Row, RowMapping

_LISTS: dict[str, type[Allergy] | type[Condition] | type[Drug]] = {
    "allergies": Allergy,
    "conditions": Condition,
    "drugs": Drug,
}
_PATIENTS = RowMapping(
    "patient",
    Patient,
    omit=(*_LISTS, "prior_treatments"),
    extra=("allergies_asked", "conditions_asked", "drugs_asked", "chart_key", "sort_name", "folded"),
)
_TREATMENTS = RowMapping("prior_treatment", PriorTreatment)
_TABLES = ("patient", "patient_flag", "prior_treatment")

_COUNTED = re.compile(r"(.*?)([0-9]+)")
"""A chart number that ends in figures, and what stands before them."""

MOST_TAKEN = 1000
"""So many chart numbers are tried before none is proposed."""


class PatientTable:
    """Patients of the logbook."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, patient_id: UUID) -> Patient:
        """One patient with flags and earlier treatments; NotAllowed when there is none, or it is hidden."""
        refuse_hidden(self._database, patient_id)
        found = self._select("id = ?", str(patient_id))
        if found is None:
            raise not_allowed(Refusal.NOT_THERE)
        return found

    def by_chart_number(self, chart_number: str) -> Patient | None:
        """The patient with this chart number, case and accents ignored; None where it is hidden."""
        return self._select(f"chart_key = ? AND {not_hidden(self._database, 'id')}", fold(chart_number))

    def has_chart_number(self, chart_number: str) -> bool:
        """Whether anybody has this chart number, hidden or not."""
        found = self._database.value("SELECT 1 FROM patient WHERE chart_key = ?", (fold(chart_number),))
        return found is not None

    def count(self) -> int:
        """How many patients there are."""
        return int(self._database.value("SELECT count(*) FROM patient"))

    def row(self, patient_id: UUID) -> PatientRow:
        """The line of a list for one patient; NotAllowed when there is none, or it is hidden."""
        refuse_hidden(self._database, patient_id)
        found = self._database.row(f"SELECT {LIST_COLUMNS} FROM patient WHERE id = ?", (str(patient_id),))
        if found is None:
            raise not_allowed(Refusal.NOT_THERE)
        return patient_row(found)

    def next_chart_number(self) -> str:
        """The free chart number after the one given last, in its pattern: DL-0142, DL-0143.

        "" when there is no patient, or when the newest chart number does not end in figures.
        """
        newest = self._database.value("SELECT chart_number FROM patient ORDER BY number DESC LIMIT 1")
        found = _COUNTED.fullmatch(newest or "")
        if found is None:
            return ""
        beginning, figures = found.groups()
        count = int(figures)
        for step in range(1, MOST_TAKEN + 1):
            proposed = f"{beginning}{count + step:0{len(figures)}d}"
            taken = self._database.value("SELECT 1 FROM patient WHERE chart_key = ?", (fold(proposed),))
            if taken is None:
                return proposed if len(proposed) <= CHART_NUMBER_LIMIT else ""
        return ""

    def save(self, patient: Patient, based_on: Patient | None = None) -> None:
        """Add or change a patient; InvalidRecord when another has the chart number.

        based_on: the patient as it was loaded; ChangedMeanwhile when it stands differently now.
        """
        self._database.require(Action.SAVE_PATIENT)
        database = self._database
        chart_key = fold(patient.chart_number)
        with database.atomic():
            if based_on is not None:
                stored = self.get(patient.id)
                if stored not in (based_on, patient):
                    raise changed_by(database, patient.id, _TABLES, stored)
            taken = database.value(
                "SELECT id FROM patient WHERE chart_key = ? AND id <> ?", (chart_key, str(patient.id))
            )
            if taken is not None:
                raise InvalidRecord((Problem("chart_number", Fault.DUPLICATE, None, patient.chart_number),))
            row = _patient_row(patient, chart_key)
            database.write(_PATIENTS.save_sql, _PATIENTS.values(row))
            owner = ("patient_id", str(patient.id))
            save_children(
                database, "patient_flag", ("patient_id", "list", "kind", "repeat"), owner, _flag_rows(patient)
            )
            save_children(
                database, "prior_treatment", ("patient_id", "position"), owner, _treatment_rows(patient)
            )
            database.changed(Noun.PATIENT, patient.id)

    def add_new(self, patients: Sequence[Patient]) -> None:
        """Add patients who are not there and have neither flags nor earlier treatments, inside a step.

        InvalidRecord when somebody has one of the chart numbers.
        """
        for patient in patients:
            if self.has_chart_number(patient.chart_number):
                raise InvalidRecord((Problem("chart_number", Fault.DUPLICATE, None, patient.chart_number),))
        self._database.write_many(
            _PATIENTS.insert_sql,
            (_PATIENTS.values(_patient_row(patient, fold(patient.chart_number))) for patient in patients),
        )

    def search(self, text: str, limit: int = 50) -> PatientHits:
        """Patients in whose name, chart number or birth date every piece of the text occurs, by name.

        Case, accents and the strokes of dates do not count. An empty text lists everybody by name.
        """
        return search_patients(self._database, text, limit)

    def duplicates_of(self, patient: Patient) -> tuple[PatientRow, ...]:
        """Others with the same name (in either order), or the same birth date and family or given name."""
        family, given = fold(patient.family_name), fold(patient.given_name)
        born = None if patient.birth_date is None else patient.birth_date.isoformat()
        names = sorted({f"{family} {given}", f"{given} {family}"})
        found = self._database.rows(
            f"SELECT {LIST_COLUMNS}, sort_name FROM patient WHERE id <> ? "
            f"AND {not_hidden(self._database, 'id')} AND (sort_name IN (?, ?) "
            "OR (birth_date = ? AND (sort_name LIKE ? || ' %' OR (? <> '' AND sort_name LIKE '% ' || ?)))) "
            "ORDER BY sort_name, number LIMIT 20",
            (str(patient.id), names[0], names[-1], born, family, given, given),
        )
        return tuple(
            row
            for row in map(patient_row, found)
            if patient.birth_date is None
            or row.birth_date is None
            or row.birth_date == patient.birth_date
            or fold(row.given_name + row.family_name) == fold(patient.given_name + patient.family_name)
        )

    def recent(self, limit: int = 8) -> tuple[PatientRow, ...]:
        """The patients opened last, newest first."""
        return tuple(
            patient_row(values)
            for values in self._database.rows(
                f"SELECT {LIST_COLUMNS} FROM patient_opened "
                "JOIN patient ON patient.id = patient_opened.patient_id "
                f"WHERE {not_hidden(self._database, 'patient.id')} "
                "ORDER BY patient_opened.at DESC, patient.number LIMIT ?",
                (limit,),
            )
        )

    def note_opened(self, patient_id: UUID) -> None:
        """Remember that the patient was opened now; nothing happens where writing is not possible."""
        if not self._database.writable or not self._database.may_write:
            return
        # On a full disk a patient can still be looked at: the list of the last ones is not worth an error.
        with suppress(NotSaved), self._database.atomic():
            self._database.write(
                "INSERT INTO patient_opened (patient_id, at) VALUES (?, ?) "
                "ON CONFLICT (patient_id) DO UPDATE SET at = excluded.at",
                (str(patient_id), self._database.clock().isoformat(timespec="microseconds")),
            )

    def _select(self, condition: str, value: str) -> Patient | None:
        database = self._database
        found = database.row(
            f"SELECT {_PATIENTS.select()}, allergies_asked, conditions_asked, drugs_asked "
            f"FROM patient WHERE {condition}",
            (value,),
        )
        if found is None:
            return None
        patient_id = found[_PATIENTS.fields.index("id")]
        asked = dict(zip(_LISTS, found[-3:], strict=True))
        flags: dict[str, list[Flag]] = {name: [] for name in _LISTS}
        for name, kind, detail in database.rows(
            "SELECT list, kind, detail FROM patient_flag WHERE patient_id = ? ORDER BY list, position",
            (patient_id,),
        ):
            flags[name].append(Flag(_LISTS[name](kind), detail))
        treatments = tuple(
            _TREATMENTS.record(values)
            for values in database.rows(
                f"SELECT {_TREATMENTS.select()} FROM prior_treatment WHERE patient_id = ? ORDER BY position",
                (patient_id,),
            )
        )
        return _PATIENTS.record(
            found,
            prior_treatments=treatments,
            **{name: tuple(flags[name]) if asked[name] else None for name in _LISTS},
        )


def _patient_row(patient: Patient, chart_key: str) -> Row:
    return _PATIENTS.row(
        patient,
        allergies_asked=int(patient.allergies is not None),
        conditions_asked=int(patient.conditions is not None),
        drugs_asked=int(patient.drugs is not None),
        chart_key=chart_key,
        sort_name=f"{fold(patient.family_name)} {fold(patient.given_name)}",
        folded=folded_patient(
            patient.family_name, patient.given_name, patient.chart_number, patient.birth_date
        ),
    )


def _flag_rows(patient: Patient) -> Iterable[Row]:
    for name in _LISTS:
        seen: Counter[str] = Counter()
        for position, flag in enumerate(getattr(patient, name) or ()):
            kind = flag.kind.value
            yield {
                "patient_id": str(patient.id),
                "list": name,
                "kind": kind,
                "repeat": seen[kind],
                "position": position,
                "detail": flag.detail,
            }
            seen[kind] += 1


def _treatment_rows(patient: Patient) -> Iterable[Row]:
    for position, treatment in enumerate(patient.prior_treatments):
        yield _TREATMENTS.row(treatment, patient_id=str(patient.id), position=position)
