"""A window over a locked logbook, with its keeper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.lock.keeper import LockKeeper
from dermlog.ui.main_window import MainWindow
from tests.ui.locked_logbook import make_cheap, make_locked

SLOW = 20_000


@pytest.fixture
def logbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Logbook]:
    """A locked logbook, open, with the doctor writing."""
    make_cheap(monkeypatch)
    made = make_locked(tmp_path)
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def window(logbook: Logbook, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window, shown."""
    made = MainWindow(logbook)
    made.resize(1280, 720)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.covered = True
    made.close()
    background.shutdown()
    shiboken6.delete(made)


@pytest.fixture
def keeper(window: MainWindow, logbook: Logbook) -> LockKeeper:
    """The keeper of the window."""
    made = LockKeeper(window, logbook)
    window.rail().show_lock()
    window.asks_password = True
    return made


@pytest.fixture
def sign_in(keeper: LockKeeper, qtbot: QtBot) -> Callable[[object, str], None]:
    """Answer the sign-in over the locked window, and wait until it is open."""

    def answer(who: object, password: str) -> None:
        dialog = keeper.dialog
        assert dialog is not None
        dialog.people.set_value(who)
        dialog.password.edit.setText(password)
        dialog.open_button.click()
        qtbot.waitUntil(lambda: keeper.dialog is not dialog, timeout=SLOW)
        qtbot.waitUntil(lambda: keeper.dialog is not None or not keeper.is_locked, timeout=SLOW)

    return answer
