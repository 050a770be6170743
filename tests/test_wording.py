"""Words for dates, doses and changes: nothing that could be read two ways, and no trailing zeros."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.wording import (
    date_text,
    day_month_text,
    ml_text,
    month_name,
    month_text,
    ngettext,
    number_text,
    percent_text,
    span_text,
    time_text,
    units_text,
    week_text,
    weekday_name,
)


def test_a_date_names_its_month() -> None:
    assert date_text(date(2026, 3, 2)) == "2 Mar 2026"
    assert day_month_text(date(2026, 12, 31)) == "31 Dec"
    assert len({month_name(month) for month in range(1, 13)}) == 12


@given(st.dates())
def test_two_days_never_look_the_same(day: date) -> None:
    shown = date_text(day)
    assert shown.split()[0] == str(day.day)
    assert shown.split()[2] == str(day.year)
    assert not shown.split()[1].isdecimal()


def test_weekdays_are_the_right_ones() -> None:
    assert weekday_name(date(2026, 11, 22)) == "Sunday"
    assert weekday_name(date(2026, 11, 23)) == "Monday"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 17), date(2026, 11, 30), "17 – 30 Nov"),
        (date(2026, 11, 20), date(2026, 12, 4), "20 Nov – 4 Dec"),
        (date(2025, 12, 28), date(2026, 1, 3), "28 Dec – 3 Jan"),
        (date(2025, 11, 17), date(2026, 11, 30), "17 Nov – 30 Nov"),
    ],
)
def test_a_span_says_the_month_once_where_it_can(first: date, last: date, said: str) -> None:
    assert span_text(first, last) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 3, 31), "2027-03"),
        (date(2028, 2, 29), "2028-02"),
        (date(2027, 2, 28), "2027-02"),
        (date(2028, 2, 28), "2028-02-28"),
        (date(2027, 12, 31), "2027-12"),
        (date(2027, 3, 15), "2027-03-15"),
    ],
)
def test_the_expiry_of_a_month_is_its_last_day(day: date, said: str) -> None:
    assert month_text(day) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("2.50", "2.5"),
        ("40", "40"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.05", "0.05"),
        ("0", "0"),
        ("0.00", "0"),
    ],
)
def test_numbers_have_no_trailing_zeros_and_no_powers(number: str, said: str) -> None:
    assert number_text(Decimal(number)) == said


@given(st.decimals(min_value=0, max_value=10_000, places=3))
def test_a_shown_number_is_the_number(number: Decimal) -> None:
    assert Decimal(number_text(number)) == number


def test_units_and_volumes() -> None:
    assert units_text(Decimal("2.50")) == "2.5 U"
    assert ml_text(Decimal("0.545")) == "0.55"
    assert ml_text(Decimal(1)) == "1.00"


@pytest.mark.parametrize(
    ("percent", "said"),
    [("-75.4", "−75 %"), ("12", "+12 %"), ("0", "0 %"), ("0.4", "0 %"), ("-0.4", "0 %"), ("0.5", "+1 %")],
)
def test_a_change_has_its_sign_and_zero_has_none(percent: str, said: str) -> None:
    assert percent_text(Decimal(percent)) == said


def test_times_weeks_and_plurals() -> None:
    assert time_text(datetime(2026, 4, 17, 9, 5, tzinfo=UTC)) == "09:05"
    assert week_text(12) == "wk 12"
    assert ngettext("{n} day", "{n} days", 1) == "{n} day"
    assert ngettext("{n} day", "{n} days", 0) == "{n} days"
