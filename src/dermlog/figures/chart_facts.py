"""What the course chart shows, as frozen facts with their words; screen and paper draw from the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dermlog.course_words import (
    chart_description,
    episode_label,
    episode_sentence,
    line_name,
    lowest_sentence,
    not_measured_line,
    point_sentence,
    session_label,
    session_sentence,
    visit_place,
)
from dermlog.domain.course import Course, CourseEntry
from dermlog.domain.instrument import Instrument, Rater, Series
from dermlog.domain.product import Product
from dermlog.domain.side_effect import Severity

CHARTED = (Instrument.OILINESS, Instrument.IGA)


@dataclass(frozen=True)
class ChartPoint:
    """One grade, 0 to 4, on its day; joined says that the visit before measured the same series."""

    on: date
    visit_id: UUID
    value: int
    joined: bool
    sentence: str


@dataclass(frozen=True)
class ChartLine:
    """The points of one series in order of time; second is for a further series of the same instrument."""

    series: Series
    name: str
    second: bool
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True)
class ChartSession:
    """A treatment: its day, number, and its label in three parts (product, units, points)."""

    on: date
    visit_id: UUID
    number: int
    label: tuple[str, str, str]
    sentence: str


@dataclass(frozen=True)
class ChartBar:
    """A side effect from its beginning to its end; ended None is still open."""

    began: date
    ended: date | None
    severity: Severity
    label: str
    sentence: str


@dataclass(frozen=True)
class ChartFacts:
    """Everything on the chart. start is week 0, last the newest day that anything is known of; both None
    without visits. gaps say in words what was not measured; description says all of it to a screen reader."""

    start: date | None
    last: date | None
    has_sessions: bool
    lines: tuple[ChartLine, ...]
    sessions: tuple[ChartSession, ...]
    bars: tuple[ChartBar, ...]
    gaps: tuple[str, ...]
    summary: str
    description: str


def chart_facts(course: Course, products: Mapping[UUID, Product]) -> ChartFacts:
    """The facts of a course; products resolves the product of each session."""
    lines = tuple(_line(course, series) for series in charted_series(course))
    sessions = tuple(
        ChartSession(
            entry.visit.on,
            entry.visit.id,
            entry.number,
            session_label(entry.session, products[entry.session.product_id]),
            session_sentence(entry.number, entry.session, products[entry.session.product_id]),
        )
        for entry in course.sessions
        if entry.session is not None and entry.number is not None
    )
    bars = tuple(
        ChartBar(
            episode.began, episode.ended, episode.severity, episode_label(episode), episode_sentence(episode)
        )
        for episode in course.episodes
    )
    days = [entry.visit.on for entry in course.entries] + [bar.ended for bar in bars if bar.ended is not None]
    summary = " ".join(
        lowest_sentence(line.series, [(point.on, point.value) for point in line.points])
        for line in lines
        if not line.second and len(line.points) > 1
    )
    spoken = [session.sentence for session in sessions]
    spoken += [point.sentence for line in lines for point in line.points]
    spoken += [bar.sentence for bar in bars]
    return ChartFacts(
        start=course.start,
        last=max(days, default=None),
        has_sessions=bool(sessions),
        lines=lines,
        sessions=sessions,
        bars=bars,
        gaps=_gaps(course),
        summary=summary,
        description=chart_description(course, spoken),
    )


def charted_series(course: Course) -> tuple[Series, ...]:
    """The series with a line of their own, oiliness first.

    The patient's own rating of oiliness joins in only where it tells something that the clinician's does
    not: at a visit (on the phone, say) where the clinician gave none.
    """
    every = course.all_series
    clinician = [s for s in every if s.instrument is Instrument.OILINESS and s.rater is Rater.CLINICIAN]
    own = [s for s in every if s.instrument is Instrument.OILINESS and s.rater is Rater.PATIENT]
    rated = {point.visit.id for series in clinician for point in course.points(series)}
    own = [s for s in own if any(point.visit.id not in rated for point in course.points(s))]
    breakouts = [s for s in every if s.instrument is Instrument.IGA]
    return (*clinician, *own, *breakouts)


def _line(course: Course, series: Series) -> ChartLine:
    points: list[ChartPoint] = []
    measured_before = False
    for entry in course.entries:
        score = entry.visit.score(series)
        if score is not None:
            value = int(score.value)
            points.append(
                ChartPoint(
                    entry.visit.on,
                    entry.visit.id,
                    value,
                    measured_before,
                    point_sentence(series, value, entry),
                )
            )
        # The line breaks at a visit that did not measure: nobody knows what lay between.
        measured_before = score is not None
    second = _is_second(course, series)
    return ChartLine(series, line_name(series), second, tuple(points))


def _is_second(course: Course, series: Series) -> bool:
    first = next(other for other in charted_series(course) if other.instrument is series.instrument)
    return first != series


def _gaps(course: Course) -> tuple[str, ...]:
    """What a visit did not measure, of the instruments that this course measures at all."""
    lines = []
    for instrument in CHARTED:
        without = [entry for entry in course.entries if not _measures(entry, instrument)]
        if without and len(without) < len(course.entries):
            weeks = dict.fromkeys(_week_of(course, entry) for entry in without)
            lines.append(not_measured_line(instrument, list(weeks)))
    return tuple(lines)


def _measures(entry: CourseEntry, instrument: Instrument) -> bool:
    return any(score.instrument is instrument for score in entry.visit.scores)


def _week_of(course: Course, entry: CourseEntry) -> str:
    days = 0 if course.start is None else (entry.visit.on - course.start).days
    return visit_place(days, after_session=bool(course.sessions))
