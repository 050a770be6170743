"""Another clinic key, or the recovery sheet once more: both take an owner's password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.domain.recovery import RecoveryCode
from dermlog.ui.kit import background
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.meter import Meter
from dermlog.ui.kit.theme import Tone
from dermlog.ui.sign_in.proof_dialog import ProofDialog
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook, Unlocked


class SheetAgainDialog(ProofDialog):
    """SheetAgainDialog(logbook, parent): code is that of the present sheet once the password was right."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(
            logbook, parent, _("Print the recovery sheet"), line=_("The sheet that opens this logbook now.")
        )
        self.code: RecoveryCode | None = None
        self.add_proof(_("Go on"))

    def go_on(self, unlocked: Unlocked) -> None:
        """The sheet is shown by whoever asked."""
        self.code = unlocked.code
        self.accept()


class KeyChangeDialog(ProofDialog):
    """KeyChangeDialog(logbook, parent): code is that of the new sheet once the logbook has its new key."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(
            logbook,
            parent,
            _("Change the clinic key"),
            line=_("For real doubt: a lost sheet, or somebody who left with a copy and a password."),
        )
        self.code: RecoveryCode | None = None
        self._changing = False
        for sentence in (
            _("The present recovery sheet opens the logbook no more; you print a new one at the end."),
            _("Your password goes on working. Everybody else sets a new one here, with an owner."),
            _("Copies and backups made before stay readable to whoever has an old sheet or password."),
        ):
            self.body.addWidget(Label(_("• {sentence}").format(sentence=sentence), wrap=True))
        self.meter = Meter()
        self.meter.hide()
        self.body.addWidget(self.meter)
        self.add_proof(_("Change the key"))

    def holds_key(self) -> bool:
        """Whether the key is in use here, so that the lock must wait for it."""
        return self._changing

    def reject(self) -> None:
        """Not while the file is being written anew."""
        if not self._changing:
            super().reject()

    def go_on(self, unlocked: Unlocked) -> None:
        """Write the file with another key; every page is read and written once."""
        keys = self.logbook.keys
        self._changing = True
        self._set_busy(True)
        self.meter.show_part(_("Beginning"), 0, Tone.GOOD)
        self.meter.show()

        def work(task: background.Task[RecoveryCode]) -> RecoveryCode:
            return keys.change_clinic_key(unlocked, lambda done, of: task.report((done, of)))

        background.run(
            work, done=self._on_changed, failed=self._on_failed, progress=self._on_progress, receiver=self
        )

    def _on_progress(self, value: object) -> None:
        if isinstance(value, tuple):
            done, of = value
            self.meter.show_part(_("Encrypting with the new key"), done / of if of else 0, Tone.GOOD)

    def _on_changed(self, code: RecoveryCode) -> None:
        self._changing = False
        self.code = code
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._changing = False
        self.meter.hide()
        self.fail(error)
