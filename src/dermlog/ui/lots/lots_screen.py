"""LotsScreen: type a lot and see every patient who had it; print the call list or save it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from dermlog.changes import Noun
from dermlog.domain.access import AccessKind
from dermlog.domain.permission import Action
from dermlog.domain.vial import RecallRow
from dermlog.errors import DermlogError
from dermlog.ui.allowing import allow
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.screen import Screen
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.ui.lots.call_list import (
    call_list_csv,
    call_list_document,
    call_list_pdf,
    expiry_text,
    hidden_words,
    patients_of,
)
from dermlog.wording import _, date_text, ngettext, units_text

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class LotsScreen(Screen):
    """LotsScreen(logbook).show_lot("C4821")."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._hidden = 0
        heading = PageHeading(_("Lot recall"), _("everybody who had a lot"))
        self.print_button = Button(_("Print…"))
        self.csv_button = Button(_("Save for a spreadsheet…"))
        self.pdf_button = Button(_("Save call list as PDF…"), Kind.PRIMARY)
        for button in (self.print_button, self.csv_button, self.pdf_button):
            heading.add_action(button)
        self.notice = Notice()
        self.lot = TextField(_("Lot"), placeholder=_("as printed on the vial; a part is enough"))
        self.summary = Label(role="strong", wrap=True)
        self.table = self._make_table()
        card = Card()
        card.add(self.lot)
        card.add(self.summary)
        card.add(self.table, 1)
        self.page.addWidget(heading)
        self.page.addWidget(self.notice)
        self.page.addWidget(card, 1)
        self.lot.edited.connect(lambda _text: self.refresh())
        self.table.row_opened.connect(lambda row: self.patient_requested.emit(row.patient_id))
        self.print_button.clicked.connect(self._on_print)
        self.csv_button.clicked.connect(lambda: self._save("csv"))
        self.pdf_button.clicked.connect(lambda: self._save("pdf"))
        news = {Noun.SESSION, Noun.PATIENT, Noun.DRAFT}
        self._news = RefreshOnNews(self, logbook.changes, news, self.refresh)
        self.refresh()

    def title(self) -> str:
        """What the window's title bar says."""
        return _("Lot recall")

    def on_person_changed(self) -> None:
        """Not everybody may take a list out of the logbook."""
        self.refresh()

    def on_shown(self) -> None:
        """Begin with the lot."""
        self.refresh()
        self.lot.focus()

    def show_lot(self, lot: str = "") -> None:
        """Look for a lot."""
        if lot:
            self.lot.set_text(lot)
        self.refresh()

    def refresh(self) -> None:
        """Ask the logbook again."""
        rows = self._logbook.vials.recall(self.lot.text())
        self.table.set_rows(rows)
        typed = bool(self.lot.text().strip())
        self.table.set_empty_text(
            _("Nobody had this lot. Check it letter by letter.") if typed else _("Type a lot to begin.")
        )
        self._hidden = self._logbook.vials.recall_hidden(self.lot.text())
        words = [said for said in (summary_words(rows), hidden_words(self._hidden)) if said]
        self.summary.setText("\n".join(words))
        self.summary.setVisible(bool(words))
        if self._hidden and not rows:
            self.table.set_empty_text(_("Nobody whom you may see had this lot."))
        ways = (self.print_button, self.csv_button, self.pdf_button)
        allow(self._logbook, Action.PRINT_CALL_LIST, *ways, sensible=bool(rows))

    def _make_table(self) -> RecordTable[RecallRow]:
        return RecordTable(
            [
                Column(_("Patient"), _patient_cell, stretch=1),
                Column(_("Phone"), lambda row: row.phone or Cell(_("not recorded"), muted=True), width=130),
                Column(_("Treatment"), _day_cell, width=150),
                Column(_("Product"), lambda row: row.brand or Cell(_("not chosen"), muted=True), width=130),
                Column(_("Lot"), _lot_cell, width=150),
                Column(_("Units"), _units_cell, width=90),
            ],
            name=_("Treatments with this lot"),
            row_height=50,
        )

    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo  # noqa: PLC0415

        if not QPrinterInfo.availablePrinterNames():
            self.notice.tell(_("This computer knows no printer. Save the list as a PDF instead."), "caution")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            self._document().print_(printer)
            self._note(AccessKind.PRINTED, "call_list")
        dialog.deleteLater()

    def _save(self, kind: str) -> None:
        wish = _("PDF (*.pdf)") if kind == "pdf" else _("Spreadsheet (*.csv)")
        name = _("Call list {lot}").format(lot="".join(c for c in self.lot.text() if c.isalnum()))
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save call list"), f"{name}.{kind}", wish)
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(f".{kind}"))

    def write(self, path: Path) -> None:
        """Write the list to a file, as a spreadsheet when it ends in .csv, else as a PDF."""
        from dermlog.logbook.printed_report import write_file  # noqa: PLC0415 - when it is wanted

        try:
            self._logbook.require(Action.PRINT_CALL_LIST)
            if path.suffix.casefold() == ".csv":
                content = call_list_csv(self.table.rows(), self._hidden)
            else:
                content = call_list_pdf(self._document())
            write_file(content, path)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self._note(AccessKind.EXPORTED, "spreadsheet" if path.suffix.casefold() == ".csv" else "call_list")
        self.notice.tell(
            _("“{name}” is saved. It names patients: keep it as safe as the logbook.").format(name=path.name)
        )

    def _note(self, kind: AccessKind, what: str) -> None:
        """Each patient of the list is on it: each has a line of their own in the access log."""
        patients = list(dict.fromkeys(row.patient_id for row in self.table.rows()))
        with self._logbook.accesses.together():
            for patient_id in patients:
                self._logbook.accesses.note(kind, patient_id, what)

    def _document(self) -> QTextDocument:
        return call_list_document(
            self.table.rows(),
            lot=self.lot.text().strip(),
            clinic=self._logbook.clinic.get().name,
            day=self._logbook.today(),
            head=self._logbook.history.head().text,
            hidden=self._hidden,
        )


def summary_words(rows: Sequence[RecallRow]) -> str:
    """3 patients in 4 treatments, 1 of them not signed."""
    if not rows:
        return ""
    patients = patients_of(rows)
    words = _("{patients} in {treatments}").format(
        patients=ngettext("{n} patient", "{n} patients", patients).format(n=patients),
        treatments=ngettext("{n} treatment", "{n} treatments", len(rows)).format(n=len(rows)),
    )
    drafts = sum(not row.signed for row in rows)
    if drafts:
        words += _(", {n} not signed yet").format(n=drafts)
    lots = len({row.lot.casefold() for row in rows})
    if lots > 1:
        words += _(" · {n} different lots contain what you typed").format(n=lots)
    return words


def _patient_cell(row: RecallRow) -> Cell:
    name = ", ".join(part for part in (row.family_name, row.given_name) if part)
    born = "" if row.birth_date is None else _(" · born {day}").format(day=date_text(row.birth_date))
    return Cell(name, detail=f"{row.chart_number}{born}", strong=True)


def _day_cell(row: RecallRow) -> Cell:
    return Cell(date_text(row.on), detail="" if row.signed else _("unfinished, not signed"))


def _lot_cell(row: RecallRow) -> Cell:
    expiry = "" if row.expiry is None else _("expires {month}").format(month=expiry_text(row.expiry))
    return Cell(row.lot, detail=expiry)


def _units_cell(row: RecallRow) -> Cell:
    return Cell(_("not signed"), muted=True) if row.units is None else Cell(units_text(row.units))
