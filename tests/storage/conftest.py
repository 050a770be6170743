"""A fresh logbook and a still clock for every test of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dermlog.logbook import Logbook
from tests.makers import StillClock, make_logbook


@pytest.fixture
def clock() -> StillClock:
    """A clock that moves only when told to."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A new logbook with a doctor (writing) and a nurse; closed afterwards."""
    made = make_logbook(tmp_path, clock=clock)
    yield made
    made.close()
