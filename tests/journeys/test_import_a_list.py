"""A new clinic brings its patients from another system, finds one, and takes a double import back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.list_import.list_import_dialog import ListImportDialog, Step
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patients.patients_screen import PatientsScreen
from dermlog.ui.today.today_screen import TodayScreen
from tests.makers import make_logbook

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A new logbook."""
    made = make_logbook(tmp_path)
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def window(logbook: Logbook, qtbot: QtBot) -> MainWindow:
    """The application on that logbook."""
    made = MainWindow(logbook)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def old_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two hundred patients as the other system saved them; the file dialog chooses that file."""
    path = tmp_path / "Patienten Export.csv"
    lines = ["PatNr;Name;Vorname;Geb.Datum;Geschlecht;Telefon;Krankenkasse"]
    lines += [
        f"{n:04};Müller{n};Jürgen;{n % 28 + 1:02}.07.19{n % 70 + 20};m;'+49 30 {n};AOK" for n in range(200)
    ]
    lines += ["0200;Falsch;Datum;31.02.1990;m;;TK"]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(path), ""))
    return path


def in_the_dialog(qtbot: QtBot, act: Callable[[ListImportDialog], None]) -> None:
    """Do this once the dialog is open; whatever goes wrong, it is closed in the end."""

    def begin() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ListImportDialog)
        try:
            act(dialog)
        finally:
            dialog.done(dialog.result())

    QTimer.singleShot(50, begin)


def import_all(dialog: ListImportDialog, qtbot: QtBot) -> None:
    """Four clicks from the file to the summary."""
    QTest.mouseClick(dialog.choose_button, LEFT)
    assert Step(dialog.pages.currentIndex()) is Step.COLUMNS
    QTest.mouseClick(dialog.next_button, LEFT)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == Step.CHECK, timeout=20_000)
    QTest.mouseClick(dialog.next_button, LEFT)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == Step.DONE, timeout=20_000)


def test_a_new_clinic_brings_its_patients(
    window: MainWindow, logbook: Logbook, old_system: Path, qtbot: QtBot
) -> None:
    assert old_system.exists()
    today = window.screen_shown()
    assert isinstance(today, TodayScreen)
    assert today.import_button.isVisible()
    said: list[str] = []

    def act(dialog: ListImportDialog) -> None:
        import_all(dialog, qtbot)
        said.append(dialog._done_words.text())

    in_the_dialog(qtbot, act)
    QTest.mouseClick(today.import_button, LEFT)
    assert said == ["200 patients added, 1 skipped."]
    assert logbook.patients.count() == 200
    qtbot.waitUntil(lambda: not today.import_button.isVisible())
    window.show_patients()
    screen = window.screen_shown()
    assert isinstance(screen, PatientsScreen)
    screen.show_query("müller133")
    (row,) = screen.table.rows()
    patient = logbook.patients.get(row.id)
    assert (patient.chart_number, patient.phone) == ("0133", "+49 30 133")


def test_the_same_list_again_adds_nobody_unasked(
    window: MainWindow, logbook: Logbook, old_system: Path, qtbot: QtBot
) -> None:
    lists = logbook.patient_lists
    table = lists.read(old_system)
    lists.add(lists.reading(table, lists.guess(table)).patients, source=old_system.name)
    window.show_patients()
    screen = window.screen_shown()
    assert isinstance(screen, PatientsScreen)
    found: list[int] = []

    def act(dialog: ListImportDialog) -> None:
        QTest.mouseClick(dialog.choose_button, LEFT)
        QTest.mouseClick(dialog.next_button, LEFT)
        qtbot.waitUntil(lambda: Step(dialog.pages.currentIndex()) is Step.CHECK, timeout=20_000)
        found.extend((len(dialog.check.chosen()), len(dialog.check.matches.rows())))
        QTest.mouseClick(dialog.next_button, LEFT)
        assert "Nobody is chosen" in dialog.notice.text()

    in_the_dialog(qtbot, act)
    QTest.mouseClick(screen.import_button, LEFT)
    assert found == [0, 200]
    assert logbook.patients.count() == 200
