"""Who may only look finds the buttons greyed out, with one sentence why, on every screen that writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dermlog.domain.staff import Role, Staff
from dermlog.logbook import Logbook
from dermlog.ui.backup.backup_screen import BackupScreen
from dermlog.ui.clinic.clinic_screen import ClinicScreen
from dermlog.ui.kit import background, dialog
from dermlog.ui.kit.screen import Screen
from dermlog.ui.lots.lots_screen import LotsScreen
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patients.patients_screen import PatientsScreen
from dermlog.ui.today.today_screen import TodayScreen
from tests.makers import DOCTOR, NURSE, make_logbook, make_patient, make_session, make_visit

VIEWER = Staff("Vi", Role.VIEWER, id=UUID(int=9))
CLINICIAN = Staff("Dr Lind", Role.CLINICIAN, id=UUID(int=3))


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A logbook with somebody of every role and a treatment."""
    made = make_logbook(tmp_path)
    for member in (VIEWER, CLINICIAN):
        made.staff.save(member)
    patient = make_patient()
    made.patients.save(patient)
    visit = make_visit(patient)
    made.sessions.sign(visit, make_session(visit, made.products.all()[0]))
    yield made
    background.shutdown()
    made.close()


def shown(screen: Screen, qtbot: QtBot) -> Screen:
    qtbot.addWidget(screen)
    screen.show()
    return screen


def usable(screen: Screen, logbook: Logbook, widgets: dict[str, QWidget]) -> dict[str, str]:
    """For each person, which of the widgets can be used."""
    found = {}
    for member in (DOCTOR, CLINICIAN, NURSE, VIEWER):
        logbook.act_as(member.id)
        screen.on_person_changed()
        found[member.role.value] = " ".join(name for name, widget in widgets.items() if widget.isEnabled())
        for widget in widgets.values():
            assert widget.isEnabled() is (widget.toolTip() == "")
    return found


def test_patients_are_added_by_who_writes(logbook: Logbook, qtbot: QtBot) -> None:
    screen = PatientsScreen(logbook)
    shown(screen, qtbot)
    assert usable(screen, logbook, {"new": screen.new_button, "list": screen.import_button}) == {
        "owner": "new list",
        "clinician": "new list",
        "assistant": "new",
        "viewer": "",
    }
    assert "may only look" in screen.new_button.toolTip()


def test_today_offers_a_new_patient_to_who_writes(logbook: Logbook, qtbot: QtBot) -> None:
    screen = TodayScreen(logbook)
    shown(screen, qtbot)
    found = usable(screen, logbook, {"new": screen.new_button})
    assert found == {"owner": "new", "clinician": "new", "assistant": "new", "viewer": ""}


def test_the_call_list_is_taken_out_by_who_writes(logbook: Logbook, qtbot: QtBot) -> None:
    screen = LotsScreen(logbook)
    shown(screen, qtbot)
    screen.show_lot("C4821")
    found = usable(screen, logbook, {"print": screen.print_button, "csv": screen.csv_button})
    everything = "print csv"
    assert found == {"owner": everything, "clinician": everything, "assistant": everything, "viewer": ""}


def test_the_clinic_is_kept_by_owners_and_clinicians(logbook: Logbook, qtbot: QtBot) -> None:
    screen = ClinicScreen(logbook)
    shown(screen, qtbot)
    widgets: dict[str, QWidget] = {
        "letterhead": screen.letterhead,
        "staff": screen.add_staff,
        "products": screen.add_product,
        "rules": screen.safety.rules,
    }
    assert usable(screen, logbook, widgets) == {
        "owner": "letterhead staff products rules",
        "clinician": "letterhead products rules",
        "assistant": "",
        "viewer": "",
    }
    screen._on_edit_staff(NURSE)
    assert "Only an owner may do this" in screen.notice.text()


def test_copies_and_places_of_backups_are_for_clinicians(logbook: Logbook, qtbot: QtBot) -> None:
    screen = BackupScreen(logbook)
    shown(screen, qtbot)
    found = usable(screen, logbook, {"place": screen.add_button, "copy": screen.copy_button})
    assert found == {"owner": "place copy", "clinician": "place copy", "assistant": "", "viewer": ""}


def test_a_restore_over_the_open_logbook_is_refused_to_others(
    logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(dialog, "say", lambda _parent, _title, line: said.append(line))
    window = MainWindow(logbook)
    qtbot.addWidget(window)
    window.show()
    logbook.act_as(NURSE.id)
    window.restore(logbook.path)
    assert window.restore_wish is None
    assert window.isVisible()
    assert "Only an owner or a clinician" in said[0]
