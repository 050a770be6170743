"""Locking (F32): covered at once, the draft kept, the key gone, and back to the same place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from dermlog.domain.access import AccessKind
from dermlog.domain.clinic_rule import ClinicRules
from dermlog.errors import DermlogError, NotUnlocked
from dermlog.logbook import Logbook
from dermlog.ui.clinic.staff_form import StaffForm
from dermlog.ui.kit import dialog as dialogs
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.lock import keeper as keepers
from dermlog.ui.lock.keeper import LockKeeper
from dermlog.ui.main_window import MainWindow
from dermlog.ui.sign_in.new_owner_dialog import NewOwnerDialog
from tests.makers import DOCTOR, NURSE, make_patient, make_session, make_visit
from tests.ui.locked_logbook import CODE, PASSWORDS

SLOW = 20_000
Answer = Callable[[object, str], None]


@pytest.fixture
def typed(window: MainWindow, logbook: Logbook, qtbot: QtBot) -> StaffForm:
    """A dialog over the window in which somebody typed."""
    form = StaffForm(logbook, window)
    qtbot.addWidget(form, before_close_func=lambda made: made.done(0))
    form.show()
    QTest.keyClicks(form.person_name.edit, "Dr Nakamura")
    return form


def colours(picture: QImage) -> set[str]:
    """Every colour of a picture, looked at in every fifth place."""
    return {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 5)
        for y in range(60, picture.height(), 5)
    }


def test_the_key_is_gone_and_the_cover_shows_nothing(
    keeper: LockKeeper, window: MainWindow, logbook: Logbook
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    window.show_patient(patient.id)
    assert "Lindqvist" in window.windowTitle()
    keeper.lock()
    assert logbook.is_locked
    with pytest.raises(NotUnlocked):
        logbook.patients.get(patient.id)
    assert window.windowTitle() == "dermlog"
    assert len(colours(window.grab().toImage())) == 1
    middle = window.centralWidget()
    assert middle is not None
    assert not middle.isVisible()


def test_the_same_person_comes_back_to_the_same_place(
    keeper: LockKeeper, window: MainWindow, logbook: Logbook, sign_in: Answer
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    window.show_patient(patient.id)
    before, title = window.screen_shown(), window.windowTitle()
    keeper.lock()
    sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
    assert not logbook.is_locked
    assert not keeper.is_locked
    assert window.screen_shown() is before
    assert window.windowTitle() == title
    assert logbook.me.id == DOCTOR.id
    kinds = [line.kind for line in logbook.accesses.page()]
    assert kinds[:2] == [AccessKind.UNLOCKED, AccessKind.LOCKED]


def test_a_draft_is_in_the_file_before_the_key_goes(
    keeper: LockKeeper, window: MainWindow, logbook: Logbook, sign_in: Answer
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    window.show_follow_up(patient.id)
    screen = window.screen_shown()
    assert screen is not None
    screen.form.note.edit.setPlainText("half a sentence")  # type: ignore[attr-defined]
    keeper.lock()
    sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
    (draft,) = logbook.today_board().drafts
    assert "half a sentence" in draft.draft.content
    assert screen.form.note.text() == "half a sentence"  # type: ignore[attr-defined]


def test_another_person_finds_today(
    keeper: LockKeeper, window: MainWindow, logbook: Logbook, sign_in: Answer, qtbot: QtBot
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    window.show_patient(patient.id)
    keeper.lock()
    sign_in(NURSE.id, PASSWORDS[NURSE.id])
    assert logbook.me.id == NURSE.id
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Today"))
    assert window.rail().person.name() == NURSE.name


def test_a_dialog_is_covered_and_comes_back_with_what_was_typed(
    keeper: LockKeeper, typed: StaffForm, sign_in: Answer
) -> None:
    form = typed
    keeper.lock()
    assert len(colours(form.grab().toImage())) == 1
    assert form.windowTitle() == "dermlog"
    assert not form.person_name.isVisible()
    sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
    assert form.isVisible()
    assert form.person_name.isVisible()
    assert form.person_name.text() == "Dr Nakamura"
    assert form.windowTitle() == "Add a person"


@pytest.mark.parametrize("drop", [True, False])
def test_what_somebody_typed_is_not_dropped_without_asking(
    keeper: LockKeeper, typed: StaffForm, sign_in: Answer, monkeypatch: pytest.MonkeyPatch, *, drop: bool
) -> None:
    keeper.lock()
    monkeypatch.setattr("dermlog.ui.lock.keeper.ask", lambda *_rest, **_more: drop)
    sign_in(NURSE.id, PASSWORDS[NURSE.id])
    assert keeper.is_locked is not drop
    assert typed.isVisible() is not drop
    if not drop:
        sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
        assert typed.person_name.text() == "Dr Nakamura"


def test_esc_and_a_second_lock_change_nothing(keeper: LockKeeper, logbook: Logbook) -> None:
    keeper.lock()
    dialog = keeper.dialog
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    keeper.lock()
    assert keeper.dialog is dialog
    assert dialog.isVisible()
    assert logbook.is_locked


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_menus_close(keeper: LockKeeper, window: MainWindow) -> None:
    menu = QMenu(window)
    menu.addAction("Lindqvist, Maya")
    menu.popup(window.mapToGlobal(window.rect().center()))
    keeper.lock()
    assert not menu.isVisible()
    assert QApplication.activePopupWidget() is None


def test_the_key_and_the_rail_lock(keeper: LockKeeper, window: MainWindow, sign_in: Answer) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert keeper.is_locked
    sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
    QTest.mouseClick(window.rail().lock, Qt.MouseButton.LeftButton)
    assert keeper.is_locked


def test_the_key_locks_while_a_dialog_is_open(keeper: LockKeeper, typed: StaffForm, qtbot: QtBot) -> None:
    # To the window, as a keyboard does: the shortcut of the main window sleeps behind a dialog.
    keeper.idle.hear(typed.windowHandle())
    QTest.keyClick(typed.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: keeper.is_locked)
    assert not typed.person_name.isVisible()
    assert typed.person_name.text() == "Dr Nakamura"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_key_locks_while_a_menu_is_open(keeper: LockKeeper, window: MainWindow, qtbot: QtBot) -> None:
    menu = QMenu(window)
    menu.addAction("Lindqvist, Maya")
    menu.popup(window.mapToGlobal(window.rect().center()))
    keeper.idle.hear(window.windowHandle())
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: keeper.is_locked)
    assert not menu.isVisible()


def test_who_is_chosen_in_the_rail_must_sign_in(
    keeper: LockKeeper, window: MainWindow, logbook: Logbook
) -> None:
    window.rail().person_chosen.emit(NURSE.id)
    assert keeper.dialog is not None
    assert keeper.dialog.people.value() == NURSE.id
    assert logbook.is_locked


def test_idleness_and_the_system_lock_too(keeper: LockKeeper, sign_in: Answer) -> None:
    for signal in (keeper.idle.idle, keeper.idle.slept, keeper.system.locked):
        signal.emit()
        assert keeper.is_locked
        sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
        assert not keeper.is_locked


def test_another_time_to_lock_counts_at_once(keeper: LockKeeper, logbook: Logbook) -> None:
    logbook.clinic_rules.save(ClinicRules(3))
    assert keeper.idle.minutes == 3


def test_closing_is_refused_only_while_something_is_unsaved(
    keeper: LockKeeper, window: MainWindow, typed: StaffForm
) -> None:
    keeper.lock()
    assert typed.isVisible()
    assert keeper.dialog is not None
    keeper.dialog.close_button.click()
    assert keeper.dialog is not None
    assert "not saved yet" in keeper.dialog.notice.text()
    assert window.isVisible()


def test_closing_a_locked_window_needs_no_password(keeper: LockKeeper, window: MainWindow) -> None:
    keeper.lock()
    assert keeper.dialog is not None
    keeper.dialog.close_button.click()
    assert not window.isVisible()


def test_the_lock_waits_for_work_that_needs_the_key(
    keeper: LockKeeper, window: MainWindow, logbook: Logbook, typed: StaffForm, qtbot: QtBot
) -> None:
    form = typed
    holds = [True]
    form.holds_key = lambda: holds[0]  # type: ignore[method-assign]
    keeper.lock()
    assert keeper.is_locked
    assert not logbook.is_locked
    assert len(colours(window.grab().toImage())) == 1
    holds[0] = False
    qtbot.waitUntil(lambda: logbook.is_locked, timeout=SLOW)


def test_the_sheet_lets_in_and_everybody_is_told_once(
    keeper: LockKeeper,
    logbook: Logbook,
    sign_in: Answer,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    new = "eleven quiet otters"

    def choose(dialog: NewOwnerDialog) -> int:
        dialog.people.set_value(DOCTOR.id)
        dialog.fields.first.edit.setText(new)
        dialog.fields.again.edit.setText(new)
        dialog.set_button.click()
        assert not dialog.notice.text()
        return 1

    monkeypatch.setattr(NewOwnerDialog, "exec", choose)
    said: list[str] = []
    monkeypatch.setattr("dermlog.ui.lock.keeper.say", lambda _over, _title, line: said.append(line))
    keeper.lock()
    assert keeper.dialog is not None
    keeper.dialog.sheet_button.click()
    sheet = keeper.dialog.recovery
    assert sheet is not None
    sheet.groups.fill(CODE.text)
    sheet.open_button.click()
    qtbot.waitUntil(lambda: not keeper.is_locked, timeout=SLOW)
    assert logbook.me.id == DOCTOR.id
    assert said == []
    assert logbook.keys.sheet_checked_on == logbook.today()
    assert [line.kind for line in logbook.accesses.page()][:2] == [AccessKind.UNLOCKED, AccessKind.RECOVERED]
    for _twice in range(2):
        keeper.lock()
        sign_in(NURSE.id, PASSWORDS[NURSE.id])
    assert len(said) == 1
    assert said[0].startswith("The recovery sheet was used on 17 Apr 2026 at 10:04, and Dr Sato set a new")
    keeper.lock()
    sign_in(DOCTOR.id, new)
    assert not keeper.is_locked


def test_a_full_disk_keeps_nobody_from_locking(
    keeper: LockKeeper, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_rest: object) -> None:
        raise DermlogError("The disk is full.")

    monkeypatch.setattr(logbook.accesses, "note", fails)
    keeper.lock()
    assert logbook.is_locked


def test_dialogs_ask_nothing_when_nobody_left_anything(keeper: LockKeeper, sign_in: Answer) -> None:
    keeper.lock()
    sign_in(NURSE.id, PASSWORDS[NURSE.id])
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, dialogs.Dialog) and one.isVisible()
    ]


@pytest.mark.parametrize("place", ["amendment", "correction"])
def test_what_is_dropped_for_another_person_is_not_shown_to_them(  # noqa: PLR0917 - all of them fixtures
    place: str,
    keeper: LockKeeper,
    window: MainWindow,
    logbook: Logbook,
    sign_in: Answer,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    visit = make_visit(patient, recorded_by=DOCTOR.id)
    if place == "amendment":
        session = make_session(visit, logbook.products.all()[0], injector_id=DOCTOR.id)
        logbook.sessions.sign(visit, session)
        window.show_amendment(patient.id, session.id)
    else:
        logbook.visits.save(visit)
        window.show_follow_up(patient.id, visit.id)
    screen = cast("Any", window.screen_shown())
    if place == "amendment":
        screen.reason.edit.setPlainText("typing error")
    else:
        screen._begin_correction()
        screen.form.note.edit.setPlainText("half a sentence")
    monkeypatch.setattr(keepers, "ask", lambda *_words: True)
    keeper.lock()
    sign_in(NURSE.id, PASSWORDS[NURSE.id])
    qtbot.waitUntil(lambda: not keeper.is_locked)
    assert window.windowTitle().startswith("Today")
    assert window.screen_shown() is not screen
    window.go_back()
    assert window.windowTitle().startswith("Today")
    assert not logbook.today_board().drafts


class Working(Dialog):
    """A dialog whose work needs the key until it is told that it ended."""

    working = True

    def holds_key(self) -> bool:
        """Until the work ended."""
        return self.working


def test_what_work_brings_up_while_the_lock_waits_for_it_comes_up_covered(
    keeper: LockKeeper, window: MainWindow, logbook: Logbook, sign_in: Answer, qtbot: QtBot
) -> None:
    working = Working(window, "Changing the key")
    button = working.add_accept("Go on")
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    working.show()
    keeper.lock()
    assert not logbook.is_locked
    QTest.keyClick(working, Qt.Key.Key_Return)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not pressed
    sheet = Dialog(window, "Recovery sheet", line="K1X0-SS4T")
    qtbot.addWidget(sheet, before_close_func=lambda made: made.done(0))
    sheet.show()
    assert sheet.windowTitle() == "dermlog"
    working.working = False
    working.done(0)
    working.deleteLater()
    qtbot.waitUntil(lambda: logbook.is_locked)
    assert not sheet.line.isVisible()
    assert len(colours(sheet.grab().toImage())) == 1
    sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
    assert sheet.line.isVisible()
    assert sheet.windowTitle() == "Recovery sheet"


def test_a_dialog_that_ends_under_its_cover_keeps_nobody_out(
    keeper: LockKeeper, window: MainWindow, sign_in: Answer, qtbot: QtBot
) -> None:
    ending = Dialog(window, "Saving a copy")
    ending.show()
    keeper.lock()
    asking = keeper.dialog
    ending.done(0)
    ending.deleteLater()
    qtbot.waitUntil(lambda: keeper.dialog is not asking)
    sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
    assert not keeper.is_locked
