"""A patient asks for a copy, and a clinic moves: out of the window, into a new logbook, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from dermlog.domain.access import AccessKind
from dermlog.logbook import Logbook, import_export
from dermlog.ui.kit import background
from dermlog.ui.leaving.export_dialog import ExportDialog
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.patient_screen import PatientScreen
from tests.logbook.leaving_scene import write_clinic

PATIENT = UUID(int=99)


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A clinic with one of everything."""
    made = write_clinic(tmp_path)
    yield made
    background.shutdown()
    made.close()


def _export_into(folder: Path, qtbot: QtBot, seen: list[ExportDialog]) -> Callable[[], None]:
    """What a person does in the dialog that is about to open."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        seen.append(dialog)
        dialog.place.set_folder(folder)
        dialog.export_button.click()
        qtbot.waitUntil(lambda: not dialog.meter.is_busy, timeout=60_000)
        dialog.export_button.click()

    return act


def test_a_copy_for_a_patient_and_everything_for_the_clinic(
    logbook: Logbook, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    window = MainWindow(logbook)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.show_patient(PATIENT)
    page = window.screen_shown()
    assert isinstance(page, PatientScreen)
    seen: list[ExportDialog] = []

    # The offscreen platform has no place for menus.
    monkeypatch.setattr(QMenu, "popup", lambda *_where: None)
    page.more_button.click()
    menu = page.more_button.findChild(QMenu)
    assert menu is not None
    (entry,) = [action for action in menu.actions() if action.text() == "Export…"]
    QTimer.singleShot(0, _export_into(out, qtbot, seen))
    entry.trigger()
    assert len(seen) == 1
    assert [path.name for path in out.iterdir()] == ["dermlog 2-3 2026-04-17.zip"]

    QTimer.singleShot(0, _export_into(out, qtbot, seen))
    page.export_requested.emit(None)
    assert len(seen) == 2
    kinds = [line.kind for line in logbook.accesses.of_patient(PATIENT)]
    assert kinds[-1] is AccessKind.EXPORTED

    whole = out / "dermlog everything 2026-04-17.zip"
    imported = import_export(whole, tmp_path / "Moved.dermlog")
    assert imported.digest == logbook.leaving.digest()
