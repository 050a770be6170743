"""The pen that every drawing uses: what a figure may ask of it, and the fonts it should be written in.

There are two pens: `report/canvas_pen.py` writes on paper, `ui/kit/painter_pen.py` on the screen. A drawing
that is given either one comes out with the same layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol

Align = Literal["left", "center", "right"]
Command = (
    tuple[Literal["M", "L"], float, float]
    | tuple[Literal["C"], float, float, float, float, float, float]
    | tuple[Literal["Z"]]
)
"""One step of a path: ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",)."""

FONT_FAMILIES = (
    "Noto Sans",
    "Segoe UI",
    "Helvetica Neue",
    "Arial",
    "Liberation Sans",
    "DejaVu Sans",
)
"""Families to write in, best first: clean, with a true bold. Paper and pictures of it take the same one."""


class Pen(Protocol):
    """Draws into a box whose origin is its top left corner; y grows downwards.

    Lengths are units of the box: points on paper, pixels on the screen. Colours are "#rrggbb". Opacity goes
    from 0 to 1. A dash is the lengths of ink and gap in turn.
    """

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
        ...

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
        ...

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
        ...

    def dot(
        self, x: float, y: float, r: float, *, fill: str, stroke: str | None = None, width: float = 1
    ) -> None:
        """A filled circle around x, y."""
        ...

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
        ...

    def text_width(self, text: str, size: float, bold: bool = False) -> float:
        """How wide `text` will be, in units of the box."""
        ...

    def placed(self, x: float, y: float, scale: float = 1) -> AbstractContextManager[None]:
        """Inside this context the origin is at x, y and every length counts `scale` times."""
        ...
