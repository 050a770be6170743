"""The words of the injection record: each field with what is on record, and what is not said so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.amendment_words import session_field_name
from dermlog.domain.consent import ConsentKind, in_force
from dermlog.domain.instrument import SCALES
from dermlog.domain.session import total
from dermlog.domain.vial import Vial
from dermlog.naming import name_of
from dermlog.report.record_words import brand_of, staff_name
from dermlog.wording import (
    _,
    date_text,
    ml_text,
    month_text,
    ngettext,
    number_text,
    time_text,
    units_text,
    week_text,
)

if TYPE_CHECKING:
    from dermlog.report.injection_record import InjectionRecord

Rows = tuple[tuple[str, str], ...]


def status_sentences(record: InjectionRecord) -> tuple[str, ...]:
    """What a reader must know first: void, moved, amended, not signed."""
    session, said = record.session, []
    voiding = session.voiding
    if voiding is not None:
        said.append(
            _("VOID since {day} {time}, by {name}: {reason}").format(
                day=date_text(voiding.at.date()),
                time=time_text(voiding.at),
                name=staff_name(record.report, voiding.staff_id),
                reason=voiding.reason,
            )
        )
    if record.moved_to:
        said.append(_("Moved to the patient with chart no. {number}.").format(number=record.moved_to))
    if record.moved_from:
        said.append(
            _("Moved here from the patient with chart no. {number}.").format(number=record.moved_from)
        )
    if session.version > 1:
        said.append(
            ngettext(
                "Amended {count} time. This is the version that stands; the earlier one follows at the end.",
                "Amended {count} times. This is the version that stands; the earlier ones follow at the end.",
                session.version - 1,
            ).format(count=session.version - 1)
        )
    if session.signature is None:
        said.append(_("Not signed."))
    return tuple(said)


def treatment_rows(record: InjectionRecord) -> Rows:
    """Day, purpose, consent, people, and what was seen before and after."""
    session, report = record.session, record.report
    whole = total(None, session.sites, session.dilution)
    points = ngettext("{count} point", "{count} points", whole.points).format(count=whole.points)
    return (
        (_("Date"), _day(record)),
        (_("Purpose"), _("Oily skin and acne. No botulinum toxin is labelled for this: off-label use.")),
        (session_field_name("reason"), _or_missing(session.reason)),
        (_("Consent"), _consents(record)),
        (_("Photos of the visit"), _photos(record)),
        (_("Skin before"), _scores(record)),
        (
            _("Dose in all"),
            _("{product} {units} · {points}").format(
                product=brand_of(report, session), units=units_text(whole.units), points=points
            ),
        ),
        (_("Technique"), name_of(session.technique)),
        (_("Needle"), _gauge(session.needle_gauge)),
        (session_field_name("anaesthesia"), _or_missing(session.anaesthesia)),
        (_("Injected by"), staff_name(report, session.injector_id)),
        (session_field_name("prescriber_id"), _person(record, session.prescriber_id)),
        (session_field_name("supervisor_id"), _person(record, session.supervisor_id)),
        (session_field_name("immediate_reaction"), _or_missing(session.immediate_reaction)),
        (session_field_name("aftercare_given"), _yes_no(session.aftercare_given)),
        (_("Follow-up planned"), _follow_ups(record)),
        (_("Note"), _or_missing(session.note)),
    )


def product_rows(record: InjectionRecord) -> Rows:
    """Brand, lot, vial, mixing and waste."""
    session, report = record.session, record.report
    product = report.products.get(session.product_id)
    name = brand_of(report, session)
    if product is not None:
        name = _("{brand} ({generic})").format(brand=product.brand, generic=product.generic)
    vials = ngettext("{count} vial of {units}", "{count} vials of {units}", session.vials).format(
        count=session.vials, units=units_text(session.vial_units)
    )
    dilution = session.dilution
    strength = _("{tenth} in 0.1 mL, {whole} in 1 mL").format(
        tenth=units_text(round(dilution.units_per_tenth_ml, 3)),
        whole=units_text(round(dilution.units_per_tenth_ml * 10, 2)),
    )
    wasted = session.wasted_units
    volume = total(None, session.sites, dilution).ml
    return (
        (_("Product"), name),
        (_("Lot"), session.lot),
        (_("Expiry"), month_text(session.expiry)),
        (_("Vials"), vials),
        *_vial(record.vial),
        (
            _("Mixed with"),
            _("{ml} mL {diluent} in each vial").format(
                ml=number_text(session.diluent_ml), diluent=name_of(session.diluent).lower()
            ),
        ),
        (_("Strength"), strength),
        (
            _("Injected"),
            _("{units}, {ml} mL").format(
                units=units_text(session.total_units), ml="–" if volume is None else ml_text(volume)
            ),
        ),
        (_("Wasted"), _("not recorded") if wasted is None else units_text(wasted)),
    )


def _vial(vial: Vial | None) -> Rows:
    """The number of the opened vial, when it was mixed and until when it might be used."""
    if vial is None:
        return ()
    shared = _("may be shared") if vial.shared else _("one patient, one treatment")
    return (
        (_("Vial no."), _("{number} ({shared})").format(number=str(vial.id)[:8], shared=shared)),
        (_("Mixed at"), _moment(vial.mixed_at)),
        (_("Use by"), _moment(vial.use_by)),
    )


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return _("not recorded")
    return _("{day} {time}").format(day=date_text(moment.date()), time=time_text(moment))


def _day(record: InjectionRecord) -> str:
    day = date_text(record.session.performed_on)
    visit = record.entry.visit
    if not visit.is_late_entry:
        return day
    return _("{day} (entered later, on {entered})").format(
        day=day, entered=date_text(visit.entered_at.date())
    )


def _follow_ups(record: InjectionRecord) -> str:
    """The days on which the clinic asks after this treatment."""
    weeks = record.report.clinic.follow_up_weeks
    days = [
        _("{week}: {day}").format(
            week=week_text(week), day=date_text(record.session.performed_on + timedelta(weeks=week))
        )
        for week in weeks
    ]
    return ", ".join(days) or _("none planned")


def _consents(record: InjectionRecord) -> str:
    day = record.session.performed_on
    found = []
    for kind in (ConsentKind.OFF_LABEL_TREATMENT, ConsentKind.PHOTO_RECORD):
        consent = in_force(record.consents, kind, day)
        if consent is None:
            found.append(_("{kind}: none recorded for this day").format(kind=name_of(kind)))
            continue
        words = _("{kind}: given {day} by {signer}").format(
            kind=name_of(kind), day=date_text(consent.given_on), signer=name_of(consent.signer).lower()
        )
        form = consent.form_version
        found.append(_("{words}, form {form}").format(words=words, form=form) if form else words)
    return "\n".join(found)


def _photos(record: InjectionRecord) -> str:
    if not record.photos:
        return _("none")
    return ", ".join(
        _("{view} × {count}").format(view=name_of(view), count=count) for view, count in record.photos.items()
    )


def _scores(record: InjectionRecord) -> str:
    parts = []
    for score in record.entry.visit.scores:
        name = name_of(score.instrument)
        if len(SCALES[score.instrument].raters) > 1:
            name = _("{name}, {rater}").format(name=name, rater=name_of(score.rater).lower())
        if score.zone is not None:
            name = _("{name}, {zone}").format(name=name, zone=name_of(score.zone).lower())
        value = number_text(score.value)
        unit = score.unit
        parts.append(
            _("{name} {value} {unit}").format(name=name, value=value, unit=unit)
            if unit
            else _("{name} {value}").format(name=name, value=value)
        )
    return "; ".join(parts) or _("not measured")


def _person(record: InjectionRecord, staff_id: UUID | None) -> str:
    return _("not recorded") if staff_id is None else staff_name(record.report, staff_id)


def _gauge(gauge: int | None) -> str:
    return _("not recorded") if gauge is None else _("{gauge} G").format(gauge=gauge)


def _yes_no(answer: bool | None) -> str:
    if answer is None:
        return _("not recorded")
    return _("yes") if answer else _("no")


def _or_missing(text: str) -> str:
    return text.strip() or _("not recorded")
