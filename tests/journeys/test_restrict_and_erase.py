"""A patient asks to be forgotten: restricted today, erased when the period is over, gone after a restore."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from dermlog.domain.clinic_rule import ClinicRules
from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook, restore_backup
from dermlog.ui.erasing.erase_dialog import EraseDialog
from dermlog.ui.erasing.privacy_dialog import PrivacyDialog
from dermlog.ui.kit import background
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.patient_screen import PatientScreen
from dermlog.ui.patients.patients_screen import PatientsScreen
from tests.makers import NURSE, StillClock, make_logbook, make_patient, make_session, make_visit

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def clock() -> StillClock:
    """A clock that moves only when told to."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A clinic that keeps records for ten years, with one patient who was treated."""
    made = make_logbook(tmp_path, clock=clock)
    made.clinic_rules.save(replace(ClinicRules(), retention_years=10))
    patient = make_patient(chart_number="DL-7")
    made.patients.save(patient)
    visit = make_visit(patient)
    made.sessions.sign(visit, make_session(visit, made.products.all()[0]))
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def window(logbook: Logbook, qtbot: QtBot) -> MainWindow:
    """The application on that logbook."""
    made = MainWindow(logbook)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def patient_of(logbook: Logbook) -> Patient:
    """The one patient."""
    found = logbook.patients.by_chart_number("DL-7")
    assert found is not None
    return found


def wish_in_page(window: MainWindow, act: Callable[[PrivacyDialog], None]) -> None:
    """What “Restrict or erase…” in the menu of the page does, then do this in the dialog."""
    screen = window.screen_shown()
    assert isinstance(screen, PatientScreen)

    def in_dialog() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PrivacyDialog)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.done(0)

    QTimer.singleShot(50, in_dialog)
    screen.erasing_requested.emit(screen._patient_id)


def test_from_the_wish_to_the_restore(
    window: MainWindow, logbook: Logbook, clock: StillClock, qtbot: QtBot, tmp_path: Path
) -> None:
    patient = patient_of(logbook)
    older = logbook.backups.back_up(force=True).sets[0]
    window.show_patient(patient.id)

    def restrict(dialog: PrivacyDialog) -> None:
        assert not dialog.erase_button.isEnabled()
        assert "Must be kept until Apr 2036" in dialog._keeping.text()
        dialog.reason.set_text("Asked by letter")
        QTest.mouseClick(dialog.restrict_button, LEFT)

    wish_in_page(window, restrict)
    logbook.act_as(NURSE.id)
    window.show_patients()
    patients = window.screen_shown()
    assert isinstance(patients, PatientsScreen)
    assert patients.table.rows() == ()
    logbook.act_as(logbook.staff.all()[0].id)
    clock.now = clock.now.replace(year=2036, month=5)
    window.show_patient(patient.id)

    def in_erase_dialog() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, EraseDialog)
        QTest.mouseClick(dialog.next_button, LEFT)
        dialog.chart_number.set_text("DL-7")
        QTest.mouseClick(dialog.next_button, LEFT)
        qtbot.waitUntil(lambda: dialog.result() == int(QDialog.DialogCode.Accepted), timeout=20_000)

    def erase(dialog: PrivacyDialog) -> None:
        QTimer.singleShot(50, in_erase_dialog)
        QTest.mouseClick(dialog.erase_button, LEFT)

    wish_in_page(window, erase)
    assert isinstance(window.screen_shown(), PatientsScreen)
    assert logbook.patients.count() == 0
    assert logbook.history.verify().ok
    elsewhere = tmp_path / "Elsewhere.dermlog"
    restore_backup(older, elsewhere, key=None, now=clock.now)
    with Logbook.open(elsewhere, clock=clock) as restored:
        assert restored.patients.count() == 0
