"""The screen of the logbook: the light, the places, backing up, trying a restore, copying everything."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dermlog.domain.backup import BackupFault, BackupSet
from dermlog.domain.key_fault import KeyFault
from dermlog.errors import backup_not_done, not_unlocked
from dermlog.logbook import Backups, Logbook
from dermlog.ui.backup.backup_screen import BackupScreen
from dermlog.ui.backup.restore_dialog import RestoreDialog
from tests.makers import StillClock
from tests.storage.contents import treat

SLOW = 20_000


@pytest.fixture
def screen(logbook: Logbook, qtbot: QtBot) -> BackupScreen:
    """The screen after its first look."""
    made = BackupScreen(logbook)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.on_shown()
    qtbot.waitUntil(lambda: bool(made.light.text()), timeout=SLOW)
    return made


def test_without_a_backup_it_is_red_and_says_what_to_do(screen: BackupScreen) -> None:
    assert screen.light.text() == "Not backed up"
    assert screen.proven.text() == "No backup has been proven yet. Press “Back up now”."
    assert screen.set_table.rows() == ()


def test_one_press_backs_up_and_turns_it_green(screen: BackupScreen, qtbot: QtBot) -> None:
    screen.back_up_button.click()
    qtbot.waitUntil(lambda: screen.light.text() == "Backed up", timeout=SLOW)
    assert screen.notice.text() == "Backed up to 1 place and read back."
    assert screen.proven.text().startswith("Last proven backup: 17 Apr 2026")
    assert len(screen.set_table.rows()) == 1
    screen.drill_button.click()
    qtbot.waitUntil(lambda: screen.drilled.text().startswith("Last proven restore"), timeout=SLOW)


def test_a_drive_that_is_away_is_said_and_the_other_place_is_served(
    screen: BackupScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    drive = tmp_path / "E drive"
    drive.mkdir()
    screen.add_place(drive)
    drive.rmdir()
    screen.back_up()
    qtbot.waitUntil(lambda: "cannot be reached" in screen.notice.text(), timeout=SLOW)
    assert "“E drive”" in screen.notice.text()
    qtbot.waitUntil(lambda: len(screen.set_table.rows()) == 1, timeout=SLOW)
    qtbot.waitUntil(lambda: len(screen.place_table.rows()) == 2, timeout=SLOW)
    gone = screen.place_table.rows()[1]
    screen.place_table.button_pressed.emit(gone, 1)
    qtbot.waitUntil(lambda: len(screen.place_table.rows()) == 1, timeout=SLOW)
    screen.place_table.button_pressed.emit(screen.place_table.rows()[0], 1)
    assert "Choose a folder" in screen.notice.text()


def test_a_folder_that_is_not_there_is_not_added(screen: BackupScreen, tmp_path: Path) -> None:
    screen.add_place(tmp_path / "nowhere")
    assert "cannot be reached" in screen.notice.text()


def test_stopping_says_so_and_leaves_the_screen_ready(
    screen: BackupScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, end = threading.Event(), threading.Event()

    def slowly(_self: Backups, **given: object) -> object:
        begun.set()
        end.wait(20)
        raise backup_not_done(BackupFault.STOPPED)

    monkeypatch.setattr(Backups, "back_up", slowly)
    screen.back_up()
    qtbot.waitUntil(begun.is_set, timeout=SLOW)
    assert screen.running.isVisible()
    screen.running.stop_button.click()
    end.set()
    assert screen.notice.text() == "Stopped. What was complete before is kept."
    assert not screen.running.isVisible() and not screen.running.is_busy


def test_a_failure_is_one_sentence(
    screen: BackupScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: Backups, **_given: object) -> None:
        raise backup_not_done(BackupFault.DISK_FULL, "E")

    monkeypatch.setattr(Backups, "back_up", fail)
    screen.back_up()
    qtbot.waitUntil(lambda: "no room in “E”. Your records are fine." in screen.notice.text(), timeout=SLOW)


def test_what_the_lock_stopped_is_said_to_who_comes_back(
    screen: BackupScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: Backups, **_given: object) -> None:
        raise not_unlocked(KeyFault.LOCKED)

    monkeypatch.setattr(Backups, "back_up", fail)
    screen.back_up()
    qtbot.waitUntil(lambda: "when the logbook was locked. Please start" in screen.notice.text(), timeout=SLOW)


def test_everything_goes_to_a_stick(screen: BackupScreen, qtbot: QtBot, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    screen.copy_to(stick)
    qtbot.waitUntil(lambda: "was read back" in screen.notice.text(), timeout=SLOW)
    assert list(stick.glob("*.dermlog"))


def test_a_restore_says_what_is_missing_before_it_is_asked_for(
    logbook: Logbook, qtbot: QtBot, clock: StillClock
) -> None:
    (one,) = logbook.backups.back_up().sets
    clock.move(timedelta(hours=1))
    treat(logbook, photos=0, name="Okafor")
    dialog = RestoreDialog(logbook.backups, one)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.restore_button.isEnabled()
    qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=SLOW)
    assert dialog.words.text() == "This backup has 1 of 2 entries. It lacks what is listed here."
    assert [entry.patient for entry in dialog.table.rows()] == ["Okafor Maya"]
    dialog.check_button.click()
    qtbot.waitUntil(lambda: "every photo too" in dialog.notice.text(), timeout=SLOW)
    dialog.restore_button.click()
    assert dialog.restore_wanted


def test_leaving_the_question_restores_nothing(
    screen: BackupScreen, logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = logbook.backups.back_up().sets
    wishes: list[BackupSet] = []
    screen.restore_requested.connect(wishes.append)

    def leave(dialog: RestoreDialog) -> int:
        dialog.reject()
        return 0

    monkeypatch.setattr(RestoreDialog, "exec", leave)
    screen.open_set(one)
    assert not wishes

    def want(dialog: RestoreDialog) -> int:
        dialog.restore_wanted = True
        return 1

    monkeypatch.setattr(RestoreDialog, "exec", want)
    screen.open_set(one)
    assert wishes == [one]
