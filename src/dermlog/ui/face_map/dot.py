"""Dot: one injection site on the map with its units, drawn by Qt's own items so that a drag stays cheap."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsSimpleTextItem

from dermlog.domain.session import InjectionSite
from dermlog.figures.face_drawing import dot_number
from dermlog.ui.kit.theme import color, font, theme

SMALLEST, LARGEST = 9.0, 13.0
RING = 3.0
ABOVE, TOPMOST = 10.0, 20.0


class Dot(QGraphicsPathItem):
    """A round mark, longer for longer numbers; keeps its size on screen when the map is zoomed."""

    def __init__(self, site: InjectionSite) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.site = site
        self._radius = SMALLEST
        self._drawn: tuple[object, ...] = ()
        self._ring = QGraphicsPathItem(self)
        self._ring.setFlag(QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent)
        self._ring.setBrush(Qt.BrushStyle.NoBrush)
        self._number = QGraphicsSimpleTextItem(self)

    @property
    def radius(self) -> float:
        """Half its height in pixels of the screen."""
        return self._radius

    def show_site(self, site: InjectionSite, radius: float, *, selected: bool, partner: bool) -> None:
        """Draw units and state: selected is amber with a solid ring, a mirrored partner has a dashed ring."""
        tokens = theme()
        self.site = site
        state = (site.units, radius, selected, partner, tokens)
        if state == self._drawn:
            return
        self._drawn = state
        self._radius = radius
        text = dot_number(site.units)
        letters = font(bold=True)
        # A number follows the size of the map, not the chosen text size.
        letters.setPixelSize(max(8, round(radius * (1.08 if len(text) < 3 else 0.98))))
        width = QFontMetricsF(letters).horizontalAdvance(text)
        half = max(radius, width / 2 + radius * 0.42)
        self.setPath(_pill(half, radius))
        fill = tokens.caution_fill if selected else tokens.accent_fill
        self.setBrush(color(fill))
        self.setPen(QPen(QColor(255, 255, 255), 1.6))
        self._number.setFont(letters)
        self._number.setText(text)
        self._number.setBrush(color(tokens.on_caution if selected else tokens.on_accent))
        box = self._number.boundingRect()
        self._number.setPos(-box.width() / 2, -box.height() / 2)
        self._ring.setPath(_pill(half + RING, radius + RING))
        ring = QPen(color(tokens.caution if tokens.dark else tokens.on_caution), 1.8)
        if partner and not selected:
            ring.setStyle(Qt.PenStyle.DashLine)
            ring.setColor(color(tokens.caution))
        self._ring.setPen(ring)
        self._ring.setVisible(selected or partner)
        self.setZValue(TOPMOST if selected else ABOVE)


def _pill(half_width: float, half_height: float) -> QPainterPath:
    path = QPainterPath()
    rect = QRectF(-half_width, -half_height, 2 * half_width, 2 * half_height)
    path.addRoundedRect(rect, half_height, half_height)
    return path
