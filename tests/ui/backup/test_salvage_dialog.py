"""The dialog that saves what a damaged logbook gives, and the way to it from the Logbook screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dermlog.app import restore_in_place
from dermlog.logbook import Logbook, restore_backup, set_aside_files
from dermlog.storage import driver
from dermlog.ui.backup.backup_screen import BackupScreen
from dermlog.ui.backup.salvage_dialog import SalvageDialog
from dermlog.ui.kit import background
from dermlog.ui.kit.button import Button
from dermlog.ui.start.start_dialog import StartDialog
from tests.makers import StillClock
from tests.storage.contents import damage, treat

SLOW = 20_000


def harm(path: Path, table: str = "injection_session") -> bytes:
    """Damage the first page of a table; gives the damaged file."""
    connection = driver.connect(path, None, "rw")
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    damage(path, (int(page) - 1) * driver.PAGE_SIZE, 64)
    return path.read_bytes()


def dialog_for(logbook: Logbook, qtbot: QtBot) -> SalvageDialog:
    """The dialog, once everything is read."""
    dialog = SalvageDialog(logbook.path, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.running.is_busy, timeout=SLOW)
    return dialog


def test_what_was_saved_takes_the_place_when_somebody_says_so(logbook: Logbook, qtbot: QtBot) -> None:
    logbook.close()
    damaged = harm(logbook.path)
    dialog = dialog_for(logbook, qtbot)
    assert "1 came back from the history of the file" in dialog.words.text()
    assert logbook.path.read_bytes() == damaged
    dialog.take_button.click()
    assert dialog.taken and dialog.set_aside is not None
    assert dialog.set_aside.read_bytes() == damaged
    with Logbook.open(logbook.path) as again:
        assert again.check().ok


def test_leaving_changes_nothing(logbook: Logbook, qtbot: QtBot) -> None:
    logbook.close()
    damaged = harm(logbook.path)
    there = set(logbook.path.parent.iterdir())
    dialog = dialog_for(logbook, qtbot)
    dialog.leave_button.click()
    assert not dialog.taken
    assert logbook.path.read_bytes() == damaged
    assert set(logbook.path.parent.iterdir()) == there


def test_nothing_to_save_is_said(logbook: Logbook, qtbot: QtBot) -> None:
    logbook.close()
    logbook.path.write_bytes(bytes(logbook.path.stat().st_size))
    dialog = dialog_for(logbook, qtbot)
    assert "cannot be read" in dialog.notice.text()
    assert not dialog.take_button.isEnabled()
    dialog.reject()


def test_the_check_of_the_screen_leads_to_it(logbook: Logbook, qtbot: QtBot) -> None:
    screen = BackupScreen(logbook)
    qtbot.addWidget(screen)
    screen.show()
    screen.check()
    qtbot.waitUntil(lambda: bool(screen.notice.text()), timeout=SLOW)
    assert screen.notice.text() == "Every page, every entry and every photo is in order."
    logbook.rest()
    background.shutdown()
    logbook.close()
    harm(logbook.path)
    with Logbook.open(logbook.path) as again:
        other = BackupScreen(again)
        qtbot.addWidget(other)
        other.show()
        other.check()
        qtbot.waitUntil(lambda: "damaged" in other.notice.text(), timeout=SLOW)
        background.shutdown()


def test_a_restore_is_undone_by_a_button(
    logbook: Logbook, clock: StillClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = logbook.backups.back_up().sets
    treat(logbook, photos=0, name="Later")
    logbook.close()
    restore_backup(one, logbook.path, key=None, now=clock.now)
    (aside,) = set_aside_files(logbook.path)
    with Logbook.open(logbook.path, clock=clock) as restored:
        assert not restored.patients.search("later").rows
        screen = BackupScreen(restored)
        qtbot.addWidget(screen)
        screen.show()
        screen.on_shown()
        qtbot.waitUntil(screen.this_card.take_back_button.isVisible, timeout=SLOW)
        monkeypatch.setattr("dermlog.ui.backup.backup_screen.ask", lambda *_words, **_more: True)
        with qtbot.waitSignal(screen.restore_requested) as wish:
            screen.this_card.take_back_button.click()
        assert wish.args == [aside]
        background.shutdown()
    restore_in_place(aside, logbook)
    with Logbook.open(logbook.path, clock=clock) as back:
        assert len(back.patients.search("later").rows) == 1


def test_the_page_for_the_safe_is_written(logbook: Logbook, qtbot: QtBot, tmp_path: Path) -> None:
    screen = BackupScreen(logbook)
    qtbot.addWidget(screen)
    screen.save_guide(tmp_path / "How to restore.pdf")
    assert (tmp_path / "How to restore.pdf").read_bytes().startswith(b"%PDF")
    assert "is written" in screen.notice.text()
    screen.save_guide(tmp_path / "none" / "How to restore.pdf")
    assert "folder does not exist" in screen.notice.text()


def test_the_start_offers_it_for_a_file_that_does_not_open(
    logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    logbook.backups.back_up()
    logbook.close()
    damage(logbook.path, 100, 3000)
    start = StartDialog(logbook.path)
    qtbot.addWidget(start)
    assert not start.result()

    def take(dialog: SalvageDialog) -> int:
        qtbot.waitUntil(lambda: not dialog.running.is_busy, timeout=SLOW)
        dialog.take_button.click()
        return 1

    monkeypatch.setattr(SalvageDialog, "exec", take)
    (button,) = [one for one in start.findChildren(Button) if one.text() == "Save what can be read…"]
    button.click()
    assert start.logbook is not None
    assert len(start.logbook.patients.search("").rows) == 1
    assert start.logbook.check().ok
    start.logbook.close()
