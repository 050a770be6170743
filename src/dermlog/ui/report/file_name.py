"""The name proposed for a saved report: chart number and day, nothing that a file system refuses."""

from __future__ import annotations

import re
from datetime import date

from dermlog.wording import _

LONGEST = 60
_UNFIT = re.compile(r"[^\w.-]+")


def proposed_name(chart_number: str, day: date) -> str:
    """Report DL-0142 2026-10-02.pdf; the patient's name stays out of file lists and mail subjects."""
    number = _UNFIT.sub("-", chart_number).strip("-.")[:LONGEST]
    # Two templates, so that a number of nothing but odd signs leaves no double space.
    if not number:
        return _("Report {day}.pdf").format(day=day.isoformat())
    return _("Report {number} {day}.pdf").format(number=number, day=day.isoformat())
