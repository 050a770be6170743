"""The history of a patient in sentences: filters above, the chosen row below, versions on Enter."""

from __future__ import annotations

from heapq import merge

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dermlog.activity_words import access_row
from dermlog.domain.activity import Topic
from dermlog.domain.change import HistoryLine
from dermlog.domain.earlier_version import rows_at, subject_of
from dermlog.history_values import RowWords
from dermlog.history_words import HistoryRow, history_rows, visit_days
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import px
from dermlog.ui.patient.earlier_dialog import EarlierDialog
from dermlog.ui.patient.earlier_words import ComparedFact, compared_facts
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.ui.record_filters import RecordFilters
from dermlog.wording import _, date_text, ngettext, time_text

READABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
TOPICS = (
    *(Topic.TREATMENTS, Topic.VISITS, Topic.PATIENTS, Topic.CONSENTS, Topic.PHOTOS),
    *(Topic.LOOKED, Topic.TAKEN_OUT),
)


class HistoryTab(QWidget):
    """HistoryTab(logbook).show_facts(facts): reads the history only when it is looked at."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._facts: PatientFacts | None = None
        self._lines: tuple[HistoryLine, ...] = ()
        self._rows: tuple[HistoryRow, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.filters = RecordFilters(TOPICS, changes_first=True)
        self.filters.changed.connect(self._show_rows)
        self.table = _table()
        self.table.current_changed.connect(self._on_current)
        self.table.row_opened.connect(self.open_version)
        self.count = Label(role="small")
        card = Card(
            _("History"), note=_("every change, with who made it and what it was before"), trailing=self.count
        )
        card.add(self.filters)
        card.add(self.table, 1)
        column.addWidget(card, 1)
        self._words = Label(wrap=True)
        self._words.setTextInteractionFlags(READABLE)
        self._words.setAccessibleName(_("What the entry says"))
        holder = ScrollArea()
        holder.add(self._words)
        holder.body.addStretch(1)
        self.version_button = Button(_("Show as it was then"), key="Enter", small=True)
        self.version_button.clicked.connect(self._on_version)
        self._detail = Card(_("Change"), trailing=self.version_button)
        self._detail.add(holder, 1)
        self._detail.setFixedHeight(px(150))
        self._detail.hide()
        column.addWidget(self._detail)

    def show_facts(self, facts: PatientFacts) -> None:
        """Show the history of this patient; another one begins without filters."""
        if self._facts is None or self._facts.patient.id != facts.patient.id:
            self.filters.clear()
        self._facts = facts
        brands = {product.id: product.brand for product in facts.products.values()}
        self._lines = self._logbook.history.of_patient(facts.patient.id)
        looks = self._logbook.accesses.of_patient(facts.patient.id)
        changes = history_rows(self._lines, facts.names, brands)
        looked = (access_row(line, facts.names) for line in reversed(looks))
        # Each log keeps the order of its numbers; the time only says how the two lie between each other.
        self._rows = tuple(merge(changes, looked, key=lambda row: row.at, reverse=True))
        wrote = {row.staff_id for row in self._rows}
        self.filters.set_people([(one, name) for one, name in facts.names.items() if one in wrote])
        self._show_rows()

    def open_version(self, row: HistoryRow) -> None:
        """Show what a row was about as it was then, beside today's."""
        facts = self.version_of(row)
        if facts is None:
            return
        dialog = EarlierDialog(facts, row.what, _moment(row), self.window())
        dialog.exec()
        dialog.deleteLater()

    def version_of(self, row: HistoryRow) -> tuple[ComparedFact, ...] | None:
        """Each fact of what a row was about, then and today; None where there is no version to show."""
        subject = subject_of(row.lines, self._lines)
        if subject is None or self._facts is None:
            return None
        facts = self._facts
        brands = {product.id: product.brand for product in facts.products.values()}
        words = RowWords(facts.names, brands, visit_days(self._lines))
        then = rows_at(self._lines, subject, max(line.sequence for line in row.lines))
        return compared_facts(then, rows_at(self._lines, subject), words)

    def _show_rows(self) -> None:
        now = self._logbook.now()
        shown = [row for row in self._rows if self.filters.matches(row, now)]
        self.table.set_empty_text(
            _("No entry fits. Choose something else above.")
            if self._rows
            else _("Nothing has been written about this patient yet.")
        )
        self.table.set_rows(shown)
        self.count.setText(ngettext("{n} entry", "{n} entries", len(shown)).format(n=len(shown)))
        self._on_current(self.table.current())

    def _on_version(self) -> None:
        row = self.table.current()
        if row is not None:
            self.open_version(row)

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
        self.version_button.setEnabled(subject_of(row.lines, self._lines) is not None)


def _table() -> RecordTable[HistoryRow]:
    columns: list[Column[HistoryRow]] = [
        Column(_("When"), _when, width=170),
        Column(_("Who"), lambda row: Cell(row.who or _("not known"), muted=not row.who), width=180),
        Column(_("What"), _what, stretch=1),
    ]
    return RecordTable(
        columns,
        name=_("History"),
        empty=_("Nothing has been written about this patient yet."),
        row_height=50,
    )


def _when(row: HistoryRow) -> Cell:
    return Cell(date_text(row.at.date()), detail=time_text(row.at))


def _moment(row: HistoryRow) -> str:
    return _("{day}, {time}").format(day=date_text(row.at.date()), time=time_text(row.at))


def _what(row: HistoryRow) -> Cell:
    details = [_("Reason: {reason}").format(reason=row.reason)] if row.reason else []
    return Cell(row.what, detail="; ".join([*details, *row.details])[:400].replace("\n", " "), strong=True)
