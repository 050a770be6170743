"""A question that is answered by typing a word, so that nobody says yes in passing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _


class TypedWordDialog(Dialog):
    """TypedWordDialog("Start an empty logbook?", why, "NEW", "Start", parent): accepted once it is typed."""

    def __init__(self, title: str, line: str, word: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, title, line=line)
        self._word = word
        self.field = TextField(_("Type {word} to go on").format(word=word))
        self.body.addWidget(self.field)
        self.add_cancel()
        self.add_accept(verb).clicked.connect(self._on_accept)

    def _on_accept(self) -> None:
        if self.field.text().strip().casefold() == self._word.casefold():
            self.accept()
            return
        self.field.set_error(_("Type {word}, or cancel.").format(word=self._word))
        self.field.focus()
