"""Glyphs of fonts that cannot be embedded: as lines and curves, or as small pictures when made of colours."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGlyphRun, QImage, QPainter, QPainterPath, QRawFont

from dermlog.report.typesetting_fonts import EM

THICKENING = 24
"""How wide a line goes around the glyphs of a missing bold, in thousandths of the size."""
_PIXELS = 160
"""How finely a coloured glyph is painted: pixels for the font size, 1,000 to the inch at 11 points."""


@dataclass(frozen=True)
class GlyphPicture:
    """A painted glyph: its colours and its opacity, compressed, eight bits for each value."""

    width: int
    height: int
    colors: bytes
    opacity: bytes


@dataclass(frozen=True)
class Outline:
    """One glyph, in thousandths of the font size, y upwards. The box is left, bottom, right, top."""

    advance: float
    box: tuple[int, int, int, int]
    path: str
    """The operators that draw it; "" for a blank or painted one."""
    picture: GlyphPicture | None = None


def outline_of(raw_font: QRawFont, glyph: int, *, thickened: bool, colored: bool) -> Outline:
    """The shape of a glyph. `thickened` draws a line around it, `colored` allows a picture of it."""
    scale = 1000 / EM
    path = _path(raw_font, glyph)
    advances = raw_font.advancesForGlyphIndexes([glyph])
    advance = round(advances[0].x() * scale, 2) if advances else 0.0
    if path.isEmpty():
        painted = _painted(raw_font, glyph, advance) if colored else None
        return painted or Outline(advance, (0, 0, 0, 0), "")
    bounds = path.boundingRect()
    edge = 1 + (THICKENING if thickened else 0)
    box = (
        int(bounds.left() * scale) - edge,
        int(-bounds.bottom() * scale) - edge,
        int(bounds.right() * scale) + edge,
        int(-bounds.top() * scale) + edge,
    )
    return Outline(advance, box, _operators(path, scale, thickened))


def _path(raw_font: QRawFont, glyph: int) -> QPainterPath:
    return raw_font.pathForGlyph(glyph)


def _operators(path: QPainterPath, scale: float, thickened: bool) -> str:
    written = [f"{THICKENING} w 1 j"] if thickened else []
    points: list[str] = []
    for number in range(path.elementCount()):
        element = path.elementAt(number)
        point = f"{element.x * scale:.0f} {-element.y * scale:.0f}"
        if element.isMoveTo():
            written.append(f"{point} m")
        elif element.isLineTo():
            written.append(f"{point} l")
        else:
            points.append(point)
            if len(points) == 3:
                written.append(" ".join(points) + " c")
                points.clear()
    return "\n".join([*written, "B" if thickened else "f"])


def _painted(raw_font: QRawFont, glyph: int, advance: float) -> Outline | None:
    """A picture of a glyph that has no outline; None when there is nothing to see."""
    margin = 100
    left, right = -margin, round(advance) + margin
    top = round(raw_font.ascent() * 1000 / EM) + margin
    bottom = -round(raw_font.descent() * 1000 / EM) - margin
    scale = _PIXELS / 1000
    width, height = round((right - left) * scale), round((top - bottom) * scale)
    image = QImage(max(width, 1), max(height, 1), QImage.Format.Format_RGBA8888)
    image.fill(0)
    run = QGlyphRun()
    run.setRawFont(raw_font)
    run.setGlyphIndexes([glyph])
    run.setPositions([QPointF(0, 0)])
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(_PIXELS / EM, _PIXELS / EM)
    painter.drawGlyphRun(QPointF(-left * EM / 1000, top * EM / 1000), run)
    painter.end()
    pixels = bytes(image.constBits())
    opacity = pixels[3::4]
    if not any(opacity):
        return None
    colors = bytearray(len(opacity) * 3)
    for channel in range(3):
        colors[channel::3] = pixels[channel::4]
    picture = GlyphPicture(
        image.width(), image.height(), zlib.compress(bytes(colors)), zlib.compress(bytes(opacity))
    )
    return Outline(advance, (left, bottom, right, top), "", picture)
