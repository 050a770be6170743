"""What the tests of the report screen share: a logbook with a treated patient, and the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from dermlog.logbook.printed_report import PrintedReport, print_report
from dermlog.ui.kit import background
from tests.makers import StillClock, iga, make_logbook, make_patient, make_session, make_visit, oiliness
from tests.report.reports import facts_of_the_pictures


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """An open logbook with a doctor writing."""
    made = make_logbook(tmp_path, clock=clock)
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient treated today."""
    made = make_patient(chart_number="DL/0142:a")
    logbook.patients.save(made)
    visit = make_visit(made, scores=(oiliness(4), iga(3)))
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    return made


@pytest.fixture(scope="session")
def printed(qapp: QApplication) -> PrintedReport:
    """A report of three pages."""
    return print_report(facts_of_the_pictures())
