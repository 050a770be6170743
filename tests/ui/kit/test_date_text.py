"""Typed dates: the forms people use, and texts that only look like dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.ui.kit.date_text import month_text, read_date, read_month, shown

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-20", date(2026, 3, 20)),
        ("2026/3/20", date(2026, 3, 20)),
        ("20260320", date(2026, 3, 20)),
        ("20.3.2026", date(2026, 3, 20)),
        ("20. 3. 2026", date(2026, 3, 20)),
        ("20/3/2026", date(2026, 3, 20)),
        ("20/3/26", date(2026, 3, 20)),
        ("20 Mar 2026", date(2026, 3, 20)),
        ("20 mar. 2026", date(2026, 3, 20)),
        ("20 March 2026", date(2026, 3, 20)),
        ("20th of March, 2026", date(2026, 3, 20)),
        ("March 20, 2026", date(2026, 3, 20)),
        ("2026 Mar 20", date(2026, 3, 20)),
        ("20-mar-26", date(2026, 3, 20)),
        ("20mar2026", date(2026, 3, 20)),
        ("  20   mar 2026 ", date(2026, 3, 20)),
        ("3/4/2026", date(2026, 4, 3)),
        ("20 Mar", date(2026, 3, 20)),
        ("20.3.", date(2026, 3, 20)),
        ("24 Dec", date(2025, 12, 24)),
        ("4.2.97", date(1997, 2, 4)),
        ("today", TODAY),
        ("Yesterday", date(2026, 11, 21)),
        ("-3", date(2026, 11, 19)),
        ("−3", date(2026, 11, 19)),
        ("+14", date(2026, 12, 6)),
        ("29 Feb 2024", date(2024, 2, 29)),
    ],
)
def test_usual_forms_are_understood(typed: str, day: date) -> None:
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "20",
        "2026",
        "32.1.2026",
        "13/13/2026",
        "29 Feb 2026",
        "20 Mars Bar 2026",
        "20 Xyz 2026",
        "20 M 2026",
        "20 Mar 202",
        "0/0/0",
        "00.00.0000",
        "20.3.20266",
        "2026-3-2026",
        "1 2 3 4",
        "-99999999",
        "+99999",
        "abc",
        "٢٠ mar 2026",
        "20 Mar 2026 20 Mar 2026",
        "1" * 5000,
    ],
)
def test_other_texts_are_no_dates(typed: str) -> None:
    # +99999 is a date two centuries ahead: the form refuses it, the reader does not.
    found = read_date(typed, TODAY)
    assert found is None or typed == "+99999"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-03", date(2027, 3, 1)),
        ("03/2027", date(2027, 3, 1)),
        ("3.27", date(2027, 3, 1)),
        ("03 27", date(2027, 3, 1)),
        ("Mar 2027", date(2027, 3, 1)),
        ("march 27", date(2027, 3, 1)),
        ("mar27", date(2027, 3, 1)),
        ("31.03.2027", date(2027, 3, 1)),
        ("2027-13", None),
        ("today", None),
        ("", None),
        ("expired", None),
    ],
)
def test_a_month_is_enough_for_an_expiry(typed: str, day: date | None) -> None:
    assert read_month(typed, TODAY) == day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_what_is_shown_back_is_read_as_the_same_day(day: date) -> None:
    assert read_date(shown(day), TODAY) == day
    assert read_date(day.isoformat(), TODAY) == day
    assert read_month(month_text(day), TODAY) == day.replace(day=1)


@given(st.text(max_size=40))
def test_no_text_does_harm(text: str) -> None:
    assert read_date(text, TODAY) is None or isinstance(read_date(text, TODAY), date)
    assert read_month(text, TODAY) is None or isinstance(read_month(text, TODAY), date)
