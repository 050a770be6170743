"""Giving somebody a password, or changing one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.domain.staff import Staff
from dermlog.ui.sign_in.new_password_fields import NewPasswordFields
from dermlog.ui.sign_in.proof_dialog import ProofDialog
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook, Unlocked


class PasswordDialog(ProofDialog):
    """PasswordDialog(logbook, person, parent): accepted when the password is set."""

    def __init__(self, logbook: Logbook, person: Staff, parent: QWidget | None = None) -> None:
        own = person.id == logbook.me.id
        super().__init__(
            logbook,
            parent,
            _("Change your password") if own else _("Password of {name}").format(name=person.name),
            line=""
            if own
            else _("{name} types the new password; you prove with yours that they may.").format(
                name=person.name
            ),
        )
        self._person = person
        self.fields = NewPasswordFields(person.name)
        self.body.addWidget(self.fields)
        self.add_proof(_("Set password"))
        self.fields.setFocus()

    def holds_unsaved(self) -> bool:
        """A half-typed password is nothing to keep."""
        return False

    def ready(self) -> bool:
        """Whether the new password will do."""
        return self.fields.read((self._person.name, self.logbook.clinic.get().name)) is not None

    def go_on(self, unlocked: Unlocked) -> None:
        """Set it."""
        password, keys, who = self.fields.first.text(), self.logbook.keys, self._person.id
        self.work(lambda: keys.set_password(who, password, unlocked), self._on_set)

    def done(self, result: int) -> None:
        """Leave nothing of the passwords behind."""
        self.fields.clear()
        super().done(result)

    def _on_set(self, _unlocked: object) -> None:
        self.accept()
