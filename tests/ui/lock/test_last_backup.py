"""The backup at the lock: behind the cover and before the key goes, and nobody ever waits for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from dermlog.domain.access import AccessKind
from dermlog.domain.backup import BackupDone, BackupFault
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import NotUnlocked, backup_not_done
from dermlog.logbook import Logbook, Unlocked
from dermlog.storage.key_slot import clinic_key
from dermlog.ui.lock import last_backup
from dermlog.ui.lock.keeper import LockKeeper
from dermlog.ui.lock.last_backup import LastBackup
from dermlog.ui.lock.protection import protect
from dermlog.ui.main_window import MainWindow
from tests.makers import DOCTOR, make_patient
from tests.ui.locked_logbook import PASSWORDS

SLOW = 20_000


@pytest.fixture
def keeper(window: MainWindow, logbook: Logbook) -> LockKeeper:
    """The keeper that the application makes."""
    made = protect(window, logbook)
    assert made is not None
    made.idle.stop()
    return made


def has_key(logbook: Logbook) -> bool:
    """Whether the logbook can still be read."""
    return not logbook.is_locked


def never_ends(logbook: Logbook, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Let a backup go on until it is told to stop; what it was told."""
    told: list[bool] = []

    def at_lock(*, cancelled: Callable[[], bool]) -> BackupDone | None:
        while not cancelled():
            pass
        told.append(True)
        return None

    monkeypatch.setattr(logbook.backups, "at_lock", at_lock)
    return told


def test_what_is_new_is_backed_up_behind_the_cover_before_the_key_goes(
    keeper: LockKeeper, logbook: Logbook, window: MainWindow, qtbot: QtBot
) -> None:
    logbook.patients.save(make_patient())
    assert logbook.backups.is_wanted()
    with qtbot.waitSignal(keeper.locked, timeout=SLOW):
        keeper.lock()
        # The cover and the way back are there at once, whatever the backup takes.
        assert keeper.is_locked
        assert keeper.dialog is not None
        assert window.windowTitle() == "dermlog"
        assert has_key(logbook)
    assert not has_key(logbook)
    (place,) = logbook.path.parent.glob("* backups*")
    assert list(place.glob("*/manifest*"))


def test_nothing_new_is_not_backed_up_again(
    keeper: LockKeeper, logbook: Logbook, sign_in: Callable[[object, str], None], qtbot: QtBot
) -> None:
    for _twice in range(2):
        with qtbot.waitSignal(keeper.locked, timeout=SLOW):
            keeper.lock()
        sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
    assert len(logbook.backups.sets()) == 1
    assert not logbook.backups.is_wanted()


def test_whoever_signs_in_does_not_wait_for_the_backup(
    keeper: LockKeeper,
    logbook: Logbook,
    sign_in: Callable[[object, str], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = never_ends(logbook, monkeypatch)
    keeper.lock()
    sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
    assert not keeper.is_locked
    qtbot.waitUntil(lambda: told == [True], timeout=SLOW)
    assert not logbook.is_locked
    assert logbook.accesses.page()[0].kind is AccessKind.UNLOCKED


def test_a_backup_that_takes_too_long_does_not_keep_the_key(
    keeper: LockKeeper, logbook: Logbook, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = never_ends(logbook, monkeypatch)
    (backup,) = window.findChildren(LastBackup)
    backup._longest.setInterval(50)
    with qtbot.waitSignal(keeper.locked, timeout=SLOW):
        keeper.lock()
    qtbot.waitUntil(lambda: told == [True], timeout=SLOW)
    assert logbook.is_locked
    assert last_backup.LONGEST_MS <= 10_000


def test_a_backup_that_fails_keeps_nobody_from_locking(
    keeper: LockKeeper, logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_how: object) -> BackupDone:
        raise backup_not_done(BackupFault.DISK_FULL, "E:")

    monkeypatch.setattr(logbook.backups, "at_lock", fails)
    with qtbot.waitSignal(keeper.locked, timeout=SLOW):
        keeper.lock()
    assert logbook.is_locked


def test_closing_meanwhile_leaves_the_key_for_the_backup_at_the_end(
    keeper: LockKeeper, logbook: Logbook, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = never_ends(logbook, monkeypatch)
    keeper.lock()
    assert keeper.dialog is not None
    keeper.dialog.close_button.click()
    assert not window.isVisible()
    qtbot.waitUntil(lambda: told == [True], timeout=SLOW)
    assert not logbook.is_locked


def test_slots_that_were_exchanged_behind_the_cover_open_nothing(
    keeper: LockKeeper, logbook: Logbook, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    never_ends(logbook, monkeypatch)
    keeper.lock()
    other = RecoveryCode(bytes(16))
    with pytest.raises(NotUnlocked):
        logbook.unlock(Unlocked(clinic_key(other), other, DOCTOR.id))
    (backup,) = window.findChildren(LastBackup)
    backup.stop()
