"""Key caps: the small framed names of keys, alone as KeyHint or painted inside other widgets."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dermlog.ui.kit.theme import color, font, px, theme

SIZE = 10.5


def key_width(text: str) -> float:
    """Width of a painted key cap in logical pixels."""
    return max(float(px(18)), QFontMetricsF(font(SIZE)).horizontalAdvance(text) + px(11))


def key_height() -> float:
    """Height of a painted key cap in logical pixels."""
    return float(px(18))


def paint_key(painter: QPainter, rect: QRectF, text: str) -> None:
    """Draw a key cap filling rect."""
    tokens = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color(tokens.control_line), 1))
    painter.setBrush(color(tokens.card))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(color(tokens.muted))
    painter.setFont(font(SIZE))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()


class KeyHint(QWidget):
    """The name of a key, such as KeyHint("Ctrl K"); not focusable."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The name of the key."""
        return self._text

    def sizeHint(self) -> QSize:
        """Just the cap."""
        return QSize(round(key_width(self._text)), round(key_height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        paint_key(QPainter(self), QRectF(self.rect()), self._text)
