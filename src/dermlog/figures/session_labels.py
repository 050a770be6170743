"""The words above the triangles: one line each, three short lines where they are close, else numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from dermlog.figures.chart_facts import ChartSession
from dermlog.figures.pen import Pen
from dermlog.wording import isolated

LONGEST_PART = 15.0
"""In sizes of the words: a product name that is longer is shortened."""


def shortened(pen: Pen, text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than room."""
    if pen.text_width(text, size, bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if pen.text_width(text[:middle].rstrip() + "…", size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    # The cut may have taken away the end of what kept the direction of a name to itself.
    return isolated(text[:low].rstrip() + "…")


class SessionLabels:
    """Measured for one width; height is the room above the triangles beyond one line beside them."""

    def __init__(
        self,
        pen: Pen,
        sessions: Sequence[ChartSession],
        x: Callable[[date], float],
        width: float,
        size: float,
    ) -> None:
        self.size = size
        self.pieces: list[tuple[float, float, str]] = []
        self.only_numbers = False
        self.height = 0.0
        self._place(pen, sessions, [x(session.on) for session in sessions], width)

    def _place(self, pen: Pen, sessions: Sequence[ChartSession], xs: list[float], width: float) -> None:
        labels = [
            (
                shortened(pen, session.label[0], self.size, LONGEST_PART * self.size, bold=True),
                *session.label[1:],
            )
            for session in sessions
        ]
        if self._beside(pen, labels, xs, width):
            return
        stacked = [
            (shortened(pen, session.label[0], self.size, 6 * self.size, bold=True), *session.label[1:])
            for session in sessions
        ]
        if self._stacked(pen, stacked, xs, width):
            return
        self._numbers(pen, [str(session.number) for session in sessions], xs)

    def _beside(self, pen: Pen, labels: Sequence[tuple[str, ...]], xs: list[float], width: float) -> bool:
        """One line to the right of each triangle, the last one to its left where the box ends."""
        gap = 1.1 * self.size
        free = -1e9
        pieces = []
        for place, (parts, x) in enumerate(zip(labels, xs, strict=True)):
            words = " · ".join(parts)
            wide = pen.text_width(words, self.size, True)
            following = xs[place + 1] - gap if place + 1 < len(xs) else width
            left = x + gap
            if left + wide > following:
                left = x - gap - wide
            if left < free or left < 0:
                return False
            pieces.append((left, 0.0, words))
            free = max(left + wide, x) + gap
        self.pieces = pieces
        return True

    def _stacked(self, pen: Pen, labels: Sequence[tuple[str, ...]], xs: list[float], width: float) -> bool:
        """Product, units and points under each other, above the triangle."""
        free = -1e9
        pieces = []
        for parts, x in zip(labels, xs, strict=True):
            wide = max(pen.text_width(part, self.size, True) for part in parts)
            left = min(max(0.0, x - wide / 2), width - wide)
            if left < free:
                return False
            for line, part in enumerate(parts):
                indent = (wide - pen.text_width(part, self.size, True)) / 2
                pieces.append((left + indent, -(1.3 + 1.2 * (len(parts) - 1 - line)) * self.size, part))
            free = left + wide + 0.5 * self.size
        self.pieces = pieces
        self.height = 3.4 * self.size
        return True

    def _numbers(self, pen: Pen, numbers: list[str], xs: list[float]) -> None:
        """The number of each treatment, as many as stand apart."""
        self.only_numbers = True
        self.height = 1.2 * self.size
        free = -1e9
        for number, x in zip(numbers, xs, strict=True):
            wide = pen.text_width(number, self.size, True)
            if x - wide / 2 >= free:
                self.pieces.append((x - wide / 2, -1.3 * self.size, number))
                free = x + wide / 2 + 0.3 * self.size

    def draw(self, pen: Pen, baseline: float, color: str) -> None:
        """Write them; baseline is that of words beside a triangle."""
        for left, dy, words in self.pieces:
            pen.text(left, baseline + dy, words, size=self.size, color=color, bold=True)
