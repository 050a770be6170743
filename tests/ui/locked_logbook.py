"""A locked logbook for tests of windows: two people with passwords, a known code, and cheap key slots."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from dermlog.domain.clinic import Clinic
from dermlog.domain.recovery import RecoveryCode
from dermlog.logbook import Logbook
from dermlog.storage import key_slot
from tests.makers import DOCTOR, NURSE, StillClock

CODE = RecoveryCode(bytes(range(16)))
PASSWORDS: dict[UUID, str] = {DOCTOR.id: "seven green herons", NURSE.id: "a cold lake at dawn"}


def make_cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess costs nearly nothing, so that tests need not wait."""
    monkeypatch.setattr(key_slot, "USUAL_COST", key_slot.Cost(1, 64, 1))


def make_locked(folder: Path, clock: Callable[[], datetime] | None = None) -> Logbook:
    """A new locked logbook, open, with the doctor writing."""
    clinic = Clinic(name="Skin Clinic", phone="555 0100", doctor="Dr Sato")
    return Logbook.create_locked(
        folder / "Clinic.dermlog", clinic, [DOCTOR, NURSE], PASSWORDS, CODE, clock=clock or StillClock()
    )
