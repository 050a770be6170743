"""What comes next, in plain words: the next check, when to call, and that this use is still being studied."""

from __future__ import annotations

from datetime import date, timedelta

from dermlog.domain.schedule import DueStatus, FollowUpDue
from dermlog.report.facts import ReportFacts
from dermlog.report.plain_sentence import Sentence, said
from dermlog.wording import _, date_text


def next_check(facts: ReportFacts) -> tuple[Sentence, ...]:
    """When the next check is, was, or that it has to be agreed on."""
    due = facts.due
    if due is None:
        if facts.course.sessions:
            return (said(_("*No further check is planned.* Ask us if you would like one.")),)
        return (said(_("We have not planned a check yet.")),)
    week = date_text(_monday(due))
    if due.status(facts.prepared_at.date()) is DueStatus.LATE:
        return (
            said(_("Your check was planned for the week of *{day}*."), day=week),
            said(_("It has *not happened yet*: please call us for a new day.")),
        )
    return (said(_("Your next check is in the week of *{day}*."), day=week),)


def _monday(due: FollowUpDue) -> date:
    return due.planned_on - timedelta(days=due.planned_on.weekday())


def call_at_once(facts: ReportFacts) -> tuple[Sentence, ...]:
    """When to call the emergency number, when the clinic; this holds for weeks after a treatment."""
    clinic = facts.clinic
    same_day = (
        said(
            _("*Call us the same day* on {phone} for double vision, a hoarse voice, or weakness elsewhere."),
            phone=clinic.phone,
        )
        if clinic.phone
        else said(_("*Call us the same day* for double vision, a hoarse voice, or weakness elsewhere."))
    )
    return (
        said(_("*Call the emergency number at once* if you have trouble breathing, swallowing or speaking.")),
        said(_("Do the same if your face, lips or tongue swell.")),
        same_day,
        said(_("These signs can begin hours to weeks after a treatment.")),
    )


def still_studied() -> tuple[Sentence, ...]:
    """What is not known of this use."""
    return (
        said(_("Botulinum toxin for oily skin and acne is still being studied.")),
        said(_("It is not an approved use.")),
        said(_("Results differ from person to person, and a change can fade again.")),
    )
