"""What the follow-up form says around saving: what must be looked at, who recorded it, and warning signs."""

from __future__ import annotations

from collections.abc import Iterable

from dermlog.domain.side_effect import WarningSign
from dermlog.domain.visit import Visit
from dermlog.naming import name_of
from dermlog.wording import _, date_text, ngettext, time_text


def problems_sentence(count: int) -> str:
    """So many fields cannot stay as they are."""
    return ngettext(
        "{count} field needs a look before this can be saved.",
        "{count} fields need a look before this can be saved.",
        count,
    ).format(count=count)


def recorded_words(visit: Visit, name: str) -> str:
    """When a visit was recorded and by whom."""
    return _("Recorded {date} {time} by {name}").format(
        date=date_text(visit.entered_at.date()), time=time_text(visit.entered_at), name=name
    )


def warning_sentence(signs: Iterable[WarningSign]) -> str:
    """What to do about warning signs that were just recorded."""
    return _(
        "Tell the doctor now: {signs}. The warning stays on the patient’s page and on Today "
        "until a doctor acknowledges it by name."
    ).format(signs=", ".join(name_of(sign) for sign in signs))
