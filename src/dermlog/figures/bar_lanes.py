"""Side effects as bars with words, in lanes under the time axis; none hides another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dermlog.domain.side_effect import Severity
from dermlog.figures.chart_facts import ChartBar
from dermlog.figures.pen import Pen
from dermlog.figures.session_labels import shortened
from dermlog.figures.time_axis import TimeAxis


class BarColors(Protocol):
    """The colours of bars."""

    @property
    def mild(self) -> str:
        """A mild one."""
        ...

    @property
    def moderate(self) -> str:
        """A moderate one."""
        ...

    @property
    def severe(self) -> str:
        """A severe one."""
        ...

    @property
    def bar_ink(self) -> str:
        """The words."""
        ...


@dataclass(frozen=True)
class PlacedBar:
    """A bar from x1 to x2 in a lane, its words from words_x on, words_lane lanes further down (0 or 1)."""

    bar: ChartBar
    lane: int
    x1: float
    x2: float
    words: str
    words_x: float
    words_below: bool


@dataclass(frozen=True)
class BarLayout:
    """Bars in their lanes; left_out found no lane."""

    placed: tuple[PlacedBar, ...]
    lanes: int
    left_out: int
    size: float


def lay_out_bars(
    pen: Pen, bars: Sequence[ChartBar], axis: TimeAxis, *, width: float, size: float, lanes: int
) -> BarLayout:
    """Find a lane for each bar and its words: beside it on the right or left, else below."""
    taken: list[list[tuple[float, float]]] = [[] for _lane in range(lanes)]
    placed: list[PlacedBar] = []
    left_out = 0
    for bar in bars:
        x1 = axis.x(bar.began)
        x2 = max(x1 + 0.75 * size, axis.right if bar.ended is None else axis.x(bar.ended))
        found = _find(pen, bar, x1, x2, taken, width, size)
        if found is None:
            left_out += 1
        else:
            placed.append(found)
    used = max((one.lane + one.words_below + 1 for one in placed), default=0)
    return BarLayout(tuple(placed), used, left_out, size)


def _find(  # noqa: PLR0917 - the inner step of the function above
    pen: Pen,
    bar: ChartBar,
    x1: float,
    x2: float,
    taken: list[list[tuple[float, float]]],
    width: float,
    size: float,
) -> PlacedBar | None:
    gap = 0.5 * size
    words = shortened(pen, bar.label, size, 0.6 * width)
    wide = pen.text_width(words, size)
    below_x = min(x1, width - wide)
    for lane, spans in enumerate(taken):
        beside = []
        if x2 + gap + wide <= width:
            beside.append((x2 + gap, (x1, x2 + gap + wide)))
        if x1 - gap - wide >= 0:
            beside.append((x1 - gap - wide, (x1 - gap - wide, x2)))
        for words_x, span in beside:
            if _is_free(spans, span, gap):
                spans.append(span)
                return PlacedBar(bar, lane, x1, x2, words, words_x, words_below=False)
        under = taken[lane + 1] if lane + 1 < len(taken) else None
        span_below = (below_x, below_x + wide)
        if (
            under is not None
            and not beside
            and _is_free(spans, (x1, x2), gap)
            and _is_free(under, span_below, gap)
        ):
            spans.append((x1, x2))
            under.append(span_below)
            return PlacedBar(bar, lane, x1, x2, words, below_x, words_below=True)
    return None


def _is_free(spans: Iterable[tuple[float, float]], wanted: tuple[float, float], gap: float) -> bool:
    return all(wanted[0] >= end + gap or wanted[1] + gap <= begin for begin, end in spans)


def draw_bars(
    pen: Pen, layout: BarLayout, top: float, colors: BarColors
) -> list[tuple[ChartBar, tuple[float, float, float, float]]]:
    """Draw all; returns each bar with its box (x, y, w, h)."""
    size = layout.size
    thick = 0.8 * size
    tones = {Severity.MILD: colors.mild, Severity.MODERATE: colors.moderate, Severity.SEVERE: colors.severe}
    boxes = []
    for one in layout.placed:
        y = top + 1.55 * size * one.lane + 0.35 * size
        color = tones.get(one.bar.severity, colors.mild)
        if one.bar.ended is None:
            _draw_open(pen, one.x1, one.x2, y=y, thick=thick, color=color)
        else:
            pen.rect(one.x1, y, one.x2 - one.x1, thick, fill=color, radius=thick / 2)
        drop = 1.55 * size if one.words_below else 0.0
        pen.text(one.words_x, y + drop + 0.72 * size, one.words, size=size, color=colors.bar_ink)
        boxes.append((one.bar, (one.x1, y - 0.2 * size, one.x2 - one.x1, thick + 0.4 * size)))
    return boxes


def _draw_open(pen: Pen, x1: float, x2: float, *, y: float, thick: float, color: str) -> None:
    """A bar whose end nobody knows: it dissolves into pieces."""
    piece = thick * 0.9
    gap = thick * 0.45
    body = max(x1 + piece, x2 - 3 * (piece + gap))
    pen.rect(x1, y, body - x1, thick, fill=color, radius=thick * 0.3)
    x = body + gap
    while x + piece <= x2 + 0.1:
        pen.rect(x, y, piece, thick, fill=color, radius=thick * 0.3)
        x += piece + gap
