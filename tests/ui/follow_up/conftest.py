"""What the tests of the follow-up share: a logbook with a treated patient, and the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from dermlog.ui.follow_up.follow_up_screen import FollowUpScreen
from dermlog.ui.kit import background
from tests.makers import NOW, StillClock, iga, make_logbook, make_patient, make_session, make_visit, oiliness

TREATED_ON = date(2026, 3, 20)


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock: four weeks after the treatment."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """An open logbook with a doctor writing."""
    made = make_logbook(tmp_path, clock=clock)
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def patient(logbook: Logbook, clock: StillClock) -> Patient:
    """A patient treated on 20 March."""
    made = make_patient(chart_number="DL-0142")
    logbook.patients.save(made)
    clock.move(-timedelta(days=28))
    visit = make_visit(made, TREATED_ON, scores=(oiliness(4), iga(3)))
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    clock.now = NOW
    return made


@pytest.fixture
def screen(logbook: Logbook, patient: Patient, qtbot: QtBot) -> FollowUpScreen:
    """A new follow-up of the patient, shown."""
    made = FollowUpScreen(logbook)
    qtbot.addWidget(made)
    made.resize(1250, 860)
    with qtbot.waitExposed(made):
        made.show()
    made.show_follow_up(patient.id)
    made.on_shown()
    return made
