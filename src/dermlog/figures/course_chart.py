"""The course chart: grades over weeks, treatments as triangles, side effects as bars, on any pen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from dermlog.course_words import axis_week, many_sessions_text, more_bars_text, nothing_measured_sentence
from dermlog.domain.instrument import Instrument
from dermlog.figures.bar_lanes import draw_bars, lay_out_bars
from dermlog.figures.chart_facts import ChartFacts, ChartLine
from dermlog.figures.grade_marker import draw_marker
from dermlog.figures.pen import Pen
from dermlog.figures.session_labels import SessionLabels
from dermlog.figures.time_axis import TimeAxis

HIGHEST_GRADE = 4
LEAST_PLOT = 96.0


@dataclass(frozen=True)
class ChartColors:
    """Colours as "#RRGGBB"; x_ink is for words, ground fills the markers."""

    ink: str
    muted: str
    grid: str
    ground: str
    accent: str
    oiliness: str
    oiliness_ink: str
    breakouts: str
    breakouts_ink: str
    mild: str
    moderate: str
    severe: str
    bar_ink: str


PAPER_COLORS = ChartColors(
    ink="#1B2530",
    muted="#66757F",
    grid="#E1E6EA",
    ground="#FFFFFF",
    accent="#0F766E",
    oiliness="#C98A00",
    oiliness_ink="#8F6200",
    breakouts="#BE3A5A",
    breakouts_ink="#A32C49",
    mild="#E9B949",
    moderate="#D97706",
    severe="#B91C1C",
    bar_ink="#7A4B00",
)


@dataclass(frozen=True)
class Mark:
    """Something on the chart that means something: its box for the mouse, its day, and what it says."""

    x: float
    y: float
    w: float
    h: float
    on: date
    sentence: str
    visit_id: UUID | None = None

    @property
    def center(self) -> tuple[float, float]:
        """The middle of the box."""
        return self.x + self.w / 2, self.y + self.h / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies in the box."""
        return self.x <= x <= self.x + self.w and self.y <= y <= self.y + self.h


def draw_course_chart(
    pen: Pen, facts: ChartFacts, *, width: float, height: float, colors: ChartColors, size: float = 11
) -> tuple[Mark, ...]:
    """Draw into a box of width × height with words of this size; returns the marks in order of time.

    Without any visit the box holds one sentence and no marks.
    """
    if facts.start is None or not (facts.lines or facts.sessions or facts.bars):
        pen.text(
            width / 2, height / 2, nothing_measured_sentence(), size=size, color=colors.muted, align="center"
        )
        return ()
    return _Chart(pen, facts, facts.start, width, height, colors, size).draw()


class _Chart:
    """One drawing: measures first, from both ends towards the plot, then draws from the ground up."""

    def __init__(  # noqa: PLR0917 - one call, just above
        self,
        pen: Pen,
        facts: ChartFacts,
        start: date,
        width: float,
        height: float,
        colors: ChartColors,
        size: float,
    ) -> None:
        self.pen, self.facts, self.width, self.height = pen, facts, width, height
        self.colors, self.size, self.unit = colors, size, size / 11
        self.left = max(20 * self.unit, pen.text_width("4", size) + 14 * self.unit, self._first_label() / 2)
        self.right = width - 20 * self.unit
        self.axis = TimeAxis(pen, facts, start, left=self.left, right=self.right, size=size)
        self.labels = SessionLabels(pen, facts.sessions, self.axis.x, width, size)
        self.legend_rows = self._legend()
        self.row = 1.55 * size
        self.top = self.row * len(self.legend_rows) + self.labels.height + 2.2 * size
        notes = list(facts.gaps) + ([many_sessions_text()] if self.labels.only_numbers else [])
        if not facts.lines:
            notes.insert(0, nothing_measured_sentence())
        below = self.axis.height + 0.5 * size + self.row * len(notes)
        room = height - self.top - below - LEAST_PLOT * self.unit
        self.bars = lay_out_bars(
            pen, facts.bars, self.axis, width=width, size=size, lanes=max(1, int(room // self.row))
        )
        if self.bars.left_out:
            notes.append(more_bars_text(self.bars.left_out))
            below += self.row
        self.notes = notes
        self.bottom = max(self.top + 20 * self.unit, height - below - self.row * self.bars.lanes)

    def draw(self) -> tuple[Mark, ...]:
        """Everything, and its marks."""
        self._draw_grid()
        self._draw_legend()
        self.axis.draw(self.pen, self.bottom, self.colors)
        marks = self._draw_sessions()
        marks += self._draw_lines()
        bars_top = self.bottom + self.axis.height + 0.3 * self.size
        for bar, box in draw_bars(self.pen, self.bars, bars_top, self.colors):
            marks.append(Mark(*box, bar.began, bar.sentence))
        y = bars_top + self.row * self.bars.lanes
        for note in self.notes:
            y += self.row
            self.pen.text(self.left, y - 0.45 * self.size, note, size=self.size, color=self.colors.muted)
        return tuple(sorted(marks, key=lambda mark: (mark.on, mark.center)))

    def _first_label(self) -> float:
        return self.pen.text_width(axis_week(0, after_session=self.facts.has_sessions), self.size) + 2

    def _y(self, grade: float) -> float:
        return self.bottom - (self.bottom - self.top) * grade / HIGHEST_GRADE

    def _draw_grid(self) -> None:
        for grade in range(HIGHEST_GRADE + 1):
            y = self._y(grade)
            self.pen.line(self.left, y, self.right, y, color=self.colors.grid, width=max(0.5, self.unit))
            x = self.left - 12 * self.unit
            self.pen.text(
                x,
                y + 0.35 * self.size,
                str(grade),
                size=self.size,
                color=self.colors.muted,
                align="right",
            )

    def _line_colors(self, line: ChartLine) -> tuple[str, str]:
        if line.series.instrument is Instrument.IGA:
            return self.colors.breakouts, self.colors.breakouts_ink
        return self.colors.oiliness, self.colors.oiliness_ink

    def _legend(self) -> list[list[tuple[ChartLine, float]]]:
        """The lines' names with their widths, in as many rows as they need."""
        rows: list[list[tuple[ChartLine, float]]] = []
        room = 0.0
        for line in self.facts.lines:
            wide = self.pen.text_width(line.name, self.size) + 34 * self.unit
            if not rows or room + wide > self.right - self.left:
                rows.append([])
                room = 0.0
            rows[-1].append((line, wide))
            room += wide
        return rows

    def _draw_legend(self) -> None:
        y = 0.5 * self.row
        for row in self.legend_rows:
            x = self.right - sum(wide for _line, wide in row) + 20 * self.unit
            for line, wide in row:
                color, _ink = self._line_colors(line)
                draw_marker(
                    self.pen, line, x, y, 4.2 * self.unit, color=color, ground=self.colors.ground, solid=True
                )
                self.pen.text(
                    x + 10 * self.unit,
                    y + 0.35 * self.size,
                    line.name,
                    size=self.size,
                    color=self.colors.ink,
                )
                x += wide
            y += self.row

    def _draw_sessions(self) -> list[Mark]:
        marks = []
        unit, accent = self.unit, self.colors.accent
        tip = self.top - 0.7 * self.size
        for session in self.facts.sessions:
            x = self.axis.x(session.on)
            self.pen.line(
                x, tip, x, self.bottom, color=accent, width=1.5 * unit, dash=(2.5 * unit, 3.5 * unit)
            )
            self.pen.path(
                (
                    ("M", x - 7 * unit, tip - 11 * unit),
                    ("L", x + 7 * unit, tip - 11 * unit),
                    ("L", x, tip),
                    ("Z",),
                ),
                fill=accent,
            )
            box = (x - 9 * unit, tip - 13 * unit, 18 * unit, 16 * unit)
            marks.append(Mark(*box, session.on, session.sentence, session.visit_id))
        self.labels.draw(self.pen, tip - 1.5 * unit, accent)
        return marks

    def _draw_lines(self) -> list[Mark]:
        marks = []
        places = self._places()
        for line in self.facts.lines:
            color, _ink = self._line_colors(line)
            spots = [places[line.name, point.visit_id] for point in line.points]
            for (x1, y1), (x2, y2), point in zip(spots, spots[1:], line.points[1:], strict=False):
                if point.joined:
                    self.pen.line(
                        x1,
                        y1,
                        x2,
                        y2,
                        color=color,
                        width=(1.5 if line.second else 2.3) * self.unit,
                        dash=(5 * self.unit, 4 * self.unit) if line.second else None,
                    )
        radius = self._radius()
        for line in self.facts.lines:
            color, _ink = self._line_colors(line)
            for point in line.points:
                x, y = places[line.name, point.visit_id]
                draw_marker(self.pen, line, x, y, radius, color=color, ground=self.colors.ground)
                reach = radius + 4 * self.unit
                box = (x - reach, y - reach, 2 * reach, 2 * reach)
                marks.append(Mark(*box, point.on, point.sentence, point.visit_id))
        return marks

    def _places(self) -> dict[tuple[str, UUID], tuple[float, float]]:
        """Where each point goes; points that would hide each other are moved apart by a little."""
        same: dict[tuple[date, int], list[tuple[str, UUID]]] = {}
        for line in self.facts.lines:
            for point in line.points:
                same.setdefault((point.on, point.value), []).append((line.name, point.visit_id))
        apart = 7.4 * self.unit
        return {
            key: (self.axis.x(on), self._y(value) + (place - (len(keys) - 1) / 2) * apart)
            for (on, value), keys in same.items()
            for place, key in enumerate(keys)
        }

    def _radius(self) -> float:
        """Smaller markers where the visits of a long course come close."""
        xs = sorted({self.axis.x(point.on) for line in self.facts.lines for point in line.points})
        nearest = min((after - before for before, after in pairwise(xs)), default=99.0)
        return (4.4 if nearest > 13 * self.unit else 3.3) * self.unit
