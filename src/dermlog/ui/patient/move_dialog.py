"""MoveDialog: find the patient to whom a signed treatment belongs, and move it there with a reason."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from dermlog.domain.listing import PatientRow
from dermlog.domain.session import InjectionSession
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.note_field import NoteField
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.kit.theme import px
from dermlog.ui.sign_in.proof_dialog import prove_again
from dermlog.wording import _, date_text

FOUND = 8


class MoveDialog(Dialog):
    """MoveDialog(logbook, session, which, parent); moved_to is the patient after it was accepted."""

    def __init__(
        self, logbook: Logbook, session: InjectionSession, which: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, _("Move to another patient"), line=which, width=560)
        self._logbook = logbook
        self._session = session
        self.moved_to: UUID | None = None
        words = _(
            "The treatment moves with its whole visit: scores, side effects and photos. "
            "Here it stays readable as void."
        )
        self.body.addWidget(Label(words, wrap=True))
        self.search = TextField(_("To which patient?"), placeholder=_("Name, chart number or birth date"))
        self.table: RecordTable[PatientRow] = RecordTable(
            [
                Column(_("Patient"), lambda row: Cell(_name(row), strong=True), stretch=1),
                Column(_("Chart no."), lambda row: Cell(row.chart_number), width=120),
                Column(
                    _("Born"),
                    lambda row: Cell("" if row.birth_date is None else date_text(row.birth_date)),
                    width=110,
                ),
            ],
            name=_("Patients found"),
            row_height=30,
            empty=_("Type a part of the name."),
        )
        self.table.setMinimumHeight(px(190))
        self.reason = NoteField(_("Why is it moved?"), lines=2)
        for part in (self.search, self.table, self.reason):
            self.body.addWidget(part)
        self.add_cancel()
        self.accept_button = self.add_accept(_("Move"), Kind.DANGER)
        self.accept_button.clicked.connect(self._on_accept)
        self.search.edited.connect(lambda _text: self._on_find())
        self._on_find()
        self.search.focus()

    def holds_unsaved(self) -> bool:
        """A typed reason is not lost by Esc."""
        return bool(self.reason.text().strip())

    def _on_find(self) -> None:
        text = self.search.text().strip()
        hits = self._logbook.patients.search(text, FOUND + 1).rows if text else ()
        rows = [row for row in hits if row.id != self._session.patient_id][:FOUND]
        self.table.set_empty_text(_("Nobody is found.") if text else _("Type a part of the name."))
        self.table.set_rows(rows, select_first=True)

    def _on_accept(self) -> None:
        to = self.table.current()
        self.search.set_error(None if to else _("No patient is chosen. Type a name and choose one below."))
        no_reason = not self.reason.text().strip()
        self.reason.set_error(_("The reason is missing. Say why it is moved.") if no_reason else None)
        if to is None or no_reason:
            (self.search if to is None else self.reason).focus()
            return
        if not prove_again(self._logbook, self, self.windowTitle()):
            return
        try:
            self._logbook.sessions.move(self._session.id, to.id, self.reason.text())
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.moved_to = to.id
        self.accept()


def _name(row: PatientRow) -> str:
    return ", ".join(part for part in (row.family_name, row.given_name) if part)
