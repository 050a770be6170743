"""A locked logbook, shut, and the door to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dermlog.ui.kit import background
from dermlog.ui.sign_in.lock_door import LockDoor, door_of
from tests.ui.locked_logbook import make_cheap, make_locked


@pytest.fixture(autouse=True)
def work_ends() -> Iterator[None]:
    """No work outlives its test."""
    yield
    background.shutdown()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A locked logbook that is shut."""
    make_cheap(monkeypatch)
    made = make_locked(tmp_path)
    made.close()
    return made.path


@pytest.fixture
def door(path: Path) -> LockDoor:
    """The door of it."""
    return door_of(path)
