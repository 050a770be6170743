"""What the tests of the patients' screens share: an empty logbook and a form that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from dermlog.ui.patients.patient_form import PatientForm
from tests.makers import StillClock, make_logbook

OpenForm = Callable[..., PatientForm]


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A logbook without patients."""
    made = make_logbook(tmp_path, clock=StillClock())
    yield made
    made.close()


@pytest.fixture
def open_form(logbook: Logbook, qtbot: QtBot) -> OpenForm:
    """Show a form without waiting for it to be closed."""

    def shown(patient: Patient | None = None, typed: str = "") -> PatientForm:
        form = PatientForm(logbook, None, patient=patient, typed=typed)
        qtbot.addWidget(form, before_close_func=lambda made: made.done(0))
        form.setModal(False)
        with qtbot.waitExposed(form):
            form.show()
        form.activateWindow()
        qtbot.waitUntil(form.isActiveWindow)
        return form

    return shown
