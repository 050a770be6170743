"""Opening: every wrong file gets its sentence and stays byte for byte as it was; nothing is ever made."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import LogbookNotOpened, NotSaved
from dermlog.logbook import Logbook
from dermlog.storage import driver, migrations, opening
from dermlog.storage.lock import lock_path
from tests.makers import NOW, StillClock, make_logbook, make_patient

KEY = bytes(range(32))


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A closed logbook with one patient."""
    logbook = make_logbook(tmp_path)
    logbook.patients.save(make_patient())
    logbook.close()
    return logbook.path


def refused(path: Path, key: bytes | None = None) -> LogbookNotOpened:
    """The error of opening a file, after proving that nothing beside or inside it changed."""
    folder = path.parent
    before = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    with pytest.raises(LogbookNotOpened) as caught:
        Logbook.open(path, key=key)
    assert {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()} == before
    assert caught.value.sentence.endswith(".")
    return caught.value


def test_a_closed_logbook_is_one_file(closed: Path) -> None:
    assert [file.name for file in closed.parent.iterdir()] == ["Clinic.dermlog"]


def test_a_missing_file_is_never_made(tmp_path: Path) -> None:
    error = refused(tmp_path / "gone.dermlog")
    assert error.fault is OpeningFault.MISSING
    assert "“gone.dermlog” is not there" in error.sentence
    with pytest.raises(LogbookNotOpened, match="is not there"):
        Logbook.open(tmp_path / "no folder" / "gone.dermlog")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_logbook(tmp_path: Path) -> None:
    (tmp_path / "folder.dermlog").mkdir()
    assert refused(tmp_path / "folder.dermlog").fault is OpeningFault.IS_FOLDER


@pytest.mark.parametrize("key", [None, KEY])
def test_an_empty_file_stays_empty(tmp_path: Path, key: bytes | None) -> None:
    path = tmp_path / "empty.dermlog"
    path.touch()
    assert refused(path, key).fault is OpeningFault.EMPTY
    assert path.stat().st_size == 0


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"Dear Sir or Madam,\n" * 10,
        b"Dear Sir or Madam,\n" * 4000,
        b"\x00" * 40_000,
        b"\xff\xd8\xff\xe0" + b"picture" * 9000,
    ],
)
def test_another_kind_of_file_is_not_ours(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.dermlog"
    path.write_bytes(content)
    assert refused(path).fault is OpeningFault.NOT_DERMLOG


def test_another_database_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "other.dermlog"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE patient (id, name); INSERT INTO patient VALUES (1, 'x');")
    connection.close()
    assert refused(path).fault is OpeningFault.NOT_DERMLOG


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER planted AFTER UPDATE ON writing BEGIN DELETE FROM patient_opened; END",
        "CREATE VIEW planted AS SELECT * FROM patient",
        "CREATE TABLE planted (x)",
        "DROP TRIGGER history_score_changed",
        "DROP INDEX change_by_row",
        "ALTER TABLE consent ADD COLUMN planted TEXT",
    ],
)
def test_a_planted_or_missing_part_of_the_schema_is_not_ours(closed: Path, statement: str) -> None:
    change_behind_its_back(closed, statement)
    assert refused(closed).fault is OpeningFault.NOT_DERMLOG


def test_a_newer_file_is_left_alone(closed: Path) -> None:
    change_behind_its_back(closed, "PRAGMA user_version = 1000", "CREATE TABLE of_the_future (x)")
    error = refused(closed)
    assert error.fault is OpeningFault.NEWER
    assert "1000" in error.sentence


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_said(closed: Path, part: float) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[: int(len(content) * part)])
    assert refused(closed).fault is OpeningFault.NOT_COMPLETE


def test_a_header_without_its_file_is_said(closed: Path) -> None:
    closed.write_bytes(closed.read_bytes()[:100])
    assert refused(closed).fault is OpeningFault.NOT_COMPLETE


@pytest.mark.skipif(os.name == "nt", reason="Windows allows fewer names")
@pytest.mark.parametrize(
    "name", ["Clinic #1 50% ?.dermlog", "Häut & Co.dermlog", "a+b;c&mode=memory.dermlog", "漢 字.dermlog"]
)
def test_a_file_may_have_any_name(closed: Path, name: str) -> None:
    renamed = closed.rename(closed.with_name(name))
    with Logbook.open(renamed) as logbook:
        logbook.patients.save(make_patient())
        assert logbook.patients.count() == 2
    assert [file.name for file in closed.parent.iterdir()] == [name]


def test_a_share_of_windows_is_no_authority() -> None:
    class Share(type(Path())):  # type: ignore[misc]
        def absolute(self) -> Share:
            return self

        def as_posix(self) -> str:
            return "//server/share/Clinic.dermlog"

    assert driver._uri(Share("x")) == "file:////server/share/Clinic.dermlog"


def test_a_damaged_schema_is_said(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    content[100:16_000] = secrets.token_bytes(15_900)
    closed.write_bytes(content)
    assert refused(closed).fault is OpeningFault.DAMAGED


def test_a_key_opens_its_file_and_no_other(tmp_path: Path, closed: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    locked = make_logbook(folder, key=KEY)
    patient = make_patient()
    locked.patients.save(patient)
    locked.close()
    content = locked.path.read_bytes()
    assert b"SQLite" not in content
    assert patient.family_name.encode() not in content
    assert refused(locked.path).fault is OpeningFault.NEEDS_KEY
    assert refused(locked.path, bytes(32)).fault is OpeningFault.WRONG_KEY
    assert refused(closed, KEY).fault is OpeningFault.NOT_LOCKED
    with Logbook.open(locked.path, key=KEY) as opened:
        assert opened.patients.get(patient.id) == patient
        assert opened.check().ok
    locked.path.write_bytes(content[:-100])
    assert refused(locked.path, KEY).fault is OpeningFault.NOT_COMPLETE


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no write bits")
@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_read_only_file_or_folder_is_opened_for_viewing(closed: Path, which: str) -> None:
    target = closed if which == "file" else closed.parent
    mode = target.stat().st_mode
    target.chmod(0o444 if which == "file" else 0o555)
    try:
        before = closed.read_bytes()
        with Logbook.open(closed) as logbook:
            assert logbook.read_only
            assert logbook.read_only_reason.startswith("Opened for viewing only:")
            assert logbook.patients.count() == 1
            assert logbook.check().ok
            logbook.patients.note_opened(logbook.patients.search("").rows[0].id)
            with pytest.raises(NotSaved, match="viewing only"):
                logbook.patients.save(make_patient())
            with logbook.second_connection() as second, pytest.raises(NotSaved):
                second.patients.save(make_patient())
        assert [file.name for file in closed.parent.iterdir()] == [closed.name]
        assert closed.read_bytes() == before
    finally:
        target.chmod(mode)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no write bits")
def test_entries_waiting_beside_a_read_only_file_are_read_too(tmp_path: Path, closed: Path) -> None:
    copy = crashed_copy(closed, tmp_path / "copy")
    copy.chmod(0o444)
    with Logbook.open(copy) as logbook:
        assert logbook.read_only
        assert logbook.patients.count() == 2


@pytest.mark.parametrize(
    "folder", ["OneDrive - Skin Clinic", "Dropbox", "Nextcloud", "iCloud Drive", "Google Drive"]
)
def test_a_synchronised_folder_is_for_viewing_only(closed: Path, tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    moved = Path(shutil.copy(closed, tmp_path / folder))
    with Logbook.open(moved) as logbook:
        assert logbook.read_only
        assert "synchronises its folder" in logbook.read_only_reason
        assert logbook.patients.count() == 1
    assert [file.name for file in moved.parent.iterdir()] == [moved.name]


def test_a_network_drive_is_for_viewing_only(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "is_remote", lambda _folder: True)
    with Logbook.open(closed) as logbook:
        assert logbook.read_only
        assert "network drive" in logbook.read_only_reason
        assert logbook.patients.count() == 1


def test_viewing_on_request_writes_nothing(closed: Path) -> None:
    before = closed.read_bytes()
    with Logbook.open(closed, viewing=True) as logbook:
        assert logbook.read_only
        assert logbook.patients.count() == 1
        with pytest.raises(NotSaved):
            logbook.patients.save(make_patient())
    assert closed.read_bytes() == before
    assert [file.name for file in closed.parent.iterdir()] == [closed.name]


HOLDER = """
import sys
from pathlib import Path
from dermlog.logbook import Logbook
logbook = Logbook.open(Path(sys.argv[1]))
logbook.act_as(logbook.me.id)
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_program_may_look_but_not_write(closed: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(closed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"open"
        with pytest.raises(LogbookNotOpened, match="open already") as caught:
            Logbook.open(closed)
        assert caught.value.fault is OpeningFault.OPEN_ELSEWHERE
        assert re.search(r"on .+ by Dr Sato since .*\d\d:\d\d\.", str(caught.value))
        with Logbook.open(closed, viewing=True) as viewer:
            assert viewer.patients.count() == 1
        holder.kill()
        holder.wait()
        # The holder died without a word: nobody has to delete anything.
        with Logbook.open(closed) as logbook:
            assert not logbook.read_only
            logbook.patients.save(make_patient())
    assert [file.name for file in closed.parent.iterdir()] == [closed.name]


def test_a_lock_that_another_computer_left_is_asked_about(closed: Path) -> None:
    """F19: with its name and time; opened here only when somebody says so, looked at without asking."""
    facts = {"computer": "RECEPTION-PC", "process": 4, "name": "Nurse Ana", "since": NOW.isoformat()}
    lock_path(closed).write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(LogbookNotOpened, match="on RECEPTION-PC by Nurse Ana since") as caught:
        Logbook.open(closed)
    assert caught.value.fault is OpeningFault.LEFT_OPEN
    with Logbook.open(closed, viewing=True) as viewer:
        assert viewer.read_only
    with Logbook.open(closed, take_over=True) as logbook:
        logbook.patients.save(make_patient())
    assert [file.name for file in closed.parent.iterdir()] == [closed.name]


def test_one_read_error_is_no_verdict(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single failed read looks like a wrong key or a foreign file; the second look decides."""
    inspect: Callable[[driver.Connection], tuple[int, int, str]] = opening._inspect
    calls = []

    def once(connection: driver.Connection) -> tuple[int, int, str]:
        calls.append(1)
        if len(calls) == 1:
            raise driver.DatabaseError("file is not a database")
        return inspect(connection)

    monkeypatch.setattr(opening, "_inspect", once)
    Logbook.open(closed).close()
    assert len(calls) == 2


def test_an_old_library_is_refused(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "library_version", lambda: (3, 51, 2))
    error = refused(closed)
    assert error.fault is OpeningFault.UNSAFE_LIBRARY
    assert "3.51.2" in error.sentence


def test_the_library_at_hand_is_safe() -> None:
    assert driver.library_version() >= driver.OLDEST_SAFE_LIBRARY


def test_the_schema_is_the_one_that_the_file_was_given(tmp_path: Path) -> None:
    """When this fails before a release, put the new hash in; after one, add a step and leave the old hash."""
    logbook = make_logbook(tmp_path, clock=StillClock())
    found = migrations.fingerprint(logbook._database.connection)
    assert found == migrations.FINGERPRINTS[migrations.FORMAT]
    logbook.close()


def change_behind_its_back(path: Path, *statements: str) -> None:
    """Change a closed file with the bare driver, as no part of dermlog does."""
    connection = driver.connect(path, None, "rw")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def crashed_copy(path: Path, folder: Path) -> Path:
    """A copy as a crash leaves it: the newest entry, one more patient, waits in the write-ahead log."""
    folder.mkdir()
    logbook = Logbook.open(path)
    logbook.patients.save(make_patient())
    for ending in ("", "-wal"):
        shutil.copy(path.with_name(path.name + ending), folder)
    logbook.close()
    return folder / path.name


@pytest.mark.parametrize("held_for", [2, 1000])
def test_a_virus_scanner_that_holds_the_file_is_waited_for(
    held_for: int, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F47: on Windows, for five seconds; then it is said."""
    monkeypatch.setattr(opening, "_PATIENCE_SECONDS", 0.5)
    real, tries = Path.open, []

    def hold(path: Path, *arguments: Any, **more: Any) -> Any:
        if path == closed:
            tries.append(1)
            if len(tries) <= held_for:
                raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", hold)
    if held_for < 10:
        with Logbook.open(closed) as logbook:
            assert logbook.patients.count() == 1
    else:
        with pytest.raises(LogbookNotOpened, match="could not be read: Permission denied") as caught:
            Logbook.open(closed)
        assert caught.value.fault is OpeningFault.UNREADABLE
    assert len(tries) > 2
