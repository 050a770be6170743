"""What became of oiliness, breakouts and spots: baseline against now, as one of a few plain answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from dermlog.domain.course import Comparison, Course, SeriesPoint
from dermlog.domain.instrument import Instrument, Rater, Series


class Direction(Enum):
    """How a value stands to the one before treatment; for all that is asked here, lower is better."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    ONLY_BEFORE = "only_before"
    ONLY_NOW = "only_now"
    NOT_MEASURED = "not_measured"


COMPARED = frozenset({Direction.BETTER, Direction.SAME, Direction.WORSE})
"""The answers that stand on two values."""


@dataclass(frozen=True)
class SkinChange:
    """before and now are grades or counts, None where not measured; now_on is the day of the newest value.

    own: the patient's own rating. measured_otherwise: there is a value before, by another rater or in other
    words, which cannot be compared. best is the lowest value since the baseline with its first day, where
    that is lower than both.
    """

    direction: Direction
    before: int | None = None
    now: int | None = None
    now_on: date | None = None
    own: bool = False
    best: tuple[int, date] | None = None
    measured_otherwise: bool = False


class SpotKind(Enum):
    """Which spots were counted at both times."""

    ALL = "all"
    INFLAMED = "inflamed"
    NOT_INFLAMED = "not_inflamed"


def newest_series(course: Course, instrument: Instrument, rater: Rater | None = None) -> Series | None:
    """The series of an instrument that was measured last, or None."""
    for entry in reversed(course.entries):
        for score in entry.visit.scores:
            if score.instrument is instrument and rater in {None, score.rater}:
                return score.series
    return None


def oiliness_change(course: Course) -> SkinChange:
    """By the clinician's grade; by the patient's own rating where the clinician's tells of no change at all.

    After a call on the phone there is nothing but the patient's rating, before and after.
    """
    change = _change(course, newest_series(course, Instrument.OILINESS, Rater.CLINICIAN))
    if change.direction in COMPARED:
        return change
    own = _change(course, newest_series(course, Instrument.OILINESS, Rater.PATIENT))
    return own if own.direction in COMPARED or change.direction is Direction.NOT_MEASURED else change


def breakouts_change(course: Course) -> SkinChange:
    """By IGA."""
    return _change(course, newest_series(course, Instrument.IGA))


def spots_change(course: Course) -> tuple[SkinChange, SpotKind]:
    """Both kinds of spots together where both were counted at the same visits, else one kind alone."""
    inflamed = newest_series(course, Instrument.INFLAMMATORY_LESIONS)
    others = newest_series(course, Instrument.NON_INFLAMMATORY_LESIONS)
    if inflamed is not None and others is not None:
        one, two = course.compare(inflamed), course.compare(others)
        if _days(one) == _days(two):
            return _direct(_sum(one.baseline, two.baseline), _sum(one.now, two.now), one), SpotKind.ALL
    if inflamed is not None:
        return _change(course, inflamed), SpotKind.INFLAMED
    return _change(course, others), SpotKind.NOT_INFLAMED


def _change(course: Course, series: Series | None) -> SkinChange:
    if series is None:
        return SkinChange(Direction.NOT_MEASURED)
    compared = course.compare(series)
    before = None if compared.baseline is None else int(compared.baseline.value)
    now = None if compared.now is None else int(compared.now.value)
    change = _direct(before, now, compared)
    return SkinChange(
        change.direction,
        change.before,
        change.now,
        change.now_on,
        own=series.rater is Rater.PATIENT,
        best=_best(course.points(series), compared),
        measured_otherwise=compared.measured_otherwise,
    )


def _direct(before: int | None, now: int | None, compared: Comparison) -> SkinChange:
    on = None if compared.now is None else compared.now.on
    if now is None:
        return SkinChange(Direction.NOT_MEASURED)
    if compared.is_single:
        return SkinChange(Direction.ONLY_BEFORE, before, None, on)
    if before is None:
        return SkinChange(Direction.ONLY_NOW, None, now, on)
    direction = Direction.SAME if now == before else Direction.BETTER if now < before else Direction.WORSE
    return SkinChange(direction, before, now, on)


def _best(points: tuple[SeriesPoint, ...], compared: Comparison) -> tuple[int, date] | None:
    if compared.baseline is None or compared.now is None or compared.is_single:
        return None
    since = [point for point in points if point.on > compared.baseline.on]
    lowest = min(since, key=lambda point: (point.value, point.on), default=None)
    if lowest is None or lowest.value >= min(compared.baseline.value, compared.now.value):
        return None
    return int(lowest.value), lowest.on


def _days(compared: Comparison) -> tuple[object, object]:
    return (
        None if compared.baseline is None else compared.baseline.visit.id,
        None if compared.now is None else compared.now.visit.id,
    )


def _sum(one: SeriesPoint | None, two: SeriesPoint | None) -> int | None:
    if one is None or two is None:
        return None
    return int(one.value + two.value + Decimal(0))
