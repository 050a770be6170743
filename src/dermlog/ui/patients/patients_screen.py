"""Find a patient as you type: any part of name, chart number or birth date, in any script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from dermlog.changes import Noun
from dermlog.domain.permission import Action
from dermlog.naming import name_of
from dermlog.ui.allowing import allow
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.screen import Screen
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.ui.patients.names import full_name
from dermlog.wording import _, date_text

if TYPE_CHECKING:
    from datetime import date

    from dermlog.logbook import Logbook, PatientRow

LIMIT = 50
PRESSED = QEvent.Type.KeyPress
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
INTO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class PatientsScreen(Screen):
    """PatientsScreen(logbook): show_query(text) searches, new_patient() opens an empty form."""

    def __init__(self, logbook: Logbook) -> None:
        super().__init__()
        self._logbook = logbook
        heading = PageHeading(_("Patients"))
        self.import_button = Button(_("Import a list…"))
        self.import_button.clicked.connect(self.list_import_requested)
        heading.add_action(self.import_button)
        self.new_button = Button(_("New patient"), Kind.PRIMARY, key="Ctrl N")
        self.new_button.clicked.connect(self._on_new)
        heading.add_action(self.new_button)
        self.page.addWidget(heading)
        self.search_box = TextField(
            "",
            placeholder=_("Any part of a name, chart number or birth date"),
            name=_("Find a patient"),
        )
        self.search_box.edited.connect(self._search)
        self.search_box.edit.installEventFilter(self)
        self._below = Label("", role="small")
        self.table: RecordTable[PatientRow] = RecordTable(
            [
                Column(_("Patient"), _patient_cell, stretch=4),
                Column(_("Chart no."), lambda row: row.chart_number, stretch=2),
                Column(_("Born"), lambda row: _day(row.birth_date), stretch=2),
                Column(_("Sex"), lambda row: Cell(name_of(row.sex), muted=True), stretch=2),
                Column(_("Last visit"), lambda row: Cell(_day(row.last_visit_on), muted=True), stretch=2),
            ],
            name=_("Patients found"),
            row_height=38,
        )
        self.table.row_opened.connect(lambda row: self.patient_requested.emit(row.id))
        card = Card()
        card.add(self.search_box)
        card.add(self.table, 1)
        card.add(self._below)
        self.page.addWidget(card, 1)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._on_new)
        self._news = RefreshOnNews(self, logbook.changes, {Noun.PATIENT, Noun.VISIT}, self.refresh)
        self.refresh()

    def title(self) -> str:
        """What the window's title bar says."""
        return _("Patients")

    def on_person_changed(self) -> None:
        """Somebody else may see and do more or less."""
        self.refresh()

    def show_query(self, query: str) -> None:
        """Search for what was typed elsewhere; the caret is ready for more."""
        self.search_box.set_text(query)
        self.search_box.edit.setFocus()
        self.search_box.edit.setCursorPosition(len(query))
        self.refresh()

    def refresh(self) -> None:
        """Search again for what stands in the box."""
        allow(self._logbook, Action.SAVE_PATIENT, self.new_button)
        allow(self._logbook, Action.IMPORT_PATIENTS, self.import_button)
        self._search(self.search_box.text())

    def new_patient(self) -> None:
        """The empty form; a name typed into the search box is taken over."""
        if not self._logbook.may(Action.SAVE_PATIENT):
            return
        from dermlog.ui.patients.patient_form import add_patient  # noqa: PLC0415 - the list comes first

        chosen = add_patient(self._logbook, self.window(), typed=self.search_box.text())
        if chosen is not None:
            self.patient_requested.emit(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens the first hit, arrows go down into the list."""
        if isinstance(event, QKeyEvent) and event.type() == PRESSED:
            if event.key() in ENTER:
                self._open_first()
                return True
            if event.key() in INTO_LIST and self.table.rows():
                self.table.setFocus()
                if self.table.current() is None:
                    self.table.select_row(0)
                return True
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        hits = self._logbook.patients.search(text, LIMIT)
        if not hits.rows:
            if text.strip():
                self.table.set_empty_text(_("Nobody is found. Check the spelling, or add a new patient."))
            else:
                self.table.set_empty_text(
                    _(
                        "No patient yet. Add the first with “New patient”, or bring those of another system "
                        "with “Import a list”."
                    )
                )
        self.table.set_rows(hits.rows, select_first=bool(text.strip()))
        self._below.setText(
            _("The first {n} are shown. Type more to narrow down.").format(n=LIMIT) if hits.more else ""
        )

    def _open_first(self) -> None:
        row = self.table.current() or next(iter(self.table.rows()), None)
        if row is not None:
            self.patient_requested.emit(row.id)

    def _on_new(self) -> None:
        self.new_patient()


def _patient_cell(row: PatientRow) -> Cell:
    name = full_name(row)
    return Cell(_("{name} · restricted").format(name=name) if row.restricted else name, strong=True)


def _day(day: date | None) -> str:
    return "–" if day is None else date_text(day)
