"""Signing in: choose your name, type your password; a wrong one makes the next try wait a little longer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from dermlog.domain.key_fault import KeyFault
from dermlog.errors import DermlogError, NotUnlocked
from dermlog.ui.kit import background
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.choice_chips import ChoiceChips
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.password_field import PasswordField
from dermlog.ui.sign_in.lock_door import LockDoor
from dermlog.ui.sign_in.recovery_dialog import RecoveryDialog
from dermlog.wording import _, ngettext

if TYPE_CHECKING:
    from dermlog.logbook import Patience, Unlocked

WAIT_TICK_MS = 250


class SignInDialog(Dialog):
    """SignInDialog(door, parent, who=id, line=…, leave=words): unlocked is the key, None when left.

    failures counts wrong passwords. With leave="" there is no way out but signing in: Esc does nothing, and
    closing names close_button, which whoever made this connects.
    """

    def __init__(
        self,
        door: LockDoor,
        parent: QWidget | None = None,
        *,
        who: UUID | None = None,
        title: str = "",
        line: str = "",
        leave: str | None = None,
        closing: str = "",
        patience: Patience | None = None,
    ) -> None:
        super().__init__(parent, title or _("Sign in"), line=line or door.name, width=480)
        self.unlocked: Unlocked | None = None
        self.failures = 0
        self.recovery: RecoveryDialog | None = None
        self._door = door
        self._way_out = _("Cancel") if leave is None else leave
        self._patience = patience or door.patience or new_patience()
        self._busy = False
        self._waiting = QTimer(self)
        self._waiting.setInterval(WAIT_TICK_MS)
        self._waiting.timeout.connect(self._on_waited)
        self.people = ChoiceChips(
            [Option(person.staff_id, person.name) for person in door.people],
            name=_("Who you are"),
            allow_unset=False,
        )
        self.password = PasswordField(_("Password"))
        self.password.edited.connect(self._on_typed)
        self.wait_line = Label(role="small", wrap=True)
        self.wait_line.hide()
        self._caption = Label(_("Who you are"), role="label")
        for widget in (self._caption, self.people, self.password, self.wait_line):
            self.body.addWidget(widget)
        self.sheet_button = Button(_("Forgot it? Use the recovery sheet"), Kind.QUIET)
        self.sheet_button.clicked.connect(self._on_sheet)
        self.body.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignLeading)
        if self._way_out:
            self.add_cancel(self._way_out)
        if closing:
            self.close_button = self.add_button(closing)
        self.open_button = self.add_accept(_("Sign in"))
        self.open_button.clicked.connect(self._on_open)
        for chip in self.people.chips():
            chip.clicked.connect(self.password.edit.setFocus)
        self._choose(who)
        self._show_ways()
        if self._patience.remaining:
            self._waiting.start()
            self._on_waited()

    def reject(self) -> None:
        """Leave, where leaving is offered."""
        if self._way_out:
            super().reject()

    def done(self, result: int) -> None:
        """Leave nothing of the password behind."""
        self._waiting.stop()
        self.password.clear()
        super().done(result)

    def _choose(self, who: UUID | None) -> None:
        known = [person.staff_id for person in self._door.people]
        chosen = who if who in known else known[0] if len(known) == 1 else None
        if chosen is not None:
            self.people.set_value(chosen)
            self.password.edit.setFocus()

    def _show_ways(self) -> None:
        """Without people only the sheet opens the file, and why is said."""
        if self._door.people:
            return
        for widget in (self._caption, self.people, self.password, self.open_button):
            widget.hide()
        self.sheet_button.set_label(_("Use the recovery sheet"))
        self.notice.tell(
            _("The passwords of this logbook are missing or damaged. The recovery sheet opens it."), "caution"
        )

    def _on_typed(self, _text: str) -> None:
        self.notice.hush()

    def _on_open(self) -> None:
        if self._busy or self._waiting.isActive():
            return
        who = self.people.value()
        if not isinstance(who, UUID):
            self.notice.tell(_("Choose your name first."), "caution")
            self.people.setFocus()
            return
        if not self.password.text():
            self.password.set_error(_("The password is missing. Please type it."))
            self.password.focus()
            return
        self._set_busy(True)
        password = self.password.text()
        background.run(
            lambda _task: self._door.unlock(who, password),
            done=self._on_unlocked,
            failed=self._on_failed,
            receiver=self,
        )

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.open_button.setEnabled(not busy)
        self.open_button.set_label(_("Opening…") if busy else _("Sign in"))
        self.password.set_enabled(not busy)
        self.people.setEnabled(not busy)

    def _on_unlocked(self, unlocked: Unlocked) -> None:
        self._patience.succeeded()
        self.unlocked = unlocked
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, DermlogError):
            raise error
        if not isinstance(error, NotUnlocked) or error.fault is not KeyFault.WRONG_PASSWORD:
            self.notice.tell(error.sentence, "danger")
            return
        self.failures += 1
        self.password.set_error(error.sentence)
        self.password.edit.selectAll()
        self.password.focus()
        self._patience.failed()
        self._waiting.start()
        self._on_waited()

    def _on_waited(self) -> None:
        """Count down; typing goes on meanwhile."""
        left = math.ceil(self._patience.remaining)
        if left <= 0:
            self._waiting.stop()
        self.open_button.setEnabled(left <= 0)
        words = ngettext("Try again in {count} second.", "Try again in {count} seconds.", max(left, 1))
        self.wait_line.setText(words.format(count=left))
        self.wait_line.setVisible(left > 0)

    def _on_sheet(self) -> None:
        if self._busy or self.recovery is not None:
            return
        self.recovery = RecoveryDialog(self, self._door.unlock_with_code)
        self.recovery.finished.connect(self._on_recovered)
        self.recovery.open()

    def _on_recovered(self, _result: int) -> None:
        dialog, self.recovery = self.recovery, None
        if dialog is None:
            return
        dialog.deleteLater()
        if dialog.unlocked is not None:
            self.unlocked = dialog.unlocked
            self.accept()


def new_patience() -> Patience:
    """The usual patience with wrong passwords."""
    from dermlog.logbook import Patience  # noqa: PLC0415 - only where one is locked

    return Patience()
