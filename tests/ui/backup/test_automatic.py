"""Backups by themselves: half an hour after a change, at rest the monthly trial, and at close."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from dermlog.domain.backup import BackupFault, BackupState, Light
from dermlog.errors import backup_not_done
from dermlog.logbook import Backups, Logbook
from dermlog.ui.backup.automatic import AutomaticBackup, waits
from dermlog.ui.backup.closing_dialog import ClosingDialog
from tests.makers import StillClock, make_patient

SLOW = 20_000


class Hands:
    """A clock in seconds that moves only when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    """The clock of the automatic."""
    return Hands()


@pytest.fixture
def automatic(logbook: Logbook, hands: Hands, qtbot: QtBot) -> AutomaticBackup:
    """The automatic, not ticking by itself."""
    return AutomaticBackup(logbook, clock=hands)


def looked(automatic: AutomaticBackup, qtbot: QtBot) -> BackupState:
    """Look, and wait for the outcome."""
    with qtbot.waitSignal(automatic.looked, timeout=SLOW) as caught:
        automatic.look()
    state: BackupState = caught.args[0]
    return state


def test_what_the_last_day_left_undone_is_done_at_the_first_look(
    automatic: AutomaticBackup, logbook: Logbook, qtbot: QtBot
) -> None:
    assert looked(automatic, qtbot).light is Light.GOOD
    assert len(logbook.backups.sets()) == 1


def test_half_an_hour_after_the_first_change_it_backs_up(
    automatic: AutomaticBackup, logbook: Logbook, qtbot: QtBot, hands: Hands, clock: StillClock
) -> None:
    looked(automatic, qtbot)
    logbook.patients.save(make_patient())
    automatic.note_change()
    for _minute in range(29):
        hands.now += 60
        clock.move(timedelta(minutes=1))
        automatic.note_change()
        automatic.look()
    assert len(logbook.backups.sets()) == 1
    hands.now += 60
    clock.move(timedelta(minutes=1))
    looked(automatic, qtbot)
    assert len(logbook.backups.sets()) == 2


def test_at_rest_the_backup_is_restored_on_trial(
    automatic: AutomaticBackup, logbook: Logbook, qtbot: QtBot, hands: Hands
) -> None:
    looked(automatic, qtbot)
    assert logbook.backups.drill_is_due()
    hands.now += 601
    assert looked(automatic, qtbot).drilled is not None


def test_a_failure_is_told_and_tried_again(
    automatic: AutomaticBackup, logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: Backups, **_given: object) -> None:
        raise backup_not_done(BackupFault.DISK_FULL, "E")

    with monkeypatch.context() as broken:
        broken.setattr(Backups, "back_up", fail)
        with qtbot.waitSignal(automatic.failed, timeout=SLOW) as caught:
            automatic.look()
        assert "no room" in caught.args[0]
    assert looked(automatic, qtbot).light is Light.GOOD


def test_stopping_waits_for_what_is_under_way(automatic: AutomaticBackup, logbook: Logbook) -> None:
    automatic.start()
    automatic.look()
    automatic.stop()
    assert not logbook.backups.is_running


def test_the_rail_waits_only_for_what_needs_a_look() -> None:
    for light, count in ((Light.GOOD, 0), (Light.SAMPLE, 0), (Light.CAUTION, 1), (Light.DANGER, 1)):
        assert waits(BackupState(light, None, None, ())) == count


def test_closing_backs_up_and_goes(logbook: Logbook, qtbot: QtBot) -> None:
    dialog = ClosingDialog(logbook)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.accepted, timeout=SLOW):
        dialog.show()
    assert len(logbook.backups.sets()) == 1


def test_closing_with_a_red_light_stays_and_asks(
    logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: Backups, **_given: object) -> None:
        raise backup_not_done(BackupFault.PLACE_MISSING, "E")

    with monkeypatch.context() as broken:
        broken.setattr(Backups, "back_up", fail)
        dialog = ClosingDialog(logbook)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: "No backup has been proven yet" in dialog.notice.text(), timeout=SLOW)
        assert "“E” cannot be reached" in dialog.notice.text()
        assert dialog.leave.isVisible()
    with qtbot.waitSignal(dialog.accepted, timeout=SLOW):
        dialog.again.click()


def test_five_quiet_minutes_after_a_change_it_backs_up(
    automatic: AutomaticBackup, logbook: Logbook, qtbot: QtBot, hands: Hands, clock: StillClock
) -> None:
    looked(automatic, qtbot)
    logbook.patients.save(make_patient())
    automatic.note_change()
    hands.now += 299
    automatic.look()
    assert len(logbook.backups.sets()) == 1
    hands.now += 1
    clock.move(timedelta(minutes=5))
    looked(automatic, qtbot)
    assert len(logbook.backups.sets()) == 2


def test_the_daily_look_tells_of_a_damaged_page(
    automatic: AutomaticBackup, logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    logbook.soundness.was_unclean = True
    monkeypatch.setattr(logbook.soundness, "look", lambda: False)
    with qtbot.waitSignal(automatic.damaged, timeout=SLOW):
        automatic.look()


def test_at_rest_everything_is_copied_once_a_week(
    automatic: AutomaticBackup, logbook: Logbook, qtbot: QtBot, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(logbook.backups, "whole_copy_is_due", lambda: not made)

    def copy_weekly(**_how: object) -> tuple[str, ...]:
        made.append("copy")
        return ()

    monkeypatch.setattr(logbook.backups, "copy_weekly", copy_weekly)
    looked(automatic, qtbot)
    assert not made
    hands.now += 601
    looked(automatic, qtbot)
    assert made == ["copy"]
