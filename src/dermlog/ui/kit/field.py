"""Field: what every labelled input shares - a label above, the input, and a line for what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dermlog.ui.kit.label import Label, restyle
from dermlog.wording import _


class Field(QWidget):
    """A labelled input; subclasses call _place(input) once. Focus on the field goes to its input."""

    def __init__(self, label: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._name = name or label
        self._error: str | None = None
        self._input: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._caption = Label(label, role="label")
        self._column.addWidget(self._caption)
        # Only now: a label that is shown before it has a parent opens as a window of its own.
        self._caption.setVisible(bool(label))
        self._error_line: Label | None = None

    def _place(self, widget: QWidget) -> None:
        self._input = widget
        self._column.addWidget(widget)
        self._caption.setBuddy(widget)
        self.setFocusProxy(widget)
        widget.setAccessibleName(self._name)

    def label(self) -> str:
        """The words above the input."""
        return self._label

    def set_label(self, text: str) -> None:
        """Change the words above the input."""
        self._label = self._name = text
        self._caption.setText(text)
        self._caption.setVisible(bool(text))
        if self._input is not None:
            self._input.setAccessibleName(text)

    def error(self) -> str | None:
        """The sentence shown under the input, None when all is well."""
        return self._error

    def set_error(self, text: str | None) -> None:
        """Mark the input and say why under it, or take the mark away with None. Keeps what was typed."""
        self._error = text
        if text and self._error_line is None:
            self._error_line = Label(role="error", wrap=True)
            self._column.addWidget(self._error_line)
        if self._error_line is not None:
            self._error_line.setText(text or "")
            self._error_line.setVisible(bool(text))
        if self._input is not None:
            restyle(self._input, "wrong", bool(text))
            said = _("Wrong: {reason}").format(reason=text) if text else ""
            self._input.setAccessibleDescription(said)

    def focus(self) -> None:
        """Put the cursor here, as after a mistake was found."""
        if self._input is not None:
            self._input.setFocus(Qt.FocusReason.OtherFocusReason)
