"""A logbook with some activity for the tests of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dermlog.domain.access import AccessKind
from dermlog.logbook import Logbook
from tests.makers import DOCTOR, NURSE, StillClock, make_logbook, make_patient


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """130 patients, the last one by the nurse, looked at and printed."""
    clock = StillClock()
    with make_logbook(tmp_path, clock=clock) as made:
        for turn in range(130):
            clock.move(timedelta(minutes=1))
            patient = make_patient(chart_number=f"DL-{turn:04}", family_name=f"Number {turn}")
            made.act_as(NURSE.id if turn == 129 else DOCTOR.id)
            made.patients.save(patient)
        clock.move(timedelta(minutes=1))
        made.accesses.note_viewed(patient.id)
        clock.move(timedelta(minutes=1))
        made.act_as(DOCTOR.id)
        made.accesses.note(AccessKind.PRINTED, patient.id, "report")
        yield made
