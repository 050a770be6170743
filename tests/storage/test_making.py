"""Making a file: in the right place, under its name only when whole, never over another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dermlog.domain.clinic import Clinic
from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import LogbookNotOpened
from dermlog.logbook import Logbook
from dermlog.storage import driver, making, migrations
from dermlog.storage.format_1 import APPLICATION_ID
from tests.makers import DOCTOR, NURSE, make_logbook, make_patient


def not_made(path: Path) -> LogbookNotOpened:
    """The error of making a file there."""
    with pytest.raises(LogbookNotOpened) as caught:
        Logbook.create(path, Clinic(), [DOCTOR])
    assert caught.value.sentence.endswith(".")
    return caught.value


def test_a_new_logbook_has_its_clinic_staff_and_products(tmp_path: Path) -> None:
    clinic = Clinic(name="Skin Clinic", follow_up_weeks=(2, 6), is_sample=True)
    logbook = Logbook.create(tmp_path / "New.dermlog", clinic, [NURSE, DOCTOR])
    assert logbook.clinic.get() == clinic
    assert set(logbook.staff.all()) == {DOCTOR, NURSE}
    assert logbook.me == DOCTOR
    assert {product.brand for product in logbook.products.all()} >= {"Botox", "Dysport", "Xeomin"}
    assert logbook.check().ok
    logbook.close()


def test_the_file_is_made_for_photos_and_for_shrinking(tmp_path: Path) -> None:
    logbook = make_logbook(tmp_path)
    logbook.close()
    header = logbook.path.read_bytes()[:100]
    assert int.from_bytes(header[16:18], "big") == driver.PAGE_SIZE
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[52:56], "big") > 0
    assert int.from_bytes(header[64:68], "big") == 1


@pytest.mark.parametrize("content", [b"", b"something of somebody"])
def test_an_existing_file_is_never_overwritten(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "there.dermlog"
    path.write_bytes(content)
    assert not_made(path).fault is OpeningFault.ALREADY_THERE
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_comes_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "there.dermlog"
    monkeypatch.setattr(making, "_sync", lambda _unfinished: path.write_bytes(b"quicker"))
    assert not_made(path).fault is OpeningFault.ALREADY_THERE
    assert path.read_bytes() == b"quicker"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    assert not_made(tmp_path / "no" / "New.dermlog").fault is OpeningFault.FOLDER_MISSING
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no write bits")
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    try:
        assert not_made(folder / "New.dermlog").fault is OpeningFault.FOLDER_READ_ONLY
    finally:
        folder.chmod(0o755)


def test_a_synchronised_folder_and_a_network_drive_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = tmp_path / "Dropbox (Clinic)"
    synced.mkdir()
    error = not_made(synced / "New.dermlog")
    assert error.fault is OpeningFault.FOLDER_SYNCED
    assert "Dropbox" in error.sentence
    monkeypatch.setattr(making, "is_remote", lambda _folder: True)
    assert not_made(tmp_path / "New.dermlog").fault is OpeningFault.FOLDER_REMOTE
    assert list(synced.iterdir()) == []


def test_what_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_connection: driver.Connection) -> None:
        raise driver.OperationalError("database or disk is full")

    monkeypatch.setattr(migrations, "bring_up_to_date", fail)
    assert not_made(tmp_path / "New.dermlog").fault is OpeningFault.DISK_FULL
    assert list(tmp_path.iterdir()) == []


def test_a_half_made_file_of_a_crash_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "Clinic.dermlog-new").write_bytes(b"half")
    logbook = make_logbook(tmp_path)
    logbook.patients.save(make_patient())
    logbook.close()
    assert [file.name for file in tmp_path.iterdir()] == ["Clinic.dermlog"]
