"""VisitLine: the day of a visit and how the patient was seen; an entry of an earlier day is labelled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.domain.visit import VisitMode
from dermlog.naming import name_of
from dermlog.ui.kit.badge import Badge
from dermlog.ui.kit.date_field import DateField
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.kit.theme import Tone, px
from dermlog.wording import _


class VisitLine(QWidget):
    """day() is None when empty or garbled; day_changed is emitted when it means another day than before."""

    edited = Signal()
    day_changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.date_field = DateField("", day=today, name=_("Date of the visit"), today=today)
        self.date_field.edit.setFixedWidth(px(124))
        self.seen = SegmentedControl(
            [Option(mode, name_of(mode)) for mode in VisitMode],
            name=_("How the patient was seen"),
            allow_unset=False,
            value=VisitMode.IN_PERSON,
        )
        self.late = Badge("", Tone.CAUTION)
        self.late.hide()
        self.reason = TextField(
            "", name=_("Reason of the correction"), placeholder=_("Reason of the correction (optional)")
        )
        self.reason.edit.setMinimumWidth(px(260))
        self.reason.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Label(_("Visit on"), role="muted"))
        row.addWidget(self.date_field)
        row.addWidget(self.seen)
        row.addWidget(self.late)
        row.addWidget(self.reason)
        row.addStretch(1)
        self._today = today
        self._day: date | None = today
        self.date_field.edited.connect(self._on_date)
        self.date_field.committed.connect(self._on_committed)
        self.seen.value_changed.connect(lambda _mode: self.edited.emit())

    def set_today(self, today: date) -> None:
        """The day it is; an entry of a day before yesterday is late."""
        self._today = today
        self._show_late()

    def day(self) -> date | None:
        """The day of the visit."""
        return self.date_field.date()

    def date_text(self) -> str:
        """The date as typed."""
        return self.date_field.text()

    def is_date_empty(self) -> bool:
        """Whether no date was typed."""
        return self.date_field.is_empty()

    def mode(self) -> VisitMode:
        """In person or by phone."""
        value = self.seen.value()
        return value if isinstance(value, VisitMode) else VisitMode.IN_PERSON

    def show_visit(self, on: date, mode: VisitMode) -> None:
        """Show a day and a manner; emits nothing."""
        self.date_field.set_date(on)
        self.date_field.set_error(None)
        self.seen.set_value(mode)
        self._day = on
        self._show_late()

    def raw(self) -> dict[str, str]:
        """Date as typed, and the manner."""
        return {"on": self.date_text(), "mode": self.mode().value}

    def load_raw(self, raw: Mapping[str, object]) -> None:
        """Show what `raw` once returned; emits nothing."""
        if "on" in raw:
            self.date_field.set_text(str(raw["on"]))
        mode = next((mode for mode in VisitMode if mode.value == raw.get("mode")), VisitMode.IN_PERSON)
        self.seen.set_value(mode)
        self._day = self.day()
        self._show_late()

    def set_date_error(self, sentence: str | None) -> None:
        """Mark the date, or take the mark away; the sentence gets the room that it needs."""
        self.date_field.setMinimumWidth(px(380) if sentence else 0)
        self.date_field.set_error(sentence)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anybody change anything."""
        self.date_field.set_read_only(read_only)
        self.seen.setEnabled(not read_only)

    def _on_date(self, _text: str) -> None:
        self.edited.emit()
        self._tell_day()

    def _on_committed(self) -> None:
        self._tell_day()

    def _tell_day(self) -> None:
        day = self.day()
        self._show_late()
        if day != self._day:
            self._day = day
            self.day_changed.emit()

    def _show_late(self) -> None:
        day = self.day()
        late = day is not None and (self._today - day).days > 1
        self.late.set_text(_("late entry"))
        self.late.setVisible(late)
