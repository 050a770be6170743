"""Unfinished follow-ups of a patient: which one is continued by itself, and what is said of older ones."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from dermlog.domain.draft import Draft, DraftKind
from dermlog.logbook import Logbook
from dermlog.wording import date_text, ngettext


def unfinished_follow_ups(logbook: Logbook, patient_id: UUID) -> tuple[Draft, ...]:
    """The follow-up drafts of a patient, newest first."""
    drafts = logbook.drafts.of_patient(patient_id)
    return tuple(draft for draft in drafts if draft.kind is DraftKind.FOLLOW_UP)


def begun_today(drafts: tuple[Draft, ...], today: date) -> Draft | None:
    """The draft of today, continued rather than begun a second time."""
    return next((draft for draft in drafts if draft.saved_at.date() == today), None)


def unfinished_sentence(drafts: tuple[Draft, ...]) -> str:
    """What to say of the drafts of other days; there is at least one."""
    text = ngettext(
        "There is an unfinished follow-up of {date}.",
        "There are {count} unfinished follow-ups, the last one of {date}.",
        len(drafts),
    )
    return text.format(count=len(drafts), date=date_text(drafts[0].on))
