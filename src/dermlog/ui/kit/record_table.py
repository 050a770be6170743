"""RecordTable: a dense list of records, painted cell by cell; Enter or a double click opens a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from dermlog.ui.kit.focus_ring import paint_ring, ring_wanted
from dermlog.ui.kit.record_painting import RowPainter
from dermlog.ui.kit.record_rows import Cell, Column, RowsModel
from dermlog.ui.kit.theme import color, font, px, theme, theme_signals

__all__ = ["Cell", "Column", "RecordTable"]

R = TypeVar("R")
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

LEAST_SHARED = 96
"""What the columns that share the rest get in any case, before the fixed ones give way; in logical pixels."""


class RecordTable(QTableView, Generic[R]):
    """RecordTable([Column(…), …], name="Follow-ups due", empty="Nobody is due.").

    row_opened(row) by Enter, double click, or one click with open_on_click; button_pressed(row, column index)
    for a click on a Cell(button=True); current_changed(row or None).
    """

    row_opened = Signal(object)
    button_pressed = Signal(object, int)
    current_changed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        name: str,
        empty: str = "",
        row_height: int = 40,
        header: bool = True,
        open_on_click: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows_model: RowsModel[R] = RowsModel(columns)
        self._empty = empty
        self._height = row_height
        self._open_on_click = open_on_click
        self._fitted = False
        self._painter = RowPainter(self._rows_model)
        self.setModel(self._rows_model)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setVisible(header)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        theme_signals().changed.connect(self._on_theme)
        self._on_theme()

    def set_rows(self, rows: Sequence[R], *, select_first: bool = False) -> None:
        """Show other rows, staying at the same place in the list where that can be."""
        at = self.currentIndex().row()
        place = self.verticalScrollBar().value()
        self._rows_model.set_rows(rows)
        if rows and (at >= 0 or select_first):
            self.select_row(min(at, len(rows) - 1) if at >= 0 and not select_first else 0)
        if not select_first:
            self.verticalScrollBar().setValue(place)
        if self._fitted:
            self.fit_height()
        self.updateGeometry()
        self.viewport().update()

    def rows(self) -> Sequence[R]:
        """What is shown."""
        return self._rows_model.rows

    def current(self) -> R | None:
        """The selected row."""
        at = self.currentIndex().row()
        return self._rows_model.rows[at] if 0 <= at < len(self._rows_model.rows) else None

    def select_row(self, row: int) -> None:
        """Select by place; -1 selects nothing."""
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.selectRow(row)

    def set_empty_text(self, text: str) -> None:
        """What to say when there are no rows."""
        self._empty = text
        self.viewport().update()

    def wanted_height(self) -> int:
        """Height at which no row is hidden, in logical pixels."""
        head = self.horizontalHeader().sizeHint().height() if self.horizontalHeader().isVisibleTo(self) else 0
        return head + self._painter.row_height * max(1, len(self._rows_model.rows)) + 2

    def fit_height(self) -> None:
        """Take exactly the height of the rows, now and after later changes; for short lists inside a card."""
        self._fitted = True
        self.setFixedHeight(self.wanted_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; typing letters does not jump about."""
        row = self.current()
        if event.key() in OPENING and row is not None:
            self.row_opened.emit(row)
        elif event.text() and event.text().isprintable() and event.key() != Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a painted button presses it; elsewhere it may open the row."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        row = self._rows_model.rows[index.row()]
        cell = self._rows_model.cell(index.row(), index.column())
        if cell.button and cell.text:
            place = self._painter.button_rect(self.visualRect(index), cell.text)
            if place.contains(event.position().toPoint()):
                self.button_pressed.emit(row, index.column())
                return
        if self._open_on_click:
            self.row_opened.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the row, unless it hits a button."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or self._rows_model.cell(index.row(), index.column()).button:
            return
        if not self._open_on_click:
            self.row_opened.emit(self._rows_model.rows[index.row()])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard needs a row to stand on."""
        super().focusInEvent(event)
        if ring_wanted(event) and not self.currentIndex().isValid() and self._rows_model.rows:
            self.select_row(0)
        self._painter.ringed = self.currentIndex().row()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark of the focus away."""
        super().focusOutEvent(event)
        self._painter.ringed = -1
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or say that there are none."""
        super().paintEvent(event)
        if not self._rows_model.rows and self._empty:
            painter = QPainter(self.viewport())
            painter.setFont(font(13))
            painter.setPen(color(theme().muted))
            room = QRect(8, 0, self.viewport().width() - 16, min(self.viewport().height(), px(64)))
            flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, int(flags), self._empty)
            if self.hasFocus():
                # There is no row that could carry the mark.
                paint_ring(painter, QRectF(self.viewport().rect()), 6)

    def _share_width(self) -> None:
        columns = self._rows_model.columns
        fixed = {index: px(column.width) for index, column in enumerate(columns) if not column.stretch}
        parts = sum(column.stretch for column in columns)
        least = px(LEAST_SHARED) if parts else 0
        lack = sum(fixed.values()) + least - self.viewport().width()
        # With large text on a small screen the words are shortened, so that no button lies out of reach.
        yielding = [index for index in fixed if not columns[index].end]
        spare = sum(fixed[index] for index in yielding)
        if lack > 0 and spare:
            for index in yielding:
                fixed[index] = max(px(40), round(fixed[index] * (1 - min(1, lack / spare))))
        room = self.viewport().width() - sum(fixed.values())
        for index, column in enumerate(columns):
            width = max(px(48), room * column.stretch // parts) if column.stretch else fixed[index]
            self.setColumnWidth(index, width)

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        self._painter.ringed = now.row() if self.hasFocus() else -1
        self.viewport().update()
        self.current_changed.emit(self.current())

    def _on_theme(self) -> None:
        self._painter.renew()
        self._painter.row_height = px(self._height)
        self.verticalHeader().setDefaultSectionSize(px(self._height))
        self.verticalHeader().setMinimumSectionSize(px(20))
        self._share_width()
        if self._fitted:
            self.fit_height()
