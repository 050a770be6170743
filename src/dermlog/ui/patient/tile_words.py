"""What the four tiles say: now against the baseline, with the words for whatever is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from dermlog.course_words import baseline_sentence, change_line, day_in_year
from dermlog.domain.course import Comparison, Course, SeriesPoint
from dermlog.domain.face_map import Zone
from dermlog.domain.instrument import Instrument, Rater, Series
from dermlog.domain.side_effect import SideEffectTerm
from dermlog.naming import grade_word, name_of
from dermlog.wording import _, date_text, ngettext, number_text, percent_text

ASKED_BY_NAME = frozenset(SideEffectTerm) - {SideEffectTerm.OTHER}


@dataclass(frozen=True)
class TileWords:
    """Label, large value, the line under it, the whole of it for hover, and the tone of the value."""

    label: str
    value: str
    line: str
    hover: str
    tone: str = ""


def tiles_of(
    course: Course, acknowledged: Container[UUID] = ()
) -> tuple[TileWords, TileWords, TileWords, TileWords]:
    """Oiliness, breakouts, sebum and side effects of a course; acknowledged are visits with a sign seen."""
    effects = side_effect_tile(course, acknowledged)
    return oiliness_tile(course), breakouts_tile(course), sebum_tile(course), effects


def newest_series(course: Course, instrument: Instrument, *, rater: Rater | None = None) -> Series | None:
    """The series of an instrument that was measured last, or None."""
    for entry in reversed(course.entries):
        for score in entry.visit.scores:
            if score.instrument is instrument and rater in (None, score.rater):
                return score.series
    return None


def oiliness_tile(course: Course) -> TileWords:
    """The clinician's grade; the patient's own only where there is no other."""
    series = newest_series(course, Instrument.OILINESS, rater=Rater.CLINICIAN)
    label = _("Oiliness")
    if series is None:
        series = newest_series(course, Instrument.OILINESS)
        label = _("Oiliness") if series is None else _("Oiliness, own rating")
    return _graded(course, series, label, "oiliness")


def breakouts_tile(course: Course) -> TileWords:
    """The IGA, and the lesions counted at the same two visits."""
    words = _graded(course, newest_series(course, Instrument.IGA), _("Breakouts (IGA)"), "breakouts")
    lesions = _lesions(course)
    if not lesions:
        return words
    return TileWords(words.label, words.value, lesions, f"{words.hover} {lesions}.".strip(), words.tone)


def sebum_tile(course: Course) -> TileWords:
    """Sebum of the forehead by the newest device; another zone where the forehead was never measured."""
    series = None
    for entry in course.entries:
        for score in entry.visit.scores:
            if score.instrument is Instrument.SEBUM and (
                score.zone is Zone.FOREHEAD or series is None or series.zone is not Zone.FOREHEAD
            ):
                series = score.series
    if series is None or series.zone is None:
        return TileWords(_("Sebum, forehead"), _("not measured"), "", _("Not measured at any visit."))
    compared = course.compare(series)
    label = _("Sebum, {zone}").format(zone=name_of(series.zone).lower())
    value = "" if compared.now is None else f"{number_text(compared.now.value)} {series.unit}"
    hover = _("{sentence} Device: {device}, {method}.").format(
        sentence=baseline_sentence(compared), device=series.device, method=name_of(series.variant)
    )
    return TileWords(_dated(course, compared, label), value, _line(course, compared), hover)


def side_effect_tile(course: Course, acknowledged: Container[UUID] = ()) -> TileWords:
    """How many are open, and what there was; never asked is not none, and a warning sign comes first."""
    label = _("Side effects")
    alarms = [
        entry for entry in course.entries if entry.visit.warning_signs and entry.visit.id not in acknowledged
    ]
    if alarms:
        signs = ", ".join(name_of(sign) for sign in alarms[-1].visit.warning_signs or ())
        line = signs[:1].upper() + signs[1:]
        hover = _("{signs}, {day}.").format(signs=line, day=date_text(alarms[-1].visit.on))
        return TileWords(label, _("warning"), line, hover, "danger")
    asked = [entry for entry in course.entries if entry.visit.side_effects]
    follow_ups = [entry for entry in course.entries if entry.is_follow_up]
    if not asked:
        return TileWords(label, _("not asked"), "", _("No visit asked about side effects."))
    at = sum(entry.is_follow_up for entry in asked)
    times = ngettext("asked {asked} of {count} time", "asked {asked} of {count} times", len(follow_ups))
    times = times.format(asked=at, count=len(follow_ups))
    episodes = course.episodes
    if not episodes:
        return TileWords(label, _("none"), times if follow_ups else "", times)
    still = [episode for episode in episodes if episode.is_open]
    counts = Counter(episode.severity for episode in episodes)
    kinds = ", ".join(
        _("{count} {severity}").format(count=counts[severity], severity=name_of(severity).lower())
        for severity in sorted(counts)
    )
    if not still:
        line = _("{kinds}, all resolved").format(kinds=kinds)
        return TileWords(label, _("none open"), line, f"{line}; {times}.")
    value = ngettext("{count} open", "{count} open", len(still)).format(count=len(still))
    line = _("{kinds}, {count} resolved").format(kinds=kinds, count=len(episodes) - len(still))
    return TileWords(label, value, line, f"{line}; {times}.", "caution")


def _graded(course: Course, series: Series | None, label: str, tone: str) -> TileWords:
    if series is None:
        return TileWords(label, _("not measured"), "", _("Not measured at any visit."))
    compared = course.compare(series)
    label = _dated(course, compared, label)
    return TileWords(label, _arrow(compared), _line(course, compared), _hover(compared, series), tone)


def _dated(course: Course, compared: Comparison, label: str) -> str:
    """The label with the day of the newest value, where the last visit did not measure it."""
    if compared.now is None or compared.is_single or compared.now.on == course.entries[-1].visit.on:
        return label
    return _("{label} · {day}").format(
        label=label, day=day_in_year(compared.now.on, course.entries[-1].visit.on)
    )


def _arrow(compared: Comparison) -> str:
    """4 → 1, or the one value there is."""
    if compared.now is None:
        return _("not measured")
    now = number_text(compared.now.value)
    if compared.baseline is None or compared.is_single:
        return now
    return _("{before} → {now}").format(before=number_text(compared.baseline.value), now=now)


def _line(course: Course, compared: Comparison) -> str:
    """The change since the baseline, or that there is only the baseline."""
    if compared.is_single and compared.now is not None:
        at_session = any(entry.visit.id == compared.now.visit.id for entry in course.sessions)
        day = date_text(compared.now.on)
        return (_("baseline · {day}") if at_session else _("measured once, {day}")).format(day=day)
    return change_line(compared)


def _hover(compared: Comparison, series: Series) -> str:
    if compared.now is None:
        return baseline_sentence(compared)
    return _("{sentence} {value} means {word}.").format(
        sentence=baseline_sentence(compared),
        value=number_text(compared.now.value),
        word=grade_word(series.instrument, int(compared.now.value)),
    )


def _lesions(course: Course) -> str:
    """24 → 9 lesions, −63 %: both kinds where both were counted both times, else the inflammatory ones."""
    kinds = (Instrument.INFLAMMATORY_LESIONS, Instrument.NON_INFLAMMATORY_LESIONS)
    series = [newest_series(course, kind) for kind in kinds]
    compared = [course.compare(one) if one is not None else Comparison(None, None) for one in series]
    if compared[0].now is None:
        return ""
    both = _same_visits(compared[0], compared[1])
    chosen = compared if both else compared[:1]
    now = sum((one.now.value for one in chosen if one.now is not None), Decimal(0))
    one_kind = "" if both else "inflammatory"
    if compared[0].baseline is None or compared[0].is_single:
        return _count(number_text(now), int(now), one_kind)
    before = sum((one.baseline.value for one in chosen if one.baseline is not None), Decimal(0))
    words = _count(
        _("{before} → {now}").format(before=number_text(before), now=number_text(now)), 2, one_kind
    )
    if before == 0:
        return words
    return _("{lesions}, {percent}").format(
        lesions=words, percent=percent_text((now - before) / before * 100)
    )


def _same_visits(one: Comparison, other: Comparison) -> bool:
    def day(point: SeriesPoint | None) -> object:
        return None if point is None else point.visit.id

    return (day(one.baseline), day(one.now)) == (day(other.baseline), day(other.now))


def _count(number: str, count: int, kind: str) -> str:
    if kind:
        return ngettext("{number} inflammatory lesion", "{number} inflammatory lesions", count).format(
            number=number
        )
    return ngettext("{number} lesion", "{number} lesions", count).format(number=number)
