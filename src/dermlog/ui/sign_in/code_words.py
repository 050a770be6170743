"""What is said about groups of a recovery code while they are typed."""

from __future__ import annotations

from dermlog.domain.recovery import RecoveryMisread, read_letters
from dermlog.wording import _


def letters_complaint(number: int, text: str) -> str:
    """What is wrong with a typed group whatever the code may be, or ""."""
    try:
        read_letters(text)
    except RecoveryMisread:
        return _("Group {number} has a sign that no recovery sheet uses. Please look at it again.").format(
            number=number
        )
    return ""


def same_group(typed: str, printed: str) -> bool:
    """Whether a typed group is the printed one, small letters and look-alikes forgiven."""
    try:
        return read_letters(typed) == printed
    except RecoveryMisread:
        return False


def group_complaint(number: int, typed: str, printed: str) -> str:
    """What is wrong with a group that is known, or ""."""
    if same_group(typed, printed):
        return ""
    return letters_complaint(number, typed) or _(
        "Group {number} is another one on the sheet. Please read it again."
    ).format(number=number)
