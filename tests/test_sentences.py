"""Every fault, rule and refusal gives one whole sentence that names the thing and the next step."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dermlog import errors, file_sentences
from dermlog.domain.file_fault import OpeningFault, PrintingFault, Refusal, SavingFault, ViewingReason
from dermlog.domain.patient import Condition, Drug, Flag
from dermlog.domain.photo import PhotoFault
from dermlog.domain.screening import ScreeningFinding, ScreeningRule
from dermlog.domain.staff import Role
from dermlog.domain.validity import Fault, Problem
from dermlog.sentences import photo_sentence, problem_sentence, role_sentence, screening_sentence

# What is true of a field, so that every sentence has what it asks for.
LIMITS: dict[Fault, tuple[object, object]] = {
    Fault.TOO_LONG: (200, 201),
    Fault.TOO_SMALL: (Decimal(0), Decimal(-1)),
    Fault.TOO_LARGE: (Decimal(100), Decimal(1000)),
    Fault.BEYOND_VIAL: (Decimal(100), Decimal("102.5")),
    Fault.EXPIRED: (date(2026, 4, 17), date(2026, 3, 31)),
    Fault.TOO_EARLY: (date(1900, 1, 1), date(1850, 1, 1)),
    Fault.IN_FUTURE: (date(2026, 4, 17), date(2026, 4, 18)),
    Fault.BEFORE_START: (date(2026, 4, 17), date(2026, 4, 1)),
    Fault.BEFORE_BIRTH: (date(1997, 2, 4), date(1990, 1, 1)),
}


def assert_whole(sentence: str) -> None:
    """A sentence for a person: begins and ends as one, with nothing left to fill in."""
    assert sentence
    assert sentence[0].isupper() or sentence[0] == "“"
    assert sentence[-1] in ".!?"
    assert "{" not in sentence
    assert "None" not in sentence
    assert "  " not in sentence


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.value)
def test_every_fault_of_a_field_is_said(fault: Fault) -> None:
    limit, found = LIMITS.get(fault, (3, "2,55"))
    sentence = problem_sentence(Problem("units", fault, limit, found), "Units")
    assert_whole(sentence)
    assert "Units" in sentence


def test_markup_and_braces_of_a_label_stay_as_they_are() -> None:
    sentence = problem_sentence(Problem("drug", Fault.TOO_LONG, 200, 201), "{limit} <b>")
    assert sentence == "{limit} <b> has 201 characters; 200 fit. Please shorten it."


def test_dates_and_numbers_are_said_as_people_write_them() -> None:
    expired = problem_sentence(Problem("expiry", Fault.EXPIRED, *LIMITS[Fault.EXPIRED]), "Expiry")
    assert "31 Mar 2026" in expired
    assert "17 Apr 2026" in expired
    beyond = problem_sentence(Problem("sites", Fault.BEYOND_VIAL, *LIMITS[Fault.BEYOND_VIAL]), "Points")
    assert "102.5 U" in beyond
    assert "100 U" in beyond


DETAILS: dict[ScreeningRule, object] = {
    ScreeningRule.COW_MILK_PROTEIN: "Dysport",
    ScreeningRule.HUMAN_ALBUMIN: "Botox",
    ScreeningRule.UNDER_AGE: 17,
    ScreeningRule.TOO_SOON: 20,
    ScreeningRule.OTHER_PRODUCT_BEFORE: "Dysport",
    ScreeningRule.CAUTION_CONDITION: Flag(Condition.BLEEDING_DISORDER, "mild"),
    ScreeningRule.CAUTION_DRUG: Flag(Drug.AMINOGLYCOSIDE),
    ScreeningRule.CAUTION_ANSWER: "Trouble breathing?",
    ScreeningRule.OWN_QUESTION: "Do you dive?",
}


@pytest.mark.parametrize("rule", list(ScreeningRule), ids=lambda rule: rule.value)
def test_every_rule_of_screening_is_said(rule: ScreeningRule) -> None:
    sentence = screening_sentence(ScreeningFinding(rule, DETAILS.get(rule)))
    assert_whole(sentence)
    if isinstance(DETAILS.get(rule), str | int):
        assert str(DETAILS[rule]) in sentence


def test_one_day_and_many_are_both_said() -> None:
    one = screening_sentence(ScreeningFinding(ScreeningRule.TOO_SOON, 1))
    many = screening_sentence(ScreeningFinding(ScreeningRule.TOO_SOON, 20))
    assert "1 day ago" in one
    assert "20 days ago" in many


@pytest.mark.parametrize("fault", list(PhotoFault), ids=lambda fault: fault.value)
def test_every_fault_of_a_photo_is_said(fault: PhotoFault) -> None:
    assert_whole(photo_sentence(fault))


@pytest.mark.parametrize("fault", list(OpeningFault), ids=lambda fault: fault.value)
def test_every_fault_of_opening_names_the_file(fault: OpeningFault) -> None:
    sentence = str(errors.not_opened(fault, "Clinic.dermlog", "detail"))
    assert_whole(sentence)
    assert fault is OpeningFault.UNSAFE_LIBRARY or "Clinic.dermlog" in sentence


@pytest.mark.parametrize("fault", list(SavingFault), ids=lambda fault: fault.value)
def test_every_fault_of_saving_and_reading_is_said(fault: SavingFault) -> None:
    assert_whole(str(errors.not_saved(fault)))
    assert_whole(str(errors.not_read(fault)))


@pytest.mark.parametrize("fault", list(PrintingFault), ids=lambda fault: fault.value)
def test_every_fault_of_writing_a_page_is_said(fault: PrintingFault) -> None:
    sentence = str(errors.not_printed(fault, "report.pdf"))
    assert_whole(sentence)
    assert "report.pdf" in sentence


@pytest.mark.parametrize("refusal", list(Refusal), ids=lambda refusal: refusal.value)
def test_every_refusal_is_said(refusal: Refusal) -> None:
    assert_whole(str(errors.not_allowed(refusal)))


@pytest.mark.parametrize("reason", list(ViewingReason), ids=lambda reason: reason.value)
def test_every_reason_for_viewing_is_said(reason: ViewingReason) -> None:
    assert_whole(file_sentences.viewing_sentence(reason, "OneDrive"))


def test_no_two_faults_say_the_same() -> None:
    groups: list[list[str]] = [
        [str(errors.not_opened(fault, "a", "b")) for fault in OpeningFault],
        [str(errors.not_saved(fault)) for fault in SavingFault],
        [str(errors.not_allowed(refusal)) for refusal in Refusal],
        [photo_sentence(fault) for fault in PhotoFault],
        [problem_sentence(Problem("x", fault, 1, 2), "X") for fault in Fault],
    ]
    for sentences in groups:
        assert len(set(sentences)) == len(sentences)


def test_notices_at_the_start_are_whole() -> None:
    then = datetime(2026, 4, 17, 9, 30, tzinfo=UTC)
    assert_whole(file_sentences.clock_behind_sentence(then))
    assert_whole(file_sentences.missing_entries_sentence(then, None))
    assert_whole(file_sentences.missing_entries_sentence(then, then))


@pytest.mark.parametrize("role", list(Role))
def test_every_role_says_what_it_does(role: Role) -> None:
    assert role_sentence(role).endswith(".")


@pytest.mark.parametrize(("free", "words"), [(2 * 1024**3, "only 2 GB left"), (50_000_000, "almost full")])
def test_little_room_is_never_called_none(free: int, words: str) -> None:
    sentence = file_sentences.little_room_sentence(free)
    assert_whole(sentence)
    assert words in sentence
