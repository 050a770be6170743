"""The writer's lock: shared inside a program, exclusive between programs, never left behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dermlog.storage import lock
from dermlog.storage.lock import Held, WriterLock, lock_path
from tests.makers import NOW


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
    lock_path(path).write_text(
        json.dumps({"computer": "RECEPTION", "since": "2026-04-17T09:14:00+00:00"}), encoding="utf-8"
    )

    def refuse(_descriptor: int) -> None:
        raise BlockingIOError

    monkeypatch.setattr(lock, "_lock", refuse)
    with pytest.raises(Held, match="RECEPTION, 09:14"):
        WriterLock(path, "ana", NOW)
    lock_path(path).write_text("nonsense", encoding="utf-8")
    with pytest.raises(Held):
        WriterLock(path, "ana", NOW)


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
