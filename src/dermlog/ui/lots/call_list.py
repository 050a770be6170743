"""The call list of a lot: as a spreadsheet, and as a document that is printed or becomes a PDF."""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from dermlog.domain.vial import RecallRow
from dermlog.ui.kit.date_text import month_text
from dermlog.wording import _, date_text, ngettext, units_text

FORMULA = ("=", "+", "-", "@", "\t")


def patients_of(rows: Sequence[RecallRow]) -> int:
    """How many patients there are among the treatments."""
    return len({row.patient_id for row in rows})


def expiry_text(day: date) -> str:
    """An expiry as it is on the vial: Mar 2027 where the month's last day is meant, else 15 Mar 2027."""
    last = day.day == monthrange(day.year, day.month)[1]
    return month_text(day) if last else date_text(day)


def hidden_words(hidden: int) -> str:
    """That a list is not whole for whoever made it; "" where it is."""
    if not hidden:
        return ""
    return ngettext(
        "{n} more patient had this lot and is restricted: an owner must make this list.",
        "{n} more patients had this lot and are restricted: an owner must make this list.",
        hidden,
    ).format(n=hidden)


def headings() -> tuple[str, ...]:
    """The columns of the list."""
    return (
        _("Patient"),
        _("Chart number"),
        _("Born"),
        _("Phone"),
        _("Treatment"),
        _("Product"),
        _("Lot"),
        _("Expiry"),
        _("Units"),
        _("Signed"),
    )


def cells(row: RecallRow) -> tuple[str, ...]:
    """One treatment in words; what is not recorded is empty."""
    return (
        ", ".join(part for part in (row.family_name, row.given_name) if part),
        row.chart_number,
        "" if row.birth_date is None else date_text(row.birth_date),
        row.phone,
        date_text(row.on),
        row.brand,
        row.lot,
        "" if row.expiry is None else expiry_text(row.expiry),
        "" if row.units is None else units_text(row.units),
        _("yes") if row.signed else _("no"),
    )


def call_list_csv(rows: Sequence[RecallRow], hidden: int = 0) -> bytes:
    """The list for a spreadsheet: UTF-8 with its mark, so that every name is read as it was typed.

    A cell that a spreadsheet would take for a formula begins with an apostrophe. hidden: patients who are not
    on it, said in a last line.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings())
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells(row)])
    if hidden:
        writer.writerow([hidden_words(hidden)])
    return text.getvalue().encode("utf-8-sig")


def call_list_document(
    rows: Sequence[RecallRow], *, lot: str, clinic: str, day: date, head: str = "", hidden: int = 0
) -> QTextDocument:
    """The list as a document with a column to tick off who was called; head is that of the record.

    hidden: patients who are not on it.
    """
    top = "".join(f"<th align='left'>{escape(words)}</th>" for words in (*headings(), _("Called")))
    lines = "".join(
        "".join(["<tr>", *(f"<td>{escape(cell)}</td>" for cell in cells(row)), "<td>☐</td></tr>"])
        for row in rows
    )
    title = _("Call list for lot {lot}").format(lot=lot)
    line = _("{clinic} · {day} · Patients: {patients} · Treatments: {treatments}").format(
        clinic=clinic or "dermlog", day=date_text(day), patients=patients_of(rows), treatments=len(rows)
    )
    if head:
        line = _("{line} · {head}").format(line=line, head=head)
    document = QTextDocument()
    document.setDefaultStyleSheet("body { font-size: 9pt; color: black; } td, th { padding: 3px; }")
    document.setHtml(
        f"<body><p style='font-size: 15pt; font-weight: bold'>{escape(title)}</p><p>{escape(line)}</p>"
        f"<p>{escape(hidden_words(hidden))}</p>"
        f"<table border='1' cellspacing='0' width='100%' style='border-collapse: collapse'>"
        f"<thead><tr>{top}</tr></thead>{lines}</table></body>"
    )
    return document


def call_list_pdf(document: QTextDocument) -> bytes:
    """The document as a PDF on A4, across."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("dermlog")
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            QMarginsF(12, 12, 12, 12),
            QPageLayout.Unit.Millimeter,
        )
    )
    document.print_(writer)
    buffer.close()
    return bytes(data.data())
