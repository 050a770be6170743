"""Times of day as they are typed, and what a lot and a vial say before the needle."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from dermlog.domain.patient import Patient
from dermlog.domain.product import Product
from dermlog.logbook import Logbook
from dermlog.ui.session.entry import SessionEntry
from dermlog.ui.session.vial_reading import VialReading, mixed_moment, read_time
from tests.makers import NOW, TODAY, make_session, make_visit


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("9", time(9)),
        (" 14h05 ", time(14, 5)),
        ("2:05 pm", time(14, 5)),
        ("12 am", time(0)),
        ("12 p.m.", time(12)),
        ("24:00", None),
        ("9:75", None),
        ("13 pm", None),
        ("", None),
        ("noon", None),
    ],
)
def test_times_as_people_type_them(typed: str, read: time | None) -> None:
    assert read_time(typed) == read


def test_mixed_is_on_the_day_of_the_session() -> None:
    assert mixed_moment("9:30", date(2026, 4, 2), NOW) == datetime(2026, 4, 2, 9, 30, tzinfo=UTC)
    assert mixed_moment("", TODAY, NOW) is None


def test_hours_of_use_follow_the_product(logbook: Logbook, botox: Product) -> None:
    facts = VialReading(logbook).facts(SessionEntry(mixed_at="9:30", expiry="2027-03"), botox, TODAY)
    assert facts.use_by == NOW.replace(hour=9, minute=30) + timedelta(hours=24)
    assert facts.expiry == date(2027, 3, 31)
    silent = replace(botox, hours_of_use=None)
    assert VialReading(logbook).facts(SessionEntry(mixed_at="9:30"), silent, TODAY).use_by is None


def test_a_lot_is_compared_with_what_was_signed(logbook: Logbook, botox: Product, patient: Patient) -> None:
    visit = make_visit(patient)
    logbook.sessions.sign(visit, make_session(visit, botox, lot="C-4821", expiry=date(2027, 3, 31)))
    reading = VialReading(logbook)
    other = next(one for one in logbook.products.all() if one.brand == "Xeomin")
    typed = SessionEntry(lot="c4821", expiry="2027-03")
    assert reading.facts(typed, other, TODAY).lot_brand == botox.brand
    same = reading.facts(typed, botox, TODAY)
    assert (same.lot_brand, same.lot_expiry) == ("", None)
    assert reading.facts(replace(typed, expiry="2027-04"), botox, TODAY).lot_expiry == date(2027, 3, 31)
    assert reading.facts(replace(typed, expiry=""), botox, TODAY).lot_expiry is None
    assert reading.facts(replace(typed, lot="NEW1"), other, TODAY).lot_brand == ""
