"""After the recovery sheet (F13): who may choose a new password, and that nobody is kept out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.access import AccessKind
from dermlog.domain.staff import Role
from dermlog.logbook import Logbook, note_while_shut, unlock, unlock_with_code
from dermlog.ui.sign_in.arriving import arrive, recoveries_since
from dermlog.ui.sign_in.new_owner_dialog import NewOwnerDialog
from tests.makers import DOCTOR, NOW, NURSE
from tests.ui.locked_logbook import CODE, PASSWORDS

NEW = "eleven quiet otters"


@pytest.fixture
def opened(path: Path) -> Logbook:
    """The logbook, opened with the sheet."""
    return Logbook.open(path, key=unlock_with_code(path, CODE.text).key)


def test_in_a_clinic_without_an_owner_a_clinician_takes_the_sheet(opened: Logbook, qtbot: QtBot) -> None:
    with opened as logbook:
        logbook.staff.save(replace(DOCTOR, role=Role.CLINICIAN))
        dialog = NewOwnerDialog(logbook, unlock_with_code(logbook.path, CODE.text))
        qtbot.addWidget(dialog)
        assert dialog.people.value() == DOCTOR.id
        dialog.fields.first.edit.setText(NEW)
        dialog.fields.again.edit.setText(NEW)
        dialog.set_button.click()
        assert dialog.staff_id == DOCTOR.id
        assert unlock(logbook.path, DOCTOR.id, NEW)


def test_where_there_is_an_owner_nobody_else_is_offered(opened: Logbook, qtbot: QtBot) -> None:
    with opened as logbook:
        logbook.staff.save(replace(NURSE, role=Role.CLINICIAN))
        dialog = NewOwnerDialog(logbook, unlock_with_code(logbook.path, CODE.text))
        qtbot.addWidget(dialog)
        assert [chip.option.value for chip in dialog.people._chips] == [DOCTOR.id]


def test_esc_asks_before_the_sheet_must_be_typed_again(opened: Logbook, qtbot: QtBot) -> None:
    with opened as logbook:
        dialog = NewOwnerDialog(logbook, unlock_with_code(logbook.path, CODE.text))
        qtbot.addWidget(dialog, before_close_func=lambda made: made.done(0))
        dialog.setModal(False)
        dialog.show()
        QTest.keyClicks(dialog.fields.first.edit, NEW)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        assert dialog.fields.first.text() == NEW


def test_a_sheet_that_a_command_took_is_told_too(path: Path) -> None:
    note_while_shut(path, AccessKind.RECOVERED, None, NOW)
    unlocked = unlock(path, NURSE.id, PASSWORDS[NURSE.id])
    with Logbook.open(path, key=unlocked.key) as logbook:
        told = arrive(logbook, unlocked, None)
        assert told is not None
        assert len(told) == 1
        assert told[0].startswith("The recovery sheet opened the logbook on ")
        assert "without a name" in told[0]
        assert recoveries_since(logbook, NURSE.id) == ()
