"""The history: who, when, before and after, written with the change itself and never altered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dermlog.domain.change import ChangeKind
from dermlog.domain.patient import Allergy, Flag
from dermlog.errors import NotSaved
from dermlog.logbook import Logbook
from dermlog.storage.logged import LOGGED
from tests.makers import DOCTOR, NURSE, StillClock, make_consent, make_patient, make_session, make_visit


def test_a_change_tells_who_when_before_and_after(logbook: Logbook, clock: StillClock) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    first = clock.now
    clock.move(timedelta(hours=1))
    logbook.act_as(NURSE.id)
    logbook.patients.save(replace(patient, family_name="Berg"))
    added, changed = logbook.history.of_patient(patient.id)
    assert (added.kind, added.at, added.staff_id) == (ChangeKind.ADDED, first, DOCTOR.id)
    assert added.before is None
    assert added.after is not None and added.after["family_name"] == "Lindqvist"
    assert (changed.kind, changed.at, changed.staff_id) == (ChangeKind.CHANGED, clock.now, NURSE.id)
    assert changed.before is not None and changed.before["family_name"] == "Lindqvist"
    assert changed.after is not None and changed.after["family_name"] == "Berg"
    assert (changed.table, changed.row_id) == ("patient", str(patient.id))
    assert changed.sequence > added.sequence


def test_everything_of_a_patient_is_in_the_history_of_the_patient(logbook: Logbook) -> None:
    patient, other = make_patient(allergies=(Flag(Allergy.LATEX),)), make_patient()
    for person in (patient, other):
        logbook.patients.save(person)
        logbook.consents.save(make_consent(person))
        visit = make_visit(person)
        logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    tables = [line.table for line in logbook.history.of_patient(patient.id)]
    assert sorted(set(tables)) == [
        "consent",
        "injection_session",
        "injection_site",
        "patient",
        "patient_flag",
        "score",
        "visit",
    ]
    assert tables.count("injection_site") == 2


def test_what_is_removed_stays_readable(logbook: Logbook) -> None:
    patient = make_patient(allergies=(Flag(Allergy.LATEX, "gloves"),))
    logbook.patients.save(patient)
    logbook.patients.save(replace(patient, allergies=()))
    removed = logbook.history.of_patient(patient.id)[-1]
    assert (removed.table, removed.kind, removed.after) == ("patient_flag", ChangeKind.REMOVED, None)
    assert removed.before is not None and removed.before["detail"] == "gloves"


def test_a_failed_step_leaves_no_line(logbook: Logbook) -> None:
    before = logbook.history.newest()
    with pytest.raises(KeyError), logbook._database.atomic():
        logbook.patients.save(make_patient())
        raise KeyError
    assert logbook.history.newest() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET staff_id = NULL",
        "DELETE FROM change",
        "UPDATE change_payload SET after = '{}'",
        "DELETE FROM change_payload",
        "INSERT INTO change (at, reason, \"table\", row_id, kind) VALUES ('', '', 'x', 'y', 'added')",
        "REPLACE INTO change_payload (sequence, before, after) VALUES (1, NULL, NULL)",
        "DROP TRIGGER history_patient_changed",
        "DROP TRIGGER change_is_never_changed",
        "DROP TABLE change",
        "ALTER TABLE change RENAME TO other",
        "CREATE TABLE other (x)",
        "PRAGMA writable_schema = ON",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA user_version = 7",
        "ATTACH ':memory:' AS other",
        "UPDATE photo_image SET original = x''",
        "SELECT load_extension('x')",
    ],
)
def test_an_open_file_refuses_what_would_undo_its_laws(logbook: Logbook, statement: str) -> None:
    logbook.patients.save(make_patient())
    before = logbook._database.rows("SELECT * FROM change JOIN change_payload USING (sequence)")
    with pytest.raises(NotSaved), logbook._database.atomic():
        logbook._database.write(statement)
    assert logbook._database.rows("SELECT * FROM change JOIN change_payload USING (sequence)") == before


def test_every_clinical_table_keeps_a_history(logbook: Logbook) -> None:
    """A table that somebody adds must be logged, or be named here with a reason."""
    without = {
        "writing": "who writes now; every line of the history repeats it",
        "change": "the history itself",
        "change_payload": "the history itself",
        "change_hash": "the history itself",
        "seal": "the chain over the history",
        "access": "a log of its own, sealed like the history",
        "erasure": "that somebody was erased, and nothing else",
        "patient_opened": "which patient was looked at last",
        "draft": "saved every few seconds, nobody's record yet",
        "photo_image": "never changed; the history of photo names the bytes",
        "photo_thumbnail": "made from the bytes",
        "kept_image": "the history of photo names the bytes",
        "search_piece": "a view of the search index",
        "_sqlite_migrations": "which steps made the file",
    }
    tables = {
        name
        for (name,) in logbook._database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("sqlite_", "patient_search"))
    }
    assert tables == {table for table, *_rest in LOGGED} | without.keys()


@pytest.mark.parametrize(("table", "columns", "key", "patient"), LOGGED)
def test_the_history_keeps_every_column(
    logbook: Logbook, table: str, columns: str, key: str, patient: str
) -> None:
    derived = {"patient": {"number", "chart_key", "sort_name", "folded"}}
    assert set(logbook._database.columns(table)) - derived.get(table, set()) == set(columns.split())
    assert set(key.split()) <= set(columns.split())
    assert patient
