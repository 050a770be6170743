"""Schedule: which follow-up is due after a session, and its window of days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

EARLY_WEEKS = 4
EARLY_MARGIN_DAYS = 3
LATE_MARGIN_DAYS = 7


class DueStatus(Enum):
    """Where today stands to the window of a follow-up."""

    LATER = "later"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True)
class FollowUpDue:
    """A planned follow-up: weeks after session number, with the first and last day of its window."""

    number: int
    week: int
    planned_on: date
    opens_on: date
    closes_on: date

    def status(self, today: date) -> DueStatus:
        """Later, due (inside the window) or late."""
        if today < self.opens_on:
            return DueStatus.LATER
        return DueStatus.DUE if today <= self.closes_on else DueStatus.LATE

    def days_late(self, today: date) -> int:
        """Days since the window closed, 0 while it is open or to come."""
        return max(0, (today - self.closes_on).days)


def planned(number: int, session_on: date, week: int) -> FollowUpDue:
    """The window of one planned week: 3 days around it up to week 4, 7 days later."""
    margin = timedelta(days=EARLY_MARGIN_DAYS if week <= EARLY_WEEKS else LATE_MARGIN_DAYS)
    day = session_on + timedelta(weeks=week)
    return FollowUpDue(number, week, day, day - margin, day + margin)


def next_follow_up(
    number: int, session_on: date, weeks: Iterable[int], visits_after: Iterable[date], today: date
) -> FollowUpDue | None:
    """The follow-up to ask for next after session number; None when the plan is done.

    A visit fulfils every planned week whose window has opened by then. Of several weeks missed since, only
    the newest whose window has opened is asked for: nobody can go back and be seen at week 4.
    """
    last = max((day for day in visits_after if day > session_on), default=None)
    open_plan = [
        due
        for due in (planned(number, session_on, week) for week in sorted(weeks))
        if last is None or due.opens_on > last
    ]
    reached = [due for due in open_plan if due.opens_on <= today]
    if reached:
        return reached[-1]
    return open_plan[0] if open_plan else None
