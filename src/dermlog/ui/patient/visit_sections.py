"""Everything on record about one visit, as sections of label and value, for reading."""

from __future__ import annotations

from dermlog.amendment_words import question_text, session_field_name, session_value, signature_text
from dermlog.course_words import when_text
from dermlog.domain.course import CourseEntry
from dermlog.domain.instrument import SCALES, Instrument, Rater, Score
from dermlog.domain.session import InjectionSession, total, totals_by_zone
from dermlog.domain.side_effect import Severity, SideEffect
from dermlog.naming import grade_word, name_of, side_effect_text
from dermlog.sentences import override_sentence
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.ui.patient.trail_sections import Section, amendment_sections, void_sections
from dermlog.ui.patient.visit_words import signs_text
from dermlog.wording import (
    _,
    date_text,
    ml_text,
    month_text,
    ngettext,
    number_text,
    time_text,
    units_text,
)


def visit_sections(facts: PatientFacts, entry: CourseEntry) -> tuple[Section, ...]:
    """The sections of a visit; what was not asked or not measured is said."""
    sections = [*_session_sections(facts, entry), _skin(entry), _side_effects(facts, entry)]
    if entry.visit.note:
        sections.append(Section(_("Note"), (("", entry.visit.note),)))
    sections.append(_entry(facts, entry))
    return tuple(sections)


def _session_sections(facts: PatientFacts, entry: CourseEntry) -> list[Section]:
    session = entry.session
    if session is None:
        return []
    sections = [*void_sections(facts, session), _treatment(facts, session), _sites(facts, session)]
    if session.screening_answers:
        answers = tuple(
            (question_text(answer), ", ".join(part for part in (name_of(answer.answer), answer.note) if part))
            for answer in session.screening_answers
        )
        sections.append(Section(_("Screening before the needle"), answers))
    if session.overrides:
        product = facts.products.get(session.product_id)
        brand = None if product is None else product.brand
        rows = tuple((override_sentence(override, brand), override.reason) for override in session.overrides)
        sections.append(Section(_("Went on although"), rows))
    if session.note:
        sections.append(Section(_("Treatment note"), (("", session.note),)))
    return sections + amendment_sections(facts, session)


def _treatment(facts: PatientFacts, session: InjectionSession) -> Section:
    return Section(_("Treatment"), session_rows(facts, session))


def session_rows(facts: PatientFacts, session: InjectionSession) -> tuple[tuple[str, str], ...]:
    """Product, vial, technique, people and signatures of one version of a session."""
    product = facts.products.get(session.product_id)
    name = "" if product is None else product.brand
    strength = _("{units} U in 0.1 mL {product}").format(
        units=number_text(round(session.dilution.units_per_tenth_ml, 3)), product=name
    )
    vial = ngettext("{count} vial of {units}", "{count} vials of {units}", session.vials).format(
        count=session.vials, units=units_text(session.vial_units)
    )
    gauge = session.needle_gauge
    needle = _("not recorded") if gauge is None else _("{gauge} G").format(gauge=gauge)
    diluent = _("{kind}, {ml} mL").format(kind=name_of(session.diluent), ml=number_text(session.diluent_ml))
    rows = [
        (_("Product"), name if product is None else f"{name} ({product.generic})"),
        (_("Lot"), session.lot),
        (_("Expiry"), month_text(session.expiry)),
        (_("Vial"), vial),
        (_("Diluent"), diluent),
        (_("Strength"), strength),
        (_("Technique"), name_of(session.technique)),
        (_("Needle"), needle),
        (_("Injected by"), facts.name(session.injector_id)),
        *_told(facts, session),
        (_("Signed"), _signature(facts, session)),
        *((_("Reviewed"), signature_text(review, facts.names)) for review in session.reviews),
    ]
    return tuple(rows)


def _told(facts: PatientFacts, session: InjectionSession) -> list[tuple[str, str]]:
    """What else was recorded of the treatment; fields that nobody filled in are left out here."""
    names = ("prescriber_id", "supervisor_id", "anaesthesia", "wasted_units", "immediate_reaction")
    rows = []
    for name in (*names, "aftercare_given", "reason"):
        value = getattr(session, name)
        if value is not None and value != "":
            words = session_value(name, value, facts.names, facts.products)
            rows.append((session_field_name(name), words))
    return rows


def _signature(facts: PatientFacts, session: InjectionSession) -> str:
    return _("not signed") if session.signature is None else signature_text(session.signature, facts.names)


def _sites(facts: PatientFacts, session: InjectionSession) -> Section:
    product = facts.products.get(session.product_id)
    brand = "" if product is None else product.brand
    rows = []
    for one in (
        *totals_by_zone(session.sites, session.dilution),
        total(None, session.sites, session.dilution),
    ):
        points = ngettext("{count} point", "{count} points", one.points).format(count=one.points)
        ml = "" if one.ml is None else _("{ml} mL").format(ml=ml_text(one.ml))
        name = _("Total") if one.zone is None else name_of(one.zone)
        rows.append((name, " · ".join(part for part in (points, units_text(one.units), ml) if part)))
    return Section(_("Sites by zone, units of {product}").format(product=brand), tuple(rows))


def _skin(entry: CourseEntry) -> Section:
    rows = [(_score_name(score), score_value(score)) for score in entry.visit.scores]
    title = _("Skin before the treatment") if entry.session is not None else _("Skin")
    return Section(title, tuple(rows) or (("", _("Nothing was measured.")),))


def _score_name(score: Score) -> str:
    parts = [name_of(score.instrument)]
    if len(SCALES[score.instrument].raters) > 1:
        parts.append(name_of(score.rater))
    if score.zone is not None:
        parts.append(name_of(score.zone).lower())
    if len(SCALES[score.instrument].variants) > 1:
        parts.append(name_of(score.variant))
    return ", ".join(parts)


def score_value(score: Score) -> str:
    """A value with its word or unit: 2, moderate; 148 µg/cm² (Sebumeter); 7 of 10."""
    number = number_text(score.value)
    if score.instrument in (Instrument.OILINESS, Instrument.IGA):
        return _("{value}, {word}").format(value=number, word=grade_word(score.instrument, int(score.value)))
    if score.instrument is Instrument.SATISFACTION:
        return _("{value} of 10").format(value=number)
    if score.rater is Rater.DEVICE:
        return _("{value} {unit} ({device})").format(value=number, unit=score.unit, device=score.device)
    return number


def _side_effects(facts: PatientFacts, entry: CourseEntry) -> Section:
    visit = entry.visit
    if visit.warning_signs is None:
        signs = _("not asked")
    elif not visit.warning_signs:
        signs = _("none")
    else:
        signs = signs_text(entry)
        done = facts.acknowledgements.get(visit.id)
        if done is not None:
            signs = _("{signs}; seen by {name}, {day}").format(
                signs=signs, name=facts.name(done.staff_id), day=date_text(done.at.date())
            )
    rows = [(_("Warning signs"), signs)]
    present = [effect for effect in visit.side_effects if effect.severity is not Severity.NONE]
    rows += [(side_effect_text(effect), _effect_days(effect)) for effect in present]
    denied = [effect for effect in visit.side_effects if effect.severity is Severity.NONE]
    if denied:
        names = ", ".join(side_effect_text(effect).rsplit(",", 1)[0].lower() for effect in denied)
        rows.append((_("Asked, none"), names))
    if not visit.side_effects:
        rows.append((_("Side effects"), _("not asked")))
    return Section(_("Side effects"), tuple(rows))


def _effect_days(effect: SideEffect) -> str:
    parts = []
    if effect.began is not None:
        parts.append(_("began {day}").format(day=date_text(effect.began)))
    if effect.ended is not None:
        parts.append(_("gone {day}").format(day=date_text(effect.ended)))
    if effect.action:
        parts.append(effect.action)
    return ", ".join(parts) or _("no dates given")


def _entry(facts: PatientFacts, entry: CourseEntry) -> Section:
    visit = entry.visit
    entered = date_text(visit.entered_at.date()), time_text(visit.entered_at)
    rows = [
        *([] if entry.session is not None and entry.session.voiding else [(_("Place"), when_text(entry))]),
        (_("Seen"), name_of(visit.mode)),
        (_("Recorded by"), facts.name(visit.recorded_by)),
        (_("Entered"), _("{day}, {time}").format(day=entered[0], time=entered[1])),
    ]
    if visit.is_late_entry:
        rows.append((_("Late entry"), _("typed in later than the day it is about")))
    return Section(_("Entry"), tuple(rows))
