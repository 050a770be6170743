"""The clinic's PC is gone: backups that a press put on a stick bring everything back on a new one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog import app
from dermlog.domain.backup import BackupSet
from dermlog.logbook import Logbook, backups_in
from dermlog.ui.backup.backup_screen import BackupScreen
from dermlog.ui.backup.restore_dialog import RestoreDialog
from dermlog.ui.backup.restore_run_dialog import RestoreRunDialog
from dermlog.ui.kit import background
from dermlog.ui.main_window import MainWindow
from tests.makers import StillClock, make_logbook
from tests.storage.contents import KEY, rows_of, treat

SLOW = 20_000


@pytest.fixture(autouse=True)
def finished_pool() -> Iterator[None]:
    """No work outlives its test."""
    yield
    background.shutdown()


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock()


def backup_screen(window: MainWindow, qtbot: QtBot) -> BackupScreen:
    """Go there by the rail and wait for the first look."""
    QTest.mouseClick(window.rail().entry("backup"), Qt.MouseButton.LeftButton)
    screen = window.screen_shown()
    assert isinstance(screen, BackupScreen)
    qtbot.waitUntil(lambda: bool(screen.light.text()), timeout=SLOW)
    return screen


@pytest.mark.parametrize("key", [None, KEY], ids=["open", "locked"])
def test_the_pc_is_lost_and_the_stick_brings_everything_back(
    tmp_path: Path, qtbot: QtBot, clock: StillClock, key: bytes | None
) -> None:
    old_pc, stick, new_pc = (tmp_path / name for name in ("old PC", "stick", "new PC"))
    for folder in (old_pc, stick, new_pc):
        folder.mkdir()
    logbook = make_logbook(old_pc, clock=clock, key=key)
    treat(logbook, photos=2)
    treat(logbook, name="Okafor")
    window = MainWindow(logbook)
    qtbot.addWidget(window)
    window.show()
    screen = backup_screen(window, qtbot)
    assert screen.light.text() == "Not backed up"
    screen.add_place(stick)
    QTest.mouseClick(screen.back_up_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.light.text() == "Backed up", timeout=SLOW)
    assert screen.notice.text() == "Backed up to 2 places and read back."
    background.shutdown()
    window.close()
    logbook.close()
    before = rows_of(logbook.path, key)
    shutil.rmtree(old_pc)
    (one,) = backups_in(stick)
    dialog = RestoreRunDialog(one, new_pc / "Clinic.dermlog", key)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.open_button.isEnabled, timeout=SLOW)
    assert dialog.words.text() == "Restored and proven: 2 entries."
    assert rows_of(new_pc / "Clinic.dermlog", key) == before
    with Logbook.open(new_pc / "Clinic.dermlog", key=key, clock=clock) as again:
        assert again.check().ok
        assert again.patients.search("okafor").rows


def test_an_older_backup_takes_the_place_of_the_open_logbook(
    tmp_path: Path, qtbot: QtBot, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    logbook = make_logbook(tmp_path, clock=clock)
    treat(logbook, photos=1)
    (one,) = logbook.backups.back_up().sets
    treat(logbook, name="Mistaken")
    window = MainWindow(logbook)
    qtbot.addWidget(window)
    window.show()
    screen = backup_screen(window, qtbot)

    def press(dialog: RestoreDialog) -> int:
        dialog.show()
        qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=SLOW)
        assert [entry.patient for entry in dialog.table.rows()] == ["Mistaken Maya"]
        dialog.restore_button.click()
        return 1

    def wait(dialog: RestoreRunDialog) -> int:
        dialog.show()
        qtbot.waitUntil(dialog.open_button.isEnabled, timeout=SLOW)
        assert "is set aside as “Clinic (set aside" in dialog.words.text()
        dialog.open_button.click()
        return 1

    monkeypatch.setattr(RestoreDialog, "exec", press)
    monkeypatch.setattr(RestoreRunDialog, "exec", wait)
    screen.set_table.row_opened.emit(one)
    assert window.restore_wish == one
    assert not window.isVisible()
    logbook.close()
    app.restore_in_place(one, logbook)
    with Logbook.open(logbook.path, clock=clock) as opened:
        assert not opened.patients.search("mistaken").rows
        assert len(list(tmp_path.glob("Clinic (set aside *).dermlog"))) == 1


def test_the_day_ends_with_a_backup(
    tmp_path: Path, qtbot: QtBot, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dermlog.ui.backup.closing_dialog import ClosingDialog

    shown: list[BackupSet] = []

    def wait(dialog: ClosingDialog) -> int:
        with qtbot.waitSignal(dialog.accepted, timeout=SLOW):
            dialog.show()
        shown.extend(dialog._logbook.backups.sets())
        return 1

    monkeypatch.setattr(ClosingDialog, "exec", wait)
    with make_logbook(tmp_path, clock=clock) as logbook:
        treat(logbook, photos=0)
        app.back_up_at_close(logbook)
        assert len(shown) == 1
        app.back_up_at_close(logbook)
        assert len(shown) == 1
