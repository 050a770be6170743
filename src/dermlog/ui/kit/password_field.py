"""PasswordField: typed text that is not shown, with a button that shows it while somebody wants to see it."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dermlog.ui.kit.button import Button
from dermlog.ui.kit.field import Field
from dermlog.wording import _


class PasswordField(Field):
    """PasswordField("Password"): text(), clear(), set_error(); edited(str) while somebody types.

    Pasting is allowed. The button beside it shows what is typed until it is pressed again or cleared.
    """

    edited = Signal(str)

    def __init__(self, label: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, name=name, parent=parent)
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.show_button = Button(_("Show"), name=_("Show what is typed: {field}").format(field=label))
        self.show_button.setCheckable(True)
        self.show_button.toggled.connect(self._on_show)
        self._place(self.edit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.show_button)
        self._column.addLayout(row)
        self.edit.textEdited.connect(self._on_edited)

    def text(self) -> str:
        """What is typed, as typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget what was typed, the steps of undoing too, and hide again."""
        self.edit.clear()
        self.edit.setText("")
        self.show_button.setChecked(False)
        self.set_error(None)

    def set_enabled(self, enabled: bool) -> None:
        """Take typing, or take none for a while."""
        self.edit.setEnabled(enabled)
        self.show_button.setEnabled(enabled)

    def _on_show(self, shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _on_edited(self, text: str) -> None:
        # A line break that was pasted along is not seen, and nobody could ever type it.
        kept = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cc", "Zl", "Zp"})
        if kept != text:
            self.edit.setText(kept)
        if self.error():
            self.set_error(None)
        self.edited.emit(kept)
