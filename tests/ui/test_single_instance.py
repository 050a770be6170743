"""T11: one window for each logbook: a second start brings the first to the front, also after a crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dermlog.logbook import Logbook
from dermlog.ui.single_instance import Bell, bring_to_front, ring
from tests.makers import make_logbook

RING = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from dermlog.ui.single_instance import ring
app = QCoreApplication([])
print("front" if ring(Path(sys.argv[1])) else "nobody", flush=True)
"""
HANG_AND_DIE = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from dermlog.logbook import Logbook
from dermlog.ui.single_instance import Bell
app = QCoreApplication([])
logbook = Logbook.open(Path(sys.argv[1]))
bell = Bell(logbook.path)
print(bell.hangs, flush=True)
os.kill(os.getpid(), 9) if os.name != "nt" else os._exit(9)
"""
SECOND_START = """
import sys
from dermlog.app import run_app
sys.exit(run_app(sys.argv[1]))
"""


@pytest.fixture
def logbook(tmp_path: Path) -> Logbook:
    """An open logbook; it is closed by the test."""
    return make_logbook(tmp_path)


def started(code: str, path: Path) -> subprocess.Popen[str]:
    """Another program."""
    return subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)


def test_a_second_start_rings_at_the_first_window(logbook: Logbook, qtbot: QtBot) -> None:
    bell = Bell(logbook.path)
    assert bell.hangs
    with qtbot.waitSignal(bell.rung, timeout=20_000):
        other = started(RING, logbook.path)
    assert other.communicate(timeout=20)[0] == "front\n"
    assert other.returncode == 0
    bell.close()
    logbook.close()


def test_a_second_start_of_the_application_ends_without_a_window(logbook: Logbook, qtbot: QtBot) -> None:
    bell = Bell(logbook.path)
    with qtbot.waitSignal(bell.rung, timeout=20_000):
        other = started(SECOND_START, logbook.path)
    assert other.communicate(timeout=20)[0] == ""
    assert other.returncode == 0
    bell.close()
    logbook.close()


def test_nobody_answers_for_a_logbook_that_no_window_has(logbook: Logbook) -> None:
    assert not ring(logbook.path)  # open, but by a program without a bell
    logbook.close()
    assert not ring(logbook.path)
    assert not ring(logbook.path.with_name("Another.dermlog"))


def test_the_bell_of_a_program_that_died_is_taken_over(logbook: Logbook, qtbot: QtBot) -> None:
    logbook.close()
    died = started(HANG_AND_DIE, logbook.path)
    assert died.communicate(timeout=20)[0] == "True\n"
    assert not ring(logbook.path)
    with Logbook.open(logbook.path) as again:
        assert not again.read_only
        bell = Bell(again.path)
        assert bell.hangs
        with qtbot.waitSignal(bell.rung, timeout=20_000):
            other = started(RING, again.path)
        assert other.communicate(timeout=20)[0] == "front\n"
        bell.close()


def test_a_window_comes_out_of_the_taskbar(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_to_front(window)
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert window.isVisible()
