"""Side effects and warning signs as the patient reads them; what was not asked is never called none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dermlog.domain.course import Course, CourseEntry, Episode
from dermlog.domain.side_effect import BodySide, Severity, SideEffectTerm, WarningSign, WeaknessPlace
from dermlog.naming import name_of
from dermlog.report.facts import ReportFacts
from dermlog.report.plain_sentence import Sentence, said
from dermlog.wording import _, date_text, ngettext

TOLD_ONE_BY_ONE = 4
SIGNS_NAMED = 2
NAMED_TERMS = frozenset(SideEffectTerm) - {SideEffectTerm.OTHER}


@dataclass(frozen=True)
class _Kind:
    """Episodes of the same reaction at the same place; worst is the highest severity of them."""

    episodes: tuple[Episode, ...]

    @property
    def worst(self) -> Severity:
        return max(episode.severity for episode in self.episodes)

    @property
    def open(self) -> Episode | None:
        return next((episode for episode in self.episodes if episode.is_open), None)


def side_effect_sentences(course: Course) -> tuple[Sentence, ...]:
    """What the patient told us of side effects, the worst and those not gone first."""
    follow_ups = [entry for entry in course.entries if entry.is_follow_up]
    asked = [entry for entry in course.entries if entry.visit.side_effects]
    kinds = _kinds(course.episodes)
    if not kinds:
        return _nothing_told(course, follow_ups, asked)
    told = [_kind_sentence(kind) for kind in kinds[:TOLD_ONE_BY_ONE]]
    more = len(kinds) - TOLD_ONE_BY_ONE
    if more > 0:
        told.append(
            said(
                ngettext(
                    "You had {count} other side effect; the next pages list it.",
                    "You had {count} other side effects; the next pages list them.",
                    more,
                ),
                count=str(more),
            )
        )
    told += _ending(course.episodes)
    if follow_ups and not follow_ups[-1].visit.side_effects:
        told.append(said(_("We did *not ask* about side effects at your last check.")))
    return tuple(told)


def _nothing_told(
    course: Course, follow_ups: Sequence[CourseEntry], asked: Sequence[CourseEntry]
) -> tuple[Sentence, ...]:
    if not course.sessions or not follow_ups:
        return ()
    if not asked:
        return (said(_("We have *not asked* you about side effects yet.")),)
    if not follow_ups[-1].visit.side_effects:
        return (
            said(_("You told us of *no side effects* up to {day}."), day=date_text(asked[-1].visit.on)),
            said(_("We did *not ask* about them at your last check.")),
        )
    newest = {effect.term for effect in follow_ups[-1].visit.side_effects} & NAMED_TERMS
    if len(newest) < len(NAMED_TERMS):
        return (
            said(
                _("At your last check we asked about {count} of {all} side effects."),
                count=str(len(newest)),
                all=str(len(NAMED_TERMS)),
            ),
            said(_("You had *none of these*.")),
        )
    return (said(_("You told us of *no side effects*.")),)


def _kinds(episodes: Sequence[Episode]) -> list[_Kind]:
    groups: dict[object, list[Episode]] = {}
    for episode in episodes:
        key = (episode.term, episode.place, episode.side, episode.label.strip().casefold())
        groups.setdefault(key, []).append(episode)
    kinds = [_Kind(tuple(group)) for group in groups.values()]
    return sorted(kinds, key=lambda kind: (kind.open is None, -kind.worst))


def _kind_sentence(kind: _Kind) -> Sentence:
    newest = kind.episodes[-1]
    words = {
        "severity": name_of(kind.worst).lower(),
        "reaction": reaction_words(newest.term, newest.place, newest.side, newest.label),
    }
    if kind.open is not None:
        return said(
            _("You *still had* {severity} {reaction} on {day}."), **words, day=date_text(kind.open.last_seen)
        )
    if len(kind.episodes) == 1:
        return said(_("You had {severity} {reaction}{time}."), **words, time=_how_long(newest))
    if len(kind.episodes) == 2:
        return said(_("You had {severity} {reaction} twice."), **words)
    return said(_("You had {severity} {reaction} {count} times."), **words, count=str(len(kind.episodes)))


def _how_long(episode: Episode) -> str:
    """How long it lasted, where both days are known."""
    if episode.ended is None or episode.ended_by_visit:
        return ""
    days = (episode.ended - episode.began).days
    if days < 1:
        return ""
    if days < 14:
        return ngettext(" for {count} day", " for {count} days", days).format(count=days)
    weeks = (2 * days + 7) // 14
    return ngettext(" for {count} week", " for {count} weeks", weeks).format(count=weeks)


def _ending(episodes: Sequence[Episode]) -> tuple[Sentence, ...]:
    still = sum(episode.is_open for episode in episodes)
    if not still:
        return (said(_("It has gone.") if len(episodes) == 1 else _("All of it has gone.")),)
    return () if still == len(episodes) else (said(_("The rest has gone.")),)


def reaction_words(
    term: SideEffectTerm, place: WeaknessPlace | None, side: BodySide | None, label: str
) -> str:
    """A reaction inside a sentence: bruising; weakness of the brow on the left side."""
    if term is SideEffectTerm.OTHER and label:
        return _("“{label}”").format(label=label)
    if term is SideEffectTerm.MUSCLE_WEAKNESS:
        words = {
            WeaknessPlace.BROW: _("weakness of the brow"),
            WeaknessPlace.EYELID: _("weakness of the eyelid"),
            WeaknessPlace.SMILE: _("weakness of the smile"),
            WeaknessPlace.LIP_OR_MOUTH: _("weakness of the lip or mouth"),
        }.get(place or WeaknessPlace.OTHER, _("weakness of another muscle"))
        sides = {
            BodySide.RIGHT: _("{words} on the right side"),
            BodySide.LEFT: _("{words} on the left side"),
            BodySide.BOTH: _("{words} on both sides"),
        }
        return words if side is None else sides[side].format(words=words)
    return name_of(term).lower()


def warning_sentences(facts: ReportFacts) -> tuple[Sentence, ...]:
    """Warning signs that were told, newest first, and what to do; empty when there were none."""
    told: list[Sentence] = []
    warned = [entry for entry in reversed(facts.course.entries) if entry.visit.warning_signs]
    for entry in warned:
        day = date_text(entry.visit.on)
        told += [
            said(_("On {day} you told us about *{signs}*."), day=day, signs=signs)
            for signs in _signs_in_portions(entry.visit.warning_signs or ())
        ]
        seen = facts.acknowledgements.get(entry.visit.id)
        if seen is None:
            told.append(said(_("*No doctor has confirmed this yet.*")))
        else:
            told.append(
                said(
                    _("A doctor knows about it: {name}, since {day}."),
                    name=facts.staff_names.get(seen.staff_id, _("name not recorded")),
                    day=date_text(seen.at.date()),
                )
            )
    if told:
        told.append(said(_("If you have any of this now, *get medical help at once*.")))
    return tuple(told)


def _signs_in_portions(signs: Sequence[WarningSign]) -> list[str]:
    """Few enough signs for a short sentence each."""
    names = [name_of(sign) for sign in signs]
    portions = [names[start : start + SIGNS_NAMED] for start in range(0, len(names), SIGNS_NAMED)]
    return [
        _("{list} and {last}").format(list=", ".join(part[:-1]), last=part[-1]) if len(part) > 1 else part[0]
        for part in portions
    ]
