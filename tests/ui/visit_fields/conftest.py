"""A logbook with a patient and a recorded visit, for the tests of the photo strip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dermlog.domain.patient import Patient
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from tests.makers import make_logbook, make_patient, make_visit


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """An open logbook with a doctor writing."""
    made = make_logbook(tmp_path)
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient."""
    made = make_patient()
    logbook.patients.save(made)
    return made


@pytest.fixture
def visit(logbook: Logbook, patient: Patient) -> Visit:
    """A recorded visit."""
    made = make_visit(patient)
    logbook.visits.save(made)
    return made
