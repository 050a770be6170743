"""What people typed, on paper: markup, any script, very long notes and names, each as it was typed."""

import io
import re
import unicodedata
from dataclasses import replace
from random import Random
from typing import Any

import pikepdf
import pytest

from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm
from dermlog.report.facts import ReportFacts
from dermlog.report.progress_report import write_pdf
from tests.report.reports import (
    BOTOX,
    CLINIC,
    DOCTOR,
    NURSE,
    PATIENT,
    facts_of_the_pictures,
    make_facts,
    make_session,
    make_visit,
    pages_of,
    scores,
    week,
)


def _pages(facts: ReportFacts) -> list[str]:
    return pages_of(write_pdf(facts))


def _text(facts: ReportFacts) -> str:
    return " ".join(_pages(facts))


def _actual_text(pdf: bytes) -> str:
    """What a reader that follows the standard takes for the text: replacements first, then glyphs."""
    words: list[str] = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            steps: list[Any] = list(pikepdf.parse_content_stream(page))
            words += [
                str(step.operands[1].ActualText)
                for step in steps
                if str(step.operator) == "BDC" and "/ActualText" in step.operands[1]
            ]
    return " ".join(words)


HOSTILE = (
    "<b>bold</b>",
    "&amp;",
    "<Dr Smith>",
    "{name} %s *star* \\n (paren) ]]> /Name <</A 1>>",
    "' \" ` ´ ‘ ’ “ ”",
    "a/b\\c:d|e?f",
    "½ µ ² ° ± × ÷ € ™",
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_every_typed_text_is_printed_as_it_is(typed: str) -> None:
    effect = SideEffect(SideEffectTerm.OTHER, Severity.MILD, label=typed, action=f"action {typed}")
    visit = make_visit(week(0), *scores(3))
    later = make_visit(week(2), *scores(2), side_effects=(effect,), note=f"note {typed}")
    product = replace(BOTOX, brand=f"Brand {typed}", generic=f"Generic {typed}")
    session = make_session(visit, lot=f"lot {typed}", note=f"session {typed}")
    facts = make_facts(
        [visit, later],
        [session],
        patient=replace(PATIENT, family_name=f"Family {typed}", given_name=f"Given {typed}"),
        clinic=replace(CLINIC, name=f"Clinic {typed}", address=f"Street {typed}", doctor=f"Doctor {typed}"),
        products={product.id: product},
        staff_names={DOCTOR: f"Injector {typed}", NURSE: "Nurse"},
        prepared_by=f"Preparer {typed}",
    )
    # A long word may be broken at the end of a line, so spaces say nothing.
    text = _text(facts).replace(" ", "")
    plain = "".join(typed.split())
    fields = "Given Family Clinic Street Doctor Brand Generic lot session note action Injector Preparer"
    assert not [field for field in fields.split() if f"{field}{plain}" not in text]
    assert f"“{plain}”" in text


NAMES = (
    "ليلى الخطيب",
    "שרה כהן",
    "สมชาย ใจดี",
    "देवी शर्मा",
    "山田花子",
    "김민지",
    "Ελένη Παπαδοπούλου",
    "Иван Петров",
    "Nguyễn Thị Lan",
)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_any_script_are_kept_for_search(name: str) -> None:
    facts = facts_of_the_pictures(patient=replace(PATIENT, family_name=name, given_name=""))
    pdf = write_pdf(facts)
    found = " ".join(pages_of(pdf)) + _actual_text(pdf)
    missing = [word for word in name.split() if word not in found]
    assert not missing


def test_a_name_from_right_to_left_leaves_the_line_in_order() -> None:
    """Viewers copy such a line backwards; what stands in the document is in order."""
    pdf = write_pdf(facts_of_the_pictures(patient=replace(PATIENT, family_name="الخطيب", given_name="ليلى")))
    written = re.sub("[\u2066-\u2069]", "", _actual_text(pdf))
    assert "ليلى الخطيب · born 4 Feb 1997 · chart no. DL-0142" in written


def test_a_note_of_twenty_thousand_characters_is_whole() -> None:
    words = [f"word{number:04}" for number in range(2222)]
    note = " ".join(words)[:20_000]
    visit = make_visit(week(0), *scores(3), note=note)
    text = _text(make_facts([visit], [make_session(visit)]))
    assert re.findall(r"word\d{4}", text) == re.findall(r"word\d{4}", note)


def test_a_session_note_of_twenty_thousand_characters_is_whole() -> None:
    words = [f"word{number:04}" for number in range(2222)]
    visit = make_visit(week(0), *scores(3))
    text = _text(make_facts([visit], [make_session(visit, note=" ".join(words)[:20_000])]))
    assert re.findall(r"word\d{4}", text) == words[: len(re.findall(r"word\d{4}", text))]
    assert text.count("word2221") == 1


def test_long_names_push_nothing_off_the_page() -> None:
    facts = facts_of_the_pictures(
        patient=replace(PATIENT, family_name="F" + "a" * 199, given_name="Anna " * 39 + "Zoe"),
        clinic=replace(CLINIC, name="Clinic " * 28, address="Street " * 28, doctor="Doctor " * 28),
        prepared_by="Preparer " * 22,
    )
    pages = _pages(facts)
    for number, page in enumerate(pages, start=1):
        assert page.count("Anna") == 39
        assert page.replace(" ", "").count("a" * 199) == 1
        assert page.count("Clinic ") == 28
        assert f"Page {number} of {len(pages)}" in page
    assert "Call the emergency number at once" in " ".join(pages)


def test_an_invisible_hyphen_between_scripts_does_not_stop_the_page() -> None:
    """There Qt hands out a run of text without a single glyph."""
    patient = replace(PATIENT, family_name="丹\xadϒ", given_name="A\xadB")
    assert "born 4 Feb 1997" in _text(make_facts(patient=patient))


def test_marks_and_signs_of_many_scripts_at_random_are_printed() -> None:
    """What no person types comes in by copying: every page is made, twice the same."""
    choose = Random(5)  # noqa: S311 - the same letters each time
    pool = [
        chr(code)
        for first, last in ((32, 0x700), (0x900, 0x980), (0xE00, 0xE80), (0x4E00, 0x4E40), (0x2066, 0x206A))
        for code in range(first, last)
        if unicodedata.category(chr(code)) not in {"Cc", "Cs"}
    ]

    def typed(length: int) -> str:
        return "".join(choose.choice(pool) for _ in range(length)).strip()

    for _time in range(3):
        visit = make_visit(week(0), *scores(3), note=typed(600))
        facts = make_facts(
            [visit],
            [make_session(visit, note=typed(300))],
            patient=replace(PATIENT, family_name=typed(100), given_name=typed(100)),
            clinic=replace(CLINIC, name=typed(100), doctor=typed(100)),
        )
        pdf = write_pdf(facts)
        assert pdf == write_pdf(facts)
        assert all("Page" in page for page in pages_of(pdf))
