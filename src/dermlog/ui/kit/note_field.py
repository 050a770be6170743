"""NoteField: several lines of plain text, with a counter near the limit; nothing is ever cut off."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dermlog.ui.kit.field import Field
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.theme import px
from dermlog.wording import _

LIMIT = 20_000


class _NoteEdit(QPlainTextEdit):
    """A text box that wants a given number of lines and says when it was left."""

    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        """Room for the lines asked for."""
        return QSize(px(220), self.fontMetrics().lineSpacing() * self._lines + px(20))

    def minimumSizeHint(self) -> QSize:
        """Never lower than two lines."""
        return QSize(px(80), self.fontMetrics().lineSpacing() * min(2, self._lines) + px(20))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the field that the writer went on."""
        super().focusOutEvent(event)
        self.left.emit()


class NoteField(Field):
    """NoteField("Note", lines=4): Tab goes on to the next control. edited() on every change by hand."""

    edited = Signal()
    committed = Signal()

    def __init__(
        self,
        label: str,
        *,
        text: str = "",
        lines: int = 4,
        limit: int = LIMIT,
        placeholder: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, name=name, parent=parent)
        self._limit = limit
        self._quiet = False
        self.edit = _NoteEdit(lines)
        self.edit.setPlaceholderText(placeholder)
        self._place(self.edit)
        self._counter = Label(role="small")
        self._counter.hide()
        self._column.addWidget(self._counter)
        self.set_text(text)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.left.connect(self.committed)

    def text(self) -> str:
        """What is typed, as typed."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text; emits nothing."""
        if text != self.text():
            self._quiet = True
            self.edit.setPlainText(text)
            self._quiet = False
        self._count()

    def is_too_long(self) -> bool:
        """Whether the text is above the limit; it is kept all the same."""
        return len(self.text()) > self._limit

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anybody type."""
        self.edit.setReadOnly(read_only)

    def _on_changed(self) -> None:
        self._count()
        if not self._quiet:
            if self.error():
                self.set_error(None)
            self.edited.emit()

    def _count(self) -> None:
        # The block count bounds the length from below, so short notes are not copied on every key.
        length = self.edit.document().characterCount() - 1
        near = length > self._limit * 0.9
        if near:
            length = len(self.text())
            over = length > self._limit
            words = (
                _("{count} of {limit} characters, {over} too many")
                if over
                else _("{count} of {limit} characters")
            )
            self._counter.setText(
                words.format(count=f"{length:,}", limit=f"{self._limit:,}", over=f"{length - self._limit:,}")
            )
            self._counter.set_tone("danger" if over else "")
        self._counter.setVisible(near)
