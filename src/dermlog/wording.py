"""The words people read: translation, dates, doses, and one sentence for each problem of a field."""

from __future__ import annotations

import gettext
from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal
from unicodedata import bidirectional

_ISOLATES, _END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_TURNING = frozenset({"R", "AL", "AN", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

_translations = gettext.NullTranslations()


def _(message: str) -> str:
    """The message in the language of the clinic."""
    return _translations.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The right plural form of a message for n things."""
    return _translations.ngettext(singular, plural, n)


def isolated(text: str) -> str:
    """A typed text for use beside other words: its direction of writing stays its own.

    Without this a Hebrew name takes the figures of the date behind it to its other side, and an override that
    somebody pasted turns the rest of the line round. A text that cannot do so comes back as it is.
    """
    if not any(bidirectional(character) in _TURNING for character in text):
        return text
    kept, open_ones = [], 0
    for character in text:
        if character in _ISOLATES:
            open_ones += 1
        elif character == _END_OF_ISOLATE:
            if not open_ones:
                continue
            open_ones -= 1
        kept.append(character)
    return "\u2068" + "".join(kept) + _END_OF_ISOLATE * (open_ones + 1)


def month_name(month: int) -> str:
    """Short name of a month, 1 to 12."""
    names = (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
    return names[month - 1]


def weekday_name(day: date) -> str:
    """Full name of the day of the week."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[day.weekday()]


def date_text(day: date) -> str:
    """A date that cannot be misread: 20 Mar 2026."""
    return _("{day} {month} {year}").format(day=day.day, month=month_name(day.month), year=day.year)


def day_month_text(day: date) -> str:
    """A date of a year that is plain from its place: 20 Mar."""
    return _("{day} {month}").format(day=day.day, month=month_name(day.month))


def span_text(first: date, last: date) -> str:
    """A span of days: 17 – 30 Nov, 20 Nov – 4 Dec."""
    if (first.year, first.month) == (last.year, last.month):
        return _("{first} – {last}").format(first=first.day, last=day_month_text(last))
    return _("{first} – {last}").format(first=day_month_text(first), last=day_month_text(last))


def month_text(day: date) -> str:
    """A month as vials print it: 2027-03; a day that is not the last of its month is given in full."""
    is_last = day.day == monthrange(day.year, day.month)[1]
    return f"{day.year:04}-{day.month:02}" if is_last else day.isoformat()


def time_text(moment: datetime) -> str:
    """Hours and minutes, 24 hours: 09:31."""
    return f"{moment.hour:02}:{moment.minute:02}"


def number_text(value: Decimal) -> str:
    """A number without trailing zeros: 2.5, 40, 0.05."""
    return f"{value.normalize():f}"


def units_text(units: Decimal) -> str:
    """Units as written beside their product: 2.5 U."""
    return _("{number} U").format(number=number_text(units))


def ml_text(ml: Decimal) -> str:
    """A volume to a hundredth of a millilitre, without the unit: 0.55."""
    return f"{ml.quantize(Decimal('0.01'), rounding='ROUND_HALF_UP'):f}"


def percent_text(percent: Decimal) -> str:
    """A change in whole percent with its sign: −75 %, +12 %, 0 %."""
    whole = int(percent.to_integral_value(rounding="ROUND_HALF_UP"))
    sign = "−" if whole < 0 else "+" if whole > 0 else ""
    return _("{sign}{number} %").format(sign=sign, number=abs(whole))


def week_text(week: int) -> str:
    """A week after a session: wk 12; the day of the session itself: baseline."""
    return _("wk {week}").format(week=week)
