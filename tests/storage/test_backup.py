"""A backup holds everything, is read back before it counts, and leaves nothing half-made behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dermlog.domain.backup import BackupFault, BackupSet, Light
from dermlog.domain.clinic import Clinic
from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import BackupNotDone, LogbookNotOpened
from dermlog.logbook import Logbook
from dermlog.storage import backup, photo_pack
from dermlog.storage.backup_manifest import MANIFEST, RECORDS, read_set
from dermlog.storage.backup_place import packs_folder, sets_in
from dermlog.storage.photo_pack import PhotoPacks
from tests.makers import DOCTOR, StillClock, make_logbook, make_patient
from tests.storage.contents import KEY, damage, draft_for, follow_up, rows_of, treat


@pytest.fixture(params=[None, KEY], ids=["open", "locked"])
def clinic(request: pytest.FixtureRequest, tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A logbook with two treated patients and a draft, without and with a key."""
    made = make_logbook(tmp_path, clock=clock, key=request.param)
    treat(made)
    treat(made, name="Okafor")
    draft_for(made)
    yield made
    made.close()


def files_below(folder: Path) -> list[str]:
    """All files of a folder by name."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def only(done_sets: tuple[BackupSet, ...]) -> BackupSet:
    """The one set."""
    (one,) = done_sets
    return one


def test_a_backup_counts_what_the_logbook_has_and_is_proven(clinic: Logbook, tmp_path: Path) -> None:
    done = clinic.backups.back_up()
    one = only(done.sets)
    assert (one.patients, one.sessions, one.entries, one.photos) == (3, 2, 2, 6)
    assert done.new_photos == 6
    assert one.proven_at == clinic.now()
    assert one.folder.parent == tmp_path / "Clinic backups"
    newest = clinic.history.newest()
    assert newest is not None and one.sequence == newest[0]
    assert read_set(one.folder) == one == only(clinic.backups.sets())
    assert not [name for name in files_below(tmp_path) if name.endswith((".part", "-wal", "-journal"))] or (
        clinic.path.name + "-wal" in files_below(tmp_path)
    )


def test_a_second_backup_packs_only_new_photos(clinic: Logbook, clock: StillClock) -> None:
    clinic.backups.back_up()
    packs = sorted((clinic.path.parent / "Clinic backups" / "photos").iterdir())
    before = [path.read_bytes() for path in packs]
    clock.move(timedelta(hours=1))
    treat(clinic, photos=1)
    done = clinic.backups.back_up()
    assert done.new_photos == 1
    assert [path.read_bytes() for path in packs] == before
    assert len(clinic.backups.sets()) == 2


def test_an_unchanged_logbook_is_not_backed_up_again_but_read_back_daily(
    clinic: Logbook, clock: StillClock
) -> None:
    assert clinic.backups.is_wanted()
    first = only(clinic.backups.back_up().sets)
    assert not clinic.backups.is_wanted()
    clock.move(timedelta(hours=2))
    assert only(clinic.backups.back_up().sets) == first
    clock.move(timedelta(days=1))
    assert clinic.backups.is_wanted()
    again = only(clinic.backups.back_up().sets)
    assert again.folder == first.folder
    assert again.proven_at == clock.now


def test_a_draft_alone_is_a_change(clinic: Logbook, clock: StillClock) -> None:
    clinic.backups.back_up()
    clock.move(timedelta(minutes=5))
    draft_for(clinic)
    assert clinic.backups.is_wanted()


def test_the_sample_needs_no_backup(tmp_path: Path) -> None:
    sample = Clinic(name="Sample", is_sample=True)
    with Logbook.create(tmp_path / "Sample.dermlog", sample, [DOCTOR]) as logbook:
        assert logbook.backups.state().light is Light.SAMPLE
        assert not logbook.backups.is_wanted()
        assert not logbook.backups.drill_is_due()


def test_the_light_turns_with_the_age_of_the_proof(clinic: Logbook, clock: StillClock) -> None:
    assert clinic.backups.state().light is Light.DANGER
    clinic.backups.back_up()
    for days, light in ((0, Light.GOOD), (3, Light.GOOD), (3.1, Light.CAUTION), (7.1, Light.DANGER)):
        clock.now = clinic.backups.sets()[0].made_at + timedelta(days=days)
        assert clinic.backups.state().light is light


def test_records_are_no_logbook_and_hold_no_photos(clinic: Logbook, tmp_path: Path) -> None:
    one = only(clinic.backups.back_up().sets)
    with pytest.raises(LogbookNotOpened) as caught:
        Logbook.open(one.folder / RECORDS, key=clinic.backups.key)
    assert caught.value.fault is OpeningFault.NOT_DERMLOG
    pictures = rows_of(one.folder / RECORDS, clinic.backups.key)["photo_image"]
    assert len(pictures) == 6
    assert not any(isinstance(value, bytes) and value for row in pictures for value in row)


def test_a_locked_backup_shows_nothing(tmp_path: Path) -> None:
    with make_logbook(tmp_path, key=KEY) as logbook:
        treat(logbook, name="Zyxwvut")
        logbook.backups.back_up()
        logbook.backups.copy_everything(tmp_path)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"Zyxwvut" not in path.read_bytes()
            assert b"SQLite format" not in path.read_bytes()


def test_each_place_gets_its_own_and_one_that_fails_stops_no_other(clinic: Logbook, tmp_path: Path) -> None:
    stick, gone = tmp_path / "stick", tmp_path / "gone"
    stick.mkdir()
    gone.mkdir()
    clinic.backups.add_place(stick)
    clinic.backups.add_place(stick)
    clinic.backups.add_place(gone)
    gone.rmdir()
    done = clinic.backups.back_up()
    assert len(done.sets) == 2
    assert done.faults == ((gone, BackupFault.PLACE_MISSING),)
    assert [place.present for place in clinic.backups.places()] == [True, True, False]
    clinic.backups.drop_place(gone)
    clinic.backups.drop_place(tmp_path)
    assert [place.folder for place in clinic.backups.places()] == [stick]
    with pytest.raises(BackupNotDone) as caught:
        clinic.backups.drop_place(stick)
    assert caught.value.fault is BackupFault.NO_PLACE


def test_a_place_that_is_not_there_is_not_taken(clinic: Logbook, tmp_path: Path) -> None:
    with pytest.raises(BackupNotDone, match="cannot be reached"):
        clinic.backups.add_place(tmp_path / "nowhere")


def test_a_lost_or_broken_list_of_places_falls_back_to_the_first(clinic: Logbook, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    clinic.backups.add_place(tmp_path / "stick")
    clinic.path.with_name(clinic.path.name + "-backups").write_text("[broken", encoding="utf-8")
    assert [place.folder for place in clinic.backups.places()] == [tmp_path]


def test_a_drive_that_is_never_away_is_told(clinic: Logbook, tmp_path: Path, clock: StillClock) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    clinic.backups.add_place(stick)
    clock.move(timedelta(days=31))
    place = clinic.backups.places()[1]
    assert place.should_be_unplugged(clock.now)
    stick.rename(tmp_path / "away")
    clinic.backups.back_up()
    (tmp_path / "away").rename(stick)
    assert not clinic.backups.places()[1].should_be_unplugged(clock.now)


def test_another_logbook_of_the_same_name_has_its_own_folder(tmp_path: Path, clock: StillClock) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    roots = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        with make_logbook(tmp_path / folder, clock=clock) as logbook:
            logbook.backups.add_place(stick)
            roots.append(logbook.backups.back_up().sets[1].folder.parent.name)
        clock.move(timedelta(seconds=1))
    assert roots == ["Clinic backups", "Clinic backups 2"]


def test_stopping_leaves_nothing_half_made(clinic: Logbook, tmp_path: Path) -> None:
    with pytest.raises(BackupNotDone) as caught:
        clinic.backups.back_up(cancelled=lambda: True)
    assert caught.value.fault is BackupFault.STOPPED
    assert not clinic.backups.sets()
    assert not [name for name in files_below(tmp_path) if ".part" in name]
    assert len(clinic.backups.back_up().sets) == 1


def test_what_an_interrupted_run_left_is_cleared(clinic: Logbook, tmp_path: Path) -> None:
    left = tmp_path / "Clinic backups" / "2026-01-01 000000.part"
    left.mkdir(parents=True)
    (left / RECORDS).write_bytes(b"half")
    one = only(clinic.backups.back_up().sets)
    assert not left.exists()
    assert one.folder.exists()


def test_a_set_without_its_manifest_is_no_backup(clinic: Logbook) -> None:
    one = only(clinic.backups.back_up().sets)
    manifest = one.folder / MANIFEST
    good = manifest.read_text(encoding="utf-8")
    for bad in (good[:-20], good.replace('"patients": 3', '"patients": 4'), "", "[]", "{}", "[" * 9000):
        manifest.write_text(bad, encoding="utf-8")
        assert read_set(one.folder) is None
    manifest.unlink()
    assert not clinic.backups.sets()


def test_a_proof_belongs_to_its_records(clinic: Logbook) -> None:
    one = only(clinic.backups.back_up().sets)
    (one.folder / "proof.json").write_text('{"of": "another", "proven_at": "2026-01-01"}', encoding="utf-8")
    found = read_set(one.folder)
    assert found is not None and found.proven_at is None


def test_damaged_records_are_noticed_and_no_longer_count(clinic: Logbook) -> None:
    one = only(clinic.backups.back_up().sets)
    damage(one.folder / RECORDS)
    with pytest.raises(BackupNotDone) as caught:
        clinic.backups.read_back(one)
    assert caught.value.fault is BackupFault.BACKUP_DAMAGED
    assert clinic.backups.state().light is Light.DANGER


def test_a_damaged_pack_is_noticed_when_its_photos_are_read(clinic: Logbook) -> None:
    one = only(clinic.backups.back_up().sets)
    seen: list[tuple[int, int]] = []
    assert clinic.backups.read_back(one, progress=lambda done, of: seen.append((done, of))).proven_at
    assert seen[-1] == (6, 6)
    (pack,) = packs_folder(one).iterdir()
    damage(pack)
    with pytest.raises(BackupNotDone) as caught:
        clinic.backups.read_back(one)
    assert caught.value.fault is BackupFault.BACKUP_DAMAGED


def test_a_missing_pack_is_noticed_without_reading_photos(clinic: Logbook, clock: StillClock) -> None:
    one = only(clinic.backups.back_up().sets)
    shutil.rmtree(packs_folder(one))
    with pytest.raises(BackupNotDone):
        backup.read_back(one, clinic.backups.key, clock.now)


def test_a_wrong_key_is_told_apart_from_damage(clinic: Logbook, clock: StillClock) -> None:
    one = only(clinic.backups.back_up().sets)
    with pytest.raises(BackupNotDone) as caught:
        backup.read_back(one, bytes(32), clock.now)
    assert caught.value.fault is BackupFault.WRONG_KEY


def test_a_photo_damaged_in_the_logbook_is_counted_not_packed(clinic: Logbook, tmp_path: Path) -> None:
    connection = clinic._database.connection
    connection.set_authorizer(None)
    connection.execute("DROP TRIGGER photo_image_is_never_changed")
    sql = "UPDATE photo_image SET original = x'00' WHERE number = 1"
    connection.execute(sql)
    connection.execute(
        "CREATE TRIGGER photo_image_is_never_changed BEFORE UPDATE ON photo_image "
        "BEGIN SELECT RAISE(ABORT, 'photo_image_is_never_changed'); END"
    )
    one = only(clinic.backups.back_up().sets)
    assert one.damaged_photos == 1
    assert clinic.backups.read_back(one).proven_at is not None


def test_a_full_place_is_told_and_keeps_what_was_there(
    clinic: Logbook, tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = only(clinic.backups.back_up().sets)
    clock.move(timedelta(hours=1))
    treat(clinic)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(photo_pack, "sync", full)
    with pytest.raises(BackupNotDone, match="no room") as caught:
        clinic.backups.back_up()
    assert caught.value.fault is BackupFault.DISK_FULL
    assert only(clinic.backups.sets()) == first
    assert not [name for name in files_below(tmp_path) if ".part" in name]


def test_old_sets_go_and_a_shrunk_logbook_removes_none(clinic: Logbook, clock: StillClock) -> None:
    for _hour in range(4):
        treat(clinic, photos=0)
        clinic.backups.back_up()
        clock.move(timedelta(hours=1))
    clock.move(timedelta(days=5))
    treat(clinic, photos=0)
    clinic.backups.back_up()
    days = [one.made_at.date() for one in clinic.backups.sets()]
    assert len(days) == len(set(days)) == 2
    root = clinic.backups.sets()[0].folder.parent
    assert not backup.thin_out(root, clock.now)[0]


def test_a_visit_saved_meanwhile_is_in_the_next_one(clinic: Logbook, clock: StillClock) -> None:
    visit = treat(clinic, photos=0)
    first = only(clinic.backups.back_up().sets)
    clock.move(timedelta(minutes=31))
    follow_up(clinic, visit)
    assert clinic.backups.is_wanted()
    second = only(clinic.backups.back_up().sets)
    assert second.entries == first.entries + 1


def test_while_it_runs_the_file_is_not_folded(clinic: Logbook) -> None:
    calls: list[bool] = []

    def look() -> bool:
        calls.append(clinic.backups.is_running)
        clinic.rest()
        clinic.patients.save(make_patient())
        return False

    clinic.backups.back_up(cancelled=look)
    assert calls and all(calls)
    assert not clinic.backups.is_running


def test_small_packs_are_gathered(
    clinic: Logbook, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_pack, "MANY_SMALL", 3)
    for _round in range(3):
        treat(clinic, photos=2)
        clock.move(timedelta(minutes=40))
        one = only(clinic.backups.back_up().sets)
    packs = PhotoPacks(packs_folder(one), clinic.backups.key)
    assert len(packs.paths()) == 1
    assert len(packs.index()) == 12
    assert clinic.backups.read_back(one).proven_at is not None


def test_every_pack_is_read_back_in_a_month_and_a_damaged_one_is_written_anew(
    clinic: Logbook, clock: StillClock
) -> None:
    one = only(clinic.backups.back_up().sets)
    (pack,) = packs_folder(one).iterdir()
    damage(pack)
    for _day in range(31):
        clock.move(timedelta(days=1))
        treat(clinic, photos=0)
        one = clinic.backups.back_up().sets[0]
    assert clinic.backups.read_back(one).proven_at is not None
    assert not pack.exists()


def test_the_guide_lies_beside_the_sets(clinic: Logbook) -> None:
    one = only(clinic.backups.back_up().sets)
    text = (one.folder.parent / backup.GUIDE).read_text(encoding="utf-8")
    assert "Skin Clinic" in text
    assert ("recovery sheet" in text) == (clinic.backups.key is not None)
    assert sets_in(one.folder.parent) == (one,)
