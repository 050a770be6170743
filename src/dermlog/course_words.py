"""What is said of a course in words: its chart, its tiles and its visits, on screen and on paper alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dermlog.domain.course import Comparison, Course, CourseEntry, Episode
from dermlog.domain.instrument import Instrument, Rater, Series, Variant
from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession
from dermlog.naming import grade_word, name_of, reaction_name, reaction_text
from dermlog.wording import (
    _,
    date_text,
    day_month_text,
    isolated,
    ngettext,
    number_text,
    percent_text,
    units_text,
)


def axis_week(week: int, *, after_session: bool) -> str:
    """A mark of the time axis: baseline, wk 4; first visit where nothing was injected yet."""
    if week == 0:
        return _("baseline") if after_session else _("first visit")
    return _("wk {week}").format(week=str(week).replace("-", "−"))


def visit_place(days: int, *, after_session: bool) -> str:
    """Where a visit stands so many days after the start: wk 8; the first days as days: day 3."""
    week = (2 * days + 7) // 14
    if week == 0 and days:
        return _("day {days}").format(days=str(days).replace("-", "−"))
    return axis_week(week, after_session=after_session)


def line_name(series: Series) -> str:
    """A line of the chart as the legend says it: Oiliness (0–4)."""
    if series.instrument is Instrument.IGA:
        if series.variant is Variant.IGA_LESION:
            return _("Breakouts, IGA by lesions (0–4)")
        return _("Breakouts, IGA (0–4)")
    if series.rater is Rater.PATIENT:
        return _("Oiliness, patient’s own rating (0–4)")
    return _("Oiliness (0–4)")


def when_text(entry: CourseEntry) -> str:
    """The place of a visit in the course: baseline, wk 8 after treatment 2; nothing before the first one."""
    if entry.week_after is None or entry.number is None:
        return _("before any treatment")
    if entry.session is not None:
        return _("at treatment {number}").format(number=entry.number)
    return _("week {week} after treatment {number}").format(week=entry.week_after, number=entry.number)


def point_sentence(series: Series, value: int, entry: CourseEntry) -> str:
    """One value of a line: Oiliness 2, moderate. 17 Apr 2026, week 4 after treatment 1."""
    name = (
        _("Oiliness, patient’s own rating")
        if series.instrument is Instrument.OILINESS and series.rater is Rater.PATIENT
        else name_of(series.instrument)
    )
    return _("{name}: {value}, {word}. {day}, {when}.").format(
        name=name,
        value=value,
        word=grade_word(series.instrument, value),
        day=date_text(entry.visit.on),
        when=when_text(entry),
    )


def session_label(session: InjectionSession, product: Product) -> tuple[str, str, str]:
    """The three parts beside a triangle: Botox, 36 U, 18 pts."""
    points = len(session.sites)
    return (
        isolated(product.brand),
        units_text(session.total_units),
        ngettext("{count} pt", "{count} pts", points).format(count=points),
    )


def session_sentence(number: int, session: InjectionSession, product: Product) -> str:
    """Treatment 1, 20 Mar 2026: Botox 36 U at 18 points."""
    points = len(session.sites)
    return ngettext(
        "Treatment {number}, {day}: {product} {units} at {count} point.",
        "Treatment {number}, {day}: {product} {units} at {count} points.",
        points,
    ).format(
        number=number,
        day=date_text(session.performed_on),
        product=isolated(product.brand),
        units=units_text(session.total_units),
        count=points,
    )


def episode_label(episode: Episode) -> str:
    """The words at a bar: Brow weakness · mild, left; an open one says so."""
    details = [name_of(episode.severity).lower()]
    if episode.side is not None:
        details.append(name_of(episode.side).lower())
    if episode.is_open:
        details.append(_("still open"))
    name = reaction_name(episode.term, episode.place, episode.label)
    return _("{name} · {details}").format(name=name, details=", ".join(details))


def episode_sentence(episode: Episode) -> str:
    """One side effect from beginning to end."""
    words = reaction_text(episode.term, episode.place, episode.side, episode.label, episode.severity)
    began = date_text(episode.began)
    if episode.ended is None:
        return _("{words}: began {began}, still open when last asked on {last}.").format(
            words=words, began=began, last=date_text(episode.last_seen)
        )
    if episode.ended_by_visit:
        return _("{words}: began {began}, gone by {ended}.").format(
            words=words, began=began, ended=date_text(episode.ended)
        )
    return _("{words}: {began} to {ended}.").format(words=words, began=began, ended=date_text(episode.ended))


def not_measured_line(instrument: Instrument, weeks: Sequence[str]) -> str:
    """Which visits left a gap: Breakouts not measured: wk 8, wk 12 and 3 more visits."""
    shown = ", ".join(weeks[:4])
    more = len(weeks) - 4
    if more > 0:
        shown = ngettext("{shown} and {more} more visit", "{shown} and {more} more visits", more).format(
            shown=shown, more=more
        )
    if instrument is Instrument.IGA:
        return _("Breakouts not measured: {weeks}").format(weeks=shown)
    return _("Oiliness not measured: {weeks}").format(weeks=shown)


def nothing_measured_sentence() -> str:
    """What an empty chart says."""
    return _("Oiliness and breakouts have not been measured yet.")


def more_bars_text(count: int) -> str:
    """Bars that found no room."""
    return ngettext(
        "and {count} more side effect, listed with the visits",
        "and {count} more side effects, listed with the visits",
        count,
    ).format(count=count)


def many_sessions_text() -> str:
    """What the key says when only numbers fit above the triangles."""
    return _("Numbers are treatments; doses are listed with the visits.")


def chart_description(course: Course, sentences: Sequence[str]) -> str:
    """The whole chart in words, for a screen reader."""
    if course.start is None:
        return nothing_measured_sentence()
    opening = _("Course since {day}.").format(day=date_text(course.start))
    return " ".join((opening, *sentences)) if sentences else nothing_measured_sentence()


def change_line(comparison: Comparison) -> str:  # noqa: PLR0911 - one return for each answer
    """The line under a tile's value: −75 % since baseline; no percent where there is none."""
    if comparison.now is None:
        return _("not measured")
    if comparison.measured_otherwise:
        return _("baseline by another method")
    if comparison.baseline is None:
        return _("no baseline · {day}").format(day=date_text(comparison.now.on))
    if comparison.is_single:
        return _("measured once, {day}").format(day=date_text(comparison.now.on))
    if comparison.difference == 0:
        return _("no change since baseline")
    if comparison.percent is None:
        return _("baseline was 0, so no percent")
    return _("{percent} since baseline").format(percent=percent_text(comparison.percent))


def baseline_sentence(comparison: Comparison) -> str:
    """What baseline and now of a tile are, for its hover."""
    if comparison.now is None:
        return _("Not measured at any visit.")
    now = _("{value} on {day}").format(
        value=number_text(comparison.now.value), day=date_text(comparison.now.on)
    )
    if comparison.measured_otherwise:
        return _(
            "Newest value {now}; the baseline was taken by another person, method or device "
            "and cannot be compared."
        ).format(now=now)
    if comparison.baseline is None:
        return _("Newest value {now}; no value at or before the first treatment.").format(now=now)
    if comparison.is_single:
        return _("Only value so far: {now}.").format(now=now)
    return _("Baseline {value} on {day}; now {now}.").format(
        value=number_text(comparison.baseline.value), day=date_text(comparison.baseline.on), now=now
    )


def lowest_sentence(series: Series, points: Sequence[tuple[date, int]]) -> str:
    """Where a line was lowest: Oiliness was lowest, 1, on 17 Apr 2026 and 15 May 2026."""
    name = name_of(series.instrument)
    lowest = min(value for _day, value in points)
    days = [day for day, value in points if value == lowest]
    if len({value for _day, value in points}) == 1:
        return _("{name} was {value} at every visit.").format(name=name, value=lowest)
    if len(days) == 1:
        return _("{name} was lowest, {value}, on {day}.").format(
            name=name, value=lowest, day=date_text(days[0])
        )
    return ngettext(
        "{name} was lowest, {value}, first on {day} and {count} time more.",
        "{name} was lowest, {value}, first on {day} and {count} times more.",
        len(days) - 1,
    ).format(name=name, value=lowest, day=date_text(days[0]), count=len(days) - 1)


def day_in_year(day: date, other: date) -> str:
    """A day without its year where it is that of the other day."""
    return day_month_text(day) if day.year == other.year else date_text(day)
