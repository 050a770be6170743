"""Exports as life leaves them: packed again by hand, and half-written by a program that was killed."""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path
from uuid import UUID

import pytest

from dermlog.domain.leaving import LeavingFault
from dermlog.errors import LeavingNotDone
from dermlog.logbook import Logbook, import_export, look_at_export

pytestmark = pytest.mark.usefixtures("qapp")
PATIENT = UUID(int=99)


@pytest.mark.parametrize("top", ["Clinic export März 2026", "all"])
def test_an_export_that_was_unpacked_and_packed_again_is_taken(
    whole_export: Path, tmp_path: Path, top: str
) -> None:
    target = tmp_path / "again.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir(top)
        for path in sorted(whole_export.rglob("*")):
            archive.write(path, f"{top}/{path.relative_to(whole_export).as_posix()}")
    assert look_at_export(target).patients == 2
    assert import_export(target, tmp_path / "New.dermlog").patients == 2


@pytest.mark.parametrize("stray", ["evil.txt", "../evil.txt", "all/../evil.txt", "other/", "all/a/b/c/d.txt"])
def test_what_lies_beside_the_folder_of_an_export_is_refused(
    whole_export: Path, tmp_path: Path, stray: str
) -> None:
    target = tmp_path / "again.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(whole_export.rglob("*")):
            archive.write(path, f"all/{path.relative_to(whole_export).as_posix()}")
        archive.writestr(stray, b"")
    with pytest.raises(LeavingNotDone) as caught:
        import_export(target, tmp_path / "New.dermlog")
    assert caught.value.fault is LeavingFault.NOT_VALID
    assert not (tmp_path / "New.dermlog").exists()


def test_what_a_killed_export_left_goes_with_the_next_one(leaving_clinic: Logbook, tmp_path: Path) -> None:
    left = [tmp_path / "old-0a1b2c.part", tmp_path / "old.zip-aaaaaa.part", tmp_path / "b-123456.part-file"]
    left[0].mkdir()
    (left[0] / "photos").mkdir()
    (left[0] / "photos" / "one.jpg").write_bytes(b"x")
    left[1].write_bytes(b"PK\3\4rest")
    left[2].write_bytes(b"SQLite format 3")
    others = [
        tmp_path / "film.part",
        tmp_path / "film-12345g.part",
        tmp_path / "film-123456.part",
        tmp_path / "young.zip-bbbbbb.part",
    ]
    for path in others:
        path.write_bytes(b"not ours")
    others[3].write_bytes(b"PK\3\4rest")
    long_ago = time.time() - 90_000
    for path in (left[0] / "photos", *left, *others[:3]):
        os.utime(path, (long_ago, long_ago))
    leaving_clinic.leaving.export_patient(PATIENT, tmp_path / "one", as_zip=False, reports=False)
    assert [path.name for path in left if path.exists()] == []
    assert [path for path in others if not path.exists()] == []
