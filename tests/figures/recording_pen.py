"""A pen that remembers what it was asked to draw, in the coordinates of the outermost box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from dermlog.figures.pen import Align, Command


@dataclass(frozen=True)
class Written:
    """One text with its box: left, baseline, right, and its size."""

    text: str
    left: float
    baseline: float
    right: float
    size: float

    def meets(self, other: Written) -> bool:
        """Whether two texts would lie on each other."""
        return (
            self.left < other.right
            and other.left < self.right
            and abs(self.baseline - other.baseline) < 0.8 * min(self.size, other.size)
        )


@dataclass
class RecordingPen:
    """Each letter is 0.55 sizes wide."""

    texts: list[Written] = field(default_factory=list)
    lines: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    rects: list[tuple[float, float, float, float, str | None]] = field(default_factory=list)
    dots: list[tuple[float, float, float, str]] = field(default_factory=list)
    paths: list[tuple[str | None, str | None]] = field(default_factory=list)
    _place: tuple[float, float, float] = (0.0, 0.0, 1.0)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        dx, dy, scale = self._place
        return dx + x * scale, dy + y * scale

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
        assert width > 0
        self.lines.append((*self._at(x1, y1), *self._at(x2, y2), color))

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
        assert w >= 0 and h >= 0
        left, top = self._at(x, y)
        self.rects.append((left, top, w * self._place[2], h * self._place[2], fill))

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
        assert commands[0][0] == "M"
        self.paths.append((fill, stroke))

    def dot(
        self, x: float, y: float, r: float, *, fill: str, stroke: str | None = None, width: float = 1
    ) -> None:
        self.dots.append((*self._at(x, y), r * self._place[2], fill))

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
        wide = self.text_width(text, size, bold)
        left, baseline = self._at(x - {"left": 0.0, "center": wide / 2, "right": wide}[align], y)
        scale = self._place[2]
        self.texts.append(Written(text, left, baseline, left + wide * scale, size * scale))

    def text_width(self, text: str, size: float, bold: bool = False) -> float:
        return 0.55 * size * len(text) * (1.05 if bold else 1.0)

    @contextmanager
    def placed(self, x: float, y: float, scale: float = 1) -> Iterator[None]:
        before = self._place
        left, top = self._at(x, y)
        self._place = (left, top, before[2] * scale)
        yield
        self._place = before
