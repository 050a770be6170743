"""CompareView: two photos that zoom and move together - side by side, under a slider, one over the other."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from dermlog.ui.kit.theme import color, font, px, theme
from dermlog.ui.visit_fields.picture_view import STAGE, STAGE_INK, STEP, zoom_by_key
from dermlog.ui.visit_fields.zoom import Zoom
from dermlog.wording import _

GRAB = 12.0
GAP = 3.0
BALANCE_STEP = 0.05


class Arrangement(Enum):
    """How two photos lie to each other."""

    SIDE_BY_SIDE = "side_by_side"
    SLIDER = "slider"
    OVERLAY = "overlay"


class CompareView(QWidget):
    """set_pair(before, after, their labels): an image is None while it loads and null when it is damaged.

    balance is 0 to 1: where the slider stands, or how much of the second photo the overlay shows.
    """

    balance_changed = Signal(float)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = Zoom()
        self.arrangement = Arrangement.SIDE_BY_SIDE
        self.balance = 0.5
        self.flipped = False
        self._images: list[QImage | None] = [None, None]
        self._labels = ["", ""]
        self._words = ""
        self._drag: QPointF | None = None
        self._on_slider = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._name_it()

    def sizeHint(self) -> QSize:
        """As large as it gets."""
        return QSize(760, 560)

    def minimumSizeHint(self) -> QSize:
        """Large enough to see something."""
        return QSize(320, 220)

    def set_pair(
        self, before: QImage | None, after: QImage | None, labels: tuple[str, str], words: str = ""
    ) -> None:
        """Show two photos; words are said in the place of a second one that does not exist."""
        self._images = [before, after]
        self._labels = list(labels)
        self._words = words
        self._name_it()
        self.update()

    def start_anew(self) -> None:
        """Other photos: whole, not flipped."""
        self.zoom.reset()
        self.flipped = False
        self.update()

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Lay the photos out in another way."""
        self.arrangement = arrangement
        self._name_it()
        self.update()

    def set_balance(self, balance: float) -> None:
        """Move the slider, or fade from one photo to the other."""
        balance = min(1.0, max(0.0, balance))
        if balance != self.balance:
            self.balance = balance
            self.balance_changed.emit(balance)
            self.update()

    def flip(self) -> None:
        """Show each photo in the place of the other."""
        self.flipped = not self.flipped
        self._name_it()
        self.update()

    def shown(self) -> tuple[int, int]:
        """Which photo lies first and which second: (0, 1), or (1, 0) when flipped."""
        return (1, 0) if self.flipped else (0, 1)

    def stages(self) -> tuple[QRectF, QRectF]:
        """Where each photo is drawn; the same place twice when they share it."""
        whole = QRectF(self.rect())
        if self.arrangement is not Arrangement.SIDE_BY_SIDE:
            return whole, whole
        width = (whole.width() - GAP) / 2
        left = QRectF(0, 0, width, whole.height())
        return left, left.translated(width + GAP, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both photos, their labels and the line between them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), color(STAGE))
        first, second = self.shown()
        left, right = self.stages()
        if self.arrangement is Arrangement.SIDE_BY_SIDE:
            self._draw(painter, left, first)
            self._draw(painter, right, second)
            painter.fillRect(QRectF(left.right(), 0, GAP, left.height()), color(theme().card))
        elif self.arrangement is Arrangement.SLIDER:
            self._draw_under_slider(painter, left, first, second)
        else:
            self._draw(painter, left, first)
            painter.setOpacity(self.balance)
            self._draw(painter, left, second)
            painter.setOpacity(1)
        self._draw_label(painter, left, self._labels[first], at_end=False)
        at_end = self.arrangement is not Arrangement.SIDE_BY_SIDE
        self._draw_label(painter, right, self._labels[second], at_end=at_end)
        if self.hasFocus():
            painter.setPen(QPen(color(theme().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw_under_slider(self, painter: QPainter, stage: QRectF, first: int, second: int) -> None:
        at = stage.width() * self.balance
        painter.save()
        painter.setClipRect(QRectF(0, 0, at, stage.height()))
        self._draw(painter, stage, first)
        painter.setClipRect(QRectF(at, 0, stage.width() - at, stage.height()))
        self._draw(painter, stage, second)
        painter.restore()
        painter.setPen(QPen(Qt.GlobalColor.white, 3))
        painter.drawLine(QPointF(at, 0), QPointF(at, stage.height()))
        painter.setBrush(color(theme().accent_fill))
        painter.drawEllipse(QPointF(at, stage.center().y()), 9, 9)

    def _draw(self, painter: QPainter, stage: QRectF, which: int) -> None:
        image = self._images[which]
        if image is not None and not image.isNull():
            painter.save()
            painter.setClipRect(stage, Qt.ClipOperation.IntersectClip)
            painter.drawImage(self.zoom.place(stage, QSizeF(image.size())), image)
            painter.restore()
            return
        if image is not None:
            words = _("This photo is damaged.")
        elif not self._labels[which]:
            words = self._words
        else:
            words = _("Loading…")
        painter.setPen(color(STAGE_INK))
        painter.setFont(font(14))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(stage.adjusted(24, 24, -24, -24), int(flags), words)

    def _draw_label(self, painter: QPainter, stage: QRectF, text: str, *, at_end: bool) -> None:
        if not text:
            return
        tokens, words = theme(), font(12, bold=True)
        metrics = QFontMetrics(words)
        limit = stage.width() / (2 if at_end else 1) - 32
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(limit))
        width, height = metrics.horizontalAdvance(shown) + 2 * px(10), px(22)
        x = stage.right() - width - 16 if at_end else stage.left() + 16
        pill = QRectF(x, stage.bottom() - height - 14, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(tokens.accent_soft))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(color(tokens.accent_ink))
        painter.setFont(words)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), shown)

    def _stage_at(self, at: QPointF) -> QRectF:
        left, right = self.stages()
        return left if at.x() <= left.right() else right

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom both around the pointer."""
        at = event.position()
        ratio = STEP ** (event.angleDelta().y() / 120)
        self.zoom.by(ratio, at, self._stage_at(at), self._size())
        self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the slider, or of both photos."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = event.position()
            self._on_slider = self._near_slider(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the slider or both photos."""
        at = event.position()
        near = self._on_slider or (self._drag is None and self._near_slider(at))
        self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.OpenHandCursor)
        if self._drag is None:
            return
        if self._on_slider:
            self.set_balance(at.x() / max(1, self.width()))
        else:
            self.zoom.move(at - self._drag, self.stages()[0], self._size())
            self.update()
        self._drag = at

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._drag = None
        self._on_slider = False

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """The whole photos again."""
        self.zoom.reset()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space flips, plus, minus and 0 zoom, arrows move; Enter opens the photo alone."""
        if event.key() == Qt.Key.Key_Space:
            self.flip()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.shown()[1])
        elif zoom_by_key(self.zoom, event, self.stages()[0], self._size()):
            self.update()
        elif (
            step := {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        ) and self.arrangement is not Arrangement.SIDE_BY_SIDE:
            self.set_balance(self.balance + step * BALANCE_STEP)
        else:
            super().keyPressEvent(event)

    def _size(self) -> QSizeF:
        """The size of what is shown first; two photos of one view are framed alike."""
        shown = (image for image in self._images if image is not None and not image.isNull())
        image = next(shown, None)
        return QSizeF() if image is None else QSizeF(image.size())

    def _near_slider(self, at: QPointF) -> bool:
        if self.arrangement is not Arrangement.SLIDER:
            return False
        return abs(at.x() - self.width() * self.balance) <= GRAB

    def _name_it(self) -> None:
        first, second = self.shown()
        labels = self._labels[first], self._labels[second] or self._words
        self.setAccessibleName(
            _("Photos compared: {first}; {second}").format(first=labels[0], second=labels[1])
        )
        self.setAccessibleDescription(_("Space flips, plus and minus zoom both, 0 shows them whole"))
