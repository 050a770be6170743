"""T6 in small: a damaged logbook gives up everything that can still be read, its backup gives the rest."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from dermlog.backup_sentences import salvage_sentence
from dermlog.domain.access import AccessKind
from dermlog.domain.backup import BackupFault
from dermlog.domain.salvage import Salvaged
from dermlog.errors import BackupNotDone, LogbookNotOpened
from dermlog.logbook import Logbook, salvage_logbook
from dermlog.storage import driver
from tests.makers import StillClock, make_logbook
from tests.storage.contents import KEY, damage, draft_for, treat


def root_page(path: Path, key: bytes | None, table: str) -> int:
    """Where the root page of a table begins in the file."""
    connection = driver.connect(path, key, "rw")
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    return (int(page) - 1) * driver.PAGE_SIZE


@pytest.fixture(params=[None, KEY], ids=["open", "locked"])
def clinic(request: pytest.FixtureRequest, tmp_path: Path, clock: StillClock) -> Logbook:
    """A closed logbook of some patients, with one backup."""
    made = make_logbook(tmp_path, clock=clock, key=request.param)
    for number in range(8):
        treat(made, photos=1 if number < 2 else 0, name=f"Patient {number}")
    draft_for(made)
    made.backups.back_up()
    clock.move(timedelta(hours=1))
    treat(made, photos=1, name="After the backup")
    made.close()
    return made


def test_records_lost_with_their_page_come_back_from_the_history(clinic: Logbook, clock: StillClock) -> None:
    path, key = clinic.path, clinic.backups.key
    before = path.read_bytes()
    damage(path, root_page(path, key, "injection_session"), 64)
    damaged = path.read_bytes()
    saved = salvage_logbook(path, key=key, now=clock.now)
    assert path.read_bytes() == damaged != before
    assert saved.found.unreadable > 0
    assert saved.found.is_whole
    aside = saved.accept(now=clock.now)
    assert aside is not None and aside.name == "Clinic (set aside 2026-04-17 1104).dermlog"
    assert aside.read_bytes() == damaged
    assert not aside.stat().st_mode & stat.S_IWUSR
    with Logbook.open(path, key=key, clock=clock) as again:
        assert again.check().ok, again.check().findings
        (found,) = again.patients.search("after the").rows
        assert len(again.sessions.of_patient(found.id)) == 1
        assert again.accesses.newest(AccessKind.SALVAGED) is not None
        treat(again, name="Later still")
        assert again.check().ok


def test_lost_history_comes_back_from_the_backup(clinic: Logbook, clock: StillClock) -> None:
    path, key = clinic.path, clinic.backups.key
    damage(path, root_page(path, key, "change_payload"), 64)
    saved = salvage_logbook(path, key=key, now=clock.now)
    assert saved.found.from_backup > 50
    # What was written after the backup has lost its history, not its records.
    assert 0 < saved.found.lost < 30
    saved.accept(now=clock.now)
    with Logbook.open(path, key=key, clock=clock) as again:
        (found,) = again.patients.search("after the").rows
        assert len(again.sessions.of_patient(found.id)) == 1
        treat(again)


def test_a_file_of_which_nothing_can_be_read_comes_back_from_the_backup(
    clinic: Logbook, clock: StillClock
) -> None:
    path, key = clinic.path, clinic.backups.key
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(LogbookNotOpened):
        Logbook.open(path, key=key)
    saved = salvage_logbook(path, key=key, now=clock.now)
    assert saved.found.unreadable == saved.found.entries > 100
    saved.accept(now=clock.now)
    with Logbook.open(path, key=key, clock=clock) as again:
        assert len(again.patients.search("").rows) == 9
        assert again.check().ok


def test_a_damaged_photo_comes_back_by_its_hash(clinic: Logbook, clock: StillClock) -> None:
    path, key = clinic.path, clinic.backups.key
    with Logbook.open(path, key=key, clock=clock) as logbook:
        first = logbook.photos.of_patient(logbook.patients.search("patient 0").rows[0].id)[0]
        content = logbook.photos.original(first.id)
    connection = driver.connect(path, key, "rw")
    connection.execute("DROP TRIGGER photo_image_is_never_changed")
    connection.execute("UPDATE photo_image SET original = x'00' WHERE sha256 = ?", (first.sha256,))
    connection.close()
    saved = salvage_logbook(path, key=key, now=clock.now)
    assert (saved.found.photos_from_backup, saved.found.lost_photos) == (1, 0)
    saved.accept(now=clock.now)
    with Logbook.open(path, key=key, clock=clock) as again:
        assert again.photos.original(first.id) == content
        assert again.check().ok


def test_without_backup_and_readable_row_nothing_is_made(tmp_path: Path, clock: StillClock) -> None:
    made = make_logbook(tmp_path, clock=clock, key=KEY)
    treat(made)
    made.close()
    made.path.write_bytes(bytes(made.path.stat().st_size))
    there = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(BackupNotDone) as caught:
        salvage_logbook(made.path, key=KEY, now=clock.now)
    assert caught.value.fault is BackupFault.RECORDS_DAMAGED
    assert {path.name for path in tmp_path.iterdir()} == there


def test_declined_or_stopped_it_leaves_everything_as_it_was(clinic: Logbook, clock: StillClock) -> None:
    path, key = clinic.path, clinic.backups.key
    damage(path)
    damaged, there = path.read_bytes(), {one.name for one in path.parent.iterdir()}
    salvage_logbook(path, key=key, now=clock.now).discard()
    with pytest.raises(BackupNotDone) as caught:
        salvage_logbook(path, key=key, now=clock.now, cancelled=lambda: True)
    assert caught.value.fault is BackupFault.STOPPED
    assert path.read_bytes() == damaged
    assert {one.name for one in path.parent.iterdir()} == there


def test_entries_that_wait_in_the_log_beside_the_file_are_saved_too(
    tmp_path: Path, clock: StillClock
) -> None:
    made = make_logbook(tmp_path, clock=clock, key=KEY)
    treat(made, photos=0, name="Folded")
    made.rest()
    treat(made, photos=0, name="Waiting")
    crashed = tmp_path / "crashed" / "Clinic.dermlog"
    crashed.parent.mkdir()
    for ending in ("", "-wal"):
        (crashed.with_name(crashed.name + ending)).write_bytes(
            made.path.with_name(made.path.name + ending).read_bytes()
        )
    made.close()
    damage(crashed, root_page(made.path, KEY, "vial"), 64)
    saved = salvage_logbook(crashed, key=KEY, now=clock.now)
    saved.accept(now=clock.now)
    with Logbook.open(crashed, key=KEY, clock=clock) as again:
        assert len(again.patients.search("waiting").rows) == 1


def test_the_sentence_says_what_came_from_where() -> None:
    assert salvage_sentence(Salvaged(12480, 3, 0, 0, 3)) == (
        "3 entries of 12,480 can’t be read. 3 entries are lost."
    )
    assert salvage_sentence(Salvaged(12480, 3, 3, 0, 0)) == (
        "3 entries of 12,480 can’t be read. 3 came back from the history of the file."
    )
    assert salvage_sentence(Salvaged(1, 0, 0, 0, 0)) == "The one entry could be read."
