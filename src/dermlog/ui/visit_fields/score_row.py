"""ScoreRow: one question with a grade from 0 to 4, in words, and last time's grade beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.instrument import Instrument, Rater, Score
from dermlog.naming import grade_word
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.theme import px
from dermlog.wording import _, number_text

GRADES = range(5)


class ScoreRow(QWidget):
    """ScoreRow("Oiliness, patient", Instrument.OILINESS, Rater.PATIENT); grade() is None when not chosen."""

    edited = Signal()
    answered_by_key = Signal()

    def __init__(
        self, title: str, instrument: Instrument, rater: Rater, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.instrument = instrument
        self.rater = rater
        self._words = Label(title, role="strong")
        self._last = Label(_("last time –"), role="small")
        self.choice = SegmentedControl(
            [
                Option(grade, str(grade), _short(grade_word(instrument, grade)), key=str(grade))
                for grade in GRADES
            ],
            name=title,
        )
        self.choice.value_changed.connect(lambda _value: self.edited.emit())
        self.choice.chosen_by_key.connect(self.answered_by_key)
        self.setFocusProxy(self.choice)
        self.column = QVBoxLayout()
        self.column.setSpacing(1)
        self.column.addWidget(self._words)
        self.column.addWidget(self._last)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        left = QWidget()
        left.setLayout(self.column)
        self.column.setContentsMargins(0, 0, 0, 0)
        left.setMinimumWidth(px(130))
        left.setMaximumWidth(px(190))
        row.addWidget(left, 2)
        self.choice.setMaximumWidth(px(400))
        row.addWidget(self.choice, 5)
        row.addStretch(0)
        row.setAlignment(left, Qt.AlignmentFlag.AlignVCenter)

    def grade(self) -> int | None:
        """The chosen grade."""
        value = self.choice.value()
        return value if isinstance(value, int) else None

    def set_grade(self, grade: int | None) -> None:
        """Show a grade; emits nothing."""
        self.choice.set_value(grade)

    def set_last(self, score: Score | None) -> None:
        """Say last time's grade, or that it was not measured."""
        if score is None:
            self._last.setText(_("last time –"))
            self._last.setToolTip(_("Not measured at an earlier visit."))
        else:
            self._last.setText(_("last time {grade}").format(grade=number_text(score.value)))
            self._last.setToolTip("")
        self.choice.setAccessibleDescription(self._last.text())


def _short(word: str) -> str:
    # "almost clear" is wider than a segment; its first word says enough between "clear" and "mild".
    return word.split(maxsplit=1)[0]
