"""Dot: one injection site on the map with its units; one ready picture, so that a drag stays cheap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPixmapItem

from dermlog.domain.session import InjectionSite
from dermlog.figures.face_drawing import dot_number
from dermlog.ui.kit.theme import color, font, theme
from dermlog.ui.kit.tokens import Tokens

SMALLEST, LARGEST = 9.0, 13.0
RING = 3.0
ABOVE, TOPMOST = 10.0, 20.0


class Dot(QGraphicsPixmapItem):
    """A round mark, longer for longer numbers; keeps its size on screen when the map is zoomed."""

    def __init__(self, site: InjectionSite) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)
        self.site = site
        self._radius = SMALLEST
        self._drawn: _Look | None = None

    @property
    def radius(self) -> float:
        """Half its height in pixels of the screen."""
        return self._radius

    def show_site(
        self, site: InjectionSite, radius: float, *, selected: bool, partner: bool, ratio: float = 1.0
    ) -> None:
        """Draw units and state: selected is amber with a solid ring, a linked partner has a dashed ring.

        ratio: pixels of the screen to one of the window.
        """
        self.site = site
        look = _Look(dot_number(site.units), radius, selected, partner and not selected, theme(), ratio)
        if look == self._drawn:
            return
        self._drawn = look
        self._radius = radius
        picture = _picture(look)
        self.setPixmap(picture)
        self.setOffset(-picture.width() / ratio / 2, -picture.height() / ratio / 2)
        self.setZValue(TOPMOST if selected else ABOVE)


@dataclass(frozen=True)
class _Look:
    """What a picture of a mark depends on."""

    text: str
    radius: float
    selected: bool
    partner: bool
    tokens: Tokens
    ratio: float


@lru_cache(maxsize=256)
def _picture(look: _Look) -> QPixmap:
    """The mark with its number in the middle; the same for every point that looks alike."""
    text, radius, tokens, ratio = look.text, look.radius, look.tokens, look.ratio
    letters = font(bold=True)
    # A number follows the size of the map, not the chosen text size.
    letters.setPixelSize(max(8, round(radius * (1.08 if len(text) < 3 else 0.98))))
    half = max(radius, QFontMetricsF(letters).horizontalAdvance(text) / 2 + radius * 0.42)
    room = RING + 2.0
    width, height = 2 * ceil(half + room), 2 * ceil(radius + room)
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(width / 2, height / 2)
    if look.selected or look.partner:
        ring = QPen(color(tokens.caution if tokens.dark else tokens.on_caution), 1.8)
        if not look.selected:
            ring.setStyle(Qt.PenStyle.DashLine)
            ring.setColor(color(tokens.caution))
        painter.strokePath(_pill(half + RING, radius + RING), ring)
    painter.setPen(QPen(QColor(255, 255, 255), 1.6))
    painter.setBrush(color(tokens.caution_fill if look.selected else tokens.accent_fill))
    painter.drawPath(_pill(half, radius))
    painter.setFont(letters)
    painter.setPen(color(tokens.on_caution if look.selected else tokens.on_accent))
    box = QRectF(-width / 2, -height / 2, width, height)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), text)
    painter.end()
    return picture


def _pill(half_width: float, half_height: float) -> QPainterPath:
    path = QPainterPath()
    rect = QRectF(-half_width, -half_height, 2 * half_width, 2 * half_height)
    path.addRoundedRect(rect, half_height, half_height)
    return path
