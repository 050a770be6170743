"""The pen for the screen: figures drawn with a QPainter, laid out as on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from dermlog.figures.pen import FONT_FAMILIES, Align, Command

_EM = 1000
"""Text is measured at this size without hinting, so that a width is the same at every scale."""
_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


class PainterPen:
    """Draws where the painter's origin is; a unit is one of the painter's. The painter stays the caller's."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._points_per_unit = 72 / painter.device().logicalDpiY()
        self._fonts: dict[tuple[float, bool], QFont] = {}

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        color: str,
        width: float,
        dash: Sequence[float] | None = None,
    ) -> None:
        """A straight line with flat ends."""
        self._take(None, _pen(color, width, dash, rounded=False))
        self._painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 1,
        radius: float = 0,
    ) -> None:
        """A rectangle, filled, outlined or both; `radius` rounds its corners."""
        self._take(_brush(fill), _pen(stroke, width, rounded=False))
        radius = min(radius, w / 2, h / 2)
        if radius > 0:
            self._painter.drawRoundedRect(QRectF(x, y, w, h), radius, radius)
        else:
            self._painter.drawRect(QRectF(x, y, w, h))

    def path(
        self,
        commands: Sequence[Command],
        *,
        fill: str | None = None,
        fill_opacity: float = 1,
        stroke: str | None = None,
        width: float = 1,
        dash: Sequence[float] | None = None,
        stroke_opacity: float = 1,
    ) -> None:
        """Lines and curves with round joins and ends; overlapping parts are filled, not cut out."""
        self._take(_brush(fill, fill_opacity), _pen(stroke, width, dash, opacity=stroke_opacity))
        self._painter.drawPath(_path(commands))

    def dot(
        self, x: float, y: float, r: float, *, fill: str, stroke: str | None = None, width: float = 1
    ) -> None:
        """A filled circle around x, y."""
        self._take(_brush(fill), _pen(stroke, width))
        self._painter.drawEllipse(QPointF(x, y), r, r)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        color: str,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """One line of text; y is its baseline, x its left end, middle or right end as `align` says."""
        if align != "left":
            wide = self.text_width(text, size, bold)
            x -= wide / 2 if align == "center" else wide
        font = self._fonts.get((size, bold))
        if font is None:
            font = self._fonts[size, bold] = _font(bold)
            # Only a size in points may be broken.
            font.setPointSizeF(max(size * self._points_per_unit, 0.1))
        self._painter.setFont(font)
        self._painter.setPen(QColor(color))
        self._painter.drawText(QPointF(x, y), text)

    def text_width(self, text: str, size: float, bold: bool = False) -> float:
        """How wide `text` will be, in units of the box."""
        return _text_width(text, bold) * size / _EM

    @contextmanager
    def placed(self, x: float, y: float, scale: float = 1) -> Iterator[None]:
        """Inside this context the origin is at x, y and every length counts `scale` times."""
        self._painter.save()
        self._painter.translate(x, y)
        self._painter.scale(scale, scale)
        try:
            yield
        finally:
            self._painter.restore()

    def _take(self, brush: QBrush | None, pen: QPen | None) -> None:
        if brush:
            self._painter.setBrush(brush)
        else:
            self._painter.setBrush(_NO_BRUSH)
        if pen:
            self._painter.setPen(pen)
        else:
            self._painter.setPen(_NO_PEN)


def _brush(color: str | None, opacity: float = 1) -> QBrush | None:
    if not color:
        return None
    ink = QColor(color)
    ink.setAlphaF(opacity)
    return QBrush(ink)


def _pen(
    color: str | None,
    width: float,
    dash: Sequence[float] | None = None,
    *,
    opacity: float = 1,
    rounded: bool = True,
) -> QPen | None:
    brush = _brush(color, opacity)
    if not brush:
        return None
    cap = Qt.PenCapStyle.RoundCap if rounded else Qt.PenCapStyle.FlatCap
    join = Qt.PenJoinStyle.RoundJoin if rounded else Qt.PenJoinStyle.MiterJoin
    pen = QPen(brush, width, Qt.PenStyle.SolidLine, cap, join)
    if dash and width > 0:
        # Qt counts dashes in widths of the line, and wants ink and gap in pairs.
        lengths = list(dash) * (2 if len(dash) % 2 else 1)
        pen.setDashPattern([length / width for length in lengths])
    return pen


def _path(commands: Sequence[Command]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for command in commands:
        if command[0] == "M":
            path.moveTo(command[1], command[2])
        elif command[0] == "L":
            path.lineTo(command[1], command[2])
        elif command[0] == "C":
            path.cubicTo(*command[1:])
        else:
            path.closeSubpath()
    return path


def _font(bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


@lru_cache(maxsize=2048)
def _text_width(text: str, bold: bool) -> float:
    return _metrics(bold).horizontalAdvance(text)


@lru_cache(maxsize=2)
def _metrics(bold: bool) -> QFontMetricsF:
    font = _font(bold)
    font.setPixelSize(_EM)
    return QFontMetricsF(font)
