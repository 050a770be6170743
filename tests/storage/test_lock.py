"""The writer's lock: shared inside a program, exclusive between programs, never left behind."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dermlog.storage import lock
from dermlog.storage.lock import Held, Holder, WriterLock, lock_path
from tests.makers import NOW

SINCE = datetime(2026, 4, 17, 9, 14, tzinfo=UTC)


def left_by_another(path: Path) -> None:
    """A lock file as another computer wrote it."""
    facts = {"computer": "RECEPTION-PC", "process": 4, "name": "Nurse Ana", "since": SINCE.isoformat()}
    lock_path(path).write_text(json.dumps(facts), encoding="utf-8")


def test_the_lock_names_its_holder_and_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "Clinic.dermlog"
    held = WriterLock(path, "ana", NOW)
    facts = json.loads(lock_path(path).read_text())
    assert facts["name"] == "ana"
    assert facts["since"] == NOW.isoformat(timespec="seconds")
    assert facts["computer"]
    held.release()
    assert list(tmp_path.iterdir()) == []
    held.release()


def test_one_program_may_hold_it_twice(tmp_path: Path) -> None:
    path = tmp_path / "Clinic.dermlog"
    first, second = WriterLock(path, "", NOW), WriterLock(path, "", NOW)
    first.release()
    assert lock_path(path).exists()
    second.release()
    assert not lock_path(path).exists()


def test_a_lock_file_of_a_dead_program_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "Clinic.dermlog"
    lock_path(path).write_text("left behind by a crash", encoding="utf-8")
    held = WriterLock(path, "ana", NOW)
    assert json.loads(lock_path(path).read_text())["name"] == "ana"
    held.release()


def test_another_holder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Clinic.dermlog"
    left_by_another(path)

    def refuse(_descriptor: int) -> None:
        raise BlockingIOError

    monkeypatch.setattr(lock, "_lock", refuse)
    with pytest.raises(Held) as caught:
        WriterLock(path, "ana", NOW)
    assert caught.value.holder == Holder("RECEPTION-PC", "Nurse Ana", SINCE)
    assert not caught.value.left
    lock_path(path).write_text("nonsense", encoding="utf-8")
    with pytest.raises(Held) as caught:
        WriterLock(path, "ana", NOW)
    assert caught.value.holder is None


def test_what_another_computer_left_behind_is_asked_about(tmp_path: Path) -> None:
    """F19: on a stick that was pulled there, nobody here can know whether it is still in use."""
    path = tmp_path / "Clinic.dermlog"
    left_by_another(path)
    before = lock_path(path).read_bytes()
    with pytest.raises(Held) as caught:
        WriterLock(path, "ben", NOW)
    assert caught.value.left
    assert caught.value.holder == Holder("RECEPTION-PC", "Nurse Ana", SINCE)
    assert lock_path(path).read_bytes() == before
    held = WriterLock(path, "ben", NOW, take_over=True)
    assert json.loads(lock_path(path).read_text())["name"] == "ben"
    held.release()
    assert list(tmp_path.iterdir()) == []


def test_the_holder_is_renamed_when_somebody_signs_in(tmp_path: Path) -> None:
    path = tmp_path / "Clinic.dermlog"
    held = WriterLock(path, "a long name of the account of this computer", NOW)
    held.name_holder("Ana")
    facts = json.loads(lock_path(path).read_text())
    assert (facts["name"], facts["since"]) == ("Ana", NOW.isoformat(timespec="seconds"))
    held.release()


def test_a_lock_file_that_vanishes_while_being_taken_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last holder may remove it between our opening and our locking."""
    path = tmp_path / "Clinic.dermlog"
    real = lock._lock
    calls: list[int] = []

    def vanish(descriptor: int) -> None:
        calls.append(1)
        if len(calls) == 1:
            lock_path(path).unlink()
        real(descriptor)

    monkeypatch.setattr(lock, "_lock", vanish)
    held = WriterLock(path, "ana", NOW)
    assert len(calls) == 2
    assert lock_path(path).exists()
    held.release()
