"""PictureView: one picture to look at closely; wheel zooms around the pointer, drag moves, 0 fits."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dermlog.ui.kit.theme import color, font, theme
from dermlog.ui.visit_fields.zoom import Zoom
from dermlog.wording import _

STAGE = "#1B2530"
STAGE_INK = "#C8D2DA"
STEP = 1.25
PAN = 60.0


class PictureView(QWidget):
    """set_image(image): None while it loads, a null one when it is damaged."""

    turned = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = Zoom()
        self._image: QImage | None = None
        self._drag: QPointF | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def sizeHint(self) -> QSize:
        """As large as a dialog gives."""
        return QSize(720, 560)

    def set_image(self, image: QImage | None) -> None:
        """Show another picture, whole."""
        self._image = image
        self.zoom.reset()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture on a dark stage."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), color(STAGE))
        if self._image is None or self._image.isNull():
            painter.setPen(color(STAGE_INK))
            painter.setFont(font(14))
            words = _("Loading…")
            if self._image is not None:
                words = _("This photo is damaged.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()).adjusted(24, 24, -24, -24), int(flags), words)
        else:
            place = self.zoom.place(QRectF(self.rect()), QSizeF(self._image.size()))
            painter.drawImage(place, self._image)
        if self.hasFocus():
            painter.setPen(color(theme().accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        ratio = STEP ** (event.angleDelta().y() / 120)
        self.zoom.by(ratio, event.position(), QRectF(self.rect()), self._size())
        self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if self._drag is not None:
            self.zoom.move(event.position() - self._drag, QRectF(self.rect()), self._size())
            self._drag = event.position()
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._drag = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Fit again."""
        self.zoom.reset()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and 0 zoom; arrows move when zoomed, else turn to the next picture."""
        if zoom_by_key(self.zoom, event, QRectF(self.rect()), self._size()):
            self.update()
            return
        turn = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if turn is not None:
            self.turned.emit(turn)
        else:
            super().keyPressEvent(event)

    def _size(self) -> QSizeF:
        return QSizeF() if self._image is None else QSizeF(self._image.size())


def zoom_by_key(zoom: Zoom, event: QKeyEvent, stage: QRectF, picture: QSizeF) -> bool:
    """Carry out a zoom key; False when it is none."""
    key = event.key()
    if key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
        zoom.by(STEP, stage.center(), stage, picture)
    elif key == Qt.Key.Key_Minus:
        zoom.by(1 / STEP, stage.center(), stage, picture)
    elif key == Qt.Key.Key_0:
        zoom.reset()
    elif zoom.factor > 1 and (step := _ARROWS.get(Qt.Key(key))) is not None:
        zoom.move(QPointF(*step) * PAN, stage, picture)
    else:
        return False
    return True


_ARROWS = {
    Qt.Key.Key_Left: (1.0, 0.0),
    Qt.Key.Key_Right: (-1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}
