"""SkinPage: the skin today, before the injection, and side effects of an earlier treatment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.course import Course
from dermlog.domain.instrument import Instrument, Score
from dermlog.domain.side_effect import SideEffect, WarningSign
from dermlog.domain.validity import InvalidRecord, Problem
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.session.entry import SessionEntry
from dermlog.ui.visit_fields.last_time import LastTime
from dermlog.ui.visit_fields.side_effect_fields import SideEffectFields
from dermlog.ui.visit_fields.skin_fields import SkinFields
from dermlog.wording import _

BASELINE = (Instrument.OILINESS, Instrument.IGA)


class SkinPage(QWidget):
    """The fields of a visit at a session; edited after every change by hand."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.skin = SkinFields(_("Skin today, before the injection"))
        self.effects = SideEffectFields()
        self._effects_card = Card()
        self._effects_card.add(self.effects)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(16)
        for part in (self.skin, self._effects_card):
            column = QVBoxLayout()
            column.addWidget(part)
            column.addStretch(1)
            row.addLayout(column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(inside))
        self.skin.edited.connect(self.edited)
        self.effects.edited.connect(self.edited)

    def show_course(self, course: Course, on: date) -> None:
        """What earlier visits said by that day; side effects are asked only after an earlier treatment."""
        last = LastTime(course, on)
        self.skin.set_last(last)
        self.effects.set_last(last)
        self.effects.set_visit_day(on)
        self._effects_card.setVisible(any(entry.visit.on <= on for entry in course.sessions))

    def apply(self, entry: SessionEntry) -> None:
        """Show what a draft holds."""
        self.skin.load_raw(entry.skin)
        self.effects.load_raw(entry.effects)

    def focus_first(self) -> None:
        """Put the cursor into the first question."""
        self.skin.focus_first()

    def has_baseline(self) -> bool:
        """Whether oiliness or breakouts are answered."""
        try:
            return any(score.instrument in BASELINE for score in self.skin.read())
        except InvalidRecord:
            return True

    def read_scores(self) -> tuple[Score, ...]:
        """The scores; raises InvalidRecord."""
        return self.skin.read()

    def read_effects(self, on: date | None) -> tuple[SideEffect, ...]:
        """What was asked about the treatment before; raises InvalidRecord."""
        return () if self._effects_card.isHidden() else self.effects.read(on)

    def warning_signs(self) -> tuple[WarningSign, ...] | None:
        """None: not asked."""
        return None if self._effects_card.isHidden() else self.effects.warning_signs()

    def show_problems(self, problems: Iterable[Problem]) -> QWidget | None:
        """Mark what is wrong; the first marked field, or None."""
        found = tuple(problems)
        first = self.skin.show_problems(found)
        second = self.effects.show_problems(found)
        return first or second
