"""Badge: a small pill with words and a tone, not clickable."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dermlog.ui.kit.theme import Tone, color, font, px, theme

SIZE = 12


def badge_size(text: str) -> QSize:
    """Size of a painted badge in logical pixels."""
    metrics = QFontMetrics(font(SIZE, bold=True))
    return QSize(metrics.horizontalAdvance(text) + 2 * px(10), px(22))


def paint_badge(painter: QPainter, rect: QRectF, text: str, tone: Tone) -> None:
    """Draw a badge filling rect; words that do not fit end in an ellipsis."""
    tokens = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(tokens.soft(tone)))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(color(tokens.text(tone)))
    words = font(SIZE, bold=True)
    painter.setFont(words)
    shown = QFontMetrics(words).elidedText(text, Qt.TextElideMode.ElideRight, round(rect.width() - px(16)))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine), shown)
    painter.restore()


class Badge(QWidget):
    """A pill such as "due this week"; the words carry the meaning, the tone repeats it."""

    def __init__(self, text: str, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """The words."""
        return self._text

    def tone(self) -> Tone:
        """The tone."""
        return self._tone

    def set_text(self, text: str, tone: Tone | None = None) -> None:
        """Change words, and tone when given."""
        self._text = text
        self._tone = tone if tone is not None else self._tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Words with round ends."""
        return badge_size(self._text)

    def minimumSizeHint(self) -> QSize:
        """A long text may be shortened."""
        return QSize(min(px(60), badge_size(self._text).width()), px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        paint_badge(QPainter(self), QRectF(self.rect()), self._text, self._tone)
        self.setToolTip(self._text if self.width() < badge_size(self._text).width() else "")
