"""The pen for paper: figures drawn on a reportlab canvas, their text set by the typesetter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from dermlog.figures.pen import Align, Command
from dermlog.report.pdf_numbers import color_operands, number
from dermlog.report.typesetting import Typesetter

_ROUND = 0.5522847498
"""How far the handles of a curve lie for a quarter of a circle."""


class CanvasPen:
    """Draws into a box on the page whose upper left corner is at `x`, `top` of the canvas (y upwards there).

    A unit of the box is `scale` points.
    """

    def __init__(self, typesetter: Typesetter, x: float, top: float, scale: float = 1) -> None:
        self._typesetter = typesetter
        self._x = x
        self._top = top
        self._scale = scale

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
        self._typesetter.write(
            [f"q {self._stroke(color, width, dash)} {self._at(x1, y1)} m {self._at(x2, y2)} l S Q"]
        )

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
        radius = min(radius, w / 2, h / 2)
        if radius > 0:
            self._paint(_rounded(x, y, w, h, radius), fill, stroke, width)
        elif fill or stroke:
            size = f"{number(w * self._scale)} {number(h * self._scale)}"
            look = self._look(fill, stroke, width)
            self._typesetter.write(
                [f"q {look} {self._at(x, y + h)} {size} re {_paint_operator(fill, stroke)} Q"]
            )

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
        if (not fill or fill_opacity >= 1) and (not stroke or stroke_opacity >= 1):
            self._paint(commands, fill, stroke, width, dash)
            return
        canvas = self._typesetter.canvas
        canvas.saveState()
        canvas.setFillAlpha(fill_opacity)
        canvas.setStrokeAlpha(stroke_opacity)
        self._paint(commands, fill, stroke, width, dash)
        canvas.restoreState()

    def dot(
        self, x: float, y: float, r: float, *, fill: str, stroke: str | None = None, width: float = 1
    ) -> None:
        """A filled circle around x, y."""
        look = self._look(fill, stroke, width)
        circle = _circle(round(r * self._scale, 3))
        operator = _paint_operator(fill, stroke)
        self._typesetter.write([f"q 1 0 0 1 {self._at(x, y)} cm {look} {circle} {operator} Q"])

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
        if not text:
            return
        block = self._typesetter.lay_out(text, size=size * self._scale, bold=bold, color=color, align="left")
        left = self._x + x * self._scale
        if align != "left":
            left -= block.width / 2 if align == "center" else block.width
        block.draw(left, self._top - y * self._scale + block.ascent)

    def text_width(self, text: str, size: float, bold: bool = False) -> float:
        """How wide `text` will be, in units of the box."""
        return self._typesetter.width(text, size, bold=bold)

    @contextmanager
    def placed(self, x: float, y: float, scale: float = 1) -> Iterator[None]:
        """Inside this context the origin is at x, y and every length counts `scale` times."""
        before = self._x, self._top, self._scale
        self._x += x * self._scale
        self._top -= y * self._scale
        self._scale *= scale
        try:
            yield
        finally:
            self._x, self._top, self._scale = before

    def _paint(
        self,
        commands: Sequence[Command],
        fill: str | None,
        stroke: str | None,
        width: float,
        dash: Sequence[float] | None = None,
    ) -> None:
        if not commands or not (fill or stroke):
            return
        at = self._at
        steps = [f"q 1 j 1 J {self._look(fill, stroke, width, dash)}"]
        for command in commands:
            if command[0] == "M":
                steps.append(f"{at(command[1], command[2])} m")
            elif command[0] == "L":
                steps.append(f"{at(command[1], command[2])} l")
            elif command[0] == "C":
                _, x1, y1, x2, y2, x, y = command
                steps.append(f"{at(x1, y1)} {at(x2, y2)} {at(x, y)} c")
            else:
                steps.append("h")
        steps.append(f"{_paint_operator(fill, stroke)} Q")
        self._typesetter.write(steps)

    def _at(self, x: float, y: float) -> str:
        return f"{number(self._x + x * self._scale)} {number(self._top - y * self._scale)}"

    def _look(
        self, fill: str | None, stroke: str | None, width: float, dash: Sequence[float] | None = None
    ) -> str:
        parts = []
        if fill:
            parts.append(f"{color_operands(fill)} rg")
        if stroke:
            parts.append(self._stroke(stroke, width, dash))
        return " ".join(parts)

    def _stroke(self, color: str, width: float, dash: Sequence[float] | None) -> str:
        look = f"{color_operands(color)} RG {number(width * self._scale, 3)} w"
        if not dash:
            return look
        lengths = " ".join(number(length * self._scale) for length in dash)
        return f"{look} [{lengths}] 0 d"


def _paint_operator(fill: str | None, stroke: str | None) -> str:
    return "B" if fill and stroke else "f" if fill else "S"


@lru_cache(maxsize=256)
def _circle(r: float) -> str:
    """A circle around the origin: a page has hundreds of a few sizes."""
    out, handle = number(r, 3), number(r * _ROUND, 3)
    left, back = number(-r, 3), number(-r * _ROUND, 3)
    return (
        f"{out} 0 m {out} {handle} {handle} {out} 0 {out} c {back} {out} {left} {handle} {left} 0 c "
        f"{left} {back} {back} {left} 0 {left} c {handle} {left} {out} {back} {out} 0 c h"
    )


def _rounded(x: float, y: float, w: float, h: float, r: float) -> tuple[Command, ...]:
    """A rectangle with round corners; a circle when the radius is half of both sides."""
    k = r * (1 - _ROUND)
    right, bottom = x + w, y + h
    return (
        ("M", x + r, y),
        ("L", right - r, y),
        ("C", right - k, y, right, y + k, right, y + r),
        ("L", right, bottom - r),
        ("C", right, bottom - k, right - k, bottom, right - r, bottom),
        ("L", x + r, bottom),
        ("C", x + k, bottom, x, bottom - k, x, bottom - r),
        ("L", x, y + r),
        ("C", x, y + k, x + k, y, x + r, y),
        ("Z",),
    )
