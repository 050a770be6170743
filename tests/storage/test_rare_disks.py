"""Disks that do less than others: no links, a copy that is not what was copied, a name that is taken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dermlog.domain.clinic import Clinic
from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import LogbookNotOpened
from dermlog.logbook import Logbook
from dermlog.logbook.moving import move_logbook
from tests.makers import DOCTOR, NOW, make_logbook, make_patient


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive of a camera or a stick, which knows no second name of a file."""

    def refused(_new: Path, _old: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)


@pytest.mark.usefixtures("no_links")
def test_a_logbook_is_made_on_a_drive_without_links(tmp_path: Path) -> None:
    with Logbook.create(tmp_path / "New.dermlog", Clinic(name="Skin Clinic"), [DOCTOR]) as logbook:
        assert logbook.clinic.get().name == "Skin Clinic"
    assert sorted(path.name for path in tmp_path.iterdir() if "New" in path.name)[0] == "New.dermlog"


@pytest.mark.usefixtures("no_links")
def test_a_file_that_comes_meanwhile_stays_on_a_drive_without_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sync = tmp_path / "New.dermlog", os.fsync

    def late(descriptor: int) -> None:
        path.write_bytes(b"somebody else's")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", late)
    with pytest.raises(LogbookNotOpened) as caught:
        Logbook.create(path, Clinic(), [DOCTOR])
    assert caught.value.fault is OpeningFault.ALREADY_THERE
    assert path.read_bytes() == b"somebody else's"


def test_a_move_in_the_same_minute_sets_the_file_aside_under_another_name(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    asides = []
    for folder in ("one", "two"):
        made = make_logbook(tmp_path)
        made.patients.save(make_patient())
        made.close()
        asides.append(move_logbook(made.path, tmp_path / folder / "Clinic.dermlog", now=NOW))
    assert [one and one.name for one in asides] == [
        "Clinic (moved 2026-04-17 1004).dermlog",
        "Clinic (moved 2026-04-17 1004 2).dermlog",
    ]


def test_a_copy_that_is_not_what_was_copied_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that says it wrote, and did not: the old file stays the one in use."""
    made = make_logbook(tmp_path)
    made.close()
    (tmp_path / "stick").mkdir()
    target, before, sync = tmp_path / "stick" / "Clinic.dermlog", made.path.read_bytes(), os.fsync

    def lying(descriptor: int) -> None:
        sync(descriptor)
        os.lseek(descriptor, 4096, os.SEEK_SET)
        os.write(descriptor, b"\xa5" * 64)

    monkeypatch.setattr(os, "fsync", lying)
    with pytest.raises(LogbookNotOpened):
        move_logbook(made.path, target, now=NOW)
    assert not target.exists()
    assert made.path.read_bytes() == before
