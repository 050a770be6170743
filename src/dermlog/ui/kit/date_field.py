"""DateField: a typed date in any usual form, shown back with the month by name."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from dermlog.ui.kit.date_text import read_date, read_month, shown
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _


class DateField(TextField):
    """DateField("Date", day=date.today(), month_only=False); Up and Down step by a day (or a month).

    date() is None when empty or garbled; is_garbled() tells which. Day comes before month where
    both could be. A month-only field gives the first day of the month.
    """

    def __init__(
        self,
        label: str,
        *,
        day: datetime.date | None = None,
        month_only: bool = False,
        hint: str = "",
        placeholder: str = "",
        name: str = "",
        today: datetime.date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._month_only = month_only
        self._today = today
        # Not the bare example: a date that looks typed could be taken for the answer.
        example = _("e.g. Mar 2027") if month_only else _("e.g. 20 Mar 2026")
        super().__init__(
            label,
            text=shown(day, month_only=month_only),
            hint=hint,
            placeholder=placeholder or example,
            name=name,
            parent=parent,
        )

    def date(self) -> datetime.date | None:
        """The typed date, None when the box is empty or holds something else."""
        read = read_month if self._month_only else read_date
        return read(self.text(), self._now())

    def set_date(self, day: datetime.date | None) -> None:
        """Show a date; emits nothing."""
        self.set_text(shown(day, month_only=self._month_only))

    def set_today(self, today: datetime.date) -> None:
        """The day that "today", "-3" and dates without a year are counted from."""
        self._today = today

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text().strip()

    def is_garbled(self) -> bool:
        """Whether something was typed that is not a date."""
        return not self.is_empty() and self.date() is None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step up and down from the shown date, or from today when empty."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or self.edit.isReadOnly() or self.is_garbled():
            super().keyPressEvent(event)
            return
        day = self.date()
        moved = self._moved(day, step) if day else self._now()
        self.set_date(moved.replace(day=1) if self._month_only else moved)
        self.edited.emit(self.text())

    def _moved(self, day: datetime.date, step: int) -> datetime.date:
        if not self._month_only:
            return read_date(f"{step:+d}", day) or day
        months = day.year * 12 + day.month - 1 + step
        year = months // 12
        return (
            datetime.date(year, months % 12 + 1, 1)
            if datetime.date.min.year <= year <= datetime.date.max.year
            else day
        )

    def _on_finished(self) -> None:
        # Shown back with the month by name, so that a swapped day and month is seen at once.
        day = self.date()
        if day is not None:
            self.set_date(day)
        super()._on_finished()

    def _now(self) -> datetime.date:
        return self._today or datetime.date.today()  # noqa: DTZ011 - the day on the clinic's wall
