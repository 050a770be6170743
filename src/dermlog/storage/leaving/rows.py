"""Rows out of the file as they stand in an export: of everybody, or of one patient and what that needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from dermlog.storage import driver
from dermlog.storage.leaving.fields import Noun
from dermlog.storage.leaving.kinds import Shown, shown
from dermlog.storage.leaving.nouns import BY_NAME, RECORDS

ShownRow = dict[str, Shown]
Records = dict[str, list[ShownRow]]

_NEEDED = ("staff", "product", "vial")
"""Rows of the clinic that go with a patient when a row names them."""

_WHOSE = {
    "id": "{patient}",
    "patient_id": "{patient}",
    "visit_id": "(SELECT id FROM visit WHERE patient_id = {patient})",
    "session_id": "(SELECT id FROM injection_session WHERE patient_id = {patient})",
}


def rows_of(
    connection: driver.Connection,
    noun: Noun,
    patient_id: UUID | None = None,
    without: Iterable[str] = (),
) -> Iterator[ShownRow]:
    """The rows of a noun in order: of one patient, or of all without some (patient ids).

    Raises the driver's errors.
    """
    columns = ", ".join(f'"{name}"' for name in noun.columns)
    condition, bound = "1", [str(one) for one in without]
    if patient_id is not None and noun.owner:
        condition = f'"{noun.owner}" IN ' + _whose(noun).format(patient="?")
        bound = [str(patient_id)]
    elif bound and noun.owner:
        marks = ", ".join("?" for _ in bound)
        condition = f'"{noun.owner}" NOT IN ' + _whose(noun).replace("= {patient}", f"IN ({marks})").format(
            patient=marks
        )
    else:
        bound = []
    found = connection.execute(
        f'SELECT {columns} FROM "{noun.name}" WHERE {condition} ORDER BY {noun.order}', bound
    )
    for values in found:
        row: ShownRow = dict(zip(noun.columns, values, strict=True))
        for name, kind in noun.changed_when_shown:
            row[name] = shown(kind, row[name])  # type: ignore[arg-type]
        yield row


def _whose(noun: Noun) -> str:
    found = _WHOSE[noun.owner]
    return found if found.startswith("(") else f"({found})"


def all_records(connection: driver.Connection, without: Iterable[str] = ()) -> Records:
    """Every record, but for some patients (ids)."""
    left_out = tuple(without)
    records = {noun.name: list(rows_of(connection, noun, without=left_out)) for noun in RECORDS}
    _forget_strangers(records)
    return records


def records_of(connection: driver.Connection, patient_id: UUID) -> Records:
    """The records of one patient, with the clinic, and the staff, products and vials that they name."""
    records: Records = {noun.name: [] for noun in RECORDS}
    for noun in RECORDS:
        if noun.owner or noun.name == "clinic":
            records[noun.name] = list(rows_of(connection, noun, patient_id))
    for name in reversed(_NEEDED):
        wanted = _named(records, name)
        records[name] = [row for row in rows_of(connection, BY_NAME[name]) if row["id"] in wanted]
    _forget_strangers(records)
    return records


def _named(records: Mapping[str, list[ShownRow]], name: str) -> set[Shown]:
    """The ids of a noun that any record names."""
    return {
        row[field.name]
        for noun in RECORDS
        for field in noun.fields
        if field.of == name
        for row in records[noun.name]
        if row[field.name] is not None
    }


def _forget_strangers(records: Records) -> None:
    """A treatment that was moved to somebody who is not in the export no longer says where to."""
    known = {row["id"] for row in records["injection_session"]}
    for row in records["session_void"]:
        if row["moved_to"] not in known:
            row["moved_to"] = None


def restricted_patients(connection: driver.Connection) -> tuple[str, ...]:
    """The ids of the patients whose entries are restricted."""
    return tuple(row[0] for row in connection.execute("SELECT patient_id FROM restriction ORDER BY 1"))
