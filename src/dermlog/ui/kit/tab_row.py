"""TabRow: the underlined names of the pages of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dermlog.ui.kit.choice import Choice
from dermlog.ui.kit.focus_ring import paint_ring
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.theme import color, font, px, theme


class TabRow(Choice):
    """TabRow([Option("course", "Course"), …], name="Pages"); always one is chosen, at first the first."""

    def __init__(self, options: Sequence[Option], *, name: str, parent: QWidget | None = None) -> None:
        first = options[0].value if options else None
        super().__init__(options, name=name, allow_unset=False, value=first, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """All names in a row."""
        return QSize(round(self._right_of(len(self._options) - 1)), px(42))

    def minimumSizeHint(self) -> QSize:
        """All names in a row."""
        return self.sizeHint()

    def _right_of(self, last: int) -> float:
        metrics = QFontMetrics(font(13, bold=True))
        return float(
            sum(metrics.horizontalAdvance(option.label) + px(26) for option in self._options[: last + 1])
        )

    def option_rect(self, index: int) -> QRectF:
        """Names of their own width, from the reading side on."""
        left, right = self._right_of(index - 1), self._right_of(index)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left, right = self.width() - right, self.width() - left
        return QRectF(left, 0, right - left - px(22), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw names, the line under all and the stronger line under the chosen one."""
        tokens = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - 1
        painter.setPen(QPen(color(tokens.line), 1))
        painter.drawLine(0, base, self.width(), base)
        painter.setFont(font(13, bold=True))
        for index, option in enumerate(self._options):
            rect = self.option_rect(index)
            chosen = index == self._index
            lit = chosen or index == self._hover
            painter.setPen(color(tokens.accent_ink if lit else tokens.muted))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), option.label)
            if chosen:
                painter.fillRect(QRectF(rect.left() - 2, base - 1, rect.width() + 4, 2), color(tokens.accent))
                if self.hasFocus() and self._ring:
                    paint_ring(painter, rect.adjusted(-7, 6, 7, -6), 6)
