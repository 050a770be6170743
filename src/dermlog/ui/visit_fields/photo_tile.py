"""PhotoTile: one photo of a visit with its view under it, or the dashed place of a view that is missing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from dermlog.domain.photo import Photo, PhotoView
from dermlog.naming import name_of
from dermlog.ui.kit.focus_ring import paint_ring, ring_wanted
from dermlog.ui.kit.theme import color, font, px, theme
from dermlog.wording import _

WIDTH = 92
HEIGHT = 112
CAPTION = 22
KEYS = {
    "f": PhotoView.FRONT,
    "r": PhotoView.RIGHT_45,
    "l": PhotoView.LEFT_45,
    "R": PhotoView.RIGHT_90,
    "L": PhotoView.LEFT_90,
    "h": PhotoView.FOREHEAD,
    "n": PhotoView.NOSE_CHIN,
    "o": PhotoView.OTHER,
}


class PhotoTile(QWidget):
    """PhotoTile(photo) or PhotoTile(view=PhotoView.FRONT) for a missing one.

    Enter or a click opens a photo (opened) or asks for one (wanted); F, R, L and the menu choose the view
    (view_chosen), Delete removes (removal_wanted).
    """

    opened = Signal()
    wanted = Signal()
    view_chosen = Signal(object)
    removal_wanted = Signal()

    def __init__(
        self,
        photo: Photo | None = None,
        view: PhotoView | None = None,
        *,
        unsorted: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.photo = photo
        self.view = photo.view if photo is not None else view
        self.unsorted = unsorted
        self._image: QImage | None = None
        self._read_only = False
        self._ring = False
        self._hover = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name_it()

    def set_image(self, image: QImage) -> None:
        """Show the thumbnail; a null image means that the stored photo is damaged."""
        self._image = image
        self._name_it()
        self.update()

    @property
    def is_damaged(self) -> bool:
        """Whether the stored picture cannot be shown."""
        return self._image is not None and self._image.isNull()

    def set_read_only(self, read_only: bool) -> None:
        """Only look at the photo."""
        self._read_only = read_only

    def caption(self) -> str:
        """The words under the picture, or inside the dashed place."""
        if self.view is None:
            return _("Another view")
        return _("Which view?") if self.unsorted else name_of(self.view)

    def sizeHint(self) -> QSize:
        """Picture and caption."""
        return QSize(px(WIDTH), px(HEIGHT) + px(CAPTION))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def menu(self) -> QMenu:
        """The views to choose from, and removal; the caller deletes it."""
        menu = QMenu(self)
        keys = {view: key for key, view in KEYS.items()}
        for view in PhotoView:
            key = keys.get(view, "")
            shown = _("Shift {key}").format(key=key) if key.isupper() else key.upper()
            action = menu.addAction(f"{name_of(view)}\t{shown}")
            action.setCheckable(True)
            action.setChecked(view is self.view and not self.unsorted)
            action.triggered.connect(lambda _on=False, chosen=view: self.view_chosen.emit(chosen))
        menu.addSeparator()
        menu.addAction(_("Open")).triggered.connect(self.opened)
        menu.addAction(_("Remove…") + "\t" + _("Del")).triggered.connect(self.removal_wanted)
        return menu

    def _pop_up(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _press(self) -> None:
        if self.photo is not None:
            self.opened.emit()
        elif not self._read_only:
            self.wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, choose the view by its letter, remove."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._press()
        elif self.photo is None or self._read_only or not plain:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removal_wanted.emit()
        elif event.key() == Qt.Key.Key_V:
            self._pop_up(self.mapToGlobal(self.rect().bottomLeft()))
        elif (view := KEYS.get(event.text())) is not None:
            self.view_chosen.emit(view)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the picture, or the list of views from its caption."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not inside:
            return
        on_caption = event.position().y() > px(HEIGHT)
        if on_caption and self.photo is not None and not self._read_only:
            self._pop_up(event.globalPosition().toPoint())
        else:
            self._press()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same list by right click or the menu key."""
        if self.photo is not None and not self._read_only:
            self._pop_up(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = ring_wanted(event)
        self.update()

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """Take the ring away."""
        self.update()

    def enterEvent(self, _event: QEvent) -> None:
        """Light up."""
        self._hover = True
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """Nothing is lit any more."""
        self._hover = False
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw picture and caption, or the dashed place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(0, 0, self.width(), px(HEIGHT)).adjusted(1, 1, -1, -1)
        if self.photo is None:
            self._paint_place(painter, frame)
        else:
            self._paint_photo(painter, frame)
        if self.hasFocus() and self._ring:
            paint_ring(painter, frame.adjusted(-1, -1, 1, 1), 8)

    def _paint_place(self, painter: QPainter, frame: QRectF) -> None:
        tokens = theme()
        painter.setPen(QPen(color(tokens.control_line), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(
            color(tokens.hover) if self._hover and not self._read_only else Qt.BrushStyle.NoBrush
        )
        painter.drawRoundedRect(frame, 7, 7)
        painter.setPen(color(tokens.muted))
        painter.setFont(font(12))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(frame.adjusted(6, 6, -6, -6), int(flags), self.caption())

    def _paint_photo(self, painter: QPainter, frame: QRectF) -> None:
        tokens = theme()
        outline = paint_thumbnail(painter, frame, self._image)
        if self._hover:
            painter.setPen(QPen(color(tokens.accent), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(outline)
        words = font(12, bold=self.unsorted)
        painter.setFont(words)
        ink: QColor = color(tokens.caution_ink if self.unsorted else tokens.muted)
        painter.setPen(ink)
        arrow = "" if self._read_only else " ▾"
        room = self.width() - QFontMetrics(words).horizontalAdvance(arrow)
        shown = QFontMetrics(words).elidedText(self.caption(), Qt.TextElideMode.ElideRight, room) + arrow
        place = QRectF(0, px(HEIGHT) + 2, self.width(), px(CAPTION) - 2)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), shown)

    def _name_it(self) -> None:
        if self.photo is None:
            self.setAccessibleName(_("Add a photo: {view}").format(view=self.caption()))
        elif self.is_damaged:
            self.setAccessibleName(_("Damaged photo: {view}").format(view=self.caption()))
        else:
            self.setAccessibleName(_("Photo: {view}").format(view=self.caption()))
        self.setToolTip(
            ""
            if self.photo is None or self._read_only
            else _("Enter opens it, V changes the view, Del removes it")
        )


def paint_thumbnail(painter: QPainter, frame: QRectF, image: QImage | None) -> QPainterPath:
    """Fill a rounded frame with the middle of a picture; None still loads, a null one is damaged and says so.

    Returns the frame's outline.
    """
    tokens = theme()
    outline = QPainterPath()
    outline.addRoundedRect(frame, 7, 7)
    painter.fillPath(outline, color(tokens.neutral_soft))
    if image is not None and not image.isNull():
        painter.save()
        painter.setClipPath(outline)
        painter.drawImage(_cover(image, frame), image)
        painter.restore()
    elif image is not None:
        painter.setPen(color(tokens.neutral_ink))
        painter.setFont(font(12))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(frame.adjusted(6, 6, -6, -6), int(flags), _("photo damaged"))
    return outline


def _cover(image: QImage, frame: QRectF) -> QRectF:
    """Where to draw an image so that it fills the frame; the middle of it is shown."""
    scale = max(frame.width() / image.width(), frame.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    return QRectF(frame.center().x() - width / 2, frame.center().y() - height / 2, width, height)
