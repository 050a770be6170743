"""What goes and what stays when somebody is erased, in words."""

from __future__ import annotations

from dermlog.domain.erasure import ErasurePlan
from dermlog.erasing_sentences import must_be_kept_sentence
from dermlog.wording import _, date_text, ngettext


def goes(plan: ErasurePlan) -> tuple[str, ...]:
    """The lines of what is erased."""
    own = max(0, plan.photos - plan.shared_photos)
    lines = [_("Name, chart number, birth date, phone, medical facts and notes")]
    for count, words in (
        (plan.entries, ngettext("{n} recorded visit", "{n} recorded visits", plan.entries)),
        (plan.sessions, ngettext("{n} version of treatments", "{n} versions of treatments", plan.sessions)),
        (own, ngettext("{n} photo", "{n} photos", own)),
        (plan.consents, ngettext("{n} consent", "{n} consents", plan.consents)),
        (plan.drafts, ngettext("{n} unfinished entry", "{n} unfinished entries", plan.drafts)),
    ):
        if count > 0:
            lines.append(words.format(n=count))
    lines.append(
        ngettext(
            "What {n} line of the history says", "What {n} lines of the history say", plan.history_lines
        ).format(n=plan.history_lines)
    )
    return tuple(lines)


def stays(plan: ErasurePlan) -> tuple[str, ...]:
    """The lines of what is kept."""
    lines = [
        _("That somebody was erased, when and by whom, under a number that leads to nobody"),
        _("When and by whom each entry was made, so that the rest of the history can still be proven"),
        _("Backups made before: they age out, and every restore from one erases again"),
    ]
    if plan.shared_photos:
        lines.append(
            ngettext(
                "{n} photo that another patient has too",
                "{n} photos that another patient has too",
                plan.shared_photos,
            ).format(n=plan.shared_photos)
        )
    return tuple(lines)


def keeping(plan: ErasurePlan) -> str:
    """How long the records must be kept by the clinic's own rule."""
    if plan.keep_until is None:
        return _(
            "The clinic has chosen no period for keeping records. The last entry is of {day}. "
            "Before erasing, somebody must confirm that no duty to keep these records applies."
        ).format(day=date_text(plan.last_entry))
    if plan.must_be_kept:
        return must_be_kept_sentence(plan.keep_until)
    return _("The last entry is of {day}. The clinic’s period for keeping ended on {end}.").format(
        day=date_text(plan.last_entry), end=date_text(plan.keep_until)
    )
