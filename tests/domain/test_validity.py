"""What may stand in a field: texts, numbers and dates, and that every problem is named at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.domain.patient import Patient
from dermlog.domain.validity import (
    EARLIEST,
    Fault,
    InvalidRecord,
    Problem,
    check_day,
    check_number,
    check_text,
    refuse,
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("bell\x07", Fault.CONTROL_CHARACTER),
        ("null\x00", Fault.CONTROL_CHARACTER),
        ("delete\x7f", Fault.CONTROL_CHARACTER),
        ("next line\x85", Fault.CONTROL_CHARACTER),
        ("half \ud800", Fault.CONTROL_CHARACTER),
        ("separator\u2028", Fault.CONTROL_CHARACTER),
        ("two\nlines", Fault.LINE_BREAK),
        ("a\ttab", Fault.LINE_BREAK),
        ("return\r", Fault.CONTROL_CHARACTER),
        ("x" * 201, Fault.TOO_LONG),
    ],
)
def test_texts_that_cannot_stay(text: str, fault: Fault) -> None:
    assert [problem.fault for problem in check_text("note", text)] == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 200,
        "<b>&amp;</b>",
        "'; DROP TABLE--",
        "\u200fمرحبا\u200e",
        "क्ष",
        "a\u200db",
        "e\u0301",
        "👩🏽‍⚕️",
        "=1+1",
    ],
)
def test_texts_that_stay_as_they_are(text: str) -> None:
    assert check_text("note", text) == []


def test_a_note_may_have_lines_and_a_name_may_not() -> None:
    assert check_text("note", "a\n\tb", lines=True) == []
    assert check_text("name", "a\nb")


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0"])
def test_a_required_text_needs_more_than_blanks(text: str) -> None:
    assert check_text("name", text, required=True) == [Problem("name", Fault.MISSING)]


@pytest.mark.parametrize(
    ("value", "rules", "fault"),
    [
        ("NaN", {}, Fault.NOT_A_NUMBER),
        ("Infinity", {}, Fault.NOT_A_NUMBER),
        ("1E+400", {}, Fault.NOT_A_NUMBER),
        ("0", {"positive": True}, Fault.NOT_POSITIVE),
        ("-0.5", {"positive": True}, Fault.NOT_POSITIVE),
        ("-1", {"low": 0}, Fault.TOO_SMALL),
        ("1000", {"high": 100}, Fault.TOO_LARGE),
        ("2.5", {"whole": True}, Fault.NOT_A_WHOLE_NUMBER),
        ("0.1234", {}, Fault.TOO_MANY_DECIMALS),
    ],
)
def test_numbers_that_cannot_stay(value: str, rules: dict[str, int], fault: Fault) -> None:
    (problem,) = check_number("units", Decimal(value), **rules)  # type: ignore[arg-type]
    assert problem.fault is fault


@pytest.mark.parametrize("value", ["0.125", "2.50", "100", "1E+2", "0.1000"])
def test_numbers_that_stay(value: str) -> None:
    assert check_number("units", Decimal(value), positive=True, low=0, high=100) == []
    assert check_number("units", None, positive=True) == []


def test_days_have_a_range() -> None:
    today = date(2026, 4, 17)
    assert check_day("on", date(1899, 12, 31)) == [
        Problem("on", Fault.TOO_EARLY, EARLIEST, date(1899, 12, 31))
    ]
    assert check_day("on", date(2026, 4, 18), latest=today) == [
        Problem("on", Fault.IN_FUTURE, today, date(2026, 4, 18))
    ]
    assert check_day("on", today, latest=today) == []
    assert check_day("on", None) == []


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(InvalidRecord) as caught:
        Patient("", "", note="x" * 20_001, birth_date=date(1066, 1, 1), phone="1\n2")
    assert {(problem.field, problem.fault) for problem in caught.value.problems} == {
        ("chart_number", Fault.MISSING),
        ("family_name", Fault.MISSING),
        ("note", Fault.TOO_LONG),
        ("birth_date", Fault.TOO_EARLY),
        ("phone", Fault.LINE_BREAK),
    }


def test_nothing_wrong_is_no_error() -> None:
    refuse([], [])


@given(st.text(max_size=300))
def test_a_text_without_problems_can_be_stored_and_shown(text: str) -> None:
    if not check_text("note", text, lines=True):
        assert text.encode().decode() == text
        assert len(text) <= 200


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "\u200b\u200d", "\u202e", "\u3164", "\u2800 \ufeff"])
def test_a_name_of_which_nothing_is_seen_is_missing(text: str) -> None:
    assert [problem.fault for problem in check_text("name", text, required=True)] == [Fault.MISSING]
    assert check_text("name", f"{text}Ł", required=True) == []
