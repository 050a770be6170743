"""The recovery sheet once more or anew: handed out, and proven by typing two of its groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import DermlogError
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.sign_in.sheet_fields import SheetFields
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class SheetDialog(Dialog):
    """SheetDialog(logbook, code, parent, line=…): accepted once the sheet is proven; that is kept."""

    def __init__(
        self, logbook: Logbook, code: RecoveryCode, parent: QWidget | None = None, *, line: str = ""
    ) -> None:
        super().__init__(parent, _("Recovery sheet"), line=line, width=600)
        self._logbook = logbook
        self.sheet = SheetFields(code, lambda: logbook.keys.recovery_sheet(code))
        self.sheet.groups.changed.connect(self._on_typed)
        self.body.addWidget(self.sheet)
        self.add_cancel(_("Later"))
        self.done_button = self.add_accept(_("It is in the safe"))
        self.done_button.setEnabled(False)
        self.done_button.clicked.connect(self._on_done)

    def _on_typed(self) -> None:
        self.done_button.setEnabled(self.sheet.is_proven())

    def _on_done(self) -> None:
        try:
            self._logbook.keys.note_sheet_checked()
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.accept()
