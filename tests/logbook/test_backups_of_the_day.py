"""Backups at the lock and once a week, the daily look at the file, and what the access log says of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dermlog.domain.access import AccessKind
from dermlog.errors import BackupNotDone
from dermlog.logbook import Logbook, soundness
from dermlog.storage import backup_weekly, driver
from dermlog.storage.backup_weekly import copies_in
from tests.makers import StillClock, make_logbook
from tests.storage.contents import KEY, damage, treat


@pytest.fixture(params=[None, KEY], ids=["open", "locked"])
def clinic(request: pytest.FixtureRequest, tmp_path: Path, clock: StillClock) -> Logbook:
    """An open logbook with one treated patient."""
    (tmp_path / "clinic").mkdir()
    made = make_logbook(tmp_path / "clinic", clock=clock, key=request.param)
    treat(made, photos=1)
    return made


@pytest.fixture
def clock() -> StillClock:
    """A clock that moves only when told to."""
    return StillClock()


def kinds(logbook: Logbook) -> list[AccessKind]:
    """What the access log holds, the oldest first."""
    return [line.kind for line in reversed(logbook.accesses.page())]


def test_the_lock_makes_a_backup_only_of_what_is_new(clinic: Logbook) -> None:
    with clinic:
        first = clinic.backups.at_lock()
        assert first is not None and len(first.sets) == 1
        assert kinds(clinic) == [AccessKind.BACKED_UP]
        # The note itself is nothing new.
        assert clinic.backups.at_lock() is None
        treat(clinic, photos=0, name="Later")
        assert clinic.backups.at_lock() is not None


def test_a_failed_backup_and_a_trial_are_noted(clinic: Logbook, monkeypatch: pytest.MonkeyPatch) -> None:
    with clinic:
        clinic.backups.back_up()
        clinic.backups.drill()
        monkeypatch.setattr("dermlog.storage.backup.is_sound", lambda _connection: False)
        with pytest.raises(BackupNotDone):
            clinic.backups.back_up(force=True)
        assert kinds(clinic) == [AccessKind.BACKED_UP, AccessKind.RESTORE_TRIED, AccessKind.BACKUP_FAILED]
        assert clinic.accesses.page()[0].detail == "not_proven"


def test_once_a_week_everything_is_copied_where_there_is_room(
    clinic: Logbook, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clinic:
        assert not clinic.backups.whole_copy_is_due()
        root = clinic.backups.back_up().sets[0].folder.parent
        monkeypatch.setattr(backup_weekly, "room_in", lambda _folder: 1 << 30)
        assert not clinic.backups.whole_copy_is_due()
        monkeypatch.setattr(backup_weekly, "room_in", lambda _folder: 1 << 40)
        for week in range(1, 5):
            assert clinic.backups.whole_copy_is_due()
            (copy,) = clinic.backups.copy_weekly()
            with Logbook.open(copy, key=clinic.backups.key, viewing=True) as whole:
                assert whole.check().ok
            assert not clinic.backups.whole_copy_is_due()
            assert len(copies_in(root)) == min(week, 2)
            clock.move(timedelta(days=7))
        assert len(clinic.backups.sets()) == 1
        assert kinds(clinic).count(AccessKind.COPIED) == 4


def test_the_file_is_read_through_once_a_day(clinic: Logbook, clock: StillClock) -> None:
    with clinic:
        assert clinic.soundness.is_due()
        assert clinic.soundness.look()
        assert not clinic.soundness.is_due()
        clock.move(timedelta(days=1))
        assert clinic.soundness.is_due()


def test_a_file_that_was_not_closed_is_read_through_at_once(clinic: Logbook, tmp_path: Path) -> None:
    with clinic:
        assert clinic.soundness.look()
        treat(clinic, photos=0, name="Later")
        crashed = tmp_path / "crashed" / "Clinic.dermlog"
        crashed.parent.mkdir()
        for ending in ("", "-wal", "-state"):
            content = clinic.path.with_name(clinic.path.name + ending).read_bytes()
            crashed.with_name(crashed.name + ending).write_bytes(content)
    with Logbook.open(crashed, key=clinic.backups.key, clock=clinic.now) as again:
        assert again.soundness.is_due()
        assert again.soundness.look()
        assert not again.soundness.is_due()


def test_a_damaged_page_is_found_by_the_look(clinic: Logbook) -> None:
    clinic.close()
    connection = driver.connect(clinic.path, clinic.backups.key, "rw")
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'consent'").fetchone()
    connection.close()
    damage(clinic.path, (int(page) - 1) * driver.PAGE_SIZE, 64)
    with Logbook.open(clinic.path, key=clinic.backups.key, clock=clinic.now) as again:
        assert not again.soundness.look()
        newest = again.accesses.newest(AccessKind.CHECKED)
        assert newest is not None and newest.detail == "quick damaged"


def test_a_disk_that_is_nearly_full_is_told_of_at_the_opening(
    clinic: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.close()
    usage = type("Usage", (), {"free": 1_500_000_000})
    monkeypatch.setattr(soundness, "disk_usage", lambda _folder: usage)
    with Logbook.open(clinic.path, key=clinic.backups.key, clock=clinic.now) as again:
        assert again.notices == (
            "The disk of this logbook has only 1.3 GB left. Free some space, or move old photos away from "
            "it, before saving stops.",
        )


def test_whoever_closes_is_asked_while_nothing_is_proven(clinic: Logbook, clock: StillClock) -> None:
    with clinic:
        assert clinic.backups.asks_at_close()
        clinic.backups.back_up()
        assert not clinic.backups.asks_at_close()
        clock.move(timedelta(days=8))
        assert clinic.backups.asks_at_close()
