"""VoidDialog: declare a signed treatment void, with the reason that stays beside it for ever."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from dermlog.errors import DermlogError
from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.note_field import NoteField
from dermlog.wording import _


class VoidDialog(Dialog):
    """VoidDialog(parent, which, void): void(reason) does it and raises DermlogError when it cannot be.

    prove(dialog) lets whoever does it show once more who they are, where people have passwords.
    """

    def __init__(
        self,
        parent: QWidget | None,
        which: str,
        void: Callable[[str], object],
        *,
        prove: Callable[[QWidget], bool] = lambda _dialog: True,
    ) -> None:
        super().__init__(parent, _("Declare void"), line=which, width=480)
        self._void = void
        self._prove = prove
        self.reason = NoteField(_("Why is it void?"), lines=3)
        self.body.addWidget(self.reason)
        self.add_cancel()
        self.accept_button = self.add_accept(_("Declare void"), Kind.DANGER)
        self.accept_button.clicked.connect(self._on_accept)
        self.reason.focus()

    def holds_unsaved(self) -> bool:
        """A typed reason is not lost by Esc."""
        return bool(self.reason.text().strip())

    def _on_accept(self) -> None:
        if not self.reason.text().strip():
            self.reason.set_error(_("The reason is missing. Say in a few words why it does not count."))
            self.reason.focus()
            return
        if not self._prove(self):
            return
        try:
            self._void(self.reason.text())
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.accept()
