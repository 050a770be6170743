"""What page 1 tells the patient, in plain words: short sentences, no percentages, no causes claimed."""

from __future__ import annotations

from datetime import date

from dermlog.domain.course import Course
from dermlog.domain.instrument import Instrument
from dermlog.naming import grade_word
from dermlog.report.facts import ReportFacts
from dermlog.report.plain_sentence import Sentence, said
from dermlog.report.plain_side_effects import side_effect_sentences
from dermlog.report.skin_change import (
    Direction,
    SkinChange,
    SpotKind,
    breakouts_change,
    newest_series,
    oiliness_change,
    spots_change,
)
from dermlog.wording import _, date_text, ngettext

BRANDS_NAMED = 3


def in_short(facts: ReportFacts) -> tuple[tuple[Sentence, ...], ...]:
    """The first paragraphs: what was done and how the skin changed; what side effects there were."""
    course = facts.course
    if not course.entries:
        return ((said(_("There are *no visits* in your record yet.")),),)
    spots, kind = spots_change(course)
    skin = (
        *_treatments(facts),
        *_oiliness(oiliness_change(course), treated=bool(course.sessions)),
        *_breakouts(breakouts_change(course), treated=bool(course.sessions)),
        *_spots(spots, kind),
        *_satisfaction(course),
        *_not_seen_since(facts),
    )
    side_effects = side_effect_sentences(course)
    return (skin, side_effects) if side_effects else (skin,)


def _treatments(facts: ReportFacts) -> tuple[Sentence, ...]:
    course = facts.course
    first = course.sessions[0].visit.on if course.sessions else None
    if first is None:
        return (
            said(_("You have *not had a treatment* with us yet.")),
            said(_("Your first visit was on {day}."), day=date_text(course.entries[0].visit.on)),
        )
    brands = tuple(
        dict.fromkeys(
            facts.products[entry.session.product_id].brand
            for entry in course.sessions
            if entry.session is not None
        )
    )
    ago = _time_ago(first, facts.prepared_at.date())
    if len(brands) > BRANDS_NAMED:
        treated = said(_("You have had {count} treatments."), count=str(len(course.sessions)))
    elif len(course.sessions) == 1:
        return (
            said(
                _("You had a treatment with {brand} on {day}{ago}."),
                brand=brands[0],
                day=date_text(first),
                ago=ago,
            ),
        )
    else:
        treated = said(
            _("You have had {count} treatments with {brands}."),
            count=str(len(course.sessions)),
            brands=_("{list} and {last}").format(list=", ".join(brands[:-1]), last=brands[-1])
            if len(brands) > 1
            else brands[0],
        )
    return treated, said(_("The first one was on {day}{ago}."), day=date_text(first), ago=ago)


def _time_ago(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return ""
    if days < 14:
        return ngettext(", {count} day ago", ", {count} days ago", days).format(count=days)
    weeks = (2 * days + 7) // 14
    if weeks <= 52:
        return ngettext(", {count} week ago", ", {count} weeks ago", weeks).format(count=weeks)
    return _(", more than a year ago") if weeks < 104 else _(", more than two years ago")


def _oiliness(change: SkinChange, *, treated: bool) -> tuple[Sentence, ...]:
    if change.direction is Direction.NOT_MEASURED:
        return (said(_("How oily your skin is was *not measured*.")),)
    before, now = _grades(Instrument.OILINESS, change)
    templates = {
        Direction.BETTER: _("Your skin has become *less oily*: from {before} to {now}."),
        Direction.SAME: _("Your skin is *as oily as before*: {now}, the same as then."),
        Direction.WORSE: _("Your skin has become *more oily*: from {before} to {now}."),
        Direction.ONLY_BEFORE: _("Before treatment, the oiliness of your skin was {before}.")
        if treated
        else _("The oiliness of your skin was {before}."),
        Direction.ONLY_NOW: _("The oiliness of your skin is {now}; before, it was *measured in another way*.")
        if change.measured_otherwise
        else _("The oiliness of your skin is {now}; it was *not measured before*."),
    }
    if change.own:
        templates |= {
            Direction.BETTER: _("You rate your skin as *less oily*: from {before} to {now}."),
            Direction.SAME: _("You rate your skin *as oily as before*: {now}, the same as then."),
            Direction.WORSE: _("You rate your skin as *more oily*: from {before} to {now}."),
        }
    told = [said(templates[change.direction], before=before, now=now)]
    if change.best is not None:
        told.append(
            said(
                _("It was least oily on {day}: {word}."),
                day=date_text(change.best[1]),
                word=grade_word(Instrument.OILINESS, change.best[0]),
            )
        )
    return tuple(told)


def _breakouts(change: SkinChange, *, treated: bool) -> tuple[Sentence, ...]:
    if change.direction is Direction.NOT_MEASURED:
        return (said(_("Your breakouts were *not measured*.")),)
    before, now = _grades(Instrument.IGA, change)
    templates = {
        Direction.BETTER: _("You have *fewer breakouts*: from {before} to {now}."),
        Direction.SAME: _("Your breakouts are *as before*: {now}, the same as then."),
        Direction.WORSE: _("You have *more breakouts*: from {before} to {now}."),
        Direction.ONLY_BEFORE: _("Before treatment, your breakouts were {before}.")
        if treated
        else _("Your breakouts were {before}."),
        Direction.ONLY_NOW: _("Your breakouts are {now}; before, they were *measured in another way*.")
        if change.measured_otherwise
        else _("Your breakouts are {now}; they were *not measured before*."),
    }
    told = [said(templates[change.direction], before=before, now=now)]
    if change.best is not None:
        told.append(
            said(
                _("They were at their lowest on {day}: {word}."),
                day=date_text(change.best[1]),
                word=grade_word(Instrument.IGA, change.best[0]),
            )
        )
    return tuple(told)


def _grades(instrument: Instrument, change: SkinChange) -> tuple[str, str]:
    words = ["" if grade is None else grade_word(instrument, grade) for grade in (change.before, change.now)]
    return words[0], words[1]


def _spots(change: SkinChange, kind: SpotKind) -> tuple[Sentence, ...]:
    if change.before is None or change.now is None:
        return ()
    templates = {
        SpotKind.ALL: _("We counted {before} spots then and {now} now."),
        SpotKind.INFLAMED: _("We counted {before} red spots then and {now} now."),
        SpotKind.NOT_INFLAMED: _("We counted {before} blackheads and whiteheads then and {now} now."),
    }
    return (said(templates[kind], before=str(change.before), now=str(change.now)),)


def _satisfaction(course: Course) -> tuple[Sentence, ...]:
    series = newest_series(course, Instrument.SATISFACTION)
    newest = None if series is None else course.compare(series).now
    if newest is None:
        return ()
    return (
        said(
            _("You rated how pleased you are: {value} out of 10, on {day}."),
            value=str(int(newest.value)),
            day=date_text(newest.on),
        ),
    )


def _not_seen_since(facts: ReportFacts) -> tuple[Sentence, ...]:
    """When the newest values are from, where that is not the day of the page."""
    course = facts.course
    measured = [change.now_on for change in (oiliness_change(course), breakouts_change(course))]
    newest = max((day for day in measured if day is not None), default=None)
    last = course.sessions[-1].visit.on if course.sessions else None
    if course.sessions and not any(entry.is_follow_up for entry in course.entries):
        return (said(_("We have *not checked your skin since* then.")),)
    if newest is None or newest == facts.prepared_at.date():
        return ()
    if newest == last:
        return (
            said(_("We last checked your skin on {day}, the day of a treatment."), day=date_text(newest)),
        )
    return (said(_("We last checked your skin on {day}."), day=date_text(newest)),)
