"""Entries that this computer has saved and the file lacks are said at the next opening."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from dermlog.logbook import Logbook
from dermlog.storage.witness import Witness, witness_path
from tests.makers import NOW, StillClock, make_logbook, make_patient


def test_a_clean_close_leaves_no_witness(tmp_path: Path) -> None:
    logbook = make_logbook(tmp_path)
    logbook.patients.save(make_patient())
    assert witness_path(logbook.path).exists()
    logbook.close()
    assert not witness_path(logbook.path).exists()
    with Logbook.open(logbook.path, clock=StillClock()) as reopened:
        assert reopened.notices == ()


def crash(logbook: Logbook, folder: Path, *, with_log: bool) -> Path:
    """The files as a crash leaves them, in another folder, with or without the write-ahead log."""
    folder.mkdir()
    for ending in ("", "-state", *(["-wal"] if with_log else [])):
        shutil.copy(logbook.path.with_name(logbook.path.name + ending), folder)
    return folder / logbook.path.name


def test_a_crash_loses_nothing_and_says_nothing(tmp_path: Path, logbook: Logbook) -> None:
    logbook.patients.save(make_patient())
    with Logbook.open(crash(logbook, tmp_path / "crash", with_log=True), clock=StillClock()) as reopened:
        assert reopened.notices == ()
        assert reopened.patients.count() == 1


def test_a_deleted_log_is_noticed(tmp_path: Path, logbook: Logbook, clock: StillClock) -> None:
    logbook.patients.save(make_patient())
    logbook.rest()
    clock.move(timedelta(minutes=29))
    logbook.patients.save(make_patient())
    with Logbook.open(crash(logbook, tmp_path / "crash", with_log=False), clock=clock) as reopened:
        assert reopened.patients.count() == 1
        (notice,) = reopened.notices
        assert notice.startswith("Entries are missing: this computer saved until 17 Apr 2026")


def test_an_older_copy_in_its_place_is_noticed(tmp_path: Path) -> None:
    logbook = make_logbook(tmp_path)
    logbook.close()
    old = shutil.copy(logbook.path, tmp_path / "copy")
    logbook = Logbook.open(logbook.path, clock=StillClock())
    logbook.patients.save(make_patient())
    state = witness_path(logbook.path).read_bytes()
    logbook.close()
    shutil.copy(old, logbook.path)
    witness_path(logbook.path).write_bytes(state)
    with Logbook.open(logbook.path, clock=StillClock()) as reopened:
        assert len(reopened.notices) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"sequence": "x", "at": 1}', '{"sequence": 5}'])
def test_an_unreadable_witness_says_nothing(tmp_path: Path, content: str) -> None:
    witness_path(tmp_path / "x").write_text(content, encoding="utf-8")
    assert Witness(tmp_path / "x").recall() is None


def test_a_clock_that_is_behind_is_said(tmp_path: Path) -> None:
    logbook = make_logbook(tmp_path)
    logbook.close()
    with Logbook.open(logbook.path, clock=StillClock(NOW - timedelta(hours=2))) as reopened:
        (notice,) = reopened.notices
        assert "clock of this computer is behind" in notice
    with Logbook.open(logbook.path, clock=StillClock(NOW - timedelta(seconds=30))) as reopened:
        assert reopened.notices == ()
