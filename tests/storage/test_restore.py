"""A restore brings every row and photo back, destroys nothing, and is proven before it takes the name."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.backup import BackupFault
from dermlog.errors import BackupNotDone
from dermlog.logbook import Logbook, backups_in, restore_backup, undo_restore
from dermlog.storage import backup as backing_up
from dermlog.storage import restore as restoring
from dermlog.storage.backup_place import packs_folder
from dermlog.storage.lock import Held, WriterLock
from tests.makers import StillClock, make_logbook, make_patient
from tests.storage.contents import KEY, damage, draft_for, follow_up, rows_of, treat


@pytest.fixture(params=[None, KEY], ids=["open", "locked"])
def clinic(request: pytest.FixtureRequest, tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A logbook with treated patients and a draft, without and with a key."""
    (tmp_path / "clinic").mkdir()
    made = make_logbook(tmp_path / "clinic", clock=clock, key=request.param)
    treat(made)
    treat(made, name="Okafor")
    draft_for(made)
    yield made
    made.close()


def names(folder: Path) -> set[str]:
    """The files directly in a folder."""
    return {path.name for path in folder.iterdir() if path.is_file()}


def test_a_new_pc_gets_everything_back(clinic: Logbook, tmp_path: Path, clock: StillClock) -> None:
    clinic.backups.back_up()
    key = clinic.backups.key
    clinic.close()
    before = rows_of(clinic.path, key)
    (one,) = backups_in(tmp_path)
    target = tmp_path / "Clinic.dermlog"
    done = restore_backup(one, target, key=key, now=clock.now)
    assert (done.set_aside, done.entries, done.photos, done.missing_photos) == (None, 2, 6, 0)
    assert rows_of(target, key) == before
    with Logbook.open(target, key=key, clock=clock) as again:
        assert again.check().ok
        assert again.notices == ()
        (found,) = again.patients.search("okafor").rows
        assert len(again.photos.of_patient(found.id)) == 3
        treat(again)
        assert again.check().ok


def test_the_present_file_is_set_aside_and_comes_back(
    clinic: Logbook, tmp_path: Path, clock: StillClock
) -> None:
    clinic.backups.back_up()
    clock.move(timedelta(hours=1))
    treat(clinic, name="Later")
    clinic.close()
    key, path = clinic.backups.key, clinic.path
    newer = rows_of(path, key)
    (one,) = backups_in(tmp_path)
    done = restore_backup(one, path, key=key, now=clock.now)
    assert done.set_aside == path.with_name("Clinic (set aside 2026-04-17 1104).dermlog")
    assert rows_of(done.set_aside, key) == newer
    with Logbook.open(path, key=key, clock=clock) as old:
        assert not old.patients.search("later").rows
        assert old.notices == ()
    away = undo_restore(done, now=clock.now)
    assert away is not None and away.name == "Clinic (set aside 2026-04-17 1104 2).dermlog"
    with Logbook.open(path, key=key, clock=clock) as back:
        assert back.patients.search("later").rows


def test_a_restore_into_an_open_logbook_is_refused(
    clinic: Logbook, tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.backups.back_up()

    def held(*_arguments: object) -> WriterLock:
        raise Held

    monkeypatch.setattr(restoring, "WriterLock", held)
    (one,) = backups_in(tmp_path)
    with pytest.raises(BackupNotDone) as caught:
        restore_backup(one, clinic.path, key=clinic.backups.key, now=clock.now)
    assert caught.value.fault is BackupFault.OPEN_ELSEWHERE


def test_a_restore_that_fails_or_is_stopped_changes_nothing(
    clinic: Logbook, tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.backups.back_up()
    clinic.close()
    before = clinic.path.read_bytes()
    there = names(clinic.path.parent)
    (one,) = backups_in(tmp_path)
    with pytest.raises(BackupNotDone) as caught:
        restore_backup(one, clinic.path, key=clinic.backups.key, now=clock.now, cancelled=lambda: True)
    assert caught.value.fault is BackupFault.STOPPED
    monkeypatch.setattr(restoring, "is_sound", lambda _connection: False)
    with pytest.raises(BackupNotDone) as caught:
        restore_backup(one, clinic.path, key=clinic.backups.key, now=clock.now)
    assert caught.value.fault is BackupFault.BACKUP_DAMAGED
    assert clinic.path.read_bytes() == before
    assert names(clinic.path.parent) == there


def test_too_little_room_is_said_before_anything_is_written(
    clinic: Logbook, tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.backups.back_up()
    clinic.close()
    monkeypatch.setattr(restoring, "room_in", lambda _folder: 1000)
    (one,) = backups_in(tmp_path)
    with pytest.raises(BackupNotDone) as caught:
        restore_backup(one, tmp_path / "Clinic.dermlog", key=clinic.backups.key, now=clock.now)
    assert caught.value.fault is BackupFault.DISK_FULL
    assert not (tmp_path / "Clinic.dermlog").exists()


def test_records_come_back_even_without_their_photos(
    clinic: Logbook, tmp_path: Path, clock: StillClock
) -> None:
    clinic.backups.back_up()
    clinic.close()
    (one,) = backups_in(tmp_path)
    shutil.rmtree(packs_folder(one))
    target = tmp_path / "Clinic.dermlog"
    done = restore_backup(one, target, key=clinic.backups.key, now=clock.now)
    assert (done.photos, done.missing_photos) == (0, 6)
    with Logbook.open(target, key=clinic.backups.key, clock=clock) as again:
        assert len(again.patients.search("okafor").rows) == 1
        assert not again.check().ok


def test_a_photo_damaged_in_one_place_comes_from_another(
    clinic: Logbook, tmp_path: Path, clock: StillClock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    clinic.backups.add_place(stick)
    first, second = clinic.backups.back_up().sets
    (pack,) = packs_folder(first).iterdir()
    damage(pack)
    done = restoring.restore(
        first,
        tmp_path / "Again.dermlog",
        clinic.backups.key,
        clock.now,
        backup_key=clinic.backups.key,
        more_packs=[packs_folder(second)],
    )
    assert done.missing_photos == 0


def test_a_set_of_another_key_is_restored_under_the_present_one(
    clinic: Logbook, tmp_path: Path, clock: StillClock
) -> None:
    if clinic.backups.key is None:
        return
    clinic.backups.back_up()
    (one,) = backups_in(tmp_path)
    new, target = bytes(32), tmp_path / "Again.dermlog"
    with pytest.raises(BackupNotDone) as caught:
        restore_backup(one, target, key=new, now=clock.now)
    assert caught.value.fault is BackupFault.WRONG_KEY
    restoring.restore(one, target, new, clock.now, backup_key=clinic.backups.key)
    with Logbook.open(target, key=new, clock=clock) as again:
        assert again.check().ok


def test_every_random_state_comes_back_whole(tmp_path: Path, clock: StillClock) -> None:
    """Random work with backups in between: each of them restores to exactly what was there then."""
    chance = random.Random(20)  # noqa: S311
    (tmp_path / "clinic").mkdir()
    with make_logbook(tmp_path / "clinic", clock=clock, key=KEY) as logbook:
        visits = [treat(logbook)]
        kept = []
        for _step in range(20):
            for _save in range(chance.randint(1, 3)):
                act = chance.choice(["treat", "draft", "visit", "patient", "photo gone"])
                if act == "treat":
                    visits.append(treat(logbook, photos=chance.randint(0, 2)))
                elif act == "draft":
                    draft_for(logbook)
                elif act == "visit":
                    follow_up(logbook, chance.choice(visits), chance.randint(1, 90))
                elif act == "patient":
                    logbook.patients.save(make_patient(family_name=chance.choice(["Ümlaut", "O'Neil", "李"])))
                else:
                    photos = logbook.photos.of_patient(chance.choice(visits).patient_id)
                    if photos:
                        logbook.photos.remove(photos[0].id)
            clock.move(timedelta(minutes=31))
            (one,) = logbook.backups.back_up().sets
            kept.append((one, rows_of(logbook.path, KEY)))
            target = tmp_path / f"{len(kept)}.dermlog"
            restore_backup(one, target, key=KEY, now=clock.now)
            assert rows_of(target, KEY) == kept[-1][1]
            target.unlink()
        # The older sets still give what was there then, though packs and records went on.
        for one, rows in kept[::5]:
            if one.folder.exists():
                target = tmp_path / "older.dermlog"
                restore_backup(one, target, key=KEY, now=clock.now)
                assert rows_of(target, KEY) == rows
                target.unlink()


@pytest.mark.usefixtures("qapp")  # a trial prints a page
def test_the_trial_restore_proves_and_leaves_nothing(clinic: Logbook, clock: StillClock) -> None:
    assert not clinic.backups.drill_is_due()
    (one,) = clinic.backups.back_up().sets
    assert clinic.backups.drill_is_due()
    before = names(clinic.path.parent)
    clock.move(timedelta(hours=2))
    proved = clinic.backups.drill()
    assert proved.folder == one.folder
    assert proved.drilled_at == proved.proven_at == clock.now
    assert proved.drill_seconds is not None and proved.drill_seconds >= 1
    assert names(clinic.path.parent) == before
    assert clinic.backups.state().drilled == proved
    assert not clinic.backups.drill_is_due()
    clock.move(timedelta(days=30))
    assert clinic.backups.drill_is_due()


def test_a_trial_of_a_damaged_backup_takes_its_proof_away(clinic: Logbook) -> None:
    (one,) = clinic.backups.back_up().sets
    shutil.rmtree(packs_folder(one))
    with pytest.raises(BackupNotDone) as caught:
        clinic.backups.drill(one)
    assert caught.value.fault is BackupFault.BACKUP_DAMAGED
    assert clinic.backups.state().proven is None


def test_everything_on_a_stick_opens_by_itself(clinic: Logbook, tmp_path: Path, clock: StillClock) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    seen: list[tuple[int, int]] = []
    copy = clinic.backups.copy_everything(stick, progress=lambda done, of: seen.append((done, of)))
    again = clinic.backups.copy_everything(stick)
    assert names(stick) == {copy.name, again.name, "How to restore.txt"}
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _of in seen] == sorted(done for done, _of in seen)
    assert rows_of(copy, clinic.backups.key) == rows_of(clinic.path, clinic.backups.key)
    with Logbook.open(copy, key=clinic.backups.key, clock=clock) as other:
        assert other.check().ok


def test_a_stick_without_room_stays_as_it_was(
    clinic: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with pytest.raises(BackupNotDone) as caught:
        clinic.backups.copy_everything(stick, cancelled=lambda: True)
    assert caught.value.fault is BackupFault.STOPPED
    monkeypatch.setattr("dermlog.storage.backup_whole.room_in", lambda _folder: 10)
    with pytest.raises(BackupNotDone, match="no room in “stick”"):
        clinic.backups.copy_everything(stick)
    with pytest.raises(BackupNotDone, match="cannot be reached"):
        clinic.backups.copy_everything(tmp_path / "gone")
    assert not names(stick)


def test_a_backup_of_an_older_format_comes_back_in_that_of_today(tmp_path: Path, clock: StillClock) -> None:
    old = tmp_path / "old" / "Clinic.dermlog"
    old.parent.mkdir()
    shutil.copy(Path(__file__).parents[1] / "old_files" / "format_1.dermlog", old)
    one, _photos = backing_up.back_up(backing_up.Source(old, None), old.parent, clock.now)
    assert one.file_format == 1
    target = tmp_path / "Clinic.dermlog"
    restore_backup(one, target, key=None, now=clock.now)
    with Logbook.open(target, clock=clock) as again:
        assert again.check().ok
        newest = again.accesses.newest(AccessKind.RESTORED)
        assert newest is not None and newest.detail.startswith(f"{one.sequence} of ")
    assert not [path for path in tmp_path.iterdir() if "before update" in path.name]
