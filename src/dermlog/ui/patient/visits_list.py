"""The list of visits beside the chart: photo, what it was, what was found; Enter or a click opens one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dermlog.ui.kit.focus_ring import ring_wanted
from dermlog.ui.kit.theme import color, font, px, theme, theme_signals
from dermlog.ui.patient.visit_words import VisitRow
from dermlog.ui.visit_fields.picture_loader import PictureLoader, PictureSize
from dermlog.wording import _

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
HOVERED = QStyle.StateFlag.State_MouseOver
SELECTED = QStyle.StateFlag.State_Selected
ELIDE = Qt.TextElideMode.ElideRight
PICTURE = (50, 60)
GAP = 10
ARROW = 12


class VisitsModel(QAbstractListModel):
    """The rows at hand."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[VisitRow] = ()

    def set_rows(self, rows: Sequence[VisitRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many visits."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """Words; the painter takes the row itself."""
        if role in (DISPLAY, SPOKEN) and index.isValid():
            return self.rows[index.row()].spoken
        return None


class VisitPainter(QStyledItemDelegate):
    """Draws a row: the picture, three or four lines, an arrow."""

    def __init__(self, model: VisitsModel, loader: PictureLoader) -> None:
        super().__init__()
        self._model = model
        self._loader = loader
        self.ringed = -1
        self.width = px(260)

    def _lines(self, row: VisitRow, room: int) -> int:
        """Lines under each other: the date takes one of its own where it does not fit beside the title."""
        packed = len(_packed(row.line, room)) + len(_packed(row.foot, room))
        return 1 + packed + (not self._fits(row, room)) + bool(row.alarm)

    def _fits(self, row: VisitRow, room: int) -> bool:
        title = QFontMetrics(font(13, bold=True)).horizontalAdvance(row.title)
        return title + QFontMetrics(font(12)).horizontalAdvance(f" · {row.when}") <= room

    def _room(self, width: int) -> int:
        return width - px(PICTURE[0]) - px(GAP) - px(ARROW)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Enough for all lines."""
        row = self._model.rows[index.row()]
        lines = self._lines(row, self._room(self.width))
        return QSize(px(120), max(px(PICTURE[1]) + px(18), lines * px(18) + px(20)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        tokens = theme()
        rect: QRect = option.rect
        row = self._model.rows[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if option.state & SELECTED and self.ringed == index.row():
            painter.fillRect(rect, color(tokens.row_selected))
        elif option.state & HOVERED:
            painter.fillRect(rect, color(tokens.hover))
        if index.row() == self.ringed:
            painter.fillRect(QRect(rect.left(), rect.top() + 2, 3, rect.height() - 5), color(tokens.accent))
        painter.setPen(QPen(color(tokens.line), 1))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        inner = rect.adjusted(px(4), 0, -px(4), -1)
        picture = QRectF(
            inner.left(), inner.center().y() - px(PICTURE[1]) / 2, px(PICTURE[0]), px(PICTURE[1])
        )
        self._paint_picture(painter, picture, row)
        left = inner.left() + px(PICTURE[0]) + px(GAP)
        room = inner.right() - left - px(ARROW)
        self._paint_words(painter, QRect(left, inner.top(), room, inner.height()), row)
        painter.setPen(QPen(color(tokens.muted), 1.5))
        x, y = inner.right() - px(6), inner.center().y()
        painter.drawLine(x - 3, y - 4, x + 1, y)
        painter.drawLine(x + 1, y, x - 3, y + 4)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRectF, row: VisitRow) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(place, 5, 5)
        image: QImage | None = None
        if row.photo_id is not None:
            image = self._loader.want(row.photo_id, PictureSize.THUMBNAIL)
        if image is not None and not image.isNull():
            painter.save()
            painter.setClipPath(shape)
            ratio = place.width() / place.height()
            width = min(image.width(), round(image.height() * ratio))
            height = min(image.height(), round(image.width() / ratio))
            source = QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)
            painter.drawImage(place, image, source)
            painter.restore()
        elif row.photo_id is not None:
            painter.fillPath(shape, color(theme().neutral_soft))
        else:
            dashed = QPen(color(theme().line), 1.2, Qt.PenStyle.DashLine)
            painter.setPen(dashed)
            painter.drawPath(shape)
            painter.setFont(font(10))
            painter.setPen(color(theme().muted))
            painter.drawText(
                place, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), _("no photo")
            )

    def _paint_words(self, painter: QPainter, place: QRect, row: VisitRow) -> None:
        tokens = theme()
        lines: list[tuple[str, bool, str]] = []
        fits = self._fits(row, place.width())
        if not fits:
            lines.append((row.when, False, tokens.muted))
        if row.alarm:
            lines.append((row.alarm, True, tokens.danger_ink))
        lines += [(words, False, tokens.ink) for words in _packed(row.line, place.width())]
        lines += [(words, False, tokens.muted) for words in _packed(row.foot, place.width())]
        height = px(18)
        top = place.center().y() - height * (len(lines) + 1) // 2
        line = QRect(place.left(), top, place.width(), height)
        flags = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        flags |= int(Qt.TextFlag.TextSingleLine)
        bold, plain = font(13, bold=True), font(12)
        painter.setFont(bold)
        painter.setPen(color(tokens.ink))
        metrics = QFontMetrics(bold)
        painter.drawText(line, flags, metrics.elidedText(row.title, ELIDE, line.width()))
        painter.setFont(plain)
        if fits:
            beside = line.adjusted(metrics.horizontalAdvance(row.title), 0, 0, 0)
            painter.setPen(color(tokens.muted))
            painter.drawText(beside, flags, f" · {row.when}")
        small = QFontMetrics(plain)
        small_bold = font(12, bold=True)
        for words, strong, ink in lines:
            line.translate(0, height)
            painter.setFont(small_bold if strong else plain)
            painter.setPen(color(ink))
            painter.drawText(line, flags, small.elidedText(words, ELIDE, line.width()))


def _packed(parts: Sequence[str], room: int) -> list[str]:
    """The parts in as few lines as hold them whole."""
    metrics = QFontMetrics(font(12))
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]} · {part}" if lines else part
        if lines and metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


class VisitsList(QListView):
    """VisitsList(loader): set_rows(rows); opened(row) by a click, Enter or Space."""

    opened = Signal(object)

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visits = VisitsModel()
        self._painter = VisitPainter(self._visits, loader)
        self._pressed = -1
        self.setModel(self._visits)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Visits, the newest first"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        loader.loaded.connect(self._on_loaded)
        theme_signals().changed.connect(self._on_theme)
        self.selectionModel().currentChanged.connect(self._on_current)

    def set_rows(self, rows: Sequence[VisitRow]) -> None:
        """Show other visits, staying at the same one where it is still there."""
        before = self.current()
        self._visits.set_rows(rows)
        kept = next(
            (at for at, row in enumerate(rows) if before is not None and row.visit_id == before.visit_id), -1
        )
        if kept >= 0:
            self.setCurrentIndex(self._visits.index(kept))

    def rows(self) -> Sequence[VisitRow]:
        """What is shown."""
        return self._visits.rows

    def current(self) -> VisitRow | None:
        """Where the keyboard stands."""
        at = self.currentIndex().row()
        return self._visits.rows[at] if 0 <= at < len(self._visits.rows) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open; letters are for the window."""
        row = self.current()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and row is not None:
            self.opened.emit(row)
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the click began."""
        super().mousePressEvent(event)
        self._pressed = self.indexAt(event.position().toPoint()).row()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.row() == self._pressed:
            self.opened.emit(self._visits.rows[index.row()])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard needs a row to stand on."""
        super().focusInEvent(event)
        if ring_wanted(event) and not self.currentIndex().isValid() and self._visits.rows:
            self.setCurrentIndex(self._visits.index(0))
        self._painter.ringed = self.currentIndex().row() if ring_wanted(event) else -1
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark of the focus away."""
        super().focusOutEvent(event)
        self._painter.ringed = -1
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The height of a row follows from the width."""
        super().resizeEvent(event)
        self._painter.width = self.viewport().width() - px(8)
        self.scheduleDelayedItemsLayout()

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        self._painter.ringed = now.row() if self.hasFocus() else -1

    def _on_loaded(self, _photo: object, _size: object, _image: QImage) -> None:
        self.viewport().update()

    def _on_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
