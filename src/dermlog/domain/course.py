"""Course: everything about one patient in order of time, as weeks since a session; baseline against now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from dermlog.domain.instrument import Score, Series
from dermlog.domain.session import InjectionSession
from dermlog.domain.side_effect import BodySide, Severity, SideEffect, SideEffectTerm, WeaknessPlace
from dermlog.domain.visit import Visit, VisitState


def whole_weeks(days: int) -> int:
    """Days as the nearest whole number of weeks, half a week upwards: 27 days are 4 weeks."""
    return (2 * days + 7) // 14


@dataclass(frozen=True)
class CourseEntry:
    """One visit in its place. week counts from the first session and week_after from session number, the last
    one on or before the visit; all three are None before any session."""

    visit: Visit
    session: InjectionSession | None
    week: int | None
    week_after: int | None
    number: int | None

    @property
    def is_follow_up(self) -> bool:
        """A visit after a session, without a new one."""
        return self.session is None and self.number is not None


@dataclass(frozen=True)
class SeriesPoint:
    """One value of one series on its day."""

    on: date
    value: Decimal
    visit: Visit


@dataclass(frozen=True)
class Comparison:
    """Baseline against now of one series; either is None where it was not measured.

    is_single: the newest value is the baseline itself, so there is nothing to compare yet.
    measured_otherwise: there is a baseline, but by another rater, method or device: not to be compared.
    """

    baseline: SeriesPoint | None
    now: SeriesPoint | None
    measured_otherwise: bool = False

    @property
    def is_single(self) -> bool:
        """Whether only the baseline exists."""
        return self.baseline is not None and self.now is not None and self.baseline.visit == self.now.visit

    @property
    def difference(self) -> Decimal | None:
        """Now minus baseline, in the unit of the series."""
        if self.baseline is None or self.now is None or self.is_single:
            return None
        return self.now.value - self.baseline.value

    @property
    def percent(self) -> Decimal | None:
        """Change in percent of the baseline; does not exist for a baseline of zero."""
        if self.difference is None or self.baseline is None or self.baseline.value == 0:
            return None
        return self.difference / self.baseline.value * 100


@dataclass(frozen=True)
class Episode:
    """One side effect from its first mention to the visit that said it was gone.

    began is the day told, else the day of the visit that first told of it, never after its end; ended None is
    still open. after_number is the last treatment before it began, None where there was none yet.
    ended_by_visit marks an end that nobody dated: it was gone by that visit.
    """

    term: SideEffectTerm
    place: WeaknessPlace | None
    side: BodySide | None
    label: str
    severity: Severity
    began: date
    ended: date | None
    ended_by_visit: bool
    last_seen: date
    after_number: int | None
    action: str

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet that it is gone."""
        return self.ended is None


@dataclass(frozen=True)
class Course:
    """Recorded visits in order of time, sessions numbered from 1."""

    entries: tuple[CourseEntry, ...]

    @cached_property
    def sessions(self) -> tuple[CourseEntry, ...]:
        """The entries that have a session."""
        return tuple(entry for entry in self.entries if entry.session is not None)

    @cached_property
    def start(self) -> date | None:
        """Day of the first session, else of the first visit; weeks on the chart count from here."""
        if self.sessions:
            return self.sessions[0].visit.on
        return self.entries[0].visit.on if self.entries else None

    @cached_property
    def all_series(self) -> tuple[Series, ...]:
        """Every series that has at least one value, in order of first appearance."""
        return tuple(dict.fromkeys(score.series for entry in self.entries for score in entry.visit.scores))

    def points(self, series: Series) -> tuple[SeriesPoint, ...]:
        """The values of one series in order of time."""
        return tuple(
            SeriesPoint(entry.visit.on, score.value, entry.visit)
            for entry in self.entries
            for score in entry.visit.scores
            if score.series == series
        )

    def compare(self, series: Series) -> Comparison:
        """Baseline against the newest value.

        The baseline is the value of the first session's visit, or where that has none the newest one before
        it; a course without a session compares with its first value. Of the visits of that same day only one
        that was entered before the session's can be a baseline: the skin of the afternoon was treated.
        """
        points = self.points(series)
        if not points:
            return Comparison(None, None)
        baseline = self._baseline(series)
        otherwise = baseline is None and any(
            self._baseline(other) is not None
            for other in self.all_series
            if (other.instrument, other.zone) == (series.instrument, series.zone)
        )
        return Comparison(baseline, points[-1], otherwise)

    def _baseline(self, series: Series) -> SeriesPoint | None:
        points = self.points(series)
        if not self.sessions:
            return points[0] if points else None
        first = self.sessions[0].visit
        at_session = [point for point in points if point.visit.id == first.id]
        before = at_session or [
            point
            for point in points
            if point.on < first.on or (point.on == first.on and point.visit.entered_at < first.entered_at)
        ]
        return before[-1] if before else None

    def last_score(self, series: Series, before: date) -> Score | None:
        """The newest score of a series before a day: what "last time" means on a form."""
        earlier = [point for point in self.points(series) if point.on < before]
        return earlier[-1].visit.score(series) if earlier else None

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        """Side effects joined over visits, in order of their beginning."""
        return _episodes(self.entries)


def course_of(visits: Iterable[Visit], sessions: Iterable[InjectionSession]) -> Course:
    """Put recorded visits in order; drafts are left out. On one day a session comes before a follow-up."""
    by_visit = {session.visit_id: session for session in sessions}
    recorded = [visit for visit in visits if visit.state is VisitState.RECORDED]
    recorded.sort(key=lambda visit: (visit.on, visit.id not in by_visit, visit.entered_at, visit.id))
    entries: list[CourseEntry] = []
    first: date | None = None
    last: date | None = None
    number = 0
    for visit in recorded:
        session = by_visit.get(visit.id)
        if session is not None:
            number += 1
            last = visit.on
            first = first or visit.on
        entries.append(
            CourseEntry(
                visit,
                session,
                None if first is None else whole_weeks((visit.on - first).days),
                None if last is None else whole_weeks((visit.on - last).days),
                number or None,
            )
        )
    return Course(tuple(entries))


_EpisodeKey = tuple[SideEffectTerm, WeaknessPlace | None, BodySide | None, str]


def _episodes(entries: tuple[CourseEntry, ...]) -> tuple[Episode, ...]:
    done: list[Episode] = []
    running: dict[_EpisodeKey, Episode] = {}
    for entry in entries:
        day = entry.visit.on
        for effect in entry.visit.side_effects:
            key = (effect.term, effect.place, effect.side, effect.label.strip().casefold())
            if effect.severity is Severity.NONE:
                for other in [other for other in running if _ends(effect, key, other)]:
                    gone = running.pop(other)
                    end = effect.ended if effect.ended and effect.ended >= gone.began else day
                    done.append(replace(gone, ended=end, ended_by_visit=effect.ended is None))
                continue
            episode = running.pop(key, None) or _begin(effect, entry, entries)
            episode = replace(
                episode,
                severity=max(episode.severity, effect.severity),
                began=min(day for day in (episode.began, effect.began, effect.ended) if day is not None),
                last_seen=day,
                action=effect.action or episode.action,
            )
            if effect.ended is not None:
                done.append(replace(episode, ended=effect.ended))
            else:
                running[key] = episode
    return tuple(sorted([*done, *running.values()], key=lambda episode: (episode.began, episode.term.value)))


def _ends(effect: SideEffect, key: _EpisodeKey, other: _EpisodeKey) -> bool:
    """ "None" ends every running episode of its term; with a place it ends only that place."""
    if effect.term is not other[0]:
        return False
    if effect.place is not None or effect.side is not None:
        return key == other
    return not key[3] or key[3] == other[3]


def _number_before(effect: SideEffect, entry: CourseEntry, entries: tuple[CourseEntry, ...]) -> int | None:
    """The treatment that a reaction came after. What is asked at a session is asked before its injection."""
    began = effect.began or entry.visit.on
    earlier = [
        other.number
        for other in entries
        if other.session is not None and other.visit.id != entry.visit.id and other.visit.on <= began
    ]
    return earlier[-1] if earlier else None


def _begin(effect: SideEffect, entry: CourseEntry, entries: tuple[CourseEntry, ...]) -> Episode:
    day = entry.visit.on
    return Episode(
        term=effect.term,
        place=effect.place,
        side=effect.side,
        label=effect.label,
        severity=effect.severity,
        began=effect.began or day,
        ended=None,
        ended_by_visit=False,
        last_seen=day,
        after_number=_number_before(effect, entry, entries),
        action=effect.action,
    )
