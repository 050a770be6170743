"""SegmentedControl: options side by side in one frame, one chosen or none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen

from dermlog.ui.kit.choice import Choice
from dermlog.ui.kit.focus_ring import paint_ring
from dermlog.ui.kit.theme import color, font, px, theme

RADIUS = 7.0


class SegmentedControl(Choice):
    """SegmentedControl([Option(0, "0", "none"), …], name="Oiliness"); see Choice for keys and signals."""

    def _two_lines(self) -> bool:
        return any(option.detail for option in self._options)

    def sizeHint(self) -> QSize:
        """Equal segments, wide enough for the longest."""
        strong, small = QFontMetrics(font(13, bold=True)), QFontMetrics(font(11))
        widest = max(
            (
                max(strong.horizontalAdvance(option.label), small.horizontalAdvance(option.detail))
                for option in self._options
            ),
            default=0,
        )
        side = max(px(40), widest + 2 * px(9))
        return QSize(side * len(self._options) + 2, px(46 if self._two_lines() else 34))

    def minimumSizeHint(self) -> QSize:
        """May shrink a little; words then end in an ellipsis."""
        hint = self.sizeHint()
        return QSize(round(hint.width() * 0.8), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, segments and words."""
        tokens = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(frame, RADIUS, RADIUS)
        painter.fillPath(outline, color(tokens.field if self.isEnabled() else tokens.ground))
        painter.save()
        painter.setClipPath(outline)
        for index in range(len(self._options)):
            self._paint_segment(painter, index)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(tokens.control_line), 1))
        painter.drawPath(outline)
        if self.hasFocus() and self._ring:
            paint_ring(painter, QRectF(self.rect()), RADIUS)

    def _paint_segment(self, painter: QPainter, index: int) -> None:
        tokens, option, rect = theme(), self._options[index], self.option_rect(index)
        chosen = index == self._index
        if chosen:
            painter.fillRect(rect, color(tokens.fill(option.tone)))
        elif index == self._hover and self.isEnabled():
            painter.fillRect(rect, color(tokens.hover))
        if index and index - 1 != self._index and not chosen:
            painter.setPen(QPen(color(tokens.line), 1))
            painter.drawLine(round(rect.left()), 1, round(rect.left()), self.height() - 2)
        ink = tokens.on_fill(option.tone) if chosen else tokens.ink
        painter.setPen(color(ink if self.isEnabled() or chosen else tokens.muted))
        strong = font(13, bold=True)
        painter.setFont(strong)
        room = rect.adjusted(4, 0, -4, 0)
        label = QFontMetrics(strong).elidedText(
            option.label, Qt.TextElideMode.ElideRight, round(room.width()) + 1
        )
        if not self._two_lines():
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), label)
            return
        upper = QRectF(room.left(), px(6), room.width(), px(18))
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignCenter), label)
        small = font(11)
        painter.setFont(small)
        detail = QFontMetrics(small).elidedText(
            option.detail, Qt.TextElideMode.ElideRight, round(room.width()) + 3
        )
        painter.drawText(upper.translated(0, px(16)), int(Qt.AlignmentFlag.AlignCenter), detail)
