"""What the list says of each visit in three short lines, and what a warning sign's banner says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from dermlog.course_words import visit_place
from dermlog.domain.course import CourseEntry, Episode
from dermlog.domain.instrument import Instrument, Rater
from dermlog.domain.side_effect import Severity, SideEffectTerm
from dermlog.domain.visit import VisitMode
from dermlog.naming import name_of, reaction_name, side_effect_text
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.ui.patient.tile_words import ASKED_BY_NAME
from dermlog.wording import _, date_text, isolated, ngettext, number_text, units_text

SHOWN_EFFECTS = 2


@dataclass(frozen=True)
class VisitRow:
    """One row: title and when, what was found or done, who and what else; alarm is a warning sign.

    line and foot are parts that a line is filled with."""

    visit_id: UUID
    title: str
    when: str
    line: tuple[str, ...]
    foot: tuple[str, ...]
    alarm: str
    photo_id: UUID | None
    is_treatment: bool

    @property
    def spoken(self) -> str:
        """The whole row for a screen reader."""
        parts = (self.title, self.when, self.alarm, ", ".join(self.line), ", ".join(self.foot))
        return ". ".join(part for part in parts if part)


def visit_rows(facts: PatientFacts) -> tuple[VisitRow, ...]:
    """The rows of a patient's visits, newest first."""
    return tuple(_row(facts, entry) for entry in facts.newest_first)


def _row(facts: PatientFacts, entry: CourseEntry) -> VisitRow:
    when = [date_text(entry.visit.on)]
    start = facts.course.start
    if facts.course.sessions and start is not None:
        when.append(_place(entry, (entry.visit.on - start).days))
    return VisitRow(
        visit_id=entry.visit.id,
        title=visit_title(entry),
        when=" · ".join(when),
        line=_treatment_line(facts, entry) if entry.session is not None else scores_line(entry),
        foot=_foot(facts, entry),
        alarm=_alarm(facts, entry),
        photo_id=facts.front_photos.get(entry.visit.id),
        is_treatment=entry.session is not None,
    )


def _place(entry: CourseEntry, days: int) -> str:
    if days == 0 and entry.session is None:
        return _("same day")
    return visit_place(days, after_session=True)


def visit_title(entry: CourseEntry) -> str:
    """Treatment 2, Follow-up, or Visit before any treatment."""
    if entry.session is not None:
        return _("Treatment {number}").format(number=entry.number)
    return _("Follow-up") if entry.is_follow_up else _("Visit")


def scores_line(entry: CourseEntry) -> tuple[str, ...]:
    """Oiliness 1 · IGA 2 · 9 lesions; nothing measured said so."""
    parts = []
    scores = {(score.instrument, score.rater): score for score in entry.visit.scores}
    oiliness = scores.get((Instrument.OILINESS, Rater.CLINICIAN))
    own = scores.get((Instrument.OILINESS, Rater.PATIENT))
    if oiliness is not None:
        parts.append(_("Oiliness {value}").format(value=number_text(oiliness.value)))
    elif own is not None:
        parts.append(_("Oiliness {value} (own rating)").format(value=number_text(own.value)))
    iga = scores.get((Instrument.IGA, Rater.CLINICIAN))
    if iga is not None:
        parts.append(_("IGA {value}").format(value=number_text(iga.value)))
    lesions = lesion_words(entry)
    if lesions:
        parts.append(lesions)
    if parts:
        return tuple(parts)
    others = [
        _("{name} {value}").format(name=name_of(score.instrument), value=number_text(score.value))
        for score in entry.visit.scores
    ]
    return tuple(others) or (_("nothing measured"),)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def lesion_words(entry: CourseEntry) -> str:
    """9 lesions where both kinds were counted, else which kind; "" when none was."""
    counted = {
        score.instrument: score.value
        for score in entry.visit.scores
        if score.instrument in (Instrument.INFLAMMATORY_LESIONS, Instrument.NON_INFLAMMATORY_LESIONS)
    }
    if not counted:
        return ""
    count = int(sum(counted.values(), Decimal(0)))
    if len(counted) == 2:
        return ngettext("{count} lesion", "{count} lesions", count).format(count=count)
    if Instrument.INFLAMMATORY_LESIONS in counted:
        return _("{count} inflammatory").format(count=count)
    return _("{count} non-inflammatory").format(count=count)


def _treatment_line(facts: PatientFacts, entry: CourseEntry) -> tuple[str, ...]:
    session = entry.session
    if session is None:
        return ()
    product = facts.products.get(session.product_id)
    points = len(session.sites)
    return (
        _("{product} {units}").format(
            product="" if product is None else isolated(product.brand), units=units_text(session.total_units)
        ),
        ngettext("{count} point", "{count} points", points).format(count=points),
        _("lot {lot}").format(lot=isolated(session.lot)),
    )


def _foot(facts: PatientFacts, entry: CourseEntry) -> tuple[str, ...]:
    who = facts.name(entry.visit.recorded_by if entry.session is None else entry.session.injector_id)
    parts = [who] if who else []
    if entry.session is not None:
        parts.append(_("signed") if entry.session.signature is not None else _("not signed"))
    if entry.is_follow_up or entry.visit.side_effects:
        parts.append(side_effects_line(facts, entry))
    if entry.visit.mode is VisitMode.PHONE:
        parts.append(_("by phone"))
    if entry.visit.is_late_entry:
        parts.append(_("late entry"))
    return tuple(parts)


def side_effects_line(facts: PatientFacts, entry: CourseEntry) -> str:
    """What was asked and found: no side effects, which ones, which went, or that nobody asked."""
    effects = entry.visit.side_effects
    if not effects:
        return _("side effects not asked")
    present = [effect for effect in effects if effect.severity is not Severity.NONE and effect.ended is None]
    words = [side_effect_text(effect) for effect in sorted(present, key=lambda one: -one.severity)]
    ended = {
        (effect.term, effect.place, effect.label)
        for effect in effects
        if effect.severity is not Severity.NONE and effect.ended is not None
    }
    ended |= {
        (episode.term, episode.place, episode.label)
        for episode in facts.course.episodes
        if episode.ended is not None
        and episode.ended <= entry.visit.on
        and episode.began < entry.visit.on
        and any(one.term is episode.term and one.severity is Severity.NONE for one in effects)
        and not _told_gone(facts, episode)
        and _first_denial(facts, episode.term, episode.last_seen) == entry.visit.id
    }
    words += [
        _("{reaction} resolved").format(reaction=_small(reaction_name(term, place, label)))
        for term, place, label in sorted(ended, key=str)
    ]
    if words:
        more = len(words) - SHOWN_EFFECTS
        shown = "; ".join(_small(one) for one in words[:SHOWN_EFFECTS])
        return _("{shown} and {count} more").format(shown=shown, count=more) if more > 0 else shown
    asked = {effect.term for effect in effects} & ASKED_BY_NAME
    if len(asked) < len(ASKED_BY_NAME):
        return _("none of the {asked} side effects asked").format(asked=len(asked))
    return _("no side effects")


def _told_gone(facts: PatientFacts, episode: Episode) -> bool:
    """Whether the visit that last saw it said at once when it ended."""
    return any(
        effect.term is episode.term and effect.place is episode.place and effect.ended is not None
        for entry in facts.course.entries
        if entry.visit.on == episode.last_seen
        for effect in entry.visit.side_effects
        if effect.severity is not Severity.NONE
    )


def _first_denial(facts: PatientFacts, term: SideEffectTerm, after: date) -> UUID | None:
    """The first visit after a day at which a reaction was asked about and denied."""
    for entry in facts.course.entries:
        if entry.visit.on > after and any(
            effect.term is term and effect.severity is Severity.NONE for effect in entry.visit.side_effects
        ):
            return entry.visit.id
    return None


def _alarm(facts: PatientFacts, entry: CourseEntry) -> str:
    if not entry.visit.warning_signs:
        return ""
    signs = signs_text(entry)
    done = facts.acknowledgements.get(entry.visit.id)
    if done is None:
        return signs[:1].upper() + signs[1:]
    return _("{signs} · seen by {name}").format(
        signs=signs[:1].upper() + signs[1:], name=facts.name(done.staff_id)
    )


def signs_text(entry: CourseEntry) -> str:
    """The warning signs of a visit, joined: trouble swallowing, double vision."""
    return ", ".join(name_of(sign) for sign in entry.visit.warning_signs or ())


def alarm_sentence(facts: PatientFacts, entry: CourseEntry) -> str:
    """What the banner says: which signs, when, told to whom."""
    who = facts.name(entry.visit.recorded_by)
    signs = signs_text(entry)
    day = date_text(entry.visit.on)
    before = [other for other in facts.course.sessions if other.visit.on <= entry.visit.on]
    if not before:
        return _("Reported {signs} on {day}, recorded by {name}.").format(signs=signs, day=day, name=who)
    days = (entry.visit.on - before[-1].visit.on).days
    return ngettext(
        "Reported {signs} on {day}, {days} day after treatment {number}, recorded by {name}.",
        "Reported {signs} on {day}, {days} days after treatment {number}, recorded by {name}.",
        days,
    ).format(signs=signs, day=day, days=days, number=before[-1].number, name=who)
