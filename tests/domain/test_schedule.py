"""Which follow-up is due: windows of days, what a visit fulfils, what is asked after a gap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.domain.clinic import USUAL_FOLLOW_UP_WEEKS
from dermlog.domain.schedule import DueStatus, next_follow_up, planned

SESSION = date(2026, 3, 20)


def week_due(days: int, *visits: int) -> int | None:
    """The week asked for so many days after the session, with visits on other days."""
    due = next_follow_up(
        1,
        SESSION,
        USUAL_FOLLOW_UP_WEEKS,
        [SESSION + timedelta(days=visit) for visit in visits],
        SESSION + timedelta(days=days),
    )
    return None if due is None else due.week


@pytest.mark.parametrize(("week", "margin"), [(2, 3), (4, 3), (5, 7), (8, 7), (16, 7)])
def test_early_weeks_have_three_days_and_later_ones_seven(week: int, margin: int) -> None:
    due = planned(1, SESSION, week)
    assert due.planned_on == SESSION + timedelta(weeks=week)
    assert due.opens_on == due.planned_on - timedelta(days=margin)
    assert due.closes_on == due.planned_on + timedelta(days=margin)


@pytest.mark.parametrize(
    ("days", "status", "late"),
    [
        (10, DueStatus.LATER, 0),
        (11, DueStatus.DUE, 0),
        (14, DueStatus.DUE, 0),
        (17, DueStatus.DUE, 0),
        (18, DueStatus.LATE, 1),
        (30, DueStatus.LATE, 13),
    ],
)
def test_a_window_is_to_come_open_or_missed(days: int, status: DueStatus, late: int) -> None:
    due = planned(1, SESSION, 2)
    today = SESSION + timedelta(days=days)
    assert (due.status(today), due.days_late(today)) == (status, late)


@pytest.mark.parametrize(
    ("days", "visits", "week"),
    [
        (0, [], 2),
        (14, [], 2),
        (14, [0], 2),
        (14, [14], 4),
        (14, [10], 2),
        (14, [11], 4),
        (24, [], 2),
        (25, [], 4),
        (40, [14], 4),
        (60, [14], 8),
        (60, [14, 28], 8),
        (300, [], 16),
        (300, [112], None),
        (300, [104], 16),
        (300, [105], None),
    ],
)
def test_the_newest_open_week_is_asked_for(days: int, visits: list[int], week: int | None) -> None:
    assert week_due(days, *visits) == week


@given(
    st.lists(st.integers(1, 300), max_size=5), st.integers(0, 400), st.sets(st.integers(1, 104), min_size=1)
)
def test_what_is_asked_for_was_not_fulfilled(visits: list[int], days: int, weeks: set[int]) -> None:
    seen = [SESSION + timedelta(days=visit) for visit in visits]
    due = next_follow_up(3, SESSION, weeks, seen, SESSION + timedelta(days=days))
    if due is None:
        assert seen and all(planned(3, SESSION, week).opens_on <= max(seen) for week in weeks)
    else:
        assert due.week in weeks
        assert due.number == 3
        assert not seen or due.opens_on > max(seen)
