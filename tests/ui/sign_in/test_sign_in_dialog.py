"""Signing in (F12, F13): the right password opens, a wrong one waits longer each time, the sheet helps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from dermlog.logbook import Patience
from dermlog.ui.sign_in.lock_door import LockDoor, door_of
from dermlog.ui.sign_in.recovery_dialog import RecoveryDialog
from dermlog.ui.sign_in.sign_in_dialog import SignInDialog
from tests.makers import DOCTOR, NURSE
from tests.ui.locked_logbook import CODE, PASSWORDS

SLOW = 20_000


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of patience."""
    return Clock()


@pytest.fixture
def shown(qtbot: QtBot, clock: Clock) -> Callable[[LockDoor], SignInDialog]:
    """Show a sign-in without waiting for it to be closed."""

    def show(door: LockDoor) -> SignInDialog:
        dialog = SignInDialog(door, patience=Patience(clock))
        qtbot.addWidget(dialog, before_close_func=lambda made: made.done(0))
        dialog.setModal(False)
        with qtbot.waitExposed(dialog):
            dialog.show()
        return dialog

    return show


def answer(dialog: SignInDialog, password: str, qtbot: QtBot) -> None:
    """Type a password, press Enter, and wait for what comes of it."""
    dialog.password.edit.clear()
    QTest.keyClicks(dialog.password.edit, password)
    dialog.open_button.click()
    qtbot.waitUntil(lambda: dialog.unlocked is not None or not dialog._busy, timeout=SLOW)


def test_name_and_password_open(
    shown: Callable[[LockDoor], SignInDialog], door: LockDoor, qtbot: QtBot
) -> None:
    dialog = shown(door)
    assert dialog.line.text() == "Clinic.dermlog"
    assert dialog.password.edit.echoMode() is QLineEdit.EchoMode.Password
    dialog.people.set_value(NURSE.id)
    answer(dialog, PASSWORDS[NURSE.id], qtbot)
    assert dialog.unlocked is not None
    assert dialog.unlocked.staff_id == NURSE.id
    assert not dialog.isVisible()
    assert dialog.password.text() == ""


def test_enter_signs_in(shown: Callable[[LockDoor], SignInDialog], door: LockDoor, qtbot: QtBot) -> None:
    dialog = shown(door)
    dialog.people.set_value(DOCTOR.id)
    QTest.keyClicks(dialog.password.edit, PASSWORDS[DOCTOR.id])
    QTest.keyClick(dialog.password.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.unlocked is not None, timeout=SLOW)


def test_a_wrong_password_waits_longer_each_time_and_never_for_good(
    shown: Callable[[LockDoor], SignInDialog], door: LockDoor, clock: Clock, qtbot: QtBot
) -> None:
    dialog = shown(door)
    dialog.people.set_value(DOCTOR.id)
    for seconds in (1, 2, 4, 8, 16, 32, 60, 60):
        answer(dialog, "not the right one", qtbot)
        assert (dialog.password.error() or "").startswith("That password doesn't match.")
        assert dialog.wait_line.text() == f"Try again in {seconds} second{'s' * (seconds > 1)}."
        assert not dialog.open_button.isEnabled()
        assert dialog.password.text() == "not the right one"
        clock.now += seconds
        dialog._on_waited()
        assert dialog.open_button.isEnabled()
        assert not dialog.wait_line.isVisible()
    assert dialog.failures == 8
    answer(dialog, PASSWORDS[DOCTOR.id], qtbot)
    assert dialog.unlocked is not None


def test_a_missing_name_or_password_is_asked_for(
    shown: Callable[[LockDoor], SignInDialog], door: LockDoor
) -> None:
    dialog = shown(door)
    dialog.open_button.click()
    assert dialog.notice.text() == "Choose your name first."
    dialog.people.set_value(DOCTOR.id)
    dialog.open_button.click()
    assert dialog.password.error() == "The password is missing. Please type it."
    assert dialog.unlocked is None


def test_a_click_on_the_name_that_is_chosen_keeps_it(
    shown: Callable[[LockDoor], SignInDialog], door: LockDoor
) -> None:
    dialog = shown(door)
    dialog.open_button.click()
    assert dialog.focusWidget() in dialog.people.chips()
    doctor = next(chip for chip in dialog.people.chips() if chip.option.value == DOCTOR.id)
    for _time in range(2):
        QTest.mouseClick(doctor, Qt.MouseButton.LeftButton)
        assert dialog.people.value() == DOCTOR.id
        assert dialog.focusWidget() is dialog.password.edit


def test_what_is_typed_can_be_shown(shown: Callable[[LockDoor], SignInDialog], door: LockDoor) -> None:
    dialog = shown(door)
    QTest.keyClicks(dialog.password.edit, "abc")
    dialog.password.show_button.click()
    assert dialog.password.edit.echoMode() is QLineEdit.EchoMode.Normal
    dialog.password.show_button.click()
    assert dialog.password.edit.echoMode() is QLineEdit.EchoMode.Password
    dialog.reject()
    assert dialog.password.text() == ""


def test_without_slots_the_sheet_alone_is_offered(
    shown: Callable[[LockDoor], SignInDialog], path: Path
) -> None:
    for slots in path.parent.glob("*-keys*"):
        slots.unlink()
    dialog = shown(door_of(path))
    assert "The recovery sheet opens it." in dialog.notice.text()
    assert not dialog.password.isVisible()
    assert dialog.sheet_button.isVisible()


# -- the recovery sheet ------------------------------------------------------------------------------------


@pytest.fixture
def recovery(
    shown: Callable[[LockDoor], SignInDialog], door: LockDoor
) -> tuple[SignInDialog, RecoveryDialog]:
    """The sheet's dialog over the sign-in."""
    dialog = shown(door)
    dialog.sheet_button.click()
    assert dialog.recovery is not None
    return dialog, dialog.recovery


def test_the_sheet_opens_typed_in_small_letters(
    recovery: tuple[SignInDialog, RecoveryDialog], qtbot: QtBot
) -> None:
    dialog, sheet = recovery
    for box, group in zip(sheet.groups.boxes, CODE.groups, strict=True):
        QTest.keyClicks(box, group.lower())
    assert sheet.open_button.isEnabled()
    sheet.open_button.click()
    qtbot.waitUntil(lambda: dialog.unlocked is not None, timeout=SLOW)
    assert dialog.unlocked is not None
    assert dialog.unlocked.staff_id is None
    assert dialog.unlocked.code == CODE


def test_nothing_of_the_code_stays_in_the_boxes(recovery: tuple[SignInDialog, RecoveryDialog]) -> None:
    _dialog, sheet = recovery
    sheet.groups.fill(CODE.text)
    sheet.groups.clear()
    assert sheet.groups.text() == "------"


def test_typing_goes_on_to_the_next_group_by_itself(
    recovery: tuple[SignInDialog, RecoveryDialog], qtbot: QtBot
) -> None:
    _dialog, sheet = recovery
    qtbot.waitUntil(sheet.isActiveWindow, timeout=SLOW)
    sheet.groups.boxes[0].setFocus()
    for letter in CODE.text:
        box = next((one for one in sheet.groups.boxes if one.hasFocus()), None)
        assert box is not None
        QTest.keyClicks(box, letter)
    assert sheet.groups.groups() == CODE.groups


def test_the_whole_code_may_be_pasted(recovery: tuple[SignInDialog, RecoveryDialog]) -> None:
    _dialog, sheet = recovery
    QGuiApplication.clipboard().setText(f"  {CODE.text.lower()}\n")
    QTest.keyClick(sheet.groups.boxes[3], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert sheet.groups.groups() == CODE.groups
    assert sheet.open_button.isEnabled()


def test_one_wrong_letter_names_its_group(recovery: tuple[SignInDialog, RecoveryDialog]) -> None:
    _dialog, sheet = recovery
    wrong = list(CODE.groups)
    wrong[4] = wrong[4][:3] + ("7" if wrong[4][3] != "7" else "8")
    sheet.groups.fill("".join(wrong))
    assert sheet.groups.error() == "Group 5 is not right. Please read it again from the sheet."
    assert not sheet.open_button.isEnabled()
    assert sheet.groups.groups() == tuple(wrong)


def test_a_sign_that_no_sheet_has_is_said_at_once(recovery: tuple[SignInDialog, RecoveryDialog]) -> None:
    _dialog, sheet = recovery
    QTest.keyClicks(sheet.groups.boxes[2], "AB?C")
    assert sheet.groups.error().startswith("Group 3 has a sign that no recovery sheet uses.")


def test_the_sheet_of_another_logbook_is_told_apart(
    recovery: tuple[SignInDialog, RecoveryDialog], qtbot: QtBot
) -> None:
    dialog, sheet = recovery
    sheet.groups.fill(type(CODE)(bytes(16)).text)
    sheet.open_button.click()
    qtbot.waitUntil(lambda: bool(sheet.notice.text()), timeout=SLOW)
    assert "damage" not in sheet.notice.text()
    assert dialog.unlocked is None
    assert sheet.isVisible()


def test_asking_anew_makes_no_next_try_come_sooner(door: LockDoor, path: Path, qtbot: QtBot) -> None:
    first = SignInDialog(door)
    qtbot.addWidget(first, before_close_func=lambda made: made.done(0))
    first.people.set_value(DOCTOR.id)
    answer(first, "not the right one", qtbot)
    first.done(0)
    second = SignInDialog(door_of(path))
    qtbot.addWidget(second, before_close_func=lambda made: made.done(0))
    assert not second.open_button.isEnabled()
    assert second.wait_line.text() == "Try again in 1 second."
