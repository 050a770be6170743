"""EmptyState: what a list or a page says when there is nothing to show, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dermlog.ui.kit.label import Label


class EmptyState(QWidget):
    """EmptyState("No visits yet.", "Record the first treatment.", action=button)."""

    def __init__(
        self, title: str, line: str = "", *, action: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(8)
        column.addStretch(1)
        self._title = Label(title, role="strong", wrap=True)
        self._line = Label(line, role="muted", wrap=True)
        for label in (self._title, self._line):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        self._line.setVisible(bool(line))
        if action is not None:
            column.addSpacing(6)
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_text(self, title: str, line: str = "") -> None:
        """Change the words."""
        self._title.setText(title)
        self._line.setText(line)
        self._line.setVisible(bool(line))
