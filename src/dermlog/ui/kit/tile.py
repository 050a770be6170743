"""Tile: a small card with a label, one large value and a line under it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from dermlog.ui.kit.elided_label import ElidedLabel


class Tile(QFrame):
    """Tile("Oiliness", "4 → 1", "−75 % since baseline", tone="oiliness"); tone as in Label."""

    def __init__(
        self, label: str, value: str = "", line: str = "", *, tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(3)
        self._label = ElidedLabel(label, role="label")
        self._value = ElidedLabel(value, role="value", tone=tone)
        self._line = ElidedLabel(line, role="small")
        for part in (self._label, self._value, self._line):
            column.addWidget(part)
        self._tell()

    def set_value(self, value: str, line: str = "", *, tone: str | None = None) -> None:
        """Change value and line, and tone when given."""
        self._value.setText(value)
        self._line.setText(line)
        if tone is not None:
            self._value.set_tone(tone)
        self._tell()

    def set_label(self, label: str) -> None:
        """Change what the value is of."""
        self._label.setText(label)
        self._tell()

    def value(self) -> str:
        """The large words."""
        return self._value.text()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._label.text()}: {self._value.text()}. {self._line.text()}")
