"""What earlier visits said, for the "last time 2" and "was 14" beside each field."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from uuid import UUID

from dermlog.domain.course import Course, Episode
from dermlog.domain.instrument import Instrument, Score, Series, Variant
from dermlog.domain.side_effect import Severity, SideEffectTerm


class LastTime:
    """The visits of a course before one on a day; visit_id is that visit itself, where it is recorded.

    Other visits of the same day count as earlier: a treatment in the morning is "last time" in the afternoon.
    """

    def __init__(self, course: Course, on: date | None, visit_id: UUID | None = None) -> None:
        entries = course.entries
        own = next((index for index, entry in enumerate(entries) if entry.visit.id == visit_id), None)
        if own is not None and entries[own].visit.on == on:
            entries = entries[:own]
        else:
            entries = tuple(
                entry
                for entry in entries
                if entry.visit.id != visit_id and (on is None or entry.visit.on <= on)
            )
        self._course = Course(entries)

    def score(self, series: Series) -> Score | None:
        """The newest score of exactly this series."""
        return next((score for score in self._newest_first if score.series == series), None)

    @cached_property
    def _newest_first(self) -> tuple[Score, ...]:
        return tuple(score for entry in reversed(self._course.entries) for score in entry.visit.scores)

    @cached_property
    def sebum(self) -> tuple[str, Variant] | None:
        """Device and method of the newest sebum measurement."""
        return next(
            (
                (score.device, score.variant)
                for score in self._newest_first
                if score.instrument is Instrument.SEBUM
            ),
            None,
        )

    @cached_property
    def devices(self) -> tuple[str, ...]:
        """Every sebum device used for this patient, the newest first."""
        named = (score.device for score in self._newest_first if score.device)
        return tuple(dict.fromkeys(named))

    @cached_property
    def iga(self) -> Variant | None:
        """The set of IGA words used last."""
        return next(
            (score.variant for score in self._newest_first if score.instrument is Instrument.IGA), None
        )

    def severity(self, term: SideEffectTerm) -> Severity | None:
        """How bad a reaction was when it was last asked about; None when it never was."""
        for entry in reversed(self._course.entries):
            asked = [effect.severity for effect in entry.visit.side_effects if effect.term is term]
            if asked:
                return max(asked)
        return None

    def open_episodes(self, term: SideEffectTerm) -> tuple[Episode, ...]:
        """Episodes of a reaction that nobody has said are gone."""
        return tuple(episode for episode in self._course.episodes if episode.term is term and episode.is_open)


def nothing_before() -> LastTime:
    """No earlier visits."""
    return LastTime(Course(()), None)
