"""The report of a patient as it will be printed: its bytes, its pages as pictures, and the way to a file.

Everything here is pure: facts or bytes in, bytes or a file out. It may run in any thread.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from dermlog.domain.file_fault import PrintingFault
from dermlog.errors import NotPrinted, not_printed
from dermlog.logbook.report_facts import texts_of
from dermlog.report.facts import ReportFacts
from dermlog.report.injection_record import InjectionRecord, write_injection_record
from dermlog.report.page_pictures import PagePicture, PageSize, draw_page, page_sizes, page_texts
from dermlog.report.progress_report import write_pdf
from dermlog.report.typesetting import unprintable

__all__ = [
    "InjectionRecord",
    "PagePicture",
    "PageSize",
    "PrintedReport",
    "ReportFacts",
    "page_sizes",
    "print_report",
    "write_file",
]


@dataclass(frozen=True)
class PrintedReport:
    """A finished document: its pages with their sizes and texts, and the characters that no font here has."""

    pdf: bytes
    pages: tuple[PageSize, ...]
    texts: tuple[str, ...]
    unprintable: tuple[str, ...]

    def picture(self, number: int, dots_per_inch: float) -> PagePicture:
        """A page, counted from 0, as a picture."""
        return draw_page(self.pdf, number, dots_per_inch)


def print_report(facts: ReportFacts | InjectionRecord) -> PrintedReport:
    """Write the document and look at what came out."""
    pdf = write_injection_record(facts) if isinstance(facts, InjectionRecord) else write_pdf(facts)
    missing = unprintable("\n".join(texts_of(facts)))
    return PrintedReport(pdf, page_sizes(pdf), page_texts(pdf), missing)


def write_file(pdf: bytes, path: Path) -> None:
    """Write a document to a file, whole or not at all; NotPrinted with a sentence when it cannot be."""
    # Created like any other file, so that it follows the habits of its folder.
    unfinished = path.with_name(f".{uuid4().hex}.part")
    try:
        with unfinished.open("xb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise _not_written(error, path) from error


def _not_written(error: OSError, path: Path) -> NotPrinted:
    if error.errno == errno.ENOSPC:
        return not_printed(PrintingFault.DISK_FULL, path.name)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return not_printed(PrintingFault.FOLDER_MISSING, path.name)
    if isinstance(error, PermissionError | IsADirectoryError) or error.errno == errno.EROFS:
        return not_printed(PrintingFault.NOT_WRITABLE, path.name)
    return not_printed(PrintingFault.OTHER, path.name)
