"""The three boxes of page 1: oiliness, breakouts and side effects, each with one large answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from dermlog.domain.course import Course, Episode
from dermlog.domain.instrument import Instrument
from dermlog.naming import grade_word, name_of
from dermlog.report.plain_side_effects import NAMED_TERMS, reaction_words
from dermlog.report.skin_change import (
    Direction,
    SkinChange,
    breakouts_change,
    oiliness_change,
    spots_change,
)
from dermlog.wording import _, date_text, ngettext

INK = "#1B2530"
DANGER = "#B91C1C"
OILINESS_INK = "#8F6200"
BREAKOUTS_INK = "#A32C49"


@dataclass(frozen=True)
class Box:
    """Label, the large answer in its colour, and small lines under it."""

    label: str
    value: str
    lines: tuple[str, ...]
    color: str


def boxes_of(course: Course) -> tuple[Box, Box, Box]:
    """Oiliness, breakouts and side effects of a course."""
    oiliness, breakouts = oiliness_change(course), breakouts_change(course)
    label = _("Oiliness, your own rating") if oiliness.own else _("Oiliness")
    return (
        Box(
            label,
            _skin_value(Instrument.OILINESS, oiliness),
            _lines(_skin_line(course, oiliness), _age_line(course, oiliness)),
            OILINESS_INK,
        ),
        Box(
            _("Breakouts"),
            _skin_value(Instrument.IGA, breakouts),
            _lines(_skin_line(course, breakouts), _spots_line(course), _age_line(course, breakouts)),
            BREAKOUTS_INK,
        ),
        _side_effect_box(course),
    )


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _skin_value(instrument: Instrument, change: SkinChange) -> str:
    def word(grade: int | None) -> str:
        return "" if grade is None else grade_word(instrument, grade)

    answers: dict[Direction, Callable[[], str]] = {
        Direction.NOT_MEASURED: lambda: _("not measured"),
        Direction.SAME: lambda: _("no change"),
        Direction.ONLY_BEFORE: lambda: word(change.before),
        Direction.ONLY_NOW: lambda: word(change.now),
    }
    answer = answers.get(change.direction)
    if answer is not None:
        return answer()
    return _("{before} → {now}").format(before=word(change.before), now=word(change.now))


def _skin_line(course: Course, change: SkinChange) -> str:
    first = _("before treatment") if course.sessions else _("at the first visit")
    lines = {
        Direction.NOT_MEASURED: "",
        Direction.BETTER: _("better: {before} to {now} on a scale of 0–4"),
        Direction.SAME: _("{before} then, {now} now on a scale of 0–4"),
        Direction.WORSE: _("worse: {before} to {now} on a scale of 0–4"),
        Direction.ONLY_BEFORE: _("{before} on a scale of 0–4, {first}; not measured since"),
        Direction.ONLY_NOW: _("{now} on a scale of 0–4; measured in another way {first}")
        if change.measured_otherwise
        else _("{now} on a scale of 0–4; not measured {first}"),
    }
    return lines[change.direction].format(before=change.before, now=change.now, first=first)


def _age_line(course: Course, change: SkinChange) -> str:
    """The day of the newest value where the last visit did not measure it."""
    if change.now is None or change.now_on is None or change.now_on == course.entries[-1].visit.on:
        return ""
    return _("last measured {day}").format(day=date_text(change.now_on))


def _spots_line(course: Course) -> str:
    change, _kind = spots_change(course)
    if change.before is not None and change.now is not None:
        if change.before == change.now:
            return ngettext("{count} spot then and now", "{count} spots then and now", change.now).format(
                count=change.now
            )
        return ngettext("{before} spots to {now}", "{before} spots to {now}", change.now).format(
            before=change.before, now=change.now
        )
    count = change.before if change.before is not None else change.now
    return "" if count is None else ngettext("{count} spot", "{count} spots", count).format(count=count)


def _side_effect_box(course: Course) -> Box:
    label = _("Side effects now")
    question = [entry for entry in course.entries if entry.visit.warning_signs is not None]
    if question and question[-1].visit.warning_signs:
        line = _("{signs}, told on {day}").format(
            signs=", ".join(name_of(sign) for sign in question[-1].visit.warning_signs),
            day=date_text(question[-1].visit.on),
        )
        return Box(label, _("warning sign"), (line,), DANGER)
    episodes = course.episodes
    still = [episode for episode in episodes if episode.is_open]
    if still:
        return Box(label, _open_value(still), (_open_line(still),), INK)
    asked = [entry for entry in course.entries if entry.visit.side_effects]
    if not asked:
        return Box(label, _("not asked yet"), (), INK)
    had = _had_line(episodes)
    if asked[-1] is not course.entries[-1]:
        line = _("none when last asked, {day}").format(day=date_text(asked[-1].visit.on))
        return Box(label, _("not asked"), _lines(line, had), INK)
    terms = {effect.term for effect in asked[-1].visit.side_effects} & NAMED_TERMS
    if len(terms) < len(NAMED_TERMS):
        told = _("asked about {count} of {all}").format(count=len(terms), all=len(NAMED_TERMS))
        return Box(label, _("none of those asked"), _lines(told, had), INK)
    return Box(label, _("none"), (had or _("none told so far"),), INK)


def _open_value(still: list[Episode]) -> str:
    if len(still) == 1:
        one = still[0]
        return reaction_words(one.term, one.place, one.side, one.label)
    return ngettext("{count} not gone yet", "{count} not gone yet", len(still)).format(count=len(still))


def _open_line(still: list[Episode]) -> str:
    if len(still) > 1:
        return "; ".join(reaction_words(one.term, one.place, one.side, one.label) for one in still[:3])
    return _("{severity}, began {began}, not gone on {day}").format(
        severity=name_of(still[0].severity).lower(),
        began=date_text(still[0].began),
        day=date_text(still[0].last_seen),
    )


def _had_line(episodes: tuple[Episode, ...]) -> str:
    if not episodes:
        return ""
    counts = Counter(episode.severity for episode in episodes)
    kinds = ", ".join(
        _("{count} {severity}").format(count=counts[severity], severity=name_of(severity).lower())
        for severity in sorted(counts)
    )
    return (
        _("{kinds} one, gone").format(kinds=kinds)
        if len(episodes) == 1
        else _("{kinds}, all gone").format(kinds=kinds)
    )
