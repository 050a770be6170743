"""Making a logbook from an export in the window: locked by default, or on purpose without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.logbook import is_locked
from dermlog.ui.kit import background
from dermlog.ui.start.import_dialog import ImportDialog
from tests.logbook.leaving_scene import write_clinic


@pytest.fixture(autouse=True)
def work_ends() -> Iterator[None]:
    """No work outlives its test."""
    yield
    background.shutdown()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything of a clinic as a ZIP."""
    logbook = write_clinic(tmp_path_factory.mktemp("clinic"))
    target = tmp_path_factory.mktemp("export") / "all.zip"
    logbook.leaving.export_everything(target, reports=False)
    logbook.close()
    return target


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[ImportDialog]:
    """The dialog as the start shows it."""
    made = ImportDialog()
    qtbot.addWidget(made)
    made.show()
    yield made
    if made.logbook is not None:
        made.logbook.close()


def look(qtbot: QtBot, dialog: ImportDialog, package: Path) -> None:
    dialog.look_at(package)
    qtbot.waitUntil(lambda: not dialog.meter.is_busy, timeout=60_000)


def test_a_locked_logbook_needs_a_password_and_the_sheet(
    qtbot: QtBot, dialog: ImportDialog, package: Path, tmp_path: Path
) -> None:
    assert not dialog.next_button.isEnabled()
    look(qtbot, dialog, package)
    assert dialog.found.text() == "Old clinic, exported on 17 Apr 2026: 2 patients, 7 photos."
    path = tmp_path / "New.dermlog"
    dialog.place.set_text(str(path))
    dialog.next_button.click()
    (fields,) = dialog.passwords.values()
    dialog.next_button.click()
    assert fields.first.error()
    for field in (fields.first, fields.again):
        QTest.keyClicks(field.edit, "quiet blue heron 42")
    dialog.next_button.click()
    sheet = dialog.sheet
    assert sheet is not None and not dialog.next_button.isEnabled()
    sheet.save_to(tmp_path / "sheet.pdf")
    assert dialog._code is not None
    for box, number in zip(sheet.groups.boxes, sheet.asked, strict=True):
        QTest.keyClicks(box, dialog._code.groups[number - 1])
    assert not path.exists()
    dialog.next_button.click()
    qtbot.waitUntil(lambda: dialog.logbook is not None, timeout=60_000)
    assert is_locked(path)
    assert dialog.logbook is not None and dialog.logbook.patients.count() == 2
    assert "1 photo was not in the export." in dialog.logbook.notices
    assert not dialog.isVisible()


def test_a_logbook_without_a_lock_takes_the_words(
    qtbot: QtBot, dialog: ImportDialog, package: Path, tmp_path: Path
) -> None:
    look(qtbot, dialog, package)
    path = tmp_path / "New.dermlog"
    dialog.place.set_text(str(path))
    dialog.protection.choice.set_value(False)
    dialog.next_button.click()
    assert dialog.protection.typed.error()
    dialog.protection.typed.set_text("not encrypted")
    dialog.next_button.click()
    qtbot.waitUntil(lambda: dialog.logbook is not None, timeout=60_000)
    assert not is_locked(path)


def test_what_is_no_export_is_said(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    other = tmp_path / "holiday.zip"
    other.write_bytes(b"PK\x05\x06" + bytes(18))
    look(qtbot, dialog, other)
    qtbot.waitUntil(dialog.notice.isVisible)
    assert dialog.notice.text().startswith("Not a valid export: “holiday.zip”")
    assert not dialog.next_button.isEnabled()


def test_a_place_that_is_taken_is_named(
    qtbot: QtBot, dialog: ImportDialog, package: Path, tmp_path: Path
) -> None:
    look(qtbot, dialog, package)
    taken = tmp_path / "Clinic.dermlog"
    taken.write_text("mine")
    dialog.place.set_text(str(taken))
    dialog.next_button.click()
    assert dialog.place.error()
    assert taken.read_text() == "mine"
