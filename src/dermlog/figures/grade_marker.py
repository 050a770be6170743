"""The marker of a line: a circle for oiliness, a square for breakouts, a diamond for a second series."""

from __future__ import annotations

from dermlog.domain.instrument import Instrument
from dermlog.figures.chart_facts import ChartLine
from dermlog.figures.pen import Pen


def draw_marker(
    pen: Pen,
    line: ChartLine,
    x: float,
    y: float,
    radius: float,
    *,
    color: str,
    ground: str,
    solid: bool = False,
) -> None:
    """One marker around x, y: hollow on the line, solid in the legend."""
    fill = color if solid else ground
    width = radius * 0.5
    if line.second:
        r = radius * 1.15
        pen.path(
            (("M", x, y - r), ("L", x + r, y), ("L", x, y + r), ("L", x - r, y), ("Z",)),
            fill=fill,
            stroke=color,
            width=width,
        )
    elif line.series.instrument is Instrument.IGA:
        side = radius * 0.92
        pen.rect(
            x - side, y - side, 2 * side, 2 * side, fill=fill, stroke=color, width=width, radius=radius * 0.2
        )
    else:
        pen.dot(x, y, radius, fill=fill, stroke=color, width=width)
