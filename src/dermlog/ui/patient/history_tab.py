"""The history of a patient as a table: when, who, what; the chosen row is written out below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dermlog.history_words import HistoryRow, history_rows
from dermlog.logbook import Logbook
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import px
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.wording import _, date_text, time_text

READABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class HistoryTab(QWidget):
    """HistoryTab(logbook).show_facts(facts): reads the history only when it is looked at."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        columns: list[Column[HistoryRow]] = [
            Column(_("When"), _when, width=170),
            Column(_("Who"), lambda row: Cell(row.who or _("not known"), muted=not row.who), width=180),
            Column(_("What"), _what, stretch=1),
        ]
        self.table: RecordTable[HistoryRow] = RecordTable(
            columns,
            name=_("History"),
            empty=_("Nothing has been written about this patient yet."),
            row_height=50,
        )
        self.table.current_changed.connect(self._on_current)
        card = Card(_("History"), note=_("every change, with who made it and what it was before"))
        card.add(self.table, 1)
        column.addWidget(card, 1)
        self._words = Label(wrap=True)
        self._words.setTextInteractionFlags(READABLE)
        holder = ScrollArea()
        holder.add(self._words)
        holder.body.addStretch(1)
        self._detail = Card(_("Change"))
        self._detail.add(holder, 1)
        self._detail.setFixedHeight(px(170))
        self._detail.hide()
        column.addWidget(self._detail)

    def show_facts(self, facts: PatientFacts) -> None:
        """Show the history of this patient."""
        brands = {product.id: product.brand for product in facts.products.values()}
        self.table.set_rows(
            history_rows(self._logbook.history.of_patient(facts.patient.id), facts.names, brands)
        )
        self._on_current(self.table.current())

    def _on_current(self, row: HistoryRow | None) -> None:
        self._detail.setVisible(row is not None)
        if row is None:
            return
        who = row.who or _("not known")
        self._detail.set_title(row.what, _("{moment} · {who}").format(moment=_moment(row), who=who))
        lines = list(row.details)
        if row.reason:
            lines.insert(0, _("Reason: {reason}").format(reason=row.reason))
        self._words.setText("\n".join(lines) or _("No further details."))


def _when(row: HistoryRow) -> Cell:
    return Cell(date_text(row.at.date()), detail=time_text(row.at))


def _moment(row: HistoryRow) -> str:
    return _("{day}, {time}").format(day=date_text(row.at.date()), time=time_text(row.at))


def _what(row: HistoryRow) -> Cell:
    details = [_("Reason: {reason}").format(reason=row.reason)] if row.reason else []
    return Cell(row.what, detail="; ".join([*details, *row.details])[:400].replace("\n", " "), strong=True)
