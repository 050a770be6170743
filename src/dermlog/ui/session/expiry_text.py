"""Expiry of a vial as it is printed on it: a month, usable to its last day, or a whole date."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from PySide6.QtWidgets import QWidget

from dermlog.ui.kit.date_text import month_text, read_date, read_month
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _, date_text

FORGOTTEN_CENTURY = 1960


def read_expiry(text: str, today: date) -> date | None:
    """The last day on which the vial may be used, or None.

    2027-03, 03/27 and Mar 2027 mean 31 Mar 2027; 15.3.2027 means that very day.
    """
    parts = re.findall(r"\d+|[^\W\d]+", text)
    if len(parts) >= 3 or (len(parts) == 1 and len(parts[0]) == 8):
        day = read_date(text, today)
        # "15.3.31" is five years ahead on a vial, never the year 1931.
        if day is not None and day.year < FORGOTTEN_CENTURY:
            day = date(day.year + 100, day.month, min(day.day, monthrange(day.year + 100, day.month)[1]))
        return day
    month = read_month(text, today) if len(parts) == 2 else None
    return None if month is None else last_of_month(month)


def last_of_month(day: date) -> date:
    """The last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def expiry_shown(day: date) -> str:
    """An expiry as it is shown back: Mar 2027, or 15 Mar 2027."""
    return month_text(day) if day == last_of_month(day) else date_text(day)


class ExpiryField(TextField):
    """ExpiryField("Expiry"): shows a typed month or date back with the month by name."""

    def __init__(self, label: str, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(label, placeholder=_("Mar 2027"), parent=parent)
        self.today = today

    def date(self) -> date | None:
        """The last day of use, None when empty or not a date."""
        return read_expiry(self.text(), self.today)

    def _on_finished(self) -> None:
        day = self.date()
        if day is not None:
            self.set_text(expiry_shown(day))
        super()._on_finished()
