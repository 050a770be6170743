"""Reading typed dates in the many forms people use; no Qt here."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dermlog.wording import _, date_text, month_name

_PARTS = re.compile(r"(\d{1,4})[\s./\-]+(\d{1,2})[\s./\-]+(\d{1,4})")
_AGO = re.compile(r"[-−](\d{1,5})")
_NEXT = re.compile(r"\+(\d{1,5})")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_date(text: str, today: date) -> date | None:  # noqa: PLR0911 - one return for each form
    """The date in a typed text, or None.

    2026-03-20, 20.3.2026, 20/3/26 (day first), 20 Mar 2026, Mar 20 2026, 20 Mar, 20.3., 20260320, today,
    yesterday, -3 (days ago), +14. Without a year it is the nearest such day that is not after today.
    """
    typed = " ".join(text.strip().casefold().replace(",", " ").split())
    if not typed or len(typed) > 60:
        return None
    if typed in {"today", "now", "t", _("today").casefold()}:
        return today
    if typed in {"yesterday", _("yesterday").casefold()}:
        return today - timedelta(days=1)
    if found := _AGO.fullmatch(typed):
        return _shift(today, -int(found[1]))
    if found := _NEXT.fullmatch(typed):
        return _shift(today, int(found[1]))
    if typed.isdecimal() and typed.isascii() and len(typed) == 8:
        return _day(int(typed[:4]), int(typed[4:6]), int(typed[6:]))
    if found := _PARTS.fullmatch(typed):
        return _from_figures(found[1], found[2], found[3], today)
    if found := re.fullmatch(r"(\d{1,2})[./\-](\d{1,2})\.?", typed):
        return _without_year(int(found[2]), int(found[1]), today)
    return _from_words(typed, today)


def read_month(text: str, today: date) -> date | None:
    """The first day of the month in a typed text: 2027-03, 03/2027, 3.27, Mar 2027, or any whole date."""
    typed = " ".join(text.strip().casefold().split())
    if found := re.fullmatch(r"(\d{4})[\s./\-]+(\d{1,2})", typed):
        return _day(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(r"(\d{1,2})[\s./\-]+(\d{4}|\d{2})", typed):
        return _day(_full_year(found[2], today, ahead=True), int(found[1]), 1)
    if found := re.fullmatch(r"([^\W\d]+)\.?[\s./\-]*(\d{4}|\d{2})", typed):
        month = _month(found[1])
        return _day(_full_year(found[2], today, ahead=True), month, 1) if month else None
    whole = read_date(text, today)
    return whole.replace(day=1) if whole and re.search(r"\d", typed) else None


def month_text(day: date) -> str:
    """A month that cannot be misread: Mar 2027."""
    return _("{month} {year}").format(month=month_name(day.month), year=day.year)


def shown(day: date | None, *, month_only: bool = False) -> str:
    """A date as it is shown back; "" for None."""
    if day is None:
        return ""
    return month_text(day) if month_only else date_text(day)


def _from_figures(first: str, second: str, third: str, today: date) -> date | None:
    if len(first) >= 3:
        return _day(int(first), int(second), int(third)) if len(first) == 4 and len(third) <= 2 else None
    if len(third) not in {2, 4}:
        return None
    return _day(_full_year(third, today), int(second), int(first))


def _from_words(typed: str, today: date) -> date | None:
    parts = re.findall(r"\d+|[^\W\d]+", typed)
    words = [part for part in parts if not part.isdecimal()]
    figures = [part for part in parts if part.isdecimal()]
    # "20th of March" is as good as "20 March".
    words = [word for word in words if word not in {"st", "nd", "rd", "th", "of"}]
    month = _month(words[0]) if len(words) == 1 else 0
    if not month or not 1 <= len(figures) <= 2 or not all(figure.isascii() for figure in figures):
        return None
    if len(figures) == 1:
        return _without_year(month, int(figures[0]), today) if len(figures[0]) <= 2 else None
    day, year = (figures[1], figures[0]) if len(figures[0]) == 4 else (figures[0], figures[1])
    if len(day) > 2 or len(year) not in {2, 4}:
        return None
    return _day(_full_year(year, today), month, int(day))


def _month(word: str) -> int:
    """1 to 12 for the beginning of a month's name in the clinic's language or in English, else 0."""
    if len(word) < 3:
        return 0
    for number in range(1, 13):
        local = month_name(number).casefold()
        if word.startswith(local) or (word[:3] == _ENGLISH[number - 1] and word.isalpha()):
            return number
    return 0


def _full_year(digits: str, today: date, *, ahead: bool = False) -> int:
    """A two-digit year is the last one with these digits, or for expiry dates the nearest one."""
    year = int(digits)
    if len(digits) > 2:
        return year
    year += today.year // 100 * 100
    if ahead:
        return year
    return year if year <= today.year + 1 else year - 100


def _without_year(month: int, day: int, today: date) -> date | None:
    found = _day(today.year, month, day)
    if found is not None and found > today:
        return _day(today.year - 1, month, day)
    return found or _day(today.year - 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shift(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None
