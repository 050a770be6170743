"""Card: a rounded panel with an optional title, a note beside it and something at its end."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from dermlog.ui.kit.label import Label, restyle

PADDING = 18
TONE_OF = {"danger": "danger", "danger_soft": "danger", "caution": "caution", "caution_soft": "caution"}


class Card(QFrame):
    """Card("Follow-ups due", note="optional", trailing=button, panel="card").

    panel is card, danger, caution (with a border), danger_soft, caution_soft or info_soft (without).

    Fill it with add(widget), add_layout(layout) or through its `body` layout (vertical, 10 px gaps).
    """

    def __init__(
        self,
        title: str = "",
        *,
        note: str = "",
        trailing: QWidget | None = None,
        panel: str = "card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", panel)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PADDING, PADDING - 3, PADDING, PADDING - 3)
        outer.setSpacing(12)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._title = Label(title, role="title", tone=TONE_OF.get(panel, ""))
        self._note = Label(note, role="small")
        self._head.addWidget(self._title)
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        outer.addLayout(self._head)
        self._title.setVisible(bool(title))
        self._note.setVisible(bool(note))
        if trailing is not None:
            self._head.addWidget(trailing)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        outer.addLayout(self.body, 1)
        if title:
            self.setAccessibleName(title)

    def set_title(self, title: str, note: str = "") -> None:
        """Change title and note."""
        self._title.setText(title)
        self._note.setText(note)
        self._title.setVisible(bool(title))
        self._note.setVisible(bool(note))
        self.setAccessibleName(title)

    def set_panel(self, panel: str) -> None:
        """Change the kind of panel."""
        restyle(self, "panel", panel)
        self._title.set_tone(TONE_OF.get(panel, ""))

    def add_trailing(self, widget: QWidget) -> None:
        """Put a widget at the end of the title line."""
        self._head.addWidget(widget)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget under the others."""
        self.body.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout, stretch: int = 0) -> None:
        """Put a layout under the others."""
        self.body.addLayout(layout, stretch)


def separator() -> QFrame:
    """A thin line between rows of a card."""
    line = QFrame()
    line.setProperty("panel", "line")
    line.setFixedHeight(1)
    return line
