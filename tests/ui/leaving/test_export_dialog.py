"""Exporting from the window: choices, where it went, stopping, and who may not."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from dermlog.domain.leaving import LeavingFault, PhotoChoice
from dermlog.errors import leaving_not_done
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.leaving.export_dialog import PLAIN_FILE, REPORTS, RESTRICTED, ExportDialog
from dermlog.ui.leaving.place_field import PlaceField
from tests.logbook.leaving_scene import write_clinic
from tests.makers import NURSE

PATIENT = UUID(int=99)


@pytest.fixture(autouse=True)
def work_ends() -> Iterator[None]:
    """No work outlives its test."""
    yield
    background.shutdown()


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Logbook]:
    """A clinic with one of everything."""
    logbook = write_clinic(tmp_path)
    yield logbook
    logbook.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where exports go."""
    made = tmp_path / "out"
    made.mkdir()
    return made


def shown(qtbot: QtBot, logbook: Logbook, folder: Path, patient: UUID | None = None) -> ExportDialog:
    dialog = ExportDialog(logbook, patient)
    qtbot.addWidget(dialog)
    dialog.place.set_folder(folder)
    dialog.show()
    return dialog


def finish(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.meter.is_busy, timeout=60_000)


def test_a_patient_is_written_and_said_where(
    qtbot: QtBot, clinic: Logbook, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(qtbot, clinic, folder, PATIENT)
    assert [option.value for option in dialog.photos.options()] == [PhotoChoice.CLEANED, PhotoChoice.NONE]
    dialog.export_button.click()
    finish(qtbot, dialog)
    (written,) = folder.iterdir()
    assert written.name == "dermlog 2-3 2026-04-17.zip"
    assert dialog.exported is not None and dialog.exported.path == written
    assert "1 patient, 5 photos" in dialog.notice.text()
    assert str(folder) in dialog.notice.text()
    opened: list[Any] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog.show_button.click()
    assert [url.toLocalFile() for url in opened] == [str(folder)]
    dialog.export_button.click()
    assert not dialog.isVisible()


def test_everything_is_written_into_a_folder(qtbot: QtBot, clinic: Logbook, folder: Path) -> None:
    dialog = shown(qtbot, clinic, folder)
    dialog.form.set_value("folder")
    dialog.parts.set_values((PLAIN_FILE,))
    dialog.export_button.click()
    finish(qtbot, dialog)
    (written,) = folder.iterdir()
    assert written.name == "dermlog everything 2026-04-17"
    assert (written / "records.sqlite").is_file()
    assert not (written / "reports").exists()
    assert (written / "history").is_dir()


def test_the_same_name_twice_gets_a_number(tmp_path: Path, qtbot: QtBot) -> None:
    field = PlaceField()
    qtbot.addWidget(field)
    field.set_folder(tmp_path)
    (tmp_path / "x.zip").touch()
    assert field.free_path("x", ".zip") == tmp_path / "x 2.zip"


def test_restricted_patients_are_offered_only_where_there_are_some(
    qtbot: QtBot, clinic: Logbook, folder: Path
) -> None:
    assert len(shown(qtbot, clinic, folder).parts.boxes()) == 2
    clinic.erasing.restrict(PATIENT, "asked to")
    dialog = shown(qtbot, clinic, folder)
    assert dialog.parts.values() == (REPORTS, PLAIN_FILE)
    assert len(dialog.parts.boxes()) == 3
    dialog.parts.set_values((RESTRICTED,))
    dialog.export_button.click()
    finish(qtbot, dialog)
    assert dialog.exported is not None and dialog.exported.patients == 2


def test_stopping_keeps_nothing_and_stays(
    qtbot: QtBot, clinic: Logbook, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = Event(), Event()

    def slow(*_args: object, cancelled: Any, **_options: object) -> None:
        begun.set()
        while not cancelled():
            pass
        ended.set()
        raise leaving_not_done(LeavingFault.STOPPED)

    monkeypatch.setattr(clinic.leaving, "export_patient", slow)
    dialog = shown(qtbot, clinic, folder, PATIENT)
    dialog.export_button.click()
    assert begun.wait(10)
    dialog.reject()
    assert ended.wait(10)
    assert dialog.isVisible()
    assert dialog.notice.text() == "Stopped. Nothing was kept of it."
    assert dialog.export_button.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()


def test_a_failure_is_a_sentence_and_another_try(qtbot: QtBot, clinic: Logbook, folder: Path) -> None:
    dialog = shown(qtbot, clinic, folder / "gone", PATIENT)
    dialog.export_button.click()
    finish(qtbot, dialog)
    qtbot.waitUntil(lambda: "cannot be reached" in dialog.notice.text())
    dialog.place.set_folder(folder)
    dialog.photos.set_value(PhotoChoice.NONE)
    dialog.export_button.click()
    finish(qtbot, dialog)
    (written,) = folder.iterdir()
    with zipfile.ZipFile(written) as archive:
        assert not [name for name in archive.namelist() if name.startswith("photos/")]


def test_who_may_not_is_told(qtbot: QtBot, clinic: Logbook, folder: Path) -> None:
    clinic.act_as(NURSE.id)
    for patient in (PATIENT, None):
        dialog = shown(qtbot, clinic, folder, patient)
        assert not dialog.export_button.isEnabled()
        assert dialog.notice.text().startswith("Only owners")
