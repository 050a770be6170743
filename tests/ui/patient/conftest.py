"""What the tests of the patient page share: a logbook, a patient with a course, and the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.instrument import Instrument, Rater, Score
from dermlog.domain.patient import Patient
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm, WarningSign
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from dermlog.ui.kit import background, theme
from dermlog.ui.patient.patient_screen import PatientScreen
from tests.makers import (
    TODAY,
    StillClock,
    iga,
    make_consent,
    make_logbook,
    make_patient,
    make_session,
    make_visit,
    oiliness,
    sebum,
)

START = TODAY - timedelta(weeks=8)


def lesions(inflammatory: int, others: int) -> tuple[Score, Score]:
    """Both lesion counts."""
    counts = (
        (Instrument.INFLAMMATORY_LESIONS, inflammatory),
        (Instrument.NON_INFLAMMATORY_LESIONS, others),
    )
    first, second = (Score(kind, sebum(str(count)).value, Rater.CLINICIAN) for kind, count in counts)
    return first, second


@dataclass(frozen=True)
class Treated:
    """A patient with one treatment and two follow-ups, the last of them today."""

    patient: Patient
    treatment: Visit
    week_4: Visit
    week_8: Visit


@pytest.fixture(autouse=True)
def light_look(qapp: QApplication) -> Iterator[None]:
    """The light look, and no work left behind."""
    theme.apply(qapp, theme.Mode.LIGHT)
    yield
    background.shutdown()


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """An open logbook with a doctor writing."""
    made = make_logbook(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def treated(logbook: Logbook) -> Treated:
    """The usual course: oiliness 4, 1, 2."""
    patient = make_patient(chart_number="DL-0142", allergies=(), conditions=(), drugs=())
    logbook.patients.save(patient)
    logbook.consents.save(make_consent(patient, given_on=START))
    treatment = make_visit(patient, START, scores=(oiliness(4), iga(3), sebum("258"), *lesions(10, 14)))
    botox = next(product for product in logbook.products.all() if product.brand.startswith("Botox"))
    logbook.sessions.sign(treatment, make_session(treatment, botox))
    bruise = SideEffect(SideEffectTerm.BRUISING, Severity.MILD, began=START)
    week_4 = make_visit(
        patient, START + timedelta(weeks=4), scores=(oiliness(1), iga(2)), side_effects=(bruise,)
    )
    gone = tuple(
        SideEffect(term, Severity.NONE) for term in SideEffectTerm if term is not SideEffectTerm.OTHER
    )
    week_8 = make_visit(
        patient, TODAY, scores=(oiliness(2), iga(1), sebum("148"), *lesions(4, 5)), side_effects=gone
    )
    for visit in (week_4, week_8):
        logbook.visits.save(visit)
    return Treated(patient, treatment, week_4, week_8)


def alarming_visit(patient: Patient, on: date = TODAY) -> Visit:
    """A visit with trouble swallowing."""
    return make_visit(patient, on, scores=(), warning_signs=(WarningSign.SWALLOWING,))


@pytest.fixture
def screen(logbook: Logbook, qtbot: QtBot) -> PatientScreen:
    """The page, shown, without a patient yet."""
    made = PatientScreen(logbook)
    qtbot.addWidget(made)
    made.resize(1250, 860)
    with qtbot.waitExposed(made):
        made.show()
    return made
