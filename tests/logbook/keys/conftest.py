"""A locked logbook for every test of the keys, with slots that cost nothing to try."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dermlog.domain.clinic import Clinic
from dermlog.logbook import (
    Logbook,
)
from tests.endurance.keys import cheap_passwords
from tests.logbook.keys.locked import CODE, DOCTORS, NURSES
from tests.makers import DOCTOR, NURSE, StillClock


@pytest.fixture(autouse=True)
def cheap() -> Iterator[None]:
    """A guess costs nothing here."""
    with cheap_passwords():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "clinic"
    folder.mkdir()
    return folder / "Clinic.dermlog"


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def logbook(path: Path, clock: StillClock) -> Iterator[Logbook]:
    passwords = {DOCTOR.id: DOCTORS, NURSE.id: NURSES}
    made = Logbook.create_locked(
        path, Clinic(name="Skin Clinic"), [NURSE, DOCTOR], passwords, CODE, clock=clock
    )
    yield made
    made.close()
