"""The words of the record pages: cells of the tables and lines about a session, as clinicians write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from dermlog.domain.course import Course, CourseEntry, Episode
from dermlog.domain.face_map import FaceView
from dermlog.domain.instrument import Instrument, Rater, Score
from dermlog.domain.session import InjectionSession
from dermlog.domain.side_effect import Severity, SideEffect
from dermlog.domain.visit import Visit, VisitMode
from dermlog.naming import name_of, reaction_text, side_effect_text
from dermlog.report.facts import ReportFacts
from dermlog.report.plain_side_effects import NAMED_TERMS
from dermlog.wording import (
    _,
    date_text,
    isolated,
    ml_text,
    month_text,
    ngettext,
    number_text,
    time_text,
    units_text,
)

NOT_MEASURED = "–"
LABEL_ROOM = 40


def staff_name(facts: ReportFacts, staff_id: object) -> str:
    """The name behind an id."""
    for known, name in facts.staff_names.items():
        if known == staff_id:
            return name
    return _("name not recorded")


def brand_of(facts: ReportFacts, session: InjectionSession) -> str:
    """The product of a session."""
    product = facts.products.get(session.product_id)
    return _("product not recorded") if product is None else isolated(product.brand)


def dose_line(facts: ReportFacts, session: InjectionSession, view: FaceView) -> str:
    """Botox · 33 units at 18 points · Dr Sato; a map of one view of several says how much of all it shows."""
    points = len(session.sites)
    shown = [site for site in session.sites if site.view is view]
    words = {
        "product": brand_of(facts, session),
        "units": number_text(session.total_units),
        "injector": staff_name(facts, session.injector_id),
    }
    if len(shown) == points:
        return ngettext(
            "{product} · {units} units at {count} point · {injector}",
            "{product} · {units} units at {count} points · {injector}",
            points,
        ).format(count=points, **words)
    return _("{product} · {part} of {units} units at {shown} of {count} points · {injector}").format(
        part=number_text(sum((site.units for site in shown), Decimal(0))),
        shown=len(shown),
        count=points,
        **words,
    )


def visit_title(entry: CourseEntry) -> str:
    """Treatment 2, Follow-up, Visit."""
    if entry.session is not None:
        return _("Treatment {number}").format(number=entry.number)
    return _("Follow-up") if entry.is_follow_up else _("Visit")


def score_text(scores: Iterable[Score], instrument: Instrument, rater: Rater | None = None) -> str:
    """The value of an instrument at a visit; a dash where it was not measured."""
    values = [
        number_text(score.value)
        for score in scores
        if score.instrument is instrument and rater in {None, score.rater}
    ]
    return " / ".join(values) if values else NOT_MEASURED


def spots_text(visit: Visit) -> str:
    """Inflamed + not inflamed: 18 + 6; a dash for what was not counted."""
    red = score_text(visit.scores, Instrument.INFLAMMATORY_LESIONS)
    other = score_text(visit.scores, Instrument.NON_INFLAMMATORY_LESIONS)
    if red == other == NOT_MEASURED:
        return NOT_MEASURED
    return _("{inflamed} + {other}").format(inflamed=red, other=other)


def side_effects_text(visit: Visit) -> str:
    """What was asked and answered: not asked, none, none of so many asked, or the reactions."""
    if not visit.side_effects:
        return _("not asked")
    present = [effect for effect in visit.side_effects if effect.severity is not Severity.NONE]
    if present:
        worst_first = sorted(present, key=lambda effect: -effect.severity)
        words = [
            _("{reaction} (gone)").format(reaction=_short_effect(effect))
            if effect.ended is not None
            else _short_effect(effect)
            for effect in worst_first
        ]
        return "; ".join(word[:1].lower() + word[1:] for word in words)
    asked = {effect.term for effect in visit.side_effects} & NAMED_TERMS
    if len(asked) < len(NAMED_TERMS):
        return _("none ({asked} of {all} asked)").format(asked=len(asked), all=len(NAMED_TERMS))
    return _("none")


def _short_effect(effect: SideEffect) -> str:
    """A reaction in the narrow column; a long label is whole in the table of side effects."""
    if len(effect.label) > LABEL_ROOM:
        effect = replace(effect, label=effect.label[:LABEL_ROOM].rstrip() + "…")
    return side_effect_text(effect)


def warning_text(visit: Visit) -> str:
    """The warning signs told at a visit, or an empty text."""
    return ", ".join(name_of(sign) for sign in visit.warning_signs or ())


def visit_remark(facts: ReportFacts, entry: CourseEntry) -> str:
    """What else there is to a visit: how it was seen, when it was typed, the notes."""
    visit = entry.visit
    parts = []
    if visit.mode is VisitMode.PHONE:
        parts.append(_("By phone."))
    if visit.is_late_entry:
        parts.append(_("Entered later, on {day}.").format(day=date_text(visit.entered_at.date())))
    if visit.warning_signs:
        seen = facts.acknowledgements.get(visit.id)
        if seen is None:
            parts.append(_("Warning signs not yet confirmed by a doctor."))
        else:
            line = _("Warning signs confirmed by {name} on {day} {time}.").format(
                name=staff_name(facts, seen.staff_id), day=date_text(seen.at.date()), time=time_text(seen.at)
            )
            parts.append(f"{line} {seen.note}".strip())
    remark = " ".join(parts)
    notes = [_("Note: {note}").format(note=visit.note)] if visit.note else []
    return "\n".join([*([remark] if remark else []), *notes])


def warnings_asked_line(course: Course) -> str:
    """At how many visits the warning-sign question was asked, and what came of it."""
    asked = [entry for entry in course.entries if entry.visit.warning_signs is not None]
    told = sum(bool(entry.visit.warning_signs) for entry in asked)
    if not asked:
        return _("Warning signs: not asked at any visit.")
    words = ngettext(
        "Warning signs: asked at {asked} of {count} visit, told at {told}.",
        "Warning signs: asked at {asked} of {count} visits, told at {told}.",
        len(course.entries),
    )
    return words.format(asked=len(asked), count=len(course.entries), told=told or _("none"))


def gone_text(episode: Episode) -> str:
    """When a side effect was gone: the day, by which visit, or that it is still open."""
    if episode.ended is None:
        return _("still open on {day}").format(day=date_text(episode.last_seen))
    if episode.ended_by_visit:
        return _("by {day}").format(day=date_text(episode.ended))
    return date_text(episode.ended)


def after_text(episode: Episode) -> str:
    """After which treatment it began."""
    if episode.after_number is None:
        return _("before any")
    return _("Treatment {number}").format(number=episode.after_number)


def episode_name(episode: Episode) -> str:
    """Brow weakness, left."""
    return reaction_text(episode.term, episode.place, episode.side, episode.label)


def no_episodes_line(course: Course) -> str:
    """Why the table of side effects is empty: asked and none, or not asked."""
    asked = sum(bool(entry.visit.side_effects) for entry in course.entries)
    if not asked:
        return _("Side effects were not asked about at any visit.")
    return ngettext(
        "Asked about at {asked} of {count} visit; none told.",
        "Asked about at {asked} of {count} visits; none told.",
        len(course.entries),
    ).format(asked=asked, count=len(course.entries))


def session_lines(facts: ReportFacts, session: InjectionSession) -> list[str]:
    """Vial, mixing, technique, injector and signature of a session."""
    product = facts.products.get(session.product_id)
    lines = []
    if product is not None:
        lines.append(_("{brand} ({generic})").format(brand=product.brand, generic=product.generic))
    lines.append(_("Lot {lot} · use by {expiry}").format(lot=session.lot, expiry=month_text(session.expiry)))
    vials = ngettext("{count} vial", "{count} vials", session.vials).format(count=session.vials)
    lines.append(
        _("{vials} of {units} with {ml} mL {diluent}: {strength} in 0.1 mL").format(
            vials=vials,
            units=units_text(session.vial_units),
            ml=number_text(session.diluent_ml),
            diluent=name_of(session.diluent).lower(),
            strength=units_text(session.dilution.units_per_tenth_ml.quantize(Decimal("0.01"))),
        )
    )
    needle = (
        "" if session.needle_gauge is None else _(" · needle {gauge} G").format(gauge=session.needle_gauge)
    )
    lines.append(name_of(session.technique) + needle)
    lines.append(_("Injected by {name}").format(name=staff_name(facts, session.injector_id)))
    lines.append(_signature_line(facts, session))
    lines += [
        _("Went on although the screening said stop: {reason}").format(reason=override.reason)
        for override in session.overrides
    ]
    if session.note:
        lines.append(_("Note: {note}").format(note=session.note))
    lines += [
        _("Point, {zone}, {units}: {note}").format(
            zone=name_of(site.zone).lower(), units=units_text(site.units), note=site.note
        )
        for site in session.sites
        if site.note
    ]
    return lines


def _signature_line(facts: ReportFacts, session: InjectionSession) -> str:
    signature = session.signature
    if signature is None:
        return _("Not signed")
    return _("Signed by {name}, {day} {time}").format(
        name=staff_name(facts, signature.staff_id),
        day=date_text(signature.at.date()),
        time=time_text(signature.at),
    )


def volume_text(ml: Decimal | None) -> str:
    """A volume in mL, or a dash."""
    return NOT_MEASURED if ml is None else ml_text(ml)
