"""ChecksPage: the screening questions, the vial's use, and the other facts that a record needs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.validity import Problem
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.field import Field
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.session.details_fields import DetailsFields
from dermlog.ui.session.entry import SessionEntry
from dermlog.ui.session.question_list import QuestionList
from dermlog.ui.session.vial_fields import VialFields
from dermlog.wording import _


class ChecksPage(QWidget):
    """apply(entry) and merged(entry); edited after every change by hand, answered after an answer."""

    edited = Signal()
    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.questions = QuestionList()
        self.details = DetailsFields()
        self.vial = VialFields()
        left = Card(_("Before the needle"), note=_("asked once for each treatment"))
        left.add(self.questions)
        vial = Card(_("Vial"))
        vial.add(self.vial)
        details = Card(_("For the record"))
        details.add(self.details)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(16)
        for cards in ((left,), (vial, details)):
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            row.addLayout(column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(inside))
        self.questions.edited.connect(self.edited)
        self.questions.edited.connect(self.answered)
        self.vial.edited.connect(self.edited)
        self.vial.edited.connect(self.answered)
        self.details.edited.connect(self.edited)

    def apply(self, entry: SessionEntry) -> None:
        """Show what a draft holds."""
        self.questions.apply(entry.answers)
        self.vial.apply(entry)
        self.details.apply(entry)

    def merged(self, entry: SessionEntry) -> SessionEntry:
        """The entry with what this page holds, without the answers."""
        return self.details.merged(self.vial.merged(entry))

    def show_problems(self, problems: Iterable[Problem]) -> Field | None:
        """Mark what is wrong; the first marked field, or None."""
        found = tuple(problems)
        first = self.vial.show_problems(found)
        return first or self.details.show_problems(found)
