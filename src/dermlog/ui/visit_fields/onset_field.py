"""OnsetField: the day a reaction began or ended; "30 Mar" and "-3" are counted from the day of the visit."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from dermlog.domain.validity import Fault, Problem
from dermlog.ui.kit.date_field import DateField
from dermlog.ui.kit.theme import px


class OnsetField(DateField):
    """A short date box without a label of its own; read(name) gives the day or the problem."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", name=name, parent=parent)
        self.edit.setFixedWidth(px(104))

    def set_visit_day(self, day: date | None) -> None:
        """Count from this day."""
        self._today = day

    def read(self, name: str, latest: date | None) -> tuple[date | None, list[Problem]]:
        """The typed day, None when empty, and what is wrong with it; a day after the visit is wrong."""
        if self.is_empty():
            return None, []
        day = self.date()
        if day is None:
            return None, [Problem(name, Fault.NOT_A_DATE, None, self.text()[:40])]
        if latest is not None and day > latest:
            return None, [Problem(name, Fault.IN_FUTURE, latest, day)]
        return day, []
