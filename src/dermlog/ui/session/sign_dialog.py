"""SignDialog: what is about to be signed, in plain words, before it becomes part of the record."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dermlog.errors import DermlogError
from dermlog.logbook import Patience
from dermlog.ui.kit import background
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.password_field import PasswordField
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import px
from dermlog.wording import _

WIDTH, HIGHEST = 520, 340
LONGEST_WORD = 16


@dataclass(frozen=True)
class SigningFacts:
    """The lines of the panel; warnings are sentences to read before signing."""

    patient: str
    day: str
    product: str
    lot: str
    injected_by: str
    signed_by: str
    overrides: Sequence[str] = ()
    has_baseline: bool = True


class SignDialog(Dialog):
    """SignDialog(parent, facts, sign, check=): sign() does it and says why not, or "" when it is done.

    check(password) raises NotUnlocked when it is not the signer's; None where nobody has a password. Slow, so
    it runs off the window's thread; patience is that with wrong ones. wants_baseline tells afterwards whether
    the person went to record the skin first.
    """

    def __init__(
        self,
        parent: QWidget | None,
        facts: SigningFacts,
        sign: Callable[[], str],
        *,
        check: Callable[[str], object] | None = None,
        patience: Patience | None = None,
    ) -> None:
        super().__init__(parent, _("Sign treatment"), width=WIDTH)
        self._sign = sign
        self._check = check
        self._patience = patience or Patience()
        self.wants_baseline = False
        self._proving: background.Task[object] | None = None
        self.body.addWidget(_scrolled(facts))
        statement = _(
            "By signing, {name} states: I performed this treatment. "
            "It can then be changed only by a dated amendment."
        )
        self.body.addWidget(Label(statement.format(name=facts.signed_by), wrap=True))
        self.password = PasswordField(_("Password of {name}").format(name=facts.signed_by))
        self.body.addWidget(self.password)
        self.password.setVisible(check is not None)
        if not facts.has_baseline:
            self.notice.tell(_("Oiliness and breakouts are not recorded yet."), "caution")
            self.notice.add_button(_("Record now"), self._record_first)
        self.cancel = self.add_cancel()
        self.sign = self.add_accept(_("Sign") if facts.has_baseline else _("Sign without a baseline"))
        self.sign.clicked.connect(self._on_sign)
        if check is not None:
            self._wait()

    def _record_first(self) -> None:
        self.wants_baseline = True
        self.reject()

    def _on_sign(self) -> None:
        """Once: a second click finds the button switched off."""
        if self._check is None:
            self._sign_now()
            return
        if not self.password.text():
            self.password.set_error(_("Your password is missing. Please type it to sign."))
            self.password.focus()
            return
        check, password = self._check, self.password.text()
        self.sign.setEnabled(False)
        self._proving = background.run(
            lambda _task: check(password),
            done=lambda _unlocked: self._on_proven(),
            failed=self._on_refused,
            receiver=self,
        )

    def _on_proven(self) -> None:
        self._patience.succeeded()
        self._sign_now()

    def _on_refused(self, error: Exception) -> None:
        """A wrong password signs nothing and waits before the next try."""
        if not isinstance(error, DermlogError):
            raise error
        self.password.set_error(error.sentence)
        self.password.edit.selectAll()
        self.password.focus()
        self._patience.failed()
        self._wait()

    def _wait(self) -> None:
        wait = self._patience.remaining
        self.sign.setEnabled(not wait)
        if wait:
            QTimer.singleShot(math.ceil(wait * 1000), self, lambda: self.sign.setEnabled(True))

    def done(self, result: int) -> None:
        """Leave nothing of the password behind, and sign nothing once somebody has left."""
        if self._proving is not None:
            self._proving.cancel()
        self.password.clear()
        super().done(result)

    def _sign_now(self) -> None:
        self.sign.setEnabled(False)
        refused = self._sign()
        if not refused:
            self.accept()
            return
        self.notice.tell(refused, "danger")
        self.sign.setEnabled(True)


def _scrolled(facts: SigningFacts) -> QWidget:
    """Facts and overridden rules, as high as they are up to a limit."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(12)
    column.addLayout(_table(facts))
    for reason in facts.overrides:
        column.addWidget(Label(_breakable(reason), tone="danger", wrap=True))
    area = ScrollArea(inside)
    height = column.heightForWidth(px(WIDTH - 70)) + 12
    area.setMinimumHeight(min(height, px(HIGHEST)))
    area.setMaximumHeight(height)
    return area


def _table(facts: SigningFacts) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(1, 1)
    rows = (
        (_("Patient"), facts.patient),
        (_("Date"), facts.day),
        (_("Product"), facts.product),
        (_("Lot"), facts.lot),
        (_("Injected by"), facts.injected_by),
    )
    for line, (name, value) in enumerate(rows):
        grid.addWidget(Label(name, role="muted"), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(_breakable(value), role="strong", wrap=True), line, 1)
    return grid


def _breakable(text: str) -> str:
    """The same words with room to break inside those that are longer than a line."""
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", text)
