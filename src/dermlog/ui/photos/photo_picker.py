"""PhotoPicker: the photos of one view by visit, two of them chosen to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.focus_ring import paint_ring, ring_wanted
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import color, font, px, theme
from dermlog.ui.photos.dated_photo import DatedPhoto
from dermlog.ui.visit_fields.photo_tile import paint_thumbnail
from dermlog.ui.visit_fields.picture_loader import PictureLoader, PictureSize
from dermlog.wording import _

WIDTH, HEIGHT, CAPTION, EDGE = 92, 108, 22, 7


class PickTile(QWidget):
    """One thumbnail; Enter or a click makes it the second of the pair, with Shift the first."""

    picked = Signal(bool)
    opened = Signal()

    def __init__(self, photo: DatedPhoto, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo = photo
        self._mark = ""
        self._image: QImage | None = None
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(_("Click: the second photo. Shift and click: the first. Double click opens it."))
        self.set_mark("")

    def set_mark(self, mark: str) -> None:
        """Say that it is one of the pair, in a word; "" when it is not."""
        self._mark = mark
        parts = (self.photo.label, mark or _("not chosen"))
        self.setAccessibleName(", ".join(parts))
        self.update()

    def mark(self) -> str:
        """The word for its part in the pair."""
        return self._mark

    def set_image(self, image: QImage) -> None:
        """Show the thumbnail; null is a damaged photo."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Picture, caption and the frame around a chosen one."""
        return QSize(px(WIDTH) + 2 * EDGE, px(HEIGHT) + px(CAPTION) + 2 * EDGE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose; the arrows are left to the list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.picked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.picked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Open it alone."""
        self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = ring_wanted(event)
        self.update()

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """Take the ring away."""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw thumbnail, caption, and the frame of a chosen one."""
        tokens = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._mark:
            painter.setPen(QPen(color(tokens.accent), 2))
            painter.setBrush(color(tokens.card))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
        frame = QRectF(EDGE, EDGE, px(WIDTH), px(HEIGHT))
        paint_thumbnail(painter, frame, self._image)
        words = font(12, bold=bool(self._mark))
        painter.setFont(words)
        painter.setPen(color(tokens.accent_ink if self._mark else tokens.muted))
        text = f"{self._mark} · {self.photo.short_label}" if self._mark else self.photo.short_label
        room = self.width() - 8
        shown = QFontMetrics(words).elidedText(text, Qt.TextElideMode.ElideRight, room)
        place = QRectF(4, frame.bottom() + 1, room, px(CAPTION))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), shown)
        if self.hasFocus() and self._ring:
            paint_ring(painter, QRectF(self.rect()), 9)


class PhotoPicker(ScrollArea):
    """show_photos(photos, before, after); picked(photo, as_first) when somebody chooses another."""

    picked = Signal(object, bool)
    opened = Signal(object)

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        inside = QWidget()
        super().__init__(inside, parent)
        self._flow = FlowLayout(inside, gap=6)
        self._loader = loader
        self._tiles: list[PickTile] = []
        loader.loaded.connect(self._on_loaded)

    def tiles(self) -> tuple[PickTile, ...]:
        """The thumbnails, in order of time."""
        return tuple(self._tiles)

    def show_photos(
        self, photos: Sequence[DatedPhoto], before: DatedPhoto | None, after: DatedPhoto | None
    ) -> None:
        """Show the photos of a view and mark the two compared."""
        if [tile.photo for tile in self._tiles] != list(photos):
            self._flow.clear()
            self._tiles = [PickTile(photo) for photo in photos]
            for tile in self._tiles:
                tile.picked.connect(lambda first, photo=tile.photo: self.picked.emit(photo, first))
                tile.opened.connect(lambda photo=tile.photo: self.opened.emit(photo))
                image = self._loader.want(tile.photo.photo.id, PictureSize.THUMBNAIL)
                if image is not None:
                    tile.set_image(image)
                self._flow.addWidget(tile)
                tile.show()
        for tile in self._tiles:
            if before is not None and tile.photo.photo.id == before.photo.id:
                tile.set_mark(_("1st"))
            elif after is not None and tile.photo.photo.id == after.photo.id:
                tile.set_mark(_("2nd"))
            else:
                tile.set_mark("")
        # Once the thumbnails have their places: the second of the pair is the one that changes most.
        QTimer.singleShot(0, self, self._show_second)

    def _show_second(self) -> None:
        second = next((tile for tile in self._tiles if tile.mark() == _("2nd")), None)
        if second is not None:
            self.ensureWidgetVisible(second, 0, 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from thumbnail to thumbnail."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }
        step = steps.get(Qt.Key(event.key()), 0)
        at = next((index for index, tile in enumerate(self._tiles) if tile.hasFocus()), -1)
        if step and at >= 0 and 0 <= at + step < len(self._tiles):
            self._tiles[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _on_loaded(self, photo_id: UUID, size: PictureSize, image: QImage) -> None:
        if size is not PictureSize.THUMBNAIL:
            return
        for tile in self._tiles:
            if tile.photo.photo.id == photo_id:
                tile.set_image(image)
