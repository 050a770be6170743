"""F35, F10, T16: an older or rewritten file in the place of the one that this PC has used."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.chain import ChainHead
from dermlog.logbook import Logbook
from dermlog.storage.head_memory import MOST, HeadMemory
from tests.makers import NOW, StillClock, make_logbook, make_patient
from tests.storage import tamper


def opened(path: Path, seen: Path, *, later: timedelta = timedelta()) -> Logbook:
    """Open it as the application does, on a PC that remembers."""
    logbook = Logbook.open(path, clock=StillClock(NOW + later))
    logbook.remember_on_this_pc(seen)
    return logbook


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    """The folder of the application."""
    return tmp_path / "seen"


@pytest.fixture
def path(tmp_path: Path, seen: Path) -> Path:
    """A closed file that this PC remembers."""
    with make_logbook(tmp_path) as logbook:
        logbook.patients.save(make_patient())
        logbook.remember_on_this_pc(seen)
        assert logbook.notices == ()
    return logbook.path


def test_the_same_file_is_no_surprise(path: Path, seen: Path) -> None:
    for _turn in range(2):
        with opened(path, seen) as logbook:
            assert logbook.notices == ()
            logbook.patients.save(make_patient())


def test_an_old_file_in_its_place_is_said_once_and_put_on_record(path: Path, seen: Path) -> None:
    old = path.read_bytes()
    with opened(path, seen) as logbook:
        logbook.patients.save(make_patient())
        newest = logbook.history.head().sequence
    path.write_bytes(old)
    with opened(path, seen) as logbook:
        (notice,) = logbook.notices
        assert notice.startswith(
            f"This file is older than the one used on this PC (last: #{newest}, 17 Apr 2026"
        )
        assert logbook.accesses.newest(AccessKind.OLDER_FILE) is not None
    with opened(path, seen) as logbook:
        assert logbook.notices == ()


def test_a_copy_elsewhere_names_the_newer_file_and_changes_nothing(
    path: Path, seen: Path, tmp_path: Path
) -> None:
    (tmp_path / "old").mkdir()
    copy = Path(shutil.copy(path, tmp_path / "old" / "Copy.dermlog"))
    with opened(path, seen) as logbook:
        logbook.patients.save(make_patient())
    for _turn in range(2):
        with opened(copy, seen) as logbook:
            (notice,) = logbook.notices
            assert "Newer entries exist in" in notice and "Clinic.dermlog" in notice
    with opened(path, seen) as logbook:
        assert logbook.notices == ()


def test_a_rewritten_file_is_said(path: Path, seen: Path) -> None:
    with tamper.bare(path) as connection:
        tamper.seal_anew(connection, Random(1))  # noqa: S311
    with opened(path, seen) as logbook:
        (notice,) = logbook.notices
        assert "does not agree with the one used on this PC" in notice


def test_two_logbooks_are_told_apart(path: Path, seen: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with make_logbook(tmp_path / "other", clock=StillClock(NOW + timedelta(days=1))) as other:
        other.remember_on_this_pc(seen)
        assert other.notices == ()


def test_one_head_a_day_is_kept(tmp_path: Path) -> None:
    memory = HeadMemory(tmp_path, "x")
    for day in range(MOST + 30):
        for hour in (9, 15):
            head = ChainHead(day * 10 + hour, "0000-0000")
            memory.note(head, NOW.replace(hour=hour) + timedelta(days=day), tmp_path)
    heads = memory.recall().heads
    assert len(heads) == MOST
    assert all(one.head.sequence % 10 == 5 for one in heads)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"place": 1, "heads": 2}', '{"heads": [["x", "#1"]]}'])
def test_an_unreadable_memory_is_none(tmp_path: Path, content: str) -> None:
    memory = HeadMemory(tmp_path, "x")
    memory._path.write_text(content, encoding="utf-8")
    assert memory.recall().newest is None
