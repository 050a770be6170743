"""The report screen: written beside the window, the very bytes saved, everything said in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from dermlog.report.page_pictures import page_texts
from dermlog.ui.report import printing, report_screen
from dermlog.ui.report.report_screen import ReportScreen
from tests.makers import NURSE, StillClock, make_patient, make_visit, oiliness

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(logbook: Logbook, patient: Patient, qtbot: QtBot) -> ReportScreen:
    """The screen with the report of the patient on it."""
    made = ReportScreen(logbook)
    qtbot.addWidget(made)
    made.resize(1250, 860)
    made.show_report(patient.id)
    with qtbot.waitExposed(made):
        made.show()
    made.on_shown()
    qtbot.waitUntil(lambda: made.report() is not None, timeout=20_000)
    return made


def _shown(screen: ReportScreen) -> bytes:
    report = screen.report()
    assert report is not None
    return report.pdf


def test_the_report_is_shown(screen: ReportScreen, qtbot: QtBot) -> None:
    assert screen.heading.title() == "Progress report"
    assert screen.title() == "Report DL/0142:a"
    assert screen.place.text() == "Page 1 of 2"
    assert "Maya Lindqvist" in page_texts(_shown(screen))[0]
    qtbot.waitUntil(lambda: screen.pages.wanted()[0] == (), timeout=20_000)
    assert screen.missing.isHidden()


def test_nothing_can_be_saved_before_it_is_written(logbook: Logbook, patient: Patient, qtbot: QtBot) -> None:
    screen = ReportScreen(logbook)
    qtbot.addWidget(screen)
    asked: list[str] = []
    screen.ask_path = asked.append
    screen.show_report(patient.id)
    assert not screen.save_button.isEnabled()
    assert not screen.print_button.isEnabled()
    screen.save()
    screen.print_pages()
    assert not asked
    qtbot.waitUntil(screen.save_button.isEnabled, timeout=20_000)


def test_the_very_bytes_that_are_shown_are_saved(screen: ReportScreen, qtbot: QtBot, tmp_path: Path) -> None:
    proposed: list[str] = []
    path = tmp_path / "out.pdf"

    def choose(name: str) -> Path:
        proposed.append(name)
        return path

    screen.ask_path = choose
    QTest.keyClick(screen.pages, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: "Saved" in screen.notice.text(), timeout=20_000)
    assert path.read_bytes() == _shown(screen)
    assert proposed == ["Report DL-0142-a 2026-04-17.pdf"]
    assert screen.notice.text() == "Saved as “out.pdf”."


def test_leaving_the_dialog_saves_nothing(screen: ReportScreen) -> None:
    screen.ask_path = lambda _name: None
    screen.save_button.click()
    assert screen.notice.isHidden()


def test_a_missing_folder_is_said_and_saving_works_again(
    screen: ReportScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.ask_path = lambda _name: tmp_path / "none" / "out.pdf"
    screen.save_button.click()
    qtbot.waitUntil(lambda: "folder does not exist" in screen.notice.text(), timeout=20_000)
    assert screen.save_button.isEnabled()
    screen.ask_path = lambda _name: tmp_path / "out.pdf"
    screen.save_button.click()
    qtbot.waitUntil(lambda: "Saved" in screen.notice.text(), timeout=20_000)


def test_without_a_printer_that_is_said(screen: ReportScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_screen, "has_printer", lambda: False)
    QTest.keyClick(screen.pages, Qt.Key.Key_P, CONTROL)
    assert screen.notice.text() == printing.no_printer_sentence()


def test_printing_ends_in_a_sentence(
    screen: ReportScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def ask(_parent: object, printer: QPrinter, pages: int) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return pages == 2

    monkeypatch.setattr(report_screen, "has_printer", lambda: True)
    monkeypatch.setattr(report_screen, "ask_printer", ask)
    screen.print_button.click()
    qtbot.waitUntil(lambda: "Sent to" in screen.notice.text(), timeout=20_000)
    assert (tmp_path / "printed.pdf").stat().st_size > 10_000


def test_a_dialog_of_the_system_that_outlasts_the_lock_takes_nothing_out(
    screen: ReportScreen, logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, printed = tmp_path / "out.pdf", tmp_path / "printed.pdf"

    def lock(*_arguments: object) -> Path:
        monkeypatch.setattr(logbook, "why_not", lambda _action: "The logbook is locked.")
        return path

    def lock_and_print(_parent: object, printer: QPrinter, _pages: int) -> bool:
        printer.setOutputFileName(str(printed))
        return bool(lock())

    screen.ask_path = lock
    screen.save()
    assert screen.notice.text() == "The logbook is locked."
    monkeypatch.setattr(report_screen, "has_printer", lambda: True)
    monkeypatch.setattr(report_screen, "ask_printer", lock_and_print)
    screen.print_pages()
    qtbot.wait(50)
    assert not path.exists()
    assert not printed.exists()
    assert logbook.accesses.page() == ()


def test_leaving_the_print_dialog_prints_nothing(
    screen: ReportScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_screen, "has_printer", lambda: True)
    monkeypatch.setattr(report_screen, "ask_printer", lambda *_arguments: False)
    screen.print_button.click()
    assert screen.notice.isHidden()


def test_characters_without_a_font_are_said_before_printing(
    screen: ReportScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    logbook.patients.save(replace(patient, family_name="A\U0010fffd"))
    qtbot.waitUntil(lambda: not screen.missing.isHidden(), timeout=20_000)
    assert "U+10FFFD" in screen.missing.text()
    logbook.patients.save(patient)
    qtbot.waitUntil(screen.missing.isHidden, timeout=20_000)


def test_news_of_the_patient_write_it_anew_where_the_reader_is(
    screen: ReportScreen, logbook: Logbook, patient: Patient, clock: StillClock, qtbot: QtBot
) -> None:
    before = _shown(screen)
    screen.pages.go_to_page(2)
    clock.move(timedelta(days=14))
    logbook.visits.save(make_visit(patient, logbook.today(), scores=(oiliness(1),), entered_at=clock.now))
    qtbot.waitUntil(lambda: _shown(screen) != before, timeout=20_000)
    assert screen.pages.page() == 2
    assert "less oily" in page_texts(_shown(screen))[0]


def test_another_person_prepares_it(screen: ReportScreen, logbook: Logbook, qtbot: QtBot) -> None:
    logbook.act_as(NURSE.id)
    screen.on_person_changed()
    qtbot.waitUntil(lambda: "by Ana Ruiz" in page_texts(_shown(screen))[0], timeout=20_000)


def test_another_patient_begins_on_the_first_page(
    screen: ReportScreen, logbook: Logbook, qtbot: QtBot
) -> None:
    other = make_patient(family_name="Other", chart_number="X-1")
    logbook.patients.save(other)
    screen.pages.go_to_page(2)
    screen.show_report(other.id)
    assert screen.report() is None
    qtbot.waitUntil(lambda: screen.report() is not None, timeout=20_000)
    assert screen.pages.page() == 1
    assert "Other" in page_texts(_shown(screen))[0]


def test_the_zoom_is_shown(screen: ReportScreen) -> None:
    screen.larger.click()
    larger = screen.size_label.text()
    screen.smaller.click()
    screen.smaller.click()
    assert screen.size_label.text() != larger
    screen.fit.click()
    assert screen.size_label.text() == f"{round(screen.pages.zoom() * 100)} %"
