"""Button: primary, plain, danger or quiet, with an optional key cap inside."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from dermlog.ui.kit.focus_ring import paint_ring, ring_wanted
from dermlog.ui.kit.key_hint import key_height, key_width, paint_key
from dermlog.ui.kit.theme import color, font, px, theme

RADIUS = 7.0
GAP = 6
HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Kind(Enum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"
    QUIET = "quiet"


class Button(QPushButton):
    """A push button; key is only shown ("Ctrl S"), the screen makes the shortcut.

    A checkable button looks primary while it is on. text is shown as typed, "&" included.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.PLAIN,
        *,
        key: str = "",
        name: str = "",
        small: bool = False,
        menu_arrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = ""
        self._kind = kind
        self._key = key
        self._name = name
        self._small = small
        self._arrow = menu_arrow
        self._ring = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.set_label(text)

    def label(self) -> str:
        """The words on the button."""
        return self._label

    def set_label(self, text: str) -> None:
        """Change the words on the button."""
        self._label = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(self._name or text)
        self.updateGeometry()
        self.update()

    def kind(self) -> Kind:
        """How much it asks for attention."""
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        """Change how much it asks for attention."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        """Words, key cap and arrow with room around them."""
        metrics = QFontMetrics(font(13, bold=True))
        width = metrics.horizontalAdvance(self._label) + 2 * px(10 if self._small else 13)
        if self._key:
            width += GAP + round(key_width(self._key))
        if self._arrow or self.menu() is not None:
            width += px(14)
        if not self.icon().isNull():
            width += px(16) + (GAP if self._label else 0)
        return QSize(width + 2, px(28 if self._small else 34))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its words."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = ring_wanted(event, self._ring)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the focus, as Space does, not its dialog’s default one."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or event.modifiers() & HELD:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():  # a key held too long would press what comes next, too
            self.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button."""
        tokens = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, line, ink = self._colors()
        rect = QRectF(self.rect())
        inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(color(line), 1) if line else Qt.PenStyle.NoPen)
        painter.setBrush(color(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, RADIUS, RADIUS)
        self._paint_content(painter, rect, ink)
        if self.hasFocus() and self._ring:
            paint_ring(painter, rect, RADIUS, code=tokens.ink if fill == tokens.accent_fill else None)

    def _colors(self) -> tuple[str, str, str]:
        """Fill, border and text; "" is none."""
        tokens = theme()
        hovered = self.underMouse() and self.isEnabled()
        pressed = self.isDown()
        if not self.isEnabled():
            return ("" if self._kind is Kind.QUIET else tokens.ground, tokens.line, tokens.muted)
        if self._kind is Kind.PRIMARY or self.isChecked():
            fill = tokens.accent_hover if hovered or pressed else tokens.accent_fill
            return (fill, "", tokens.on_accent)
        soft = tokens.hover if hovered or pressed else tokens.card
        if self._kind is Kind.DANGER:
            return (tokens.danger_soft if hovered else tokens.card, tokens.danger, tokens.danger_ink)
        if self._kind is Kind.QUIET:
            return (tokens.hover if hovered or pressed else "", "", tokens.accent_ink)
        return (soft, tokens.control_line, tokens.ink)

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: str) -> None:
        words = font(13, bold=True)
        metrics = QFontMetrics(words)
        arrow = px(14) if self._arrow or self.menu() is not None else 0
        cap = GAP + key_width(self._key) if self._key else 0.0
        icon = px(16) + (GAP if self._label else 0) if not self.icon().isNull() else 0
        text_width = float(metrics.horizontalAdvance(self._label))
        left = rect.left() + max(6.0, (rect.width() - icon - text_width - cap - arrow) / 2)
        if icon:
            side = px(16)
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            top = round((rect.height() - side) / 2)
            self.icon().paint(
                painter, round(left), top, side, side, Qt.AlignmentFlag.AlignCenter, mode, QIcon.State.Off
            )
            left += icon
        painter.setFont(words)
        painter.setPen(color(ink))
        room = QRectF(left, 0, rect.right() - 4 - left - cap - arrow, rect.height())
        shown = metrics.elidedText(self._label, Qt.TextElideMode.ElideRight, round(room.width()) + 1)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(room, int(flags), shown)
        left += metrics.horizontalAdvance(shown)
        if self._key:
            height = key_height()
            cap_rect = QRectF(left + GAP, (rect.height() - height) / 2, key_width(self._key), height)
            paint_key(painter, cap_rect, self._key)
            left += cap
        if arrow:
            middle = rect.height() / 2
            painter.setPen(QPen(color(ink), 1.6))
            x = left + px(7)
            painter.drawPolyline(
                [QPointF(x, middle - 2), QPointF(x + 3.5, middle + 2), QPointF(x + 7, middle - 2)]
            )
