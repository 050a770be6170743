"""Dialogs: Esc never loses what was typed, the accept button is one key away, crashes are told calmly."""

import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dermlog.ui.kit import crash
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.crash_dialog import CrashDialog
from dermlog.ui.kit.dialog import Dialog, ask
from dermlog.ui.kit.key_help import KeyGroup, KeyHelp
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.text_field import TextField


class _Form(Dialog):
    def __init__(self) -> None:
        super().__init__(None, "New patient")
        self.name = TextField("Name")
        self.body.addWidget(self.name)
        self.add_cancel()
        self.saves = 0
        self.add_accept("Save").clicked.connect(self._on_save)

    def _on_save(self) -> None:
        self.saves += 1

    def holds_unsaved(self) -> bool:
        return bool(self.name.text())


def _button(dialog: Dialog, words: str) -> Button:
    return next(button for button in dialog.findChildren(Button) if button.label() == words)


def test_esc_leaves_an_untouched_form(qtbot: QtBot) -> None:
    form = _Form()
    qtbot.addWidget(form)
    form.show()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_esc_keeps_a_form_that_holds_something(qtbot: QtBot) -> None:
    form = _Form()
    qtbot.addWidget(form)
    form.show()
    QTest.keyClicks(form.name.edit, "Lindqvist")
    for _time in range(3):
        QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert form.name.text() == "Lindqvist"
    assert "not saved" in form.notice.text()
    QTest.mouseClick(_button(form, "Keep editing"), Qt.MouseButton.LeftButton)
    assert form.isVisible()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    QTest.mouseClick(_button(form, "Leave without saving"), Qt.MouseButton.LeftButton)
    assert not form.isVisible()


def test_keep_editing_leads_back_to_the_cursor(qtbot: QtBot) -> None:
    form = _Form()
    qtbot.addWidget(form)
    form.show()
    form.name.edit.setFocus()
    QTest.keyClicks(form.name.edit, "Lindqvist")
    for _time in range(2):
        QTest.keyClick(form, Qt.Key.Key_Escape)
    QTest.keyClick(_button(form, "Keep editing"), Qt.Key.Key_Return)
    assert form.notice.text() == ""
    assert form.saves == 0
    assert form.focusWidget() is form.name.edit


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_the_button_that_has_the_focus(qtbot: QtBot, key: Qt.Key) -> None:
    form = _Form()
    qtbot.addWidget(form)
    form.show()
    QTest.keyClick(_button(form, "Cancel"), key)
    assert form.saves == 0
    assert not form.isVisible()


def test_a_return_key_held_down_presses_once(qtbot: QtBot) -> None:
    button = Button("Go on")
    qtbot.addWidget(button)
    presses: list[str] = []
    button.clicked.connect(lambda: presses.append("pressed"))
    for repeated in (False, True, True):
        press = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated
        )
        QApplication.sendEvent(button, press)
    assert len(presses) == 1


def test_control_return_accepts_from_anywhere(qtbot: QtBot) -> None:
    form = _Form()
    qtbot.addWidget(form)
    form.show()
    QTest.keyClick(form.name.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.saves == 1


@pytest.mark.parametrize(("words", "said"), [("Discard", True), ("Cancel", False)])
def test_a_question_has_two_ways_out(qtbot: QtBot, words: str, said: bool) -> None:
    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Dialog)
        _button(dialog, words).click()

    QTimer.singleShot(0, press)
    assert ask(None, "Discard the draft?", "It cannot be brought back.", "Discard") is said


def test_buttons_of_a_dialog_are_named(qtbot: QtBot) -> None:
    sheet = KeyHelp(None, [KeyGroup("Everywhere", ((("Ctrl K",), "Find a patient"),))])
    qtbot.addWidget(sheet)
    assert all(button.accessibleName() for button in sheet.findChildren(QPushButton))


def test_a_crash_logs_places_but_no_names(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(crash, "show", lambda place, _file=None: shown.append(place))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", sys.excepthook)
    crash.install(Path("dermlog.log"))
    with caplog.at_level(logging.ERROR):
        try:
            raise KeyError("Lindqvist, Maya")
        except KeyError:
            sys.excepthook(*sys.exc_info())
    assert "KeyError" in caplog.text
    assert "test_dialog.py" in caplog.text
    assert "Lindqvist" not in caplog.text
    qtbot.waitUntil(lambda: bool(shown))
    assert "Lindqvist" not in shown[0]


def test_the_crash_dialog_says_that_drafts_are_kept(qtbot: QtBot) -> None:
    dialog = CrashDialog(None, "today_screen.py, line 40", Path("dermlog.log"))
    qtbot.addWidget(dialog)
    assert "drafts are kept" in dialog.line.text()
    assert dialog.windowTitle() == "Something went wrong inside dermlog"
    dialog.accept()
    assert dialog.result() == int(QDialog.DialogCode.Accepted)


def test_a_dialog_is_as_high_as_its_wrapped_lines(qtbot: QtBot) -> None:
    dialog = Dialog(None, "Title", width=400)
    qtbot.addWidget(dialog)
    words = Label("A sentence of several words that takes two lines. " * 2, wrap=True)
    dialog.body.addWidget(words)
    dialog.add_cancel()
    dialog.show()
    assert words.height() <= words.heightForWidth(words.width()) + 2
    high = dialog.height()
    other = Label("Another part that goes away again. " * 6, wrap=True)
    dialog.body.addWidget(other)
    qtbot.waitUntil(lambda: dialog.height() > high)
    other.hide()
    dialog.fit()
    assert dialog.height() == high


def test_a_dialog_leaves_room_for_its_title_on_the_screen(qtbot: QtBot) -> None:
    dialog = Dialog(None, "Title", width=400)
    qtbot.addWidget(dialog)
    dialog.body.addWidget(ScrollArea(_tall()))
    dialog.show()
    assert dialog.height() < dialog.screen().availableGeometry().height()


def _tall() -> QWidget:
    tall = QWidget()
    tall.setMinimumHeight(5000)
    return tall
