"""Whole steps: all or nothing, announced once when they are on disk, and what a failing disk is told as."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

import pytest

from dermlog.changes import Change, Noun
from dermlog.domain.file_fault import SavingFault
from dermlog.domain.staff import Role, Staff
from dermlog.errors import NotAllowed, NotRead, NotSaved
from dermlog.logbook import Logbook
from dermlog.storage import driver, migrations
from dermlog.storage.database import Database, saving_fault
from tests.makers import DOCTOR, NOW, NURSE, make_patient, make_visit


@pytest.fixture
def database(logbook: Logbook) -> Database:
    """The connection of a logbook."""
    return logbook._database


def test_settings_hold(database: Database) -> None:
    connection = database.connection
    assert connection.execute("PRAGMA page_size").fetchone() == (16_384,)
    assert connection.execute("PRAGMA application_id").fetchone() == (0x44524D4C,)
    assert connection.execute("PRAGMA user_version").fetchone() == (migrations.FORMAT,)


def test_nested_steps_are_announced_once_after_the_outermost_commit(
    logbook: Logbook, database: Database
) -> None:
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    patients = [make_patient(), make_patient()]
    with database.atomic():
        for patient in patients:
            logbook.patients.save(patient)
            assert heard == []
    assert heard == [frozenset(Change(Noun.PATIENT, patient.id) for patient in patients)]


def test_a_failing_step_changes_and_announces_nothing(logbook: Logbook, database: Database) -> None:
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    with pytest.raises(KeyError), database.atomic():
        logbook.patients.save(make_patient())
        raise KeyError
    assert logbook.patients.count() == 0
    assert heard == []


def test_a_failing_inner_step_undoes_only_itself(logbook: Logbook, database: Database) -> None:
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    kept, lost = make_patient(), make_patient()
    with database.atomic():
        logbook.patients.save(kept)
        with pytest.raises(KeyError), database.atomic():
            logbook.patients.save(lost)
            raise KeyError
    assert [row.id for row in logbook.patients.search("").rows] == [kept.id]
    assert heard == [frozenset({Change(Noun.PATIENT, kept.id)})]


def test_a_listener_may_save(logbook: Logbook) -> None:
    second = make_patient()
    seen: list[int] = []

    def answer(changes: frozenset[Change]) -> None:
        if not seen:
            seen.append(len(changes))
            logbook.patients.save(second)

    logbook.changes.listen(answer)
    logbook.patients.save(make_patient())
    assert logbook.patients.count() == 2


def test_writing_outside_a_step_is_a_mistake(database: Database) -> None:
    with pytest.raises(RuntimeError):
        database.write("DELETE FROM patient_opened")


def test_a_lost_transaction_never_goes_on_in_pieces(logbook: Logbook, database: Database) -> None:
    """A full disk can end the transaction under a step that swallows the error."""
    with pytest.raises(NotSaved), database.atomic():
        database.connection.execute("ROLLBACK")
        logbook.patients.save(make_patient())
    assert logbook.patients.count() == 0


def test_another_thread_is_refused_and_has_a_connection_of_its_own(logbook: Logbook) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    results: list[Any] = []

    def work() -> None:
        try:
            logbook.patients.count()
        except driver.Error as error:
            results.append(type(error).__name__)
        with logbook.second_connection() as second:
            results.append(second.patients.get(patient.id) == patient)
            second.visits.save(make_visit(patient))
            results.append(second.me)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert results == ["ProgrammingError", True, DOCTOR]
    assert len(logbook.visits.of_patient(patient.id)) == 1
    assert heard == [frozenset({Change(Noun.VISIT, patient.id)})]


def test_two_threads_save_at_once_and_nothing_is_lost(logbook: Logbook) -> None:
    def work() -> None:
        with logbook.second_connection() as second:
            for _ in range(20):
                second.patients.save(make_patient())

    thread = threading.Thread(target=work)
    thread.start()
    for _ in range(20):
        logbook.patients.save(make_patient())
    thread.join()
    assert logbook.patients.count() == 40
    assert logbook.check().ok


class BrokenConnection:
    """A connection whose next statements fail as a bad disk makes them fail."""

    def __init__(self, real: driver.Connection, errors: list[BaseException], word: str = "") -> None:
        self._real = real
        self._errors = errors
        self._word = word

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, sql: str, values: Any = ()) -> Any:
        if self._errors and self._word in sql:
            raise self._errors.pop(0)
        return self._real.execute(sql, values)


def break_disk(database: Database, errors: list[BaseException], word: str = "") -> None:
    """Let the next statements that hold a word fail."""
    database._connection = BrokenConnection(database.connection, errors, word)  # type: ignore[assignment]


@pytest.mark.parametrize(
    "error",
    [
        driver.OperationalError("disk I/O error"),
        MemoryError(),
        driver.DatabaseError("database disk image is malformed"),
    ],
)
def test_one_bad_read_is_asked_again_on_a_fresh_connection(
    logbook: Logbook, database: Database, error: BaseException
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    break_disk(database, [error])
    assert logbook.patients.get(patient.id) == patient


def test_a_read_that_fails_twice_is_said(
    logbook: Logbook, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = driver.OperationalError("disk I/O error")
    break_disk(database, [error])

    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(driver, "connect", fail)
    with pytest.raises(NotRead, match="read error"):
        logbook.patients.count()


def test_a_mistake_in_the_program_is_not_called_a_disk_error(database: Database) -> None:
    with pytest.raises(driver.OperationalError, match="no such table"):
        database.rows("SELECT * FROM no_such_thing")


@pytest.mark.parametrize("word", ["INSERT", "UPDATE writing", "COMMIT"])
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("database or disk is full", SavingFault.DISK_FULL),
        ("disk I/O error", SavingFault.DISK),
        ("attempt to write a readonly database", SavingFault.READ_ONLY),
        ("database is locked", SavingFault.LOCKED),
    ],
)
def test_a_failed_save_says_why_and_works_the_next_time(
    logbook: Logbook, database: Database, word: str, text: str, fault: SavingFault
) -> None:
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    patient = make_patient()
    break_disk(database, [driver.OperationalError(text)], word)
    with pytest.raises(NotSaved) as caught:
        logbook.patients.save(patient)
    assert caught.value.fault is fault
    assert "NOT saved" in caught.value.sentence
    assert heard == []
    logbook.patients.save(patient)
    assert logbook.patients.get(patient.id) == patient
    assert logbook.check().ok


def test_an_unknown_error_is_told_plainly() -> None:
    assert saving_fault(driver.OperationalError("something new")) is SavingFault.OTHER
    assert saving_fault(MemoryError()) is SavingFault.DISK


def test_a_closed_logbook_says_so(logbook: Logbook) -> None:
    logbook.close()
    with pytest.raises(NotSaved, match="closed"):
        logbook.patients.count()
    logbook.close()


def test_resting_folds_the_log_into_the_file(logbook: Logbook) -> None:
    log = logbook.path.with_name(logbook.path.name + "-wal")
    logbook.patients.save(make_patient())
    assert log.stat().st_size > 0
    logbook.rest()
    assert log.stat().st_size == 0
    assert logbook.patients.count() == 1


def test_resting_gives_space_back(logbook: Logbook) -> None:
    from dermlog.domain.photo import PhotoView
    from tests.makers import make_draft, make_prepared

    patient = make_patient()
    logbook.patients.save(patient)
    draft = make_draft(patient)
    logbook.drafts.save(draft)
    logbook.photos.add(patient.id, draft.id, make_prepared(b"x" * 3_000_000), PhotoView.FRONT)
    logbook.rest()
    large = logbook.path.stat().st_size
    logbook.drafts.discard(draft.id)
    logbook.rest()
    assert logbook.path.stat().st_size < large - 3_000_000


def test_a_viewer_only_looks(logbook: Logbook) -> None:
    viewer = Staff("Vi", Role.VIEWER, id=UUID(int=9))
    logbook.staff.save(viewer)
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.act_as(viewer.id)
    assert logbook.patients.get(patient.id) == patient
    with pytest.raises(NotAllowed, match="only look"):
        logbook.patients.save(make_patient())
    with logbook.second_connection() as second, pytest.raises(NotAllowed):
        second.patients.save(make_patient())
    logbook.patients.note_opened(patient.id)
    logbook.act_as(NURSE.id)
    logbook.patients.save(make_patient())
    assert logbook.now() == NOW
