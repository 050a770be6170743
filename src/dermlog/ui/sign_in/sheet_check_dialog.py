"""Once a year: is the recovery sheet still in the safe, and is it the one that opens this logbook?"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.domain.permission import Action
from dermlog.domain.recovery import GROUPS
from dermlog.errors import DermlogError
from dermlog.ui.kit.code_groups import CodeGroups
from dermlog.ui.kit.label import Label
from dermlog.ui.sign_in.code_words import letters_complaint, same_group
from dermlog.ui.sign_in.proof_dialog import ProofDialog
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook, Unlocked

EVERY = timedelta(days=365)


def sheet_is_due(logbook: Logbook) -> bool:
    """Whether somebody who may should look for the sheet: nobody has proven it for a year."""
    if not logbook.keys.locked or logbook.read_only or not logbook.may(Action.PRINT_RECOVERY_SHEET):
        return False
    if logbook.clinic.get().is_sample:
        return False  # it came without a sheet, and nobody would miss its records
    checked = logbook.keys.sheet_checked_on
    return checked is None or logbook.today() - checked >= EVERY


class SheetCheckDialog(ProofDialog):
    """SheetCheckDialog(logbook, parent): accepted when one group was right; that is kept."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(
            logbook,
            parent,
            _("Is the recovery sheet still in the safe?"),
            line=_(
                "Fetch it and type one group. So you know that it is there, and that it is the right one."
            ),
        )
        self.asked = 1 + secrets.randbelow(GROUPS)
        self.body.addWidget(
            Label(_("Group {number} of the sheet").format(number=self.asked), role="label", wrap=True)
        )
        self.groups = CodeGroups([self.asked], letters_complaint)
        self.body.addWidget(self.groups)
        self.add_proof(_("Check"))

    def ready(self) -> bool:
        """Whether the group is there."""
        if self.groups.is_complete():
            return True
        self.groups.mark(self.asked, _("Type the four letters of this group."))
        return False

    def go_on(self, unlocked: Unlocked) -> None:
        """Compare and keep."""
        if not same_group(self.groups.groups()[0], unlocked.code.groups[self.asked - 1]):
            self.groups.mark(
                self.asked,
                _(
                    "This is not what the sheet of this logbook says. Read it again; "
                    "if it is an older sheet, print a new one on the page Clinic."
                ),
            )
            return
        try:
            self.logbook.keys.note_sheet_checked()
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.accept()
