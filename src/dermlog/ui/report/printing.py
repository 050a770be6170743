"""Printing: the pages of the PDF as pictures, one after the other, to the printer that was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from dermlog.ui.kit import background
from dermlog.ui.kit.background import Task
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook.printed_report import PagePicture, PrintedReport

PRINT_DPI = 300.0


def has_printer() -> bool:
    """Whether this computer knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def no_printer_sentence() -> str:
    """What to do without one."""
    return _("This computer knows no printer. Save the report as a PDF and print it elsewhere.")


def paper_printer(name: str) -> QPrinter:
    """A printer set to the paper of the report, without margins of its own; name is what its queue shows."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setCreator("dermlog")
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    return printer


def ask_printer(parent: QWidget, printer: QPrinter, pages: int) -> bool:
    """The system's dialog for printer, pages and copies; False when it was left."""
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print the report"))
    dialog.setMinMax(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    accepted = bool(dialog.exec())
    dialog.deleteLater()
    return accepted


def chosen_pages(printer: QPrinter, pages: int) -> tuple[int, ...]:
    """The pages to print, counted from 0."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange or printer.fromPage() < 1:
        return tuple(range(pages))
    return tuple(range(printer.fromPage() - 1, min(printer.toPage(), pages)))


class PrintJob:
    """Draws page after page in a worker and hands each to the printer; keep it until told() was called.

    told(sentence, failed) is called once; progress(page, of) for each page.
    """

    def __init__(
        self,
        report: PrintedReport,
        printer: QPrinter,
        *,
        owner: QWidget,
        progress: Callable[[int, int], object],
        told: Callable[[str, bool], object],
    ) -> None:
        self._printer, self._progress, self._told = printer, progress, told
        self._numbers = chosen_pages(printer, len(report.pages))
        self._painter = QPainter()
        self._done = 0
        if not self._painter.begin(printer):
            told(_("The printer did not start. Check that it is on and connected, then print again."), True)
            return
        self._task: Task[int] = background.run(
            lambda task: _draw(task, report, self._numbers),
            done=self._on_done,
            failed=self._on_failed,
            progress=self._on_page,
            receiver=owner,
        )

    def _on_page(self, drawn: object) -> None:
        picture = cast("PagePicture", drawn)
        if not self._painter.isActive():
            return
        if self._done and not self._printer.newPage():
            self._task.cancel()
            self._painter.end()
            self._told(_("The printer stopped. Check its paper and connection, then print again."), True)
            return
        self._done += 1
        image = QImage(
            picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
        )
        self._painter.drawImage(fitted(self._printer, picture), image)
        self._progress(self._done, len(self._numbers))

    def _on_done(self, _pages: int) -> None:
        self._painter.end()
        name = self._printer.printerName() or self._printer.outputFileName()
        self._told(_("Sent to “{printer}”.").format(printer=name), False)

    def _on_failed(self, _error: Exception) -> None:
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self._told(_("The report could not be printed. Save it as a PDF and print that."), True)


def fitted(printer: QPrinter, picture: PagePicture) -> QRectF:
    """Where a page goes on the sheet: as large as it fits, in the middle, never distorted."""
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(sheet.width() / picture.width, sheet.height() / picture.height)
    width, height = picture.width * scale, picture.height * scale
    return QRectF((sheet.width() - width) / 2, (sheet.height() - height) / 2, width, height)


def _draw(task: Task[int], report: PrintedReport, numbers: Sequence[int]) -> int:
    for number in numbers:
        task.report(report.picture(number, PRINT_DPI))
    return len(numbers)
