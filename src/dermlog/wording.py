"""The words people read: translation, dates, doses and the names of the domain's enums."""

from __future__ import annotations

import gettext
from datetime import date

_translations = gettext.NullTranslations()


def _(message: str) -> str:
    """The message in the language of the clinic."""
    return _translations.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The right plural form of a message for n things."""
    return _translations.ngettext(singular, plural, n)


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


def date_text(day: date) -> str:
    """A date that cannot be misread: 20 Mar 2026."""
    return _("{day} {month} {year}").format(day=day.day, month=month_name(day.month), year=day.year)
