"""Label: plain text in one of the few text styles, never interpreted as markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

ROLES = (
    "body",
    "strong",
    "muted",
    "small",
    "caption",
    "label",
    "title",
    "heading",
    "subheading",
    "value",
    "error",
    "hint",
)
TONES = ("", "good", "caution", "danger", "oiliness", "breakouts")


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet asks for, and let it take effect."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class Label(QLabel):
    """Plain text; role is one of ROLES, tone one of TONES; wrap breaks lines."""

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "body",
        tone: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Change the text style."""
        restyle(self, "role", role)

    def set_tone(self, tone: str) -> None:
        """Change the colour; "" is plain ink."""
        restyle(self, "tone", tone)
