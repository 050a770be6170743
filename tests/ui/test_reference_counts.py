"""The installed PySide6 must not eat references: some releases abort Python 3.11 after a few thousand calls.

From Python 3.12 on, None and True live for ever and their counts stand still, so these tests hold there too.
"""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 200
ALLOWED_DRIFT = 100


class _Bell(QObject):
    rung = Signal()


def test_a_call_that_returns_nothing_keeps_the_count_of_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("x")
    assert sys.getrefcount(None) > before - ALLOWED_DRIFT


def test_an_emitted_signal_keeps_the_count_of_true(qtbot: QtBot) -> None:
    bell = _Bell()
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        bell.rung.emit()
    assert sys.getrefcount(True) > before - ALLOWED_DRIFT
