"""Lists of patients from other systems: read, held against the logbook, added in one step, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from dermlog.domain.access import AccessKind
from dermlog.domain.backup import BackupFault
from dermlog.domain.patient import Patient
from dermlog.domain.patient_list import (
    ListAdded,
    ListComparison,
    ListedPatient,
    ListFault,
    ListMapping,
    ListReading,
    ListTable,
)
from dermlog.domain.patient_list_guessing import guess_mapping
from dermlog.domain.patient_list_reading import read_patients
from dermlog.domain.permission import Action
from dermlog.errors import BackupNotDone, list_not_read
from dermlog.logbook.backups import Backups
from dermlog.storage.database import Database
from dermlog.storage.patients import PatientTable

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

FIRST_NUMBER = "0001"
"""The first chart number of a logbook whose clinic has none of its own pattern yet."""


def _silent(_done: int, _of: int) -> None:
    """Nobody looks at the progress."""


def _never() -> bool:
    return False


class PatientLists:
    """Importing lists into one open logbook.

    read() and reading() touch the file of the list only. compare(), add() and take_back() may be called from
    any thread: each opens a connection of its own.
    """

    def __init__(
        self, database: Database, second_connection: Callable[[], Logbook], backups: Backups
    ) -> None:
        self._database = database
        self._second_connection = second_connection
        self._backups = backups

    def read(self, path: Path, *, encoding: str = "", separator: str = "") -> ListTable:
        """The table of a file; "" finds the encoding or separator out. ListNotRead when it is no list."""
        from dermlog.logbook.list_file import read_list  # noqa: PLC0415 - rarely needed

        return read_list(path, encoding=encoding, separator=separator)

    def guess(self, table: ListTable) -> ListMapping:
        """The likely meaning of the columns."""
        return guess_mapping(table)

    def reading(self, table: ListTable, mapping: ListMapping) -> ListReading:
        """The patients of a table, and the lines that cannot be read with what is wrong."""
        return read_patients(table, mapping, self._database.clock().date())

    def compare(self, reading: ListReading) -> ListComparison:
        """Who of a list is new, and who may be in the logbook already."""
        with self._second_connection() as other:
            return other.patient_lists.compare_here(reading.patients)

    def compare_here(self, patients: Sequence[ListedPatient]) -> ListComparison:
        """The same in the thread of this logbook."""
        from dermlog.storage.patient_lists import PatientListTable  # noqa: PLC0415

        self._database.require(Action.IMPORT_PATIENTS)
        return PatientListTable(self._database).compare(patients)

    def add(
        self,
        patients: Sequence[ListedPatient],
        *,
        source: str,
        skipped: int = 0,
        progress: Progress = _silent,
        cancelled: Cancelled = _never,
    ) -> ListAdded:
        """Add patients, all or nobody; source is the name of the list's file and stands in the history.

        Whoever has no chart number gets the next free one. What changed since the last backup is backed up
        before: thousands of patients too many are not undone by hand once take_back() is out of reach.
        ListNotRead when stopped, BackupNotDone when that backup fails, NotAllowed, NotSaved, InvalidRecord
        for a chart number that was given away meanwhile; then nobody was added.
        """
        from dermlog.storage.patient_lists import PatientListTable  # noqa: PLC0415

        self._database.require(Action.IMPORT_PATIENTS)
        try:
            if self._backups.is_wanted():
                self._backups.back_up(cancelled=cancelled)
        except BackupNotDone as error:
            if error.fault is BackupFault.STOPPED:
                raise list_not_read(ListFault.STOPPED) from error
            raise
        with self._second_connection() as other:
            database = other.patient_lists._database
            with database.atomic(source):
                numbered = _numbered(patients, PatientTable(database))
                ids = PatientListTable(database).add(numbered, source, progress, cancelled)
            other.accesses.note(AccessKind.IMPORTED, detail=f"{len(ids)} patients")
        return ListAdded(ids, skipped)

    def take_back(self, added: ListAdded) -> int:
        """Take the patients of an import out again; ListNotRead when one has entries, and then all stay."""
        from dermlog.storage.patient_lists import PatientListTable  # noqa: PLC0415

        with self._second_connection() as other:
            return PatientListTable(other.patient_lists._database).take_out(added.ids, "")


def _numbered(listed: Sequence[ListedPatient], table: PatientTable) -> list[Patient]:
    """The patients, each with a chart number: its own, or the next free one in the clinic's pattern."""
    taken = {one.patient.chart_number.casefold() for one in listed if not one.needs_number}
    pattern = table.next_chart_number() or FIRST_NUMBER
    figures = len(pattern) - len(pattern.rstrip("0123456789"))
    before, number = pattern[: len(pattern) - figures], count(int(pattern[len(pattern) - figures :]))
    patients = []
    for one in listed:
        patient = one.patient
        while one.needs_number:
            proposed = f"{before}{next(number):0{figures}d}"
            if proposed.casefold() not in taken and not table.has_chart_number(proposed):
                patient = replace(patient, chart_number=proposed)
                break
        patients.append(patient)
    return patients
