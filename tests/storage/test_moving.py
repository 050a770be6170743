"""F15, F16: a logbook on a share or in a synchronised folder is moved whole, and the old file set aside."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from dermlog.domain.file_fault import OpeningFault, ViewingReason
from dermlog.errors import LogbookNotOpened
from dermlog.logbook import Logbook
from dermlog.logbook.moving import move_logbook
from dermlog.storage.lock import lock_path
from tests.makers import NOW, make_logbook, make_patient


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    """A closed logbook in a folder that is synchronised, with key slots beside it."""
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    made = make_logbook(tmp_path)
    made.patients.save(make_patient())
    made.close()
    path = made.path.rename(folder / made.path.name)
    path.with_name(path.name + "-keys").write_text("slots", encoding="utf-8")
    return path


def test_it_is_opened_for_viewing_until_it_is_moved(synced: Path, tmp_path: Path) -> None:
    with Logbook.open(synced) as logbook:
        assert logbook.viewing is ViewingReason.SYNCED
        assert "OneDrive" in logbook.read_only_reason
    before, target, steps = synced.read_bytes(), tmp_path / "here" / "Clinic.dermlog", []
    target.parent.mkdir()
    aside = move_logbook(synced, target, now=NOW, progress=lambda done, of: steps.append((done, of)))
    assert aside == synced.with_name("Clinic (moved 2026-04-17 1004).dermlog")
    assert aside.read_bytes() == target.read_bytes() == before
    assert steps[-1] == (len(before), len(before))
    assert target.with_name(target.name + "-keys").read_text(encoding="utf-8") == "slots"
    assert not synced.exists()
    with Logbook.open(target) as logbook:
        assert not logbook.read_only
        assert logbook.patients.count() == 1


def test_where_the_old_file_cannot_be_renamed_it_stays(
    synced: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path == synced:
            raise PermissionError(errno.EACCES, "read-only share")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert move_logbook(synced, tmp_path / "Clinic.dermlog", now=NOW) is None
    assert synced.exists()
    assert (tmp_path / "Clinic.dermlog").read_bytes() == synced.read_bytes()


@pytest.mark.parametrize("fault", [OpeningFault.ALREADY_THERE, OpeningFault.FOLDER_SYNCED])
def test_a_wrong_place_is_refused(fault: OpeningFault, synced: Path, tmp_path: Path) -> None:
    target = tmp_path / "Clinic.dermlog"
    if fault is OpeningFault.ALREADY_THERE:
        target.write_text("mine", encoding="utf-8")
    else:
        target = synced.with_name("Other.dermlog")
    with pytest.raises(LogbookNotOpened) as caught:
        move_logbook(synced, target, now=NOW)
    assert caught.value.fault is fault
    assert synced.exists()


def test_what_another_computer_has_open_is_not_moved(synced: Path, tmp_path: Path) -> None:
    lock_path(synced).write_text(json.dumps({"computer": "RECEPTION-PC"}), encoding="utf-8")
    with pytest.raises(LogbookNotOpened) as caught:
        move_logbook(synced, tmp_path / "Clinic.dermlog", now=NOW)
    assert caught.value.fault is OpeningFault.OPEN_ELSEWHERE
    lock_path(synced).unlink()
    synced.with_name(synced.name + "-wal").write_bytes(b"entries")
    with pytest.raises(LogbookNotOpened) as caught:
        move_logbook(synced, tmp_path / "Clinic.dermlog", now=NOW)
    assert caught.value.fault is OpeningFault.UNFOLDED_READ_ONLY


@pytest.mark.parametrize(
    ("error", "fault"), [(errno.ENOSPC, OpeningFault.DISK_FULL), (errno.EIO, OpeningFault.UNREADABLE)]
)
def test_a_move_that_fails_leaves_everything_as_it_was(
    error: int, fault: OpeningFault, synced: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(error, "no")

    monkeypatch.setattr(os, "fsync", fail)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(LogbookNotOpened) as caught:
        move_logbook(synced, tmp_path / "Clinic.dermlog", now=NOW)
    assert caught.value.fault is fault
    assert sorted(tmp_path.rglob("*")) == before
