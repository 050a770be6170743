"""The words of the page's header: who the patient is, what to look out for, what may be done with photos."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dermlog.domain.consent import Consent, ConsentKind, in_force
from dermlog.domain.draft import Draft, DraftKind
from dermlog.domain.patient import Condition, Patient
from dermlog.domain.schedule import DueStatus, FollowUpDue
from dermlog.naming import flag_text, name_of
from dermlog.ui.kit.theme import Tone
from dermlog.wording import _, date_text, isolated, ngettext, span_text

STOPPING = {Condition.NEUROMUSCULAR_DISEASE, Condition.PREGNANCY, Condition.INFECTION_AT_SITE}
PHOTO_KINDS = (ConsentKind.PHOTO_RECORD, ConsentKind.PHOTO_TEACHING, ConsentKind.PHOTO_PUBLICATION)

Pill = tuple[str, Tone]


def full_name(patient: Patient) -> str:
    """Lindqvist, Maya; a single name stands alone."""
    if not patient.given_name:
        return isolated(patient.family_name)
    name = _("{family}, {given}").format(family=patient.family_name, given=patient.given_name)
    return isolated(name)


def who_line(patient: Patient, today: date) -> str:
    """29 y · female · chart no. DL-0142."""
    age = patient.age_on(today)
    parts = (
        _("birth date not recorded") if age is None else _("{age} y").format(age=age),
        name_of(patient.sex),
        _("chart no. {number}").format(number=isolated(patient.chart_number)),
    )
    return " · ".join(parts)


def header_pills(patient: Patient, consents: Sequence[Consent], today: date) -> list[Pill]:
    """What to know before a needle, most important first: words and tone."""
    pills = [*_flags(patient), *_treatment_consent(consents, today), *_photo_consent(consents, today)]
    if patient.fitzpatrick is not None:
        pills.append((_("Fitzpatrick {type}").format(type=patient.fitzpatrick.value), Tone.NEUTRAL))
    return pills


def _flags(patient: Patient) -> list[Pill]:
    pills: list[Pill] = []
    if patient.allergies is None:
        pills.append((_("Allergies not asked"), Tone.CAUTION))
    elif not patient.allergies:
        pills.append((_("No allergies"), Tone.NEUTRAL))
    for flag in patient.allergies or ():
        pills.append((_("Allergy: {what}").format(what=_lower(flag_text(flag))), Tone.DANGER))
    for flag in patient.conditions or ():
        tone = Tone.DANGER if flag.kind in STOPPING else Tone.CAUTION
        pills.append((flag_text(flag), tone))
    pills += [(flag_text(flag), Tone.CAUTION) for flag in patient.drugs or ()]
    if patient.conditions is None and patient.drugs is None:
        pills.append((_("Conditions and drugs not asked"), Tone.CAUTION))
    elif patient.conditions is None:
        pills.append((_("Conditions not asked"), Tone.CAUTION))
    elif patient.drugs is None:
        pills.append((_("Drugs not asked"), Tone.CAUTION))
    return pills


def _treatment_consent(consents: Sequence[Consent], today: date) -> list[Pill]:
    kind = ConsentKind.OFF_LABEL_TREATMENT
    held = in_force(consents, kind, today)
    if held is not None:
        return [(_("Off-label consent {day}").format(day=date_text(held.given_on)), Tone.GOOD)]
    withdrawn = _withdrawn(consents, (kind,))
    if withdrawn is not None:
        return [(_("Off-label consent withdrawn {day}").format(day=date_text(withdrawn)), Tone.DANGER)]
    return [(_("No off-label consent"), Tone.CAUTION)]


def _photo_consent(consents: Sequence[Consent], today: date) -> list[Pill]:
    names = {
        ConsentKind.PHOTO_RECORD: _("record"),
        ConsentKind.PHOTO_TEACHING: _("teaching"),
        ConsentKind.PHOTO_PUBLICATION: _("publication"),
    }
    held = [kind for kind in PHOTO_KINDS if in_force(consents, kind, today) is not None]
    pills: list[Pill] = []
    if held:
        words = " + ".join(names[kind] for kind in held)
        pills.append((_("Photos: {uses}").format(uses=words), Tone.GOOD))
    gone = [kind for kind in PHOTO_KINDS if kind not in held and _withdrawn(consents, (kind,)) is not None]
    if gone:
        day = _withdrawn(consents, tuple(gone))
        words = " + ".join(names[kind] for kind in gone)
        said = _("Photo consent withdrawn: {uses}, {day}").format(
            uses=words, day="" if day is None else date_text(day)
        )
        pills.append((said, Tone.DANGER))
    if not held and not gone:
        pills.append((_("No photo consent"), Tone.CAUTION))
    return pills


def _withdrawn(consents: Sequence[Consent], kinds: tuple[ConsentKind, ...]) -> date | None:
    """The newest day on which a consent of these kinds was withdrawn."""
    days = [
        consent.withdrawn_on
        for consent in consents
        if consent.kind in kinds and consent.withdrawn_on is not None
    ]
    return max(days, default=None)


def _lower(words: str) -> str:
    """The first letter small, inside a sentence; abbreviations stay."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def draft_sentence(draft: Draft, saved_by: str) -> str:
    """An unfinished entry: what it is, for which day, and who left it."""
    what = (
        _("The treatment of {day} is not signed yet.")
        if draft.kind is DraftKind.TREATMENT
        else _("The follow-up of {day} is not finished yet.")
    )
    sentence = what.format(day=date_text(draft.on))
    if not saved_by:
        return sentence
    return _("{sentence} Last saved by {name}.").format(sentence=sentence, name=saved_by)


def continue_words(draft: Draft) -> str:
    """The button of one of several unfinished entries."""
    if draft.kind is DraftKind.TREATMENT:
        return _("Continue treatment")
    return _("Continue follow-up")


def due_sentence(due: FollowUpDue, today: date) -> str:
    """When the next follow-up is due, with its window."""
    window = span_text(due.opens_on, due.closes_on)
    place = _("week {week} after treatment {number}").format(week=due.week, number=due.number)
    late = due.days_late(today)
    if due.status(today) is DueStatus.LATE:
        return ngettext(
            "The follow-up of {place} was due {window}; it is {days} day late.",
            "The follow-up of {place} was due {window}; it is {days} days late.",
            late,
        ).format(place=place, window=window, days=late)
    return _("The next follow-up is due {day} ({place}; {window}).").format(
        day=date_text(due.planned_on), place=place, window=window
    )
