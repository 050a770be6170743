"""What people are told when nobody was erased, each with what to do instead."""

from __future__ import annotations

from datetime import date

from dermlog.domain.erasure import ErasingFault
from dermlog.wording import _, month_name


def erasing_sentence(fault: ErasingFault, keep_until: date | None = None) -> str:
    """Why a patient was not erased. keep_until: the last day on which the records must be kept."""
    if fault is ErasingFault.MUST_BE_KEPT and keep_until is not None:
        return must_be_kept_sentence(keep_until)
    sentences = {
        ErasingFault.MUST_BE_KEPT: _("These records must still be kept. Restrict access instead."),
        ErasingFault.NO_DUTY_UNCONFIRMED: _(
            "The clinic has chosen no period for keeping records. Confirm that no duty to keep these applies."
        ),
        ErasingFault.OTHER_CHART_NUMBER: _(
            "That is not this patient's chart number. Type it exactly as it stands above."
        ),
    }
    return sentences[fault]


def must_be_kept_sentence(keep_until: date) -> str:
    """Until when records stay, and what can be done now."""
    return _("Must be kept until {month} {year} (clinic rule). Restrict access now?").format(
        month=month_name(keep_until.month), year=keep_until.year
    )
