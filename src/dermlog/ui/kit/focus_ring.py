"""The focus ring of painted widgets: seen when the keyboard brought the focus, not after a click."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPen

from dermlog.ui.kit.theme import color, theme

COMING_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


def ring_wanted(event: QFocusEvent, before: bool = False) -> bool:
    """Whether this way of getting the focus needs a visible ring.

    before: whether there was one when the window or a menu took the focus away; it comes back as it was.
    """
    reason = event.reason()
    return before if reason in COMING_BACK else reason != Qt.FocusReason.MouseFocusReason


def paint_ring(painter: QPainter, rect: QRectF, radius: float, *, code: str | None = None) -> None:
    """Draw the ring just inside rect, 2 px wide, with a gap of card colour inside it."""
    tokens = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color(code or tokens.accent), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.setPen(QPen(color(tokens.card), 1.5))
    painter.drawRoundedRect(rect.adjusted(2.75, 2.75, -2.75, -2.75), radius - 1, radius - 1)
    painter.restore()
