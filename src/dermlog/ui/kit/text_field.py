"""TextField: one line of typed text with a label above, and a unit or a hint inside the box."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dermlog.ui.kit.field import Field
from dermlog.ui.kit.key_hint import KeyHint
from dermlog.ui.kit.label import Label


class TextField(Field):
    """TextField("Lot", suffix="mL", hint="was 14", placeholder="…", key="Ctrl K").

    edited(str) while somebody types; committed() when they leave the box or press Enter. suffix is a unit
    that belongs to the value; hint is a remark such as last time's value; both are read out.
    key only shows the keys that lead here.
    """

    edited = Signal(str)
    committed = Signal()

    def __init__(
        self,
        label: str,
        *,
        text: str = "",
        suffix: str = "",
        hint: str = "",
        placeholder: str = "",
        key: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, name=name, parent=parent)
        self.edit = QLineEdit(text)
        self.edit.setCursorPosition(0)  # a long text shows its beginning
        self.edit.setPlaceholderText(placeholder)
        self._place(self.edit)
        self._tail: Label | None = None
        self._key = KeyHint(key) if key else None
        self._suffix, self._hint = suffix, hint
        self.edit.textEdited.connect(self._on_edited)
        self.edit.editingFinished.connect(self._on_finished)
        self._show_tail()

    def text(self) -> str:
        """What is typed, as typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Show a text; emits nothing."""
        if text != self.edit.text():
            self.edit.setText(text)
            self.edit.setCursorPosition(0)

    def set_hint(self, hint: str) -> None:
        """Change the remark at the end of the box, such as "was 14"."""
        self._hint = hint
        self._show_tail()

    def set_suffix(self, suffix: str) -> None:
        """Change the unit at the end of the box."""
        self._suffix = suffix
        self._show_tail()

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anybody type."""
        self.edit.setReadOnly(read_only)

    def _on_edited(self, text: str) -> None:
        if self.error():
            self.set_error(None)
        self.edited.emit(text)

    def _on_finished(self) -> None:
        self.committed.emit()

    def _show_tail(self) -> None:
        words = " ".join(part for part in (self._suffix, self._hint) if part)
        if not words and self._tail is None and self._key is None:
            return
        if self._tail is None:
            self._tail = Label(role="hint")
            self._tail.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row = QHBoxLayout(self.edit)
            row.setContentsMargins(0, 0, 9, 0)
            row.addStretch(1)
            row.addWidget(self._tail)
            if self._key is not None:
                self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                row.addWidget(self._key)
            self._tail.installEventFilter(self)
        self._tail.setText(words)
        self._tail.setVisible(bool(words))
        self.edit.setAccessibleName(f"{self._name}, {words}" if words else self._name)
        self._make_room()

    def _make_room(self) -> None:
        if self._tail is not None:
            right = self._tail.sizeHint().width() + 8 if self._tail.text() else 0
            right += self._key.sizeHint().width() + 8 if self._key is not None else 0
            self.edit.setTextMargins(0, 0, right, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tail's width follows the font, so the room for it does too."""
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.Show}:
            self._make_room()
        return super().eventFilter(watched, event)
