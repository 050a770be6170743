"""One plain sentence for each thing that can be wrong with a password, a recovery code or the key."""

from __future__ import annotations

from dermlog.domain.key_fault import KeyFault
from dermlog.domain.password import SHORTEST
from dermlog.domain.recovery import Misreading, RecoveryMisread
from dermlog.wording import _, ngettext


def key_sentence(fault: KeyFault) -> str:
    """Why a logbook stays locked, or why a password or key was not set."""
    sentences = {
        KeyFault.WRONG_PASSWORD: _("That password doesn't match. Type it again."),
        KeyFault.NO_PASSWORD: _(
            "This person has no password for this logbook. Choose another name, or ask an owner to set one."
        ),
        KeyFault.KEY_CHANGED: _(
            "The key of the clinic was changed, so this password no longer opens the logbook. Ask the owner "
            "who changed it to let you set a new one."
        ),
        KeyFault.SLOTS_MISSING: _(
            "The file with the passwords is missing beside the logbook. The records are not affected: open "
            "them with the recovery sheet, then set the passwords anew."
        ),
        KeyFault.SLOTS_DAMAGED: _(
            "The file with the passwords is damaged. The records are not affected: open them with the "
            "recovery sheet, then set the passwords anew."
        ),
        KeyFault.SLOTS_FOREIGN: _(
            "The passwords beside this logbook belong to another logbook or to an older key. Open it with "
            "the recovery sheet, then set the passwords anew."
        ),
        KeyFault.WRONG_CODE: _(
            "This code is typed correctly, but it belongs to another logbook or to an older key. Look for "
            "the newest recovery sheet of this clinic."
        ),
        KeyFault.CODE_MISREAD: _("This is not a recovery code. Compare it with the sheet."),
        KeyFault.NOT_LOCKED: _(
            "This logbook is not encrypted, so it has no passwords and no recovery sheet."
        ),
        KeyFault.LOCKED: _("The logbook is locked. Unlock it with your password, then go on."),
        KeyFault.PASSWORD_TOO_SHORT: ngettext(
            "The password is too short. It needs at least {count} character.",
            "The password is too short. It needs at least {count} characters.",
            SHORTEST,
        ).format(count=SHORTEST),
        KeyFault.PASSWORD_COMMON: _(
            "This password is too easy to guess. Take three or four words that have nothing to do with each "
            "other."
        ),
        KeyFault.LAST_PASSWORD: _(
            "This is the last password of the logbook. Set one for somebody else first, then remove it."
        ),
        KeyFault.NOT_INTACT: _(
            "The key was not changed, because a part of the logbook is damaged. Check the logbook first."
        ),
        KeyFault.NO_ROOM: _(
            "The key was not changed, because the disk has too little room. Free some space, then try again."
        ),
        KeyFault.BUSY: _(
            "The key was not changed, because the logbook is in use. Wait until the backup has ended, then "
            "try again."
        ),
        KeyFault.NOT_DONE: _(
            "The key was not changed, because the disk had an error. Make a backup to another drive now."
        ),
    }
    return sentences[fault]


def backup_code_sentence() -> str:
    """Why a code does not open a backup: backups keep the key they were made under."""
    return _(
        "This code is typed correctly, but this backup was made under another key. Take the recovery sheet, "
        "or a password, of the time when it was made."
    )


def misread_sentence(misread: RecoveryMisread) -> str:
    """What is wrong with a typed recovery code, and where."""
    if misread.misreading is Misreading.TOO_LONG:
        return _("The code has too many letters: there are 7 groups of 4. Compare it with the sheet.")
    if misread.misreading is Misreading.TOO_SHORT:
        return _("The code is not complete: there are 7 groups of 4 letters. Type the rest.")
    if misread.group is None:
        return _("The code has more than one mistake. Compare every group with the sheet.")
    return _("Group {number} of the code does not match. Compare it with the sheet.").format(
        number=misread.group
    )
