"""Printing: every chosen page once, whole, on the sheet; a printer that fails is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dermlog.logbook.printed_report import PagePicture, PrintedReport
from dermlog.report.page_pictures import draw_page, page_sizes
from dermlog.ui.kit import background
from dermlog.ui.report.printing import PrintJob, chosen_pages, fitted, paper_printer


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    """A printer that writes a PDF, as every computer has one."""
    made = paper_printer("Report DL-0142")
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def _print(
    printed: PrintedReport, printer: QPrinter, qtbot: QtBot
) -> tuple[list[tuple[int, int]], str, bool]:
    owner = QWidget()
    qtbot.addWidget(owner)
    pages: list[tuple[int, int]] = []
    told: list[tuple[str, bool]] = []
    job = PrintJob(
        printed,
        printer,
        owner=owner,
        progress=lambda page, count: pages.append((page, count)),
        told=lambda sentence, failed: told.append((sentence, failed)),
    )
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    background.shutdown()
    assert job is not None
    (only,) = told
    return pages, *only


def test_every_page_is_printed_once_and_whole(
    printed: PrintedReport, printer: QPrinter, qtbot: QtBot, tmp_path: Path
) -> None:
    pages, sentence, failed = _print(printed, printer, qtbot)
    assert pages == [(1, 3), (2, 3), (3, 3)]
    assert (failed, "Sent to" in sentence) == (False, True)
    pdf = (tmp_path / "printed.pdf").read_bytes()
    sizes = page_sizes(pdf)
    assert [(round(size.width), round(size.height)) for size in sizes] == [(595, 842)] * 3
    one, other = _small(draw_page(printed.pdf, 1, 72)), _small(draw_page(pdf, 1, 72))
    far = sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 40
        for x in range(one.width())
        for y in range(one.height())
    )
    assert far < 0.01 * one.width() * one.height()


def _small(page: PagePicture) -> QImage:
    """A page so small that the width of a line does not count."""
    image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
    return image.scaled(
        100,
        140,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def test_only_the_chosen_pages_are_printed(printed: PrintedReport, printer: QPrinter, qtbot: QtBot) -> None:
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert chosen_pages(printer, 3) == (1, 2)
    assert _print(printed, printer, qtbot)[0] == [(1, 2), (2, 2)]


def test_a_range_beyond_the_end_stops_there(printer: QPrinter) -> None:
    assert chosen_pages(printer, 3) == (0, 1, 2)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(3, 9)
    assert chosen_pages(printer, 3) == (2,)


def test_a_page_is_never_distorted(printed: PrintedReport, printer: QPrinter) -> None:
    picture = draw_page(printed.pdf, 0, 30)
    place = fitted(printer, picture)
    assert place.width() / place.height() == pytest.approx(picture.width / picture.height, rel=0.001)
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    assert place.width() <= sheet.width() + 0.01
    assert place.height() <= sheet.height() + 0.01


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_start_is_said(printed: PrintedReport, qtbot: QtBot, tmp_path: Path) -> None:
    printer = paper_printer("Report")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "none" / "printed.pdf"))
    told: list[tuple[str, bool]] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    with qtbot.captureExceptions():
        PrintJob(
            printed,
            printer,
            owner=owner,
            progress=lambda _page, _count: None,
            told=lambda sentence, failed: told.append((sentence, failed)),
        )
    assert told == [("The printer did not start. Check that it is on and connected, then print again.", True)]
