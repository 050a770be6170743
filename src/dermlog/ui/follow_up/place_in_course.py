"""Where a visit stands to the treatments before it, in words: "week 4 after treatment 1"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dermlog.domain.course import Course, whole_weeks
from dermlog.wording import _, ngettext

WEEK = 7


@dataclass(frozen=True)
class PlaceInCourse:
    """title names the form, place says where it stands; after_treatment: there was one before."""

    title: str
    place: str
    after_treatment: bool


def place_in_course(course: Course, on: date, visit_id: UUID | None = None) -> PlaceInCourse:
    """The place of a visit on a day; visit_id is its own, where it is recorded already."""
    before = [entry for entry in course.sessions if entry.visit.on <= on and entry.visit.id != visit_id]
    if not before:
        others = [entry for entry in course.entries if entry.visit.id != visit_id and entry.visit.on <= on]
        title = _("Visit") if others else _("First visit")
        place = _("before treatment 1") if course.sessions else _("no treatment yet")
        return PlaceInCourse(title, place, after_treatment=False)
    last = before[-1]
    days = (on - last.visit.on).days
    if days == 0:
        place = _("the day of treatment {number}").format(number=last.number)
    elif days < WEEK:
        place = ngettext(
            "{days} day after treatment {number}", "{days} days after treatment {number}", days
        ).format(days=days, number=last.number)
    else:
        place = _("week {week} after treatment {number}").format(week=whole_weeks(days), number=last.number)
    return PlaceInCourse(_("Follow-up"), place, after_treatment=True)
