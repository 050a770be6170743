"""A copy of a closed logbook opens with the same passwords."""

from __future__ import annotations

from pathlib import Path

import pytest

from dermlog.logbook import is_locked, people_of, unlock
from dermlog.logbook.copying import copy_closed
from tests.makers import NURSE, make_logbook
from tests.ui.locked_logbook import PASSWORDS, make_cheap, make_locked


def test_the_passwords_open_the_copy_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_cheap(monkeypatch)
    with make_locked(tmp_path) as made:
        path, names = made.path, {person.name for person in people_of(made.path)}
    (tmp_path / "other").mkdir()
    copy = copy_closed(path, tmp_path / "other")
    assert {person.name for person in people_of(copy)} == names
    assert unlock(copy, NURSE.id, PASSWORDS[NURSE.id]).staff_id == NURSE.id


def test_an_open_logbook_is_copied_alone(tmp_path: Path) -> None:
    with make_logbook(tmp_path) as made:
        path = made.path
    (tmp_path / "other").mkdir()
    copy = copy_closed(path, tmp_path / "other")
    assert [file.name for file in copy.parent.iterdir()] == [path.name]
    assert not is_locked(copy)
