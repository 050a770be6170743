"""The header's pills and sentences: allergies, consents with their end, unfinished entries, what is due."""

from __future__ import annotations

from datetime import date, timedelta

from dermlog.domain.consent import ConsentKind
from dermlog.domain.draft import DraftKind
from dermlog.domain.patient import Allergy, Condition, FitzpatrickType, Flag, Sex
from dermlog.domain.schedule import planned
from dermlog.ui.kit.theme import Tone
from dermlog.ui.patient.patient_words import draft_sentence, due_sentence, full_name, header_pills, who_line
from tests.makers import TODAY, make_consent, make_draft, make_patient


def test_who() -> None:
    patient = make_patient(chart_number="DL-0142", sex=Sex.FEMALE)
    assert full_name(patient) == "Lindqvist, Maya"
    assert who_line(patient, TODAY) == "29 y · female · chart no. DL-0142"
    assert full_name(make_patient(family_name="Suharto", given_name="")) == "Suharto"
    assert who_line(make_patient(birth_date=None), TODAY).startswith("birth date not recorded · ")


def test_not_asked_is_a_caution_and_none_is_an_answer() -> None:
    unasked = header_pills(make_patient(), (), TODAY)
    assert ("Allergies not asked", Tone.CAUTION) in unasked
    assert ("Conditions and drugs not asked", Tone.CAUTION) in unasked
    asked = header_pills(make_patient(allergies=(), conditions=(), drugs=()), (), TODAY)
    assert asked[0] == ("No allergies", Tone.NEUTRAL)
    assert not [words for words, _tone in asked if "not asked" in words]


def test_what_stops_a_needle_is_red_and_first() -> None:
    patient = make_patient(
        allergies=(Flag(Allergy.COW_MILK_PROTEIN),),
        conditions=(Flag(Condition.PREGNANCY), Flag(Condition.BLEEDING_DISORDER)),
        drugs=(),
        fitzpatrick=FitzpatrickType.II,
    )
    pills = header_pills(patient, (), TODAY)
    assert pills[:3] == [
        ("Allergy: cow’s-milk protein", Tone.DANGER),
        ("Pregnancy", Tone.DANGER),
        ("Bleeding disorder", Tone.CAUTION),
    ]
    assert pills[-1] == ("Fitzpatrick II", Tone.NEUTRAL)


def test_consents_given_withdrawn_and_missing() -> None:
    patient = make_patient()
    given = make_consent(patient, given_on=date(2026, 3, 12))
    photos = [
        make_consent(patient, kind=ConsentKind.PHOTO_RECORD),
        make_consent(patient, kind=ConsentKind.PHOTO_TEACHING),
    ]
    words = dict(header_pills(patient, [given, *photos], TODAY))
    assert words["Off-label consent 12 Mar 2026"] is Tone.GOOD
    assert words["Photos: record + teaching"] is Tone.GOOD
    ended = make_consent(patient, given_on=date(2026, 3, 12), withdrawn_on=date(2026, 4, 1))
    teaching = make_consent(
        patient, kind=ConsentKind.PHOTO_TEACHING, given_on=date(2026, 3, 1), withdrawn_on=date(2026, 4, 2)
    )
    words = dict(header_pills(patient, [ended, photos[0], teaching], TODAY))
    assert words["Off-label consent withdrawn 1 Apr 2026"] is Tone.DANGER
    assert words["Photos: record"] is Tone.GOOD
    assert words["Photo consent withdrawn: teaching, 2 Apr 2026"] is Tone.DANGER
    words = dict(header_pills(patient, (), TODAY))
    assert words["No off-label consent"] is Tone.CAUTION
    assert words["No photo consent"] is Tone.CAUTION


def test_unfinished_entries() -> None:
    draft = make_draft(make_patient(), kind=DraftKind.TREATMENT)
    assert draft_sentence(draft, "Ana Ruiz") == (
        "The treatment of 17 Apr 2026 is not signed yet. Last saved by Ana Ruiz."
    )


def test_due_and_late() -> None:
    due = planned(2, TODAY - timedelta(weeks=11), 12)
    assert due_sentence(due, TODAY) == (
        "The next follow-up is due 24 Apr 2026 (week 12 after treatment 2; 17 Apr – 1 May)."
    )
    assert due_sentence(due, due.closes_on + timedelta(days=2)) == (
        "The follow-up of week 12 after treatment 2 was due 17 Apr – 1 May; it is 2 days late."
    )
