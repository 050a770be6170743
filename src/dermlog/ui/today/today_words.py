"""The lines of the start page: what was told, which visit is due and how late, what is unfinished."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dermlog.domain.schedule import DueStatus
from dermlog.naming import name_of
from dermlog.ui.kit.record_table import Cell
from dermlog.ui.kit.theme import Tone
from dermlog.wording import _, day_month_text, isolated, ngettext, span_text, time_text

if TYPE_CHECKING:
    from dermlog.logbook import DraftRow, DueRow, Logbook, LogbookCounts, NeedsDoctor, PatientRow

GIGABYTE, MEGABYTE = 1024**3, 1024**2


def patient_name(row: PatientRow) -> str:
    """Family name first, as on the folder of a chart."""
    if not row.given_name:
        return isolated(row.family_name)
    name = _("{family}, {given}").format(family=row.family_name, given=row.given_name)
    return isolated(name)


def warning_line(row: NeedsDoctor) -> str:
    """Reported trouble swallowing, 3 days after treatment; of many the first and how many more."""
    names = [name_of(sign) for sign in row.visit.warning_signs or ()]
    signs = _(" and ").join(names)
    if len(names) > 2:
        signs = _("{first} and {n} more warning signs").format(first=names[0], n=len(names) - 1)
    if row.days_after is None:
        return _("Reported {signs}").format(signs=signs)
    return ngettext(
        "Reported {signs}, {days} day after treatment",
        "Reported {signs}, {days} days after treatment",
        row.days_after,
    ).format(signs=signs, days=row.days_after)


def warning_teller(row: NeedsDoctor, logbook: Logbook) -> str:
    """Who took it down and when."""
    entered = row.visit.entered_at
    when = time_text(entered) if entered.date() == logbook.today() else day_month_text(entered.date())
    return _("{name}, {when}").format(name=logbook.staff.get(row.visit.recorded_by).name, when=when)


def due_visit(row: DueRow) -> str:
    """Week 12 after treatment 2."""
    return _("Week {week} after treatment {number}").format(week=row.due.week, number=row.due.number)


def due_window(row: DueRow) -> str:
    """17 – 30 Nov."""
    return span_text(row.due.opens_on, row.due.closes_on)


def due_badge(row: DueRow, today: date) -> Cell:
    """How it stands, in words and tone."""
    status = row.due.status(today)
    if status is DueStatus.LATE:
        days = row.due.days_late(today)
        text = ngettext("{days} day late", "{days} days late", days).format(days=days)
        return Cell(text, badge=Tone.DANGER)
    if status is DueStatus.DUE and (row.due.closes_on - today).days < 7:
        return Cell(_("due this week"), badge=Tone.CAUTION)
    if status is DueStatus.DUE:
        return Cell(_("due"), badge=Tone.GOOD)
    return Cell(_("from {day}").format(day=day_month_text(row.due.opens_on)), badge=Tone.NEUTRAL)


def draft_line(row: DraftRow, today: date) -> str:
    """Treatment · saved 14:32, and of another day: Treatment · saved 20 Nov."""
    saved = row.draft.saved_at
    when = time_text(saved) if saved.date() == today else day_month_text(saved.date())
    return _("{kind} · saved {when}").format(kind=name_of(row.draft.kind), when=when)


def counts_line(counts: LogbookCounts) -> str:
    """214 patients · 388 treatments · 6,318 photos · 21.4 GB."""
    parts = [
        ngettext("{n} patient", "{n} patients", counts.patients).format(n=f"{counts.patients:,}"),
        ngettext("{n} treatment", "{n} treatments", counts.sessions).format(n=f"{counts.sessions:,}"),
        ngettext("{n} photo", "{n} photos", counts.photos).format(n=f"{counts.photos:,}"),
        size_text(counts.bytes),
    ]
    return " · ".join(parts)


def size_text(size: int) -> str:
    """A file's size as people say it: 21.4 GB, 3.2 MB."""
    if size >= GIGABYTE:
        return _("{size:.1f} GB").format(size=size / GIGABYTE)
    return _("{size:.1f} MB").format(size=size / MEGABYTE)
