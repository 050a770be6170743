"""A clinic with a backup drive for every test of the backup screen; no work outlives its test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from tests.makers import StillClock, make_logbook
from tests.storage.contents import treat


@pytest.fixture(autouse=True)
def finished_pool() -> Iterator[None]:
    """Work ends before the logbook is closed."""
    yield
    background.shutdown()


@pytest.fixture
def clock() -> StillClock:
    """A clock that moves only when told to."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A logbook with one treated patient, in a folder of its own."""
    (tmp_path / "clinic").mkdir()
    made = make_logbook(tmp_path / "clinic", clock=clock)
    treat(made, photos=1)
    yield made
    background.shutdown()
    made.close()
