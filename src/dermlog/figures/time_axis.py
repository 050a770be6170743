"""The time axis: weeks since the first treatment, thinned to the width, with years on long courses."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Protocol

from dermlog.course_words import axis_week
from dermlog.figures.chart_facts import ChartFacts
from dermlog.figures.pen import Pen

STEPS = (1, 2, 4, 8, 12, 26, 52, 104, 260, 520)
LEAST_WEEKS = 4
WEEKS_WITHOUT_YEARS = 60


class AxisColors(Protocol):
    """The colours an axis needs."""

    @property
    def muted(self) -> str:
        """Words."""
        ...

    @property
    def grid(self) -> str:
        """Ticks."""
        ...


class TimeAxis:
    """Days to x between left and right; height is the room of its words below the plot."""

    def __init__(
        self, pen: Pen, facts: ChartFacts, start: date, *, left: float, right: float, size: float
    ) -> None:
        self.start, self.left, self.right, self.size = start, left, right, size
        self.after_session = facts.has_sessions
        days = [start, facts.last or start]
        days += [point.on for line in facts.lines for point in line.points]
        first = min((day - start).days for day in days) / 7
        last = max(LEAST_WEEKS - 0.5, max((day - start).days for day in days) / 7)
        self.step, self.first, self.end = self._fit(pen, first, last)
        self.years = self._years() if last - first > WEEKS_WITHOUT_YEARS else []
        self.height = size * (3.3 if self.years else 2.0)

    def x(self, day: date) -> float:
        """Where a day lies; days outside the axis are held at its ends."""
        week = (day - self.start).days / 7
        part = (week - self.first) / (self.end - self.first)
        return self.left + (self.right - self.left) * min(1.0, max(0.0, part))

    def weeks(self) -> list[int]:
        """The weeks that carry a mark."""
        return list(range(self.first, self.end + 1, self.step))

    def _fit(self, pen: Pen, first: float, last: float) -> tuple[int, int, int]:
        # Odd weeks say little on a course of months.
        for step in STEPS[1 if last - first > 5 else 0 :]:
            begin = math.floor(first / step) * step
            # A little air behind the newest point, so that it never sits on the edge.
            end = max(begin + step, math.ceil((last + 0.3) / step) * step)
            widest = pen.text_width(axis_week(end, after_session=True), self.size)
            if (self.right - self.left) * step / (end - begin) >= widest + 3.4 * self.size:
                return step, begin, end
        return STEPS[-1], begin, end

    def _years(self) -> list[tuple[int, float, bool]]:
        """Each calendar year with the x of its beginning, and whether that is on the axis."""
        first_day = self.start + timedelta(weeks=self.first)
        last_day = self.start + timedelta(weeks=self.end)
        return [
            (year, self.x(max(first_day, date(year, 1, 1))), date(year, 1, 1) >= first_day)
            for year in range(first_day.year, last_day.year + 1)
        ]

    def draw(self, pen: Pen, bottom: float, colors: AxisColors) -> None:
        """Words under the plot."""
        y = bottom + 1.45 * self.size
        for week in self.weeks():
            x = self.left + (self.right - self.left) * (week - self.first) / (self.end - self.first)
            words = axis_week(week, after_session=self.after_session)
            pen.text(x, y, words, size=self.size, color=colors.muted, align="center")
        free = 0.0
        for year, x, is_marked in self.years:
            words = str(year)
            if is_marked:
                top = bottom + 1.9 * self.size
                pen.line(x, top, x, top + 1.1 * self.size, color=colors.grid, width=max(0.5, self.size / 11))
            left = x + 0.4 * self.size
            if left >= free and left + pen.text_width(words, self.size) <= self.right + 1.5 * self.size:
                pen.text(left, y + 1.35 * self.size, words, size=self.size, color=colors.muted)
                free = left + pen.text_width(words, self.size) + 0.6 * self.size
