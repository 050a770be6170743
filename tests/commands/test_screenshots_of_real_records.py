"""dermlog screenshots of real records: as whoever unlocked them may see them, and put on record."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dermlog.commands import screenshots, unlocking
from dermlog.domain.access import AccessKind
from dermlog.logbook import Logbook, unlock
from tests.makers import DOCTOR, NURSE, make_patient
from tests.ui.locked_logbook import PASSWORDS, make_cheap, make_locked


class Terminal(io.StringIO):
    """Standard input as somebody types it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A locked logbook that is no sample, with one patient whom owners alone may see."""
    make_cheap(monkeypatch)
    with make_locked(tmp_path) as logbook:
        patient = make_patient()
        logbook.patients.save(patient)
        logbook.erasing.restrict(patient.id, "Asked by letter")
    return logbook.path


def test_who_unlocked_them_sees_what_they_may_and_it_is_on_record(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[str, int]] = []

    def draw(logbook: Logbook, _folder: Path) -> None:
        screenshots._act_as_owner(logbook)
        drawn.append((logbook.me.name, len(logbook.patients.search("").rows)))

    monkeypatch.setattr(screenshots, "_draw", draw)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    answer: Callable[[str], str] = lambda _question: PASSWORDS[NURSE.id]  # noqa: E731
    monkeypatch.setattr(sys, "stdin", Terminal(f"{NURSE.name}\n"))
    monkeypatch.setattr(unlocking, "getpass", answer)
    assert screenshots.run([str(path), str(tmp_path / "pictures")]) == 0
    assert drawn == [(NURSE.name, 0)]
    with Logbook.open(path, key=unlock(path, DOCTOR.id, PASSWORDS[DOCTOR.id]).key) as logbook:
        (newest,) = logbook.accesses.page(limit=1)
    assert (newest.kind, newest.staff_id) == (AccessKind.EXPORTED, NURSE.id)
