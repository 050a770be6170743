"""Leaving and coming back: all of it, the same digest, whole or not at all."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.consent import ConsentKind
from dermlog.domain.csv_cell import from_cell
from dermlog.domain.leaving import LeavingFault, PhotoChoice
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import LeavingNotDone, LogbookNotOpened, NotAllowed
from dermlog.logbook import Logbook, import_export, look_at_export, unlock, unlock_with_code
from dermlog.storage.leaving import package as package_module
from dermlog.storage.leaving import unpacking
from dermlog.storage.leaving.nouns import LOGS, RECORDS
from tests.logbook.leaving_scene import document_of, prepared_pictures, second_patient, write_clinic
from tests.makers import DOCTOR, NURSE, StillClock, make_consent
from tests.storage.contents import rows_of

pytestmark = pytest.mark.usefixtures("qapp")
PATIENT = UUID(int=99)
NEVER_SAME = {
    "access",
    "seal",
    "writing",
    "patient_opened",
    "_sqlite_migrations",
    "photo_image",
    "photo_thumbnail",
}


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_whole_logbook_comes_back_with_the_same_digest(
    leaving_clinic: Logbook, tmp_path: Path, as_zip: bool
) -> None:
    target = tmp_path / ("all.zip" if as_zip else "all")
    exported = leaving_clinic.leaving.export_everything(target, as_zip=as_zip)
    assert exported.digest == leaving_clinic.leaving.digest()
    assert (exported.patients, exported.photos) == (2, 7)
    facts = look_at_export(target)
    assert (facts.whole, facts.patients, facts.clinic.name) == (True, 2, "Old clinic")
    imported = import_export(target, tmp_path / "New.dermlog", clock=StillClock())
    assert imported.digest == exported.digest
    assert imported.missing_photos == 1  # the picture that never was one
    with Logbook.open(tmp_path / "New.dermlog", clock=StillClock()) as there:
        assert there.leaving.digest() == exported.digest
        for photo in leaving_clinic.photos.of_patient(PATIENT):
            assert there.photos.original(photo.id) == leaving_clinic.photos.original(photo.id)
        assert there.history.of_patient(PATIENT) == leaving_clinic.history.of_patient(PATIENT)
        assert not there.history.verify(lambda _done, _of: None).breaks
        assert there.patients.search("o'ne").rows[0].id == PATIENT
        assert there.patients.get(PATIENT) == second_patient()
    mine, theirs = rows_of(leaving_clinic.path, None), rows_of(there.path, None)
    for table in mine.keys() - NEVER_SAME:
        assert theirs[table] == mine[table] or table == "patient", table


def test_every_noun_is_there_in_every_form(whole_export: Path, leaving_clinic: Logbook) -> None:
    document = document_of(whole_export)
    empty = [name for name, rows in document["records"].items() if not rows]
    assert empty == ["restriction"]
    for noun in RECORDS:
        with (whole_export / "csv" / f"{noun.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file))
        assert len(table) == len(document["records"][noun.name])
        for line, row in zip(table, document["records"][noun.name], strict=True):
            for name, value in row.items():
                if isinstance(value, str):
                    assert from_cell(line[name]) == value
                    assert not line[name].startswith(("=", "+", "-", "@", "\t", "\r"))
    for noun in LOGS:
        assert (whole_export / "history" / f"{noun.name}-0001.jsonl").is_file()
    assert (whole_export / "csv" / "patient.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_list_of_checksums_is_complete(whole_export: Path) -> None:
    lines = (whole_export / "SHA256SUMS").read_text().splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    there = {
        path.relative_to(whole_export).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in whole_export.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert listed == there


def test_no_name_in_the_package_comes_from_a_person(leaving_clinic: Logbook, tmp_path: Path) -> None:
    target = tmp_path / "one.zip"
    leaving_clinic.leaving.export_patient(PATIENT, target)
    ours = re.compile(r"[A-Za-z0-9._-]+(/[a-z0-9_.-]+)?")
    with zipfile.ZipFile(target) as archive:
        for name in archive.namelist():
            assert ours.fullmatch(name)
            assert "DSC" not in name


def test_one_patient_takes_along_what_is_theirs_and_nobody_elses(
    leaving_clinic: Logbook, tmp_path: Path
) -> None:
    target = tmp_path / "one"
    exported = leaving_clinic.leaving.export_patient(PATIENT, target, as_zip=False)
    assert (exported.patients, exported.photos, exported.photos_withheld) == (1, 5, 0)
    everything = b"".join(path.read_bytes() for path in target.rglob("*") if path.is_file())
    assert b"Lindqvist" not in everything
    assert b"half a sen" not in everything
    assert not (target / "history").exists()
    assert (target / "reports" / f"{PATIENT}.pdf").read_bytes().startswith(b"%PDF")
    imported = import_export(target, tmp_path / "New.dermlog", clock=StillClock())
    assert imported.missing_photos == 0
    with Logbook.open(tmp_path / "New.dermlog", clock=StillClock()) as there:
        assert there.check().ok
        assert there.patients.get(PATIENT) == second_patient()
        assert there.sessions.of_patient(PATIENT) == leaving_clinic.sessions.of_patient(PATIENT)
        assert {line.reason for line in there.history.of_patient(PATIENT)} == {"Imported from an export"}


def test_a_moved_treatment_does_not_name_the_other_patient(leaving_clinic: Logbook, tmp_path: Path) -> None:
    first = next(row.id for row in leaving_clinic.patients.search("").rows if row.id != PATIENT)
    leaving_clinic.leaving.export_patient(first, tmp_path / "one", as_zip=False, reports=False)
    voids = document_of(tmp_path / "one")["records"]["session_void"]
    assert len(voids) == 2
    assert {void["moved_to"] for void in voids} == {None}


def test_photos_go_only_where_the_consent_holds(tmp_path: Path) -> None:
    logbook = write_clinic(tmp_path)
    consent = next(
        one for one in logbook.consents.of_patient(PATIENT) if one.kind is ConsentKind.PHOTO_RECORD
    )
    logbook.consents.save(
        make_consent(second_patient(), id=consent.id, kind=consent.kind, withdrawn_on=date(2026, 4, 17))
    )
    exported = logbook.leaving.export_patient(PATIENT, tmp_path / "one", as_zip=False)
    assert (exported.photos, exported.photos_withheld) == (0, 5)
    assert not (tmp_path / "one" / "photos").exists()
    assert "no consent to photos holds" in (tmp_path / "one" / "README.txt").read_text(encoding="utf-8")
    cleaned = logbook.leaving.export_everything(
        tmp_path / "clean", as_zip=False, photos=PhotoChoice.CLEANED, reports=False
    )
    assert (cleaned.photos, cleaned.photos_withheld) == (0, 5)
    logbook.close()


def test_restricted_entries_stay_behind(tmp_path: Path) -> None:
    logbook = write_clinic(tmp_path)
    logbook.erasing.restrict(PATIENT, "asked to", None)
    with pytest.raises(LeavingNotDone) as caught:
        logbook.leaving.export_patient(PATIENT, tmp_path / "one")
    assert caught.value.fault is LeavingFault.RESTRICTED
    exported = logbook.leaving.export_everything(tmp_path / "all", as_zip=False, reports=False)
    assert (exported.patients, exported.patients_restricted) == (1, 1)
    everything = b"".join(path.read_bytes() for path in (tmp_path / "all").rglob("*") if path.is_file())
    assert str(PATIENT).encode() not in everything
    assert not (tmp_path / "all" / "history").exists()
    moved = logbook.leaving.export_everything(tmp_path / "moved", as_zip=False, with_restricted=True)
    assert (moved.patients, moved.digest) == (2, logbook.leaving.digest())
    imported = import_export(tmp_path / "moved", tmp_path / "New.dermlog", clock=StillClock())
    assert imported.digest == moved.digest
    logbook.close()


def test_cleaned_photos_come_back_and_the_history_says_so(leaving_clinic: Logbook, tmp_path: Path) -> None:
    exported = leaving_clinic.leaving.export_everything(
        tmp_path / "clean.zip", photos=PhotoChoice.CLEANED, reports=False
    )
    imported = import_export(tmp_path / "clean.zip", tmp_path / "New.dermlog", clock=StillClock())
    assert imported.photos == exported.photos == 5
    with Logbook.open(tmp_path / "New.dermlog", clock=StillClock()) as there:
        for photo in there.photos.of_patient(PATIENT):
            assert hashlib.sha256(there.photos.original(photo.id)).hexdigest() == photo.sha256
        assert not any("history" in finding for finding in there.check().findings)
        assert there.history.of_patient(PATIENT)[-1].reason == "Imported from an export"


def test_two_files_that_are_one_picture_now_are_told_apart(tmp_path: Path) -> None:
    logbook = write_clinic(tmp_path)
    first = logbook.photos.of_patient(PATIENT)[0]
    twin = next(iter(prepared_pictures().values()))
    marked = replace(
        twin, original=twin.original + b"x", sha256=hashlib.sha256(twin.original + b"x").hexdigest()
    )
    logbook.photos.add(PATIENT, first.visit_id, marked, first.view)
    exported = logbook.leaving.export_patient(PATIENT, tmp_path / "one", as_zip=False, reports=False)
    imported = import_export(tmp_path / "one", tmp_path / "New.dermlog", clock=StillClock())
    assert (exported.photos, imported.missing_photos) == (6, 1)
    logbook.close()


def test_an_export_is_noted_with_counts_only(tmp_path: Path) -> None:
    logbook = write_clinic(tmp_path)
    logbook.leaving.export_patient(PATIENT, tmp_path / "one.zip", reports=False)
    line = logbook.accesses.of_patient(PATIENT)[-1]
    assert (line.kind, line.staff_id) == (AccessKind.EXPORTED, DOCTOR.id)
    assert line.detail == "1 patients, 5 photos, photos cleaned"
    logbook.close()


def test_who_may_not_cannot(leaving_clinic: Logbook, tmp_path: Path) -> None:
    leaving_clinic.act_as(NURSE.id)
    try:
        with pytest.raises(NotAllowed):
            leaving_clinic.leaving.export_patient(PATIENT, tmp_path / "one")
        with pytest.raises(NotAllowed):
            leaving_clinic.leaving.export_everything(tmp_path / "all")
    finally:
        leaving_clinic.act_as(DOCTOR.id)
    assert list(tmp_path.iterdir()) == []


def test_a_locked_logbook_is_made_from_an_export(whole_export: Path, tmp_path: Path) -> None:
    code, path = RecoveryCode.new(), tmp_path / "New.dermlog"
    imported = import_export(
        whole_export, path, passwords={DOCTOR.id: "quiet blue heron 42"}, code=code, clock=StillClock()
    )
    assert not path.read_bytes().startswith(b"SQLite")
    unlocked = unlock(path, DOCTOR.id, "quiet blue heron 42")
    assert unlocked.key == unlock_with_code(path, code.text).key
    with Logbook.open(path, key=unlocked.key, clock=StillClock()) as there:
        assert there.leaving.digest() == imported.digest


@pytest.mark.parametrize("as_zip", [False, True])
def test_stopping_leaves_nothing(leaving_clinic: Logbook, tmp_path: Path, as_zip: bool) -> None:
    for number in (0, 3, 20, 60):
        asked: list[int] = []

        def stop(most: int = number, seen: list[int] = asked) -> bool:
            seen.append(1)
            return len(seen) > most

        with pytest.raises(LeavingNotDone) as caught:
            leaving_clinic.leaving.export_everything(
                tmp_path / "all", as_zip=as_zip, reports=False, cancelled=stop
            )
        assert caught.value.fault is LeavingFault.STOPPED
        assert list(tmp_path.iterdir()) == []


def test_a_stopped_import_leaves_nothing(whole_export: Path, tmp_path: Path) -> None:
    for number in (0, 2, 5, 12):
        asked: list[int] = []

        def stop(most: int = number, seen: list[int] = asked) -> bool:
            seen.append(1)
            return len(seen) > most

        with pytest.raises(LeavingNotDone) as caught:
            import_export(whole_export, tmp_path / "New.dermlog", cancelled=stop)
        assert caught.value.fault is LeavingFault.STOPPED
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "failure",
    [
        (errno.ENOSPC, LeavingFault.DISK_FULL),
        (errno.EROFS, LeavingFault.NOT_WRITABLE),
        (errno.EIO, LeavingFault.DISK),
        (errno.ENOENT, LeavingFault.FOLDER_MISSING),
    ],
)
@pytest.mark.parametrize("place", [(as_zip, number) for as_zip in (False, True) for number in (1, 12, 30)])
def test_a_disk_that_fails_leaves_a_sentence_and_no_file(
    leaving_clinic: Logbook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: tuple[int, LeavingFault],
    place: tuple[bool, int],
) -> None:
    (code, fault), (as_zip, number) = failure, place
    box = package_module._Zip if as_zip else package_module._Folder
    put, written = box.put, []

    def failing(self: object, name: str, content: bytes) -> None:
        written.append(name)
        if len(written) == number:
            raise OSError(code, "the stick is gone")
        put(self, name, content)  # type: ignore[arg-type]

    monkeypatch.setattr(box, "put", failing)
    with pytest.raises(LeavingNotDone) as caught:
        leaving_clinic.leaving.export_everything(tmp_path / "all", as_zip=as_zip, reports=False)
    assert caught.value.fault is fault
    assert tmp_path.name in caught.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_before_it_is_full(
    leaving_clinic: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_module, "room_in", lambda _folder: 1 << 20)
    with pytest.raises(LeavingNotDone, match="no room"):
        leaving_clinic.leaving.export_everything(tmp_path / "all.zip", reports=False)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_written_over(leaving_clinic: Logbook, tmp_path: Path) -> None:
    mine = tmp_path / "all.zip"
    mine.write_text("mine")
    with pytest.raises(LeavingNotDone) as caught:
        leaving_clinic.leaving.export_everything(mine)
    assert caught.value.fault is LeavingFault.ALREADY_THERE
    assert mine.read_text() == "mine"
    with pytest.raises(LeavingNotDone) as caught:
        leaving_clinic.leaving.export_everything(tmp_path / "nowhere" / "all.zip")
    assert caught.value.fault is LeavingFault.FOLDER_MISSING


def test_an_import_never_replaces_a_file(whole_export: Path, tmp_path: Path) -> None:
    mine = tmp_path / "Clinic.dermlog"
    mine.write_text("mine")
    with pytest.raises(LogbookNotOpened):
        import_export(whole_export, mine)
    assert mine.read_text() == "mine"


def test_what_cannot_be_read_back_is_removed(
    leaving_clinic: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prove = unpacking.PackageReader.prove

    def rotten(self: unpacking.PackageReader, name: str) -> None:
        self._sums[name] = self._sums[name][::-1] if name == "FIELDS.md" else self._sums[name]
        prove(self, name)

    monkeypatch.setattr(unpacking.PackageReader, "prove", rotten)
    with pytest.raises(LeavingNotDone) as caught:
        leaving_clinic.leaving.export_everything(tmp_path / "all.zip", reports=False)
    assert caught.value.fault is LeavingFault.NOT_PROVEN
    assert list(tmp_path.iterdir()) == []


def test_a_picture_that_cannot_be_cleaned_stays_behind(
    leaving_clinic: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dermlog.photos.prepare.is_bare", lambda _data: False)
    exported = leaving_clinic.leaving.export_patient(PATIENT, tmp_path / "one", as_zip=False, reports=False)
    assert (exported.photos, exported.photos_unreadable) == (0, 5)


def test_long_histories_are_written_in_parts(
    leaving_clinic: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dermlog.storage.leaving.document.LINES_IN_PART", 10)
    exported = leaving_clinic.leaving.export_everything(tmp_path / "all", as_zip=False, reports=False)
    assert (tmp_path / "all" / "history" / "change-0003.jsonl").is_file()
    assert import_export(tmp_path / "all", tmp_path / "New.dermlog").digest == exported.digest


def test_a_text_that_shrinks_to_nothing_is_no_bomb(tmp_path: Path) -> None:
    logbook = write_clinic(tmp_path)
    for number in range(150):
        patient = second_patient()
        logbook.patients.save(
            type(patient)(chart_number=f"N{number}", family_name="A" * 200, note="a" * 20_000)
        )
    exported = logbook.leaving.export_everything(tmp_path / "all.zip", reports=False)
    assert import_export(tmp_path / "all.zip", tmp_path / "New.dermlog").digest == exported.digest
    logbook.close()


def test_the_document_can_be_read_by_anything(whole_export: Path) -> None:
    document = document_of(whole_export)
    assert document["format"] == "dermlog-export"
    assert document["records"]["injection_site"][0]["units"] in {"2", "1.5", "0.25", "4", "0.5"}
    assert document["records"]["visit"][0]["warning_signs_asked"] is False
    lines = io.StringIO((whole_export / "history" / "change-0001.jsonl").read_text(encoding="utf-8"))
    assert all(json.loads(line)["sequence"] for line in lines)
