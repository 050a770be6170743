"""Older files: a proven copy first, then all or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import LogbookNotOpened
from dermlog.logbook import Logbook
from dermlog.storage import driver, migrations, upgrading
from tests.makers import make_logbook, make_patient

if TYPE_CHECKING:
    from sqlite_utils import Database as Pipe

TODAY = migrations.FORMAT


def _next_format(pipe: Pipe) -> None:
    pipe.execute("ALTER TABLE consent ADD COLUMN witness TEXT")


def _broken(pipe: Pipe) -> None:
    pipe.execute("ALTER TABLE consent ADD COLUMN witness TEXT")
    pipe.execute("INSERT INTO consent (id) VALUES ('half')")


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A closed logbook of the format of today with one patient."""
    logbook = make_logbook(tmp_path)
    logbook.patients.save(make_patient())
    logbook.close()
    return logbook.path


def tomorrow(monkeypatch: pytest.MonkeyPatch, step: migrations.Step) -> None:
    """Let this version write one format more."""
    steps = (*migrations.STEPS, ("next_format", step))
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(migrations, "FORMAT", TODAY + 1)


def learn_fingerprint(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Take the schema of a file as the one of the next format."""
    connection = driver.connect(path, None, "rw")
    monkeypatch.setitem(migrations.FINGERPRINTS, TODAY + 1, migrations.fingerprint(connection))
    connection.close()


def test_an_old_file_is_copied_and_brought_up_to_date(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow(monkeypatch, _next_format)
    Logbook.open(closed).close()
    learn_fingerprint(monkeypatch, closed)
    with Logbook.open(closed) as logbook:
        assert logbook.patients.count() == 1
        assert "witness" in logbook._database.columns("consent")
        assert logbook.check().ok
    monkeypatch.undo()
    copy = tmp_path / f"Clinic (before update, format {TODAY}).dermlog"
    with Logbook.open(copy) as logbook:
        assert logbook.patients.count() == 1
        assert logbook.check().ok
    with pytest.raises(LogbookNotOpened) as caught:
        Logbook.open(closed)
    assert caught.value.fault is OpeningFault.NEWER


def test_a_new_file_takes_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow(monkeypatch, _next_format)
    path = tmp_path / "bare"
    path.touch()
    connection = driver.connect(path, None, "rw")
    migrations.bring_up_to_date(connection)
    assert migrations.format_of(connection) == TODAY + 1
    names = [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert names == ["format_1", "format_2", "next_format"]
    connection.close()


def test_a_step_that_fails_changes_nothing(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow(monkeypatch, _broken)
    before = closed.read_bytes()
    with pytest.raises(LogbookNotOpened, match="nothing was changed") as caught:
        Logbook.open(closed)
    assert caught.value.fault is OpeningFault.UPGRADE_STOPPED
    assert closed.read_bytes() == before
    monkeypatch.undo()
    with Logbook.open(closed) as logbook:
        assert logbook.check().ok


def test_a_copy_that_fails_leaves_no_half_copy(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow(monkeypatch, _next_format)
    counts = upgrading._counts
    calls: list[int] = []

    def lose_a_row(connection: driver.Connection) -> dict[str, int]:
        calls.append(1)
        found = counts(connection)
        return found if len(calls) == 1 else {**found, "patient": 0}

    monkeypatch.setattr(upgrading, "_counts", lose_a_row)
    before = closed.read_bytes()
    with pytest.raises(LogbookNotOpened, match="nothing was changed"):
        Logbook.open(closed)
    assert [file.name for file in closed.parent.iterdir()] == [closed.name]
    assert closed.read_bytes() == before


def test_an_old_file_is_never_upgraded_for_viewing(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow(monkeypatch, _next_format)
    with pytest.raises(LogbookNotOpened) as caught:
        Logbook.open(closed, viewing=True)
    assert caught.value.fault is OpeningFault.UPGRADE_NEEDS_WRITING


def test_a_second_upgrade_makes_a_second_copy(closed: Path) -> None:
    first = upgrading._free_name(closed, 1)
    first.touch()
    second = upgrading._free_name(closed, 1)
    assert second.name == "Clinic (before update, format 1 2).dermlog"


OLD_FILES = sorted((Path(__file__).parents[1] / "old_files").glob("*.dermlog"))


def test_there_is_a_file_of_every_format() -> None:
    assert [path.name for path in OLD_FILES] == [
        f"format_{number}.dermlog" for number in range(1, migrations.FORMAT + 1)
    ]


@pytest.mark.parametrize("path", OLD_FILES, ids=lambda path: path.stem)
def test_files_of_every_format_open_whole(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path))
    with Logbook.open(copy) as logbook:
        assert logbook.check().ok
        (row,) = logbook.patients.search("lindqvist").rows
        patient = logbook.patients.get(row.id)
        assert patient.prior_treatments and patient.allergies and patient.drugs is None
        (session,) = logbook.sessions.of_patient(row.id)
        assert session.signature is not None and len(session.sites) == 3
        assert [one.lot for one in logbook.sessions.versions(session.id)] == ["C4821", "C4822"]
        assert session.reviews and session.screening_answers
        (void,) = logbook.sessions.void_of_patient(row.id)
        assert void.voiding is not None and void.voiding.reason == "entered twice"
        assert len(logbook.visits.of_patient(row.id)) == 3
        assert len(logbook.consents.of_patient(row.id)) == 2
        (photo,) = logbook.photos.of_patient(row.id)
        assert logbook.photos.original(photo.id).startswith(b"picture")
        assert len(logbook.drafts.all()) == 1
        assert logbook.history.of_patient(row.id)
