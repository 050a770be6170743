"""DotChoice: a row of round marks, one chosen or none; for a matrix of questions under shared headings."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from dermlog.ui.kit.choice import Choice
from dermlog.ui.kit.focus_ring import paint_ring
from dermlog.ui.kit.theme import color, px, theme


class DotChoice(Choice):
    """DotChoice([Option(0, "None"), Option(1, "Mild", tone=Tone.CAUTION), …], name="Bruising").

    Every option takes an equal share of the width: place the heading words over equal columns.
    """

    def sizeHint(self) -> QSize:
        """One column for each option."""
        return QSize(px(64) * len(self._options), px(30))

    def minimumSizeHint(self) -> QSize:
        """Columns may get narrower, rows not lower."""
        return QSize(px(30) * len(self._options), px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the marks: hollow when not chosen, filled with a light centre when chosen."""
        tokens = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = px(16) / 2
        for index, option in enumerate(self._options):
            middle: QPointF = self.option_rect(index).center()
            chosen = index == self._index
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color(tokens.fill(option.tone)))
                painter.drawEllipse(middle, radius, radius)
                painter.setBrush(color(tokens.on_accent))
                painter.drawEllipse(middle, radius * 0.4, radius * 0.4)
            else:
                hovered = index == self._hover and self.isEnabled()
                painter.setPen(QPen(color(tokens.accent if hovered else tokens.control_line), 1.2))
                painter.setBrush(color(tokens.field))
                painter.drawEllipse(middle, radius - 0.6, radius - 0.6)
        if self.hasFocus() and self._ring:
            paint_ring(painter, QRectF(self.rect()), 6)
