"""Meter: a thin bar that shows a part of a whole under its words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from dermlog.ui.kit.label import Label
from dermlog.ui.kit.theme import Tone, color, px, theme


class _Bar(QWidget):
    """The painted bar; beyond the whole it is full."""

    def __init__(self) -> None:
        super().__init__()
        self.part = 0.0
        self.tone = Tone.GOOD
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(px(120), px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track, then the part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        painter.setBrush(color(theme().line))
        painter.drawRoundedRect(rect, radius, radius)
        if self.part > 0:
            rect.setWidth(max(rect.height(), rect.width() * min(1.0, self.part)))
            painter.setBrush(color(theme().fill(self.tone)))
            painter.drawRoundedRect(rect, radius, radius)


class Meter(QWidget):
    """Meter(); show_part("Vial: 33 of 100 U used", 0.33, Tone.GOOD). The words say what the bar shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._words = Label(role="label", wrap=True)
        self._bar = _Bar()
        column.addWidget(self._words)
        column.addWidget(self._bar)

    def show_part(self, words: str, part: float, tone: Tone = Tone.GOOD) -> None:
        """Show a part between 0 and 1; larger parts fill the bar."""
        self._words.setText(words)
        self._words.set_tone({Tone.CAUTION: "caution", Tone.DANGER: "danger"}.get(tone, ""))
        self._bar.part = part
        self._bar.tone = tone
        self._bar.update()
        self.setAccessibleName(words)
