"""Restricting and erasing by hand: what is asked, what is refused, and where one is afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from dermlog.domain.access import AccessKind
from dermlog.domain.clinic_rule import ClinicRules
from dermlog.domain.patient import Patient
from dermlog.domain.staff import Role, Staff
from dermlog.logbook import Logbook
from dermlog.ui.erasing.erase_dialog import NO_DUTY, EraseDialog
from dermlog.ui.erasing.plan_words import goes, keeping, stays
from dermlog.ui.erasing.privacy_dialog import PrivacyDialog
from dermlog.ui.kit import background
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.more_menu import more_menu
from dermlog.ui.patient.patient_screen import PatientScreen
from tests.makers import DOCTOR, make_logbook, make_patient, make_session, make_visit
from tests.ui.locked_logbook import PASSWORDS, make_cheap, make_locked

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A logbook with one patient who was treated."""
    made = make_logbook(tmp_path)
    patient = make_patient(chart_number="DL-7")
    made.patients.save(patient)
    visit = make_visit(patient)
    made.sessions.sign(visit, make_session(visit, made.products.all()[0]))
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """That patient."""
    found = logbook.patients.by_chart_number("DL-7")
    assert found is not None
    return found


@pytest.fixture
def window(logbook: Logbook, patient: Patient, qtbot: QtBot) -> MainWindow:
    """The application on the page of that patient."""
    made = MainWindow(logbook)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    with qtbot.waitExposed(made):
        made.show()
    made.show_patient(patient.id)
    return made


def shown(dialog: QDialog, qtbot: QtBot) -> None:
    """Show a dialog without waiting for it to be closed."""
    dialog.setModal(False)
    qtbot.addWidget(dialog, before_close_func=lambda made: made.done(0))
    with qtbot.waitExposed(dialog):
        dialog.show()


def test_the_page_offers_it_to_owners(window: MainWindow, logbook: Logbook, patient: Patient) -> None:
    screen = window.screen_shown()
    assert isinstance(screen, PatientScreen)
    assert screen.more_button.isEnabled()
    asked: list[object] = []
    screen.erasing_requested.disconnect()
    screen.erasing_requested.connect(asked.append)
    menu = more_menu(screen, [("Restrict or erase…", True, lambda: asked.append(patient.id))])
    menu.actions()[0].trigger()
    assert asked == [patient.id]


def test_a_reason_is_asked_and_everything_follows(
    window: MainWindow, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    dialog = PrivacyDialog(logbook, patient.id, window)
    shown(dialog, qtbot)
    QTest.mouseClick(dialog.restrict_button, LEFT)
    assert "reason is missing" in (dialog.reason.error() or "")
    assert logbook.erasing.restricted() == ()
    dialog.reason.set_text("Asked by letter")
    QTest.mouseClick(dialog.restrict_button, LEFT)
    assert logbook.erasing.restriction(patient.id) is not None
    assert dialog.lift_button.isVisible()
    assert not dialog.reason.isVisible()
    QTest.mouseClick(dialog.lift_button, LEFT)
    assert logbook.erasing.restriction(patient.id) is None


def test_a_typed_reason_is_not_lost_by_esc(logbook: Logbook, patient: Patient, qtbot: QtBot) -> None:
    dialog = PrivacyDialog(logbook, patient.id)
    shown(dialog, qtbot)
    dialog.reason.set_text("Asked by")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.notice.text()


def test_others_are_told_who_may(logbook: Logbook, patient: Patient, qtbot: QtBot) -> None:
    clinician = Staff("Dr Lind", Role.CLINICIAN)
    logbook.staff.save(clinician)
    logbook.act_as(clinician.id)
    dialog = PrivacyDialog(logbook, patient.id)
    shown(dialog, qtbot)
    assert not dialog.erase_button.isEnabled()
    assert not dialog.restrict_button.isEnabled()


def test_while_the_period_runs_only_restricting_is_offered(
    logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    logbook.clinic_rules.save(replace(ClinicRules(), retention_years=8))
    dialog = PrivacyDialog(logbook, patient.id)
    shown(dialog, qtbot)
    assert not dialog.erase_button.isEnabled()
    assert dialog.restrict_button.isEnabled()
    assert keeping(logbook.erasing.plan(patient.id)).startswith("Must be kept until Apr 2034")


def test_erasing_asks_twice_and_leaves_the_page(
    window: MainWindow, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    dialog = EraseDialog(logbook, patient.id, "Lindqvist, Maya", window)
    shown(dialog, qtbot)
    assert not dialog.chart_number.isVisible()
    QTest.mouseClick(dialog.next_button, LEFT)
    assert dialog.chart_number.isVisible()
    assert not dialog.password.isVisible()
    dialog.chart_number.set_text("DL-8")
    QTest.mouseClick(dialog.next_button, LEFT)
    assert dialog.chart_number.error()
    dialog.chart_number.set_text("DL-7")
    QTest.mouseClick(dialog.next_button, LEFT)
    assert "no duty" in dialog.notice.text()
    assert logbook.patients.count() == 1
    dialog.no_duty.set_values([NO_DUTY])
    QTest.mouseClick(dialog.next_button, LEFT)
    qtbot.waitUntil(lambda: dialog.erased is not None, timeout=20_000)
    assert logbook.patients.count() == 0
    assert logbook.backups.sets()
    qtbot.waitUntil(lambda: window.screen_shown() is not None)
    front = window.screen_shown()
    assert front is not None
    qtbot.waitUntil(lambda: "Lindqvist" not in window.windowTitle())


def test_a_wrong_password_erases_nobody_and_waits_for_the_next(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_cheap(monkeypatch)
    with make_locked(tmp_path) as logbook:
        patient = make_patient(chart_number="DL-7")
        logbook.patients.save(patient)
        dialog = EraseDialog(logbook, patient.id, "Lindqvist, Maya")
        shown(dialog, qtbot)
        QTest.mouseClick(dialog.next_button, LEFT)
        dialog.chart_number.set_text("DL-7")
        dialog.no_duty.set_values([NO_DUTY])
        dialog.password.edit.setText("not the right one")
        QTest.mouseClick(dialog.next_button, LEFT)
        qtbot.waitUntil(lambda: bool(dialog.password.error()), timeout=20_000)
        assert (dialog.password.error() or "").startswith("That password doesn't match.")
        dialog.password.edit.setText(PASSWORDS[DOCTOR.id])
        QTest.mouseClick(dialog.next_button, LEFT)
        assert dialog.notice.text() == "Try again in 1 second."
        assert logbook.patients.count() == 1
        assert logbook.accesses.page(limit=1)[0].kind is AccessKind.UNLOCK_FAILED
        qtbot.waitUntil(lambda: not logbook.keys.patience.remaining, timeout=20_000)
        QTest.mouseClick(dialog.next_button, LEFT)
        qtbot.waitUntil(lambda: dialog.erased is not None, timeout=20_000)
        assert logbook.patients.count() == 0
        background.shutdown()


def test_leaving_before_the_end_erases_nobody(logbook: Logbook, patient: Patient, qtbot: QtBot) -> None:
    dialog = EraseDialog(logbook, patient.id, "Lindqvist, Maya")
    shown(dialog, qtbot)
    QTest.mouseClick(dialog.next_button, LEFT)
    dialog.chart_number.set_text("DL-7")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert logbook.patients.count() == 1


def test_what_goes_and_what_stays_is_said(logbook: Logbook, patient: Patient) -> None:
    plan = logbook.erasing.plan(patient.id)
    gone = " ".join(goes(plan))
    assert "1 recorded visit" in gone
    assert "history" in gone
    assert any("restore" in line for line in stays(plan))
    assert len(stays(replace(plan, shared_photos=1))) == len(stays(plan)) + 1
