"""The first patient of a new clinic, with the keyboard alone: add, find in many ways, meet a double, edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.kit.button import Button
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.patient_screen import PatientScreen
from dermlog.ui.patients.patient_form import PatientForm
from dermlog.ui.patients.patients_screen import PatientsScreen
from dermlog.ui.today.today_screen import TodayScreen
from tests.makers import StillClock, make_logbook, make_patient

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A logbook without patients."""
    made = make_logbook(tmp_path, clock=StillClock())
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def window(logbook: Logbook, qtbot: QtBot) -> MainWindow:
    """The application on that logbook."""
    made = MainWindow(logbook)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, wherever the cursor is."""
    QTest.keyClick(focused(), key, modifier)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def write(text: str) -> None:
    """Letters where the cursor is; those that no key has are pasted."""
    if text.isascii():
        QTest.keyClicks(focused(), text)
    else:
        QApplication.clipboard().setText(text)
        press(Qt.Key.Key_V, CONTROL)


def in_the_form(act: Callable[[PatientForm], None]) -> None:
    """Do this once the form is open; whatever goes wrong, it is closed in the end."""

    def begin() -> None:
        form = QApplication.activeModalWidget()
        assert isinstance(form, PatientForm)
        try:
            form.activateWindow()
            QApplication.processEvents()
            act(form)
        finally:
            form.done(form.result())

    QTimer.singleShot(50, begin)


def fill(number: str, family: str, given: str, born: str) -> None:
    """The first fields, one Tab after another, from the chart number on."""
    for place, text in enumerate((number, family, given, born)):
        if place:
            press(Qt.Key.Key_Tab)
        box = focused()
        assert isinstance(box, QLineEdit)
        box.selectAll()
        write(text)


def add_first(window: MainWindow, qtbot: QtBot) -> None:
    def typed(form: PatientForm) -> None:
        assert form.chart_number.edit.hasFocus()
        fill("DL-0001", "Nguyễn", "Thị Lan", "17.6.1994")
        press(Qt.Key.Key_S, CONTROL)

    in_the_form(typed)
    press(Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: isinstance(window.screen_shown(), PatientScreen))
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def saved(logbook: Logbook, number: str) -> Patient:
    patient = logbook.patients.by_chart_number(number)
    assert patient is not None
    return patient


def test_the_first_patient_is_added_and_shown(window: MainWindow, logbook: Logbook, qtbot: QtBot) -> None:
    assert isinstance(window.screen_shown(), TodayScreen)
    add_first(window, qtbot)
    patient = saved(logbook, "DL-0001")
    assert (patient.family_name, patient.given_name) == ("Nguyễn", "Thị Lan")
    assert patient.birth_date == date(1994, 6, 17)
    assert patient.allergies is None
    assert "Nguyễn" in window.windowTitle()


@pytest.mark.parametrize(
    "typed",
    ["nguyen", "guy", "LAN thi", "17.6.1994", "1994-06-17", "17/06/1994", "19940617", "dl-0001", "0001"],
)
def test_every_part_finds_the_patient(window: MainWindow, logbook: Logbook, qtbot: QtBot, typed: str) -> None:
    logbook.patients.save(
        make_patient(
            chart_number="DL-0001", family_name="Nguyễn", given_name="Thị Lan", birth_date=date(1994, 6, 17)
        )
    )
    logbook.patients.save(make_patient(chart_number="DL-0002", birth_date=date(1997, 2, 4)))
    press(Qt.Key.Key_K, CONTROL)
    write(typed)
    press(Qt.Key.Key_Return)
    assert isinstance(window.screen_shown(), PatientScreen)
    assert "Nguyễn" in window.windowTitle()


def test_typing_on_today_leads_to_the_list(window: MainWindow, logbook: Logbook, qtbot: QtBot) -> None:
    logbook.patients.save(make_patient(family_name="Lindqvist"))
    screen = window.screen_shown()
    assert isinstance(screen, TodayScreen)
    screen._find.edit.setFocus()
    write("lin")
    qtbot.waitUntil(lambda: isinstance(window.screen_shown(), PatientsScreen))
    write("d")
    found = window.screen_shown()
    assert isinstance(found, PatientsScreen)
    assert found.search_box.text() == "lind"
    assert [row.family_name for row in found.table.rows()] == ["Lindqvist"]


def test_the_same_person_again_is_met_before_saving(
    window: MainWindow, logbook: Logbook, qtbot: QtBot
) -> None:
    add_first(window, qtbot)
    press(Qt.Key.Key_K, CONTROL)

    def typed(form: PatientForm) -> None:
        assert form.chart_number.text() == "DL-0002"
        assert form.family_name.edit.hasFocus()
        press(Qt.Key.Key_Backtab)
        fill("DL-0001", "nguyen", "thi lan", "1994-06-17")
        press(Qt.Key.Key_S, CONTROL)
        assert "A patient like this exists" in form.notice.text()
        qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), Button))
        press(Qt.Key.Key_Space)
        # Saving anyway meets the chart number, and names its owner.
        assert "belongs to Nguyễn, Thị Lan" in form.notice.text()
        qtbot.waitUntil(form.chart_number.edit.hasFocus)
        form.chart_number.edit.selectAll()
        write("DL-0002")
        press(Qt.Key.Key_S, CONTROL)

    in_the_form(typed)
    press(Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: logbook.patients.count() == 2)
    assert saved(logbook, "DL-0002").family_name == "nguyen"


def test_esc_with_changes_asks_and_stays(window: MainWindow, logbook: Logbook, qtbot: QtBot) -> None:
    kept: list[str] = []

    def typed(form: PatientForm) -> None:
        fill("DL-0001", "Berg", "Lea", "1990")
        press(Qt.Key.Key_Escape)
        assert form.isVisible()
        kept.append(form.family_name.text())

    in_the_form(typed)
    press(Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: bool(kept))
    assert kept == ["Berg"]
    assert logbook.patients.count() == 0


def test_a_patient_is_edited_from_the_page(window: MainWindow, logbook: Logbook, qtbot: QtBot) -> None:
    patient = make_patient(chart_number="DL-0001", family_name="Lindqvist")
    logbook.patients.save(patient)
    window.show_patient(patient.id)

    def typed(form: PatientForm) -> None:
        form.family_name.edit.setFocus()
        form.family_name.edit.selectAll()
        write("Haddad")
        press(Qt.Key.Key_S, CONTROL)

    in_the_form(typed)
    front = window.screen_shown()
    assert isinstance(front, PatientScreen)
    front.edit_requested.emit(patient.id)
    assert saved(logbook, "DL-0001").family_name == "Haddad"
    assert "Haddad" in window.windowTitle()
