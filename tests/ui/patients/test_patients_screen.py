"""The list of patients: what is shown while typing, and the way into it by keys."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.logbook import Logbook
from dermlog.ui.patients.patients_screen import LIMIT, PatientsScreen
from tests.makers import make_patient


@pytest.fixture
def screen(logbook: Logbook, qtbot: QtBot) -> PatientsScreen:
    """The list, shown."""
    made = PatientsScreen(logbook)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def families(screen: PatientsScreen) -> list[str]:
    return [row.family_name for row in screen.table.rows()]


def test_an_empty_logbook_says_what_to_do(screen: PatientsScreen) -> None:
    assert screen.table._empty.startswith("No patient yet. Add the first with “New patient”")
    QTest.keyClicks(screen.search_box.edit, "x")
    assert screen.table._empty == "Nobody is found. Check the spelling, or add a new patient."


def test_a_saved_patient_appears_by_itself(screen: PatientsScreen, logbook: Logbook) -> None:
    logbook.patients.save(make_patient(family_name="Berg"))
    assert families(screen) == ["Berg"]
    QTest.keyClicks(screen.search_box.edit, "berh")
    assert families(screen) == []
    logbook.patients.save(make_patient(family_name="Berhane"))
    assert families(screen) == ["Berhane"]


def test_enter_opens_the_first_and_arrows_lead_into_the_list(
    screen: PatientsScreen, logbook: Logbook
) -> None:
    people = [make_patient(family_name=name) for name in ("Alder", "Beech", "Birch")]
    for person in people:
        logbook.patients.save(person)
    opened: list[UUID] = []
    screen.patient_requested.connect(opened.append)
    QTest.keyClicks(screen.search_box.edit, "ch")
    QTest.keyClick(screen.search_box.edit, Qt.Key.Key_Return)
    assert opened == [people[1].id]
    screen.search_box.edit.setFocus()
    QTest.keyClick(screen.search_box.edit, Qt.Key.Key_Down)
    assert screen.table.hasFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Down)
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert opened[1:] == [people[2].id]


def test_more_than_fit_are_said(screen: PatientsScreen, logbook: Logbook) -> None:
    with logbook.in_one_step():
        for number in range(LIMIT + 1):
            logbook.patients.save(make_patient(chart_number=f"N-{number}"))
    assert len(screen.table.rows()) == LIMIT
    assert screen._below.text() == "The first 50 are shown. Type more to narrow down."
    QTest.keyClicks(screen.search_box.edit, "N-50")
    assert screen._below.text() == ""


def test_what_was_typed_elsewhere_is_searched(screen: PatientsScreen, logbook: Logbook) -> None:
    for name in ("Alder", "Beech"):
        logbook.patients.save(make_patient(family_name=name))
    screen.show_query("bee")
    assert families(screen) == ["Beech"]
    QTest.keyClicks(screen.search_box.edit, "x")
    assert screen.search_box.text() == "beex"
