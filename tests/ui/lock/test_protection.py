"""What the rail says for good: a sample, a file that is not encrypted, or the way to lock."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dermlog.ui.kit import background
from dermlog.ui.lock.protection import protect
from dermlog.ui.main_window import MainWindow
from tests.makers import make_logbook
from tests.ui.locked_logbook import make_cheap, make_locked


@pytest.mark.parametrize(
    ("locked", "sample", "badge"),
    [(False, False, "Not encrypted"), (False, True, "Sample"), (True, False, ""), (True, True, "Sample")],
)
def test_the_rail_says_how_the_file_is_protected(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, locked: bool, sample: bool, badge: str
) -> None:
    make_cheap(monkeypatch)
    with make_locked(tmp_path) if locked else make_logbook(tmp_path) as logbook:
        logbook.clinic.save(replace(logbook.clinic.get(), is_sample=sample))
        window = MainWindow(logbook)
        qtbot.addWidget(window)
        keeper = protect(window, logbook)
        window.show()
        rail = window.rail()
        assert (keeper is not None) is locked
        assert (rail.badge.text() if rail.badge.isVisible() else "") == badge
        assert rail.lock.isVisible() is locked
        assert window.asks_password is locked
        if keeper is not None:
            keeper.idle.stop()
        background.shutdown()
