"""Paints the cells of a record table: text, two lines, badges and buttons, with one line under each row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dermlog.ui.kit.badge import badge_size, paint_badge
from dermlog.ui.kit.record_rows import Cell, Index, RowsModel
from dermlog.ui.kit.theme import color, font, px, theme

PAD = 8
SELECTED = QStyle.StateFlag.State_Selected
HOVERED = QStyle.StateFlag.State_MouseOver
ELIDE = Qt.TextElideMode.ElideRight
START = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
END = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
CENTER = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)


class RowPainter(QStyledItemDelegate):
    """One for a table; asks the model for cells, never for Qt roles, which is what keeps scrolling quick."""

    def __init__(self, model: RowsModel[Any]) -> None:
        super().__init__()
        self._model = model
        self.row_height = px(40)
        self.ringed = -1
        self._fonts: tuple[QFont, QFont, QFont] | None = None
        self._metrics: tuple[QFontMetrics, QFontMetrics, QFontMetrics] | None = None

    def renew(self) -> None:
        """Forget fonts after the look changed."""
        self._fonts = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows are of one height."""
        return QSize(px(80), self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        tokens = theme()
        if self._fonts is None:
            self._fonts = (font(13), font(13, bold=True), font(12))
            self._metrics = (
                QFontMetrics(self._fonts[0]),
                QFontMetrics(self._fonts[1]),
                QFontMetrics(self._fonts[2]),
            )
        rect: QRect = option.rect
        state = option.state
        row, column = index.row(), index.column()
        if state & SELECTED:
            painter.fillRect(rect, color(tokens.row_selected))
        elif state & HOVERED:
            painter.fillRect(rect, color(tokens.hover))
        painter.setPen(color(tokens.line))
        painter.drawLine(rect.left(), rect.bottom(), rect.right() + 1, rect.bottom())
        cell = self._model.cell(row, column)
        room = rect.adjusted(PAD, 0, -PAD, -1)
        if cell.button:
            self._paint_button(painter, rect, cell)
        elif cell.badge is not None:
            size = badge_size(cell.text)
            width = min(size.width(), room.width())
            left = QStyle.alignedRect(
                option.direction,
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                QSize(width, size.height()),
                room,
            )
            paint_badge(painter, QRectF(left), cell.text, cell.badge)
        else:
            # A letter under sixty accents would reach over the rows above it.
            painter.save()
            painter.setClipRect(rect)
            self._paint_words(painter, room, cell, end=self._model.columns[column].end)
            painter.restore()
        if row == self.ringed and column == 0:
            painter.fillRect(QRect(rect.left(), rect.top() + 2, 3, rect.height() - 5), color(tokens.accent))

    def _paint_words(self, painter: QPainter, room: QRect, cell: Cell, *, end: bool) -> None:
        assert self._fonts is not None and self._metrics is not None  # noqa: S101 - set by paint
        tokens = theme()
        which = 1 if cell.strong else 0
        painter.setFont(self._fonts[which])
        plain = tokens.muted if cell.muted else tokens.ink
        painter.setPen(color(tokens.danger_ink if cell.danger else plain))
        upper = room
        if cell.detail:
            middle = room.center().y()
            height = self._metrics[which].height()
            upper = QRect(room.left(), middle - height + 2, room.width(), height)
            lower = QRect(room.left(), middle + 2, room.width(), self._metrics[2].height())
        text = cell.text
        if self._metrics[which].horizontalAdvance(text) > upper.width():
            text = self._metrics[which].elidedText(text, ELIDE, upper.width())
        painter.drawText(upper, END if end else START, text)
        if cell.detail:
            painter.setFont(self._fonts[2])
            painter.setPen(color(tokens.muted))
            shown = self._metrics[2].elidedText(cell.detail, ELIDE, lower.width())
            painter.drawText(lower, END if end else START, shown)

    def button_rect(self, rect: QRect, text: str) -> QRect:
        """Where the painted button of a cell lies."""
        width = QFontMetrics(font(13, bold=True)).horizontalAdvance(text) + 2 * px(11)
        height = px(28)
        width = min(width, rect.width() - 4)
        return QRect(rect.right() - width - PAD + 1, rect.center().y() - height // 2, width, height)

    def _paint_button(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        if not cell.text:
            return
        tokens = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.button_rect(rect, cell.text)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(color(tokens.danger if cell.danger else tokens.control_line), 1))
        painter.setBrush(color(tokens.card))
        painter.drawRoundedRect(place, 6, 6)
        painter.setFont(font(13, bold=True))
        painter.setPen(color(tokens.danger_ink if cell.danger else tokens.ink))
        painter.drawText(place, CENTER, cell.text)
        painter.restore()
