"""A lot is recalled: the owner types it, sees who had it, and saves the call list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.draft import DraftKind
from dermlog.logbook import Logbook
from dermlog.ui.clinic.clinic_screen import ClinicScreen
from dermlog.ui.lots.lots_screen import LotsScreen
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.patient_screen import PatientScreen
from tests.makers import NURSE, make_draft, make_logbook, make_patient, make_session, make_visit


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """Two patients had the lot, one of them is not signed yet; a third had another."""
    made = make_logbook(tmp_path)
    botox = made.products.all()[0]
    for name, lot in (("=Ahl", "C-4821"), ("Berg", "D999")):
        person = make_patient(family_name=name, phone="+46 555 0100")
        made.patients.save(person)
        visit = make_visit(person)
        made.sessions.sign(visit, make_session(visit, botox, lot=lot))
    waiting = make_patient(family_name="Ćirić")
    made.patients.save(waiting)
    made.drafts.save(make_draft(waiting, kind=DraftKind.TREATMENT, content='{"lot": "c4821"}'))
    yield made
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


def recall(window: MainWindow, lot: str) -> LotsScreen:
    """From the clinic's page to the list, by hand."""
    window.show_clinic()
    clinic = window.screen_shown()
    assert isinstance(clinic, ClinicScreen)
    QTest.mouseClick(clinic.safety.recall, Qt.MouseButton.LeftButton)
    screen = window.screen_shown()
    assert isinstance(screen, LotsScreen)
    assert screen.lot.edit.hasFocus() or window.focusWidget() is screen.lot.edit
    QTest.keyClicks(screen.lot.edit, lot)
    return screen


def test_everybody_who_had_the_lot_is_listed(window: MainWindow) -> None:
    screen = recall(window, "C4821")
    assert [row.family_name for row in screen.table.rows()] == ["Ćirić", "=Ahl"]
    assert "2 patients in 2 treatments, 1 not signed yet" in screen.summary.text()
    screen.lot.edit.clear()
    QTest.keyClicks(screen.lot.edit, "X1")
    assert screen.table.rows() == ()
    assert not screen.pdf_button.isEnabled()


def test_a_row_leads_to_the_patient_and_back(window: MainWindow) -> None:
    screen = recall(window, "C4821")
    screen.table.select_row(1)
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert isinstance(window.screen_shown(), PatientScreen)
    window.go_back()
    assert window.screen_shown() is screen
    assert screen.lot.text() == "C4821"
    assert len(screen.table.rows()) == 2


def test_the_call_list_is_saved_for_a_spreadsheet(window: MainWindow, tmp_path: Path) -> None:
    screen = recall(window, "C4821")
    path = tmp_path / "list.csv"
    screen.write(path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "names keep their letters in a spreadsheet"
    head, unsigned, signed = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert head[0] == "Patient"
    assert unsigned[0].startswith("Ćirić")
    assert (unsigned[8], unsigned[9]) == ("", "no")
    assert signed[0].startswith("'=Ahl"), "no cell is a formula"
    assert signed[3] == "'+46 555 0100"
    assert signed[8] == "3.5 U"
    assert "saved" in screen.notice.text()


def test_the_call_list_is_saved_as_a_pdf_with_every_name(window: MainWindow, tmp_path: Path) -> None:
    screen = recall(window, "C4821")
    path = tmp_path / "list.pdf"
    screen.write(path)
    document = pypdfium2.PdfDocument(path.read_bytes())
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Call list for lot C4821" in text
    assert "Ćirić" in text
    assert "C-4821" in text


def test_a_list_that_cannot_be_written_is_said(window: MainWindow, tmp_path: Path) -> None:
    screen = recall(window, "C4821")
    screen.write(tmp_path / "gone" / "list.csv")
    assert "list.csv" in screen.notice.text()
    assert len(screen.table.rows()) == 2


def test_a_list_without_the_restricted_says_that_it_is_not_whole(
    window: MainWindow, logbook: Logbook, tmp_path: Path
) -> None:
    screen = recall(window, "C4821")
    for row in screen.table.rows():
        logbook.erasing.restrict(row.patient_id, "Asked by letter")
    screen.refresh()
    assert len(screen.table.rows()) == 2
    assert "restricted" not in screen.summary.text()
    logbook.erasing.lift(screen.table.rows()[1].patient_id)
    logbook.act_as(NURSE.id)
    screen.on_person_changed()
    assert [row.family_name for row in screen.table.rows()] == ["=Ahl"]
    said = "1 more patient had this lot and is restricted: an owner must make this list."
    assert said in screen.summary.text()
    screen.write(tmp_path / "list.csv")
    *_rows, last = csv.reader(io.StringIO((tmp_path / "list.csv").read_text(encoding="utf-8-sig")))
    assert last == [said]
    screen.write(tmp_path / "list.pdf")
    with pypdfium2.PdfDocument(tmp_path / "list.pdf") as document:
        text = document[0].get_textpage().get_text_range()
    assert said in " ".join(text.split())
    assert "Ćirić" not in text
    logbook.act_as(window.logbook().staff.all()[0].id)
    logbook.erasing.restrict(screen.table.rows()[0].patient_id, "Asked by letter")
    logbook.act_as(NURSE.id)
    screen.refresh()
    assert screen.table.rows() == ()
    assert screen.summary.text().startswith("2 more patients")
