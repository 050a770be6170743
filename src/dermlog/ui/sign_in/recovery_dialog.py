"""Opening a logbook with the recovery sheet: seven groups, typed or pasted, each looked at as it comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.domain.recovery import RecoveryCode, RecoveryMisread
from dermlog.errors import DermlogError
from dermlog.ui.kit import background
from dermlog.ui.kit.code_groups import CodeGroups
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.sign_in.code_words import letters_complaint
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Unlocked


class RecoveryDialog(Dialog):
    """RecoveryDialog(parent, unlock): unlock(text) opens with a code; unlocked is what came of it."""

    def __init__(self, parent: QWidget | None, unlock: Callable[[str], Unlocked]) -> None:
        super().__init__(
            parent,
            _("Use the recovery sheet"),
            line=_(
                "Type the seven groups from the sheet. Small letters will do, and pasting fills them all."
            ),
            width=620,
        )
        self.unlocked: Unlocked | None = None
        self._unlock = unlock
        self.groups = CodeGroups(range(1, 8), letters_complaint)
        self.groups.changed.connect(self._on_typed)
        self.body.addWidget(self.groups)
        self.body.addWidget(
            Label(
                _("The use of the sheet is noted, and everybody is told when they sign in."),
                role="small",
                wrap=True,
            )
        )
        self.add_cancel()
        self.open_button = self.add_accept(_("Open"))
        self.open_button.setEnabled(False)
        self.open_button.clicked.connect(self._on_open)
        self.groups.setFocus()

    def done(self, result: int) -> None:
        """Leave nothing of the code behind in the boxes."""
        self.groups.clear()
        super().done(result)

    def _on_typed(self) -> None:
        self.notice.hush()
        self.open_button.setEnabled(self._read() is not None)

    def _read(self) -> RecoveryCode | None:
        """The code that stands there; once all groups are full, the group that is wrong is marked."""
        if not self.groups.is_complete():
            return None
        try:
            return RecoveryCode.read(self.groups.text())
        except RecoveryMisread as error:
            if error.group is None:
                self.groups.mark(
                    None, _("These groups do not fit together. Please compare each with the sheet.")
                )
            else:
                sentence = _("Group {number} is not right. Please read it again from the sheet.")
                self.groups.mark(error.group, sentence.format(number=error.group))
            return None

    def _on_open(self) -> None:
        code = self._read()
        if code is None:
            return
        self.open_button.setEnabled(False)
        text = code.text
        background.run(
            lambda _task: self._unlock(text), done=self._on_unlocked, failed=self._on_failed, receiver=self
        )

    def _on_unlocked(self, unlocked: Unlocked) -> None:
        self.unlocked = unlocked
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.open_button.setEnabled(True)
        if not isinstance(error, DermlogError):
            raise error
        self.notice.tell(error.sentence, "danger")
