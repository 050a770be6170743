"""The recovery sheet to a printer or into a file; it lies on this PC only where somebody says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from dermlog.wording import _

PRINT_DPI = 300.0


def has_printer() -> bool:
    """Whether this computer knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def ask_printer(parent: QWidget) -> QPrinter | None:
    """The printer that was chosen, or None."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    # The queue shows what is printed, not for whom.
    printer.setDocName(_("Recovery sheet"))
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print the recovery sheet"))
    accepted = bool(dialog.exec())
    dialog.deleteLater()
    return printer if accepted else None


def print_pages(pdf: bytes, printer: QPrinter) -> bool:
    """Draw every page; False when the printer did not take them."""
    from dermlog.logbook.printed_report import PrintedReport, page_sizes  # noqa: PLC0415 - heavy

    sheet = PrintedReport(pdf, page_sizes(pdf), (), ())
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number in range(len(sheet.pages)):
        if number and not printer.newPage():
            painter.end()
            return False
        page = sheet.picture(number, PRINT_DPI)
        image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
        paper = printer.paperRect(QPrinter.Unit.DevicePixel)
        scale = min(paper.width() / page.width, paper.height() / page.height)
        painter.drawImage(QRectF(0, 0, page.width * scale, page.height * scale), image)
    return painter.end()


def save_sheet(pdf: bytes, path: Path) -> None:
    """Write the sheet as a PDF; NotPrinted when it cannot be."""
    from dermlog.logbook.printed_report import write_file  # noqa: PLC0415 - heavy

    write_file(pdf, path)
