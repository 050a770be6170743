"""ProofDialog: something about the keys is done only by somebody who types their own password again."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from dermlog.domain.key_fault import KeyFault
from dermlog.errors import DermlogError, NotUnlocked
from dermlog.ui.kit import background
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.password_field import PasswordField
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook, Unlocked


class ProofDialog(Dialog):
    """Base: put fields into body, call add_proof(verb), override ready() and go_on(unlocked).

    go_on gets what the password opened and runs in the window's thread.
    """

    def __init__(self, logbook: Logbook, parent: QWidget | None, title: str, *, line: str = "") -> None:
        super().__init__(parent, title, line=line, width=520)
        self.logbook = logbook
        self.own = PasswordField(_("Your own password, {name}").format(name=logbook.me.name))
        self._patience = logbook.keys.patience
        self._accept_button: QWidget | None = None

    def add_proof(self, text: str) -> None:
        """The field for the password and the buttons, after everything else."""
        self.body.addWidget(self.own)
        self.add_cancel()
        button = self.add_accept(text)
        button.clicked.connect(self.prove)
        self._accept_button = button
        self._wait()

    def ready(self) -> bool:
        """Whether the fields will do; those that do not were marked."""
        return True

    def go_on(self, _unlocked: Unlocked) -> None:
        """The password was right."""
        self.accept()

    def prove(self) -> None:
        """Check the fields, then the password, then go on."""
        self.notice.hush()
        if not self.ready():
            return
        if not self.own.text():
            self.own.set_error(_("Your password is missing. Please type it."))
            self.own.focus()
            return
        who, password, keys = self.logbook.me.id, self.own.text(), self.logbook.keys
        self.work(lambda: keys.check(who, password), self._on_proven)

    def work(self, job: Callable[[], object], done: Callable[..., object]) -> None:
        """Do something slow about the keys; what goes wrong is said."""
        self._set_busy(True)

        def finish(result: object) -> None:
            self._set_busy(False)
            done(result)

        background.run(lambda _task: job(), done=finish, failed=self.fail, receiver=self)

    def done(self, result: int) -> None:
        """Leave nothing of the password behind."""
        self.own.clear()
        super().done(result)

    def _on_proven(self, unlocked: Unlocked) -> None:
        self._patience.succeeded()
        self.go_on(unlocked)

    def fail(self, error: Exception) -> None:
        """Say what went wrong; a wrong password waits before the next try."""
        self._set_busy(False)
        if not isinstance(error, DermlogError):
            raise error
        if isinstance(error, NotUnlocked) and error.fault is KeyFault.WRONG_PASSWORD:
            self.own.set_error(error.sentence)
            self.own.edit.selectAll()
            self.own.focus()
            self._patience.failed()
            self._wait()
            return
        self.notice.tell(error.sentence, "danger")

    def _wait(self) -> None:
        """After a wrong password, here or anywhere else, the next try comes later."""
        wait = self._patience.remaining
        if wait:
            self._set_busy(True)
            QTimer.singleShot(math.ceil(wait * 1000), self, lambda: self._set_busy(False))

    def _set_busy(self, busy: bool) -> None:
        if self._accept_button is not None:
            self._accept_button.setEnabled(not busy)


def prove_again(logbook: Logbook, parent: QWidget, title: str) -> bool:
    """Let whoever writes type their password once more, as a signature needs; True where nobody has one."""
    if not logbook.keys.locked:
        return True
    dialog = ProofDialog(
        logbook,
        parent,
        title,
        line=_("By signing, {name} states that this is right. Type your password to sign.").format(
            name=logbook.me.name
        ),
    )
    dialog.add_proof(_("Sign"))
    proven = bool(dialog.exec())
    dialog.deleteLater()
    return proven
