"""An expiry is a month or a day, as vials print it."""

from __future__ import annotations

from datetime import date

import pytest

from dermlog.ui.session.expiry_text import expiry_shown, read_expiry

TODAY = date(2026, 4, 17)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2027-03", date(2027, 3, 31)),
        ("03/27", date(2027, 3, 31)),
        ("Mar 2027", date(2027, 3, 31)),
        ("2028/2", date(2028, 2, 29)),
        ("15.3.2027", date(2027, 3, 15)),
        ("15 Mar 2027", date(2027, 3, 15)),
        ("15.3.31", date(2031, 3, 15)),
        ("20270315", date(2027, 3, 15)),
        ("", None),
        ("soon", None),
        ("13/2027", None),
        ("2027", None),
    ],
)
def test_what_vials_say(typed: str, expected: date | None) -> None:
    assert read_expiry(typed, TODAY) == expected


@pytest.mark.parametrize("day", [date(2027, 3, 31), date(2027, 3, 15), date(2028, 2, 29)])
def test_what_is_shown_back_means_the_same(day: date) -> None:
    assert read_expiry(expiry_shown(day), TODAY) == day
