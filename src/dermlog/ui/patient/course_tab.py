"""The first tab: tiles, the course chart with a factual sentence under it, and the visits beside them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.empty_state import EmptyState
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import px
from dermlog.ui.kit.tile import Tile
from dermlog.ui.patient.chart_view import ChartView
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.ui.patient.patient_words import due_sentence
from dermlog.ui.patient.tile_words import tiles_of
from dermlog.ui.patient.visit_words import VisitRow, visit_rows
from dermlog.ui.patient.visits_list import VisitsList
from dermlog.ui.visit_fields.picture_loader import PictureLoader
from dermlog.wording import _

VISITS_WIDE, VISITS_NARROW, WIDE = 318, 300, 1100


class CourseTab(QWidget):
    """CourseTab(loader).show_facts(facts); visit_opened(visit id), treatment_wanted(), follow_up_wanted()."""

    visit_opened = Signal(object)
    treatment_wanted = Signal()
    follow_up_wanted = Signal()

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        left = ScrollArea()
        left.body.setSpacing(16)
        self.tiles = tuple(Tile("") for _place in range(4))
        tile_row = QHBoxLayout()
        tile_row.setSpacing(16)
        for tile in self.tiles:
            tile_row.addWidget(tile, 1)
        self._tile_row = QWidget()
        self._tile_row.setLayout(tile_row)
        tile_row.setContentsMargins(0, 0, 0, 0)
        left.add(self._tile_row)
        left.add(self._chart_card(), 1)
        self._row.addWidget(left, 1)
        self._visits_card = Card(_("Visits"))
        self.visits = VisitsList(loader)
        self.visits.opened.connect(self._on_row_opened)
        self._no_visits = Label(_("No visits yet."), role="muted")
        self._visits_card.add(self._no_visits)
        self._visits_card.add(self.visits, 1)
        self._visits_card.body.addStretch(0)
        self._row.addWidget(self._visits_card)

    def _chart_card(self) -> Card:
        card = Card(_("Course of treatment"))
        self.chart = ChartView()
        self.chart.visit_opened.connect(self.visit_opened)
        self._sentence = Label(role="muted", wrap=True)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.chart, 1)
        column.addWidget(self._sentence)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._begin_treatment = Button(_("Record the first treatment"), Kind.PRIMARY)
        self._begin_treatment.clicked.connect(self.treatment_wanted)
        self._begin_visit = Button(_("Record a first visit"))
        self._begin_visit.clicked.connect(self.follow_up_wanted)
        row.addWidget(self._begin_treatment)
        row.addWidget(self._begin_visit)
        empty = EmptyState(
            _("No visits yet."),
            _("The course begins with the first treatment, or with a visit before it."),
            action=buttons,
        )
        self._chart_stack = QStackedWidget()
        self._chart_stack.addWidget(shown)
        self._chart_stack.addWidget(empty)
        card.add(self._chart_stack, 1)
        return card

    def show_facts(self, facts: PatientFacts) -> None:
        """Show the course of a patient."""
        empty = not facts.course.entries
        self._tile_row.setVisible(not empty)
        for tile, words in zip(self.tiles, tiles_of(facts.course, facts.acknowledgements), strict=True):
            tile.set_label(words.label)
            tile.set_value(words.value, words.line, tone=words.tone)
            tile.setToolTip(words.hover)
        self._chart_stack.setCurrentIndex(1 if empty else 0)
        self.chart.show_facts(facts.chart)
        self._sentence.setText(course_sentence(facts))
        self.visits.set_rows(visit_rows(facts))
        self.visits.setVisible(not empty)
        self._no_visits.setVisible(empty)
        self._visits_card.setVisible(not empty)

    def sentence(self) -> str:
        """What stands under the chart."""
        return self._sentence.text()

    def set_may_write(self, may_write: bool) -> None:
        """A logbook opened for viewing takes no entries."""
        self._begin_treatment.setEnabled(may_write)
        self._begin_visit.setEnabled(may_write)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window gives the chart more room."""
        super().resizeEvent(event)
        self._visits_card.setFixedWidth(px(VISITS_WIDE if self.width() >= px(WIDE) else VISITS_NARROW))

    def _on_row_opened(self, row: VisitRow) -> None:
        self.visit_opened.emit(row.visit_id)


def course_sentence(facts: PatientFacts) -> str:
    """Lowest values and the next follow-up: facts, no verdict."""
    parts = [facts.chart.summary]
    if facts.due is not None:
        parts.append(due_sentence(facts.due, facts.today))
    elif facts.course.sessions:
        parts.append(_("No further follow-up is planned after the last treatment."))
    return " ".join(part for part in parts if part)
