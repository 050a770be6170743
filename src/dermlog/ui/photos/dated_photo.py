"""DatedPhoto: a photo with its place in the course; which of them are compared at first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from dermlog.domain.course import Course, CourseEntry
from dermlog.domain.instrument import Instrument, Rater
from dermlog.domain.photo import Photo, PhotoView
from dermlog.wording import _, date_text, number_text


@dataclass(frozen=True)
class DatedPhoto:
    """on is the day of its visit; entry is None while that visit is unfinished."""

    photo: Photo
    on: date
    entry: CourseEntry | None
    is_baseline: bool

    @property
    def short_label(self) -> str:
        """Under a thumbnail: baseline, wk 4, or the day where there are no weeks to count."""
        if self.is_baseline:
            return _("baseline")
        if self.entry is None:
            return _("unfinished")
        if self.entry.week is None:
            return date_text(self.on)
        return _("wk {week}").format(week=self.entry.week)

    @property
    def label(self) -> str:
        """On the picture: Week 28 · 2 Oct 2026 · oiliness 1."""
        if self.is_baseline:
            when = _("Baseline")
        elif self.entry is None:
            when = _("Unfinished visit")
        elif self.entry.week is None:
            when = _("Before treatment")
        else:
            when = _("Week {week}").format(week=self.entry.week)
        return " · ".join((when, date_text(self.on), self._oiliness()))

    def _oiliness(self) -> str:
        grade = _oiliness_of(self.entry)
        if grade is None:
            return _("oiliness not measured")
        return _("oiliness {grade}").format(grade=number_text(grade))


def dated(photos: Iterable[Photo], course: Course, days: dict[UUID, date]) -> tuple[DatedPhoto, ...]:
    """Photos in order of time; days gives the day of a visit that is not recorded yet.

    The baseline is the visit of the first treatment, else the first visit of all.
    """
    entries = {entry.visit.id: entry for entry in course.entries}
    first = course.sessions[0] if course.sessions else next(iter(course.entries), None)
    found = []
    for photo in photos:
        entry = entries.get(photo.visit_id)
        on = entry.visit.on if entry is not None else days.get(photo.visit_id, photo.added_at.date())
        baseline = entry is not None and first is not None and entry.visit.id == first.visit.id
        found.append(DatedPhoto(photo, on, entry, baseline))
    order = {entry.visit.id: place for place, entry in enumerate(course.entries)}
    # An unfinished visit comes after the recorded ones of its day.
    return tuple(
        sorted(
            found,
            key=lambda one: (one.on, order.get(one.photo.visit_id, len(order)), one.photo.added_at),
        )
    )


def of_view(photos: Iterable[DatedPhoto], view: PhotoView) -> tuple[DatedPhoto, ...]:
    """Those of one view, in order of time."""
    return tuple(photo for photo in photos if photo.photo.view is view)


def first_pair(photos: tuple[DatedPhoto, ...]) -> tuple[DatedPhoto | None, DatedPhoto | None]:
    """Baseline and latest of one view; where the baseline has none, the first there is."""
    if not photos:
        return None, None
    baseline = [photo for photo in photos if photo.is_baseline]
    before = baseline[-1] if baseline else photos[0]
    after = photos[-1]
    return before, (after if after.photo.id != before.photo.id else None)


def _oiliness_of(entry: CourseEntry | None) -> Decimal | None:
    if entry is None:
        return None
    return next(
        (
            score.value
            for score in entry.visit.scores
            if score.instrument is Instrument.OILINESS and score.rater is Rater.CLINICIAN
        ),
        None,
    )
