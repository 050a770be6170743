"""PageHeading: the top line of a screen - title, remark beside it, badges under it, buttons at its end."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dermlog.ui.kit.elided_label import ElidedLabel
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.theme import px

GAP, MARGIN = 8, 16
LEAST_TITLE, LEAST_NOTE = 190, 320


class PageHeading(QWidget):
    """PageHeading("Lindqvist, Maya", "29 y · female"); add_action(button), set_badges([Badge, …])."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(title, role="heading")
        self._note = ElidedLabel(note, role="subheading")
        words = QHBoxLayout()
        words.setSpacing(GAP)
        words.addWidget(self._title)
        words.addWidget(self._note)
        words.addStretch(1)
        self._badges = QWidget()
        self._badge_row = FlowLayout(self._badges, gap=8)
        self._badges.hide()
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addLayout(words)
        left.addWidget(self._badges)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(12)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MARGIN)
        row.addLayout(left, 1)
        row.addLayout(self._actions)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def title(self) -> str:
        """The words of the title."""
        return self._title.text()

    def set_title(self, title: str, note: str = "") -> None:
        """Change title and remark; long ones end in an ellipsis and are whole in the tool tip."""
        self._title.setText(title)
        self._note.setText(note)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share()

    def event(self, event: QEvent) -> bool:
        """A button that comes or goes leaves less or more to share."""
        taken = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._share()
        return taken

    def _share(self) -> None:
        """Neither a name of 200 letters nor many buttons push name, age and chart number out of sight."""
        room = self.width() - self._actions.sizeHint().width() - MARGIN - GAP
        title, note = self._title.sizeHint().width(), self._note.sizeHint().width()
        given = min(title, max(px(LEAST_TITLE), room - min(note, px(LEAST_NOTE))))
        self._title.setMaximumWidth(max(given, 0))
        self._note.setMaximumWidth(max(room - given, 0))

    def set_badges(self, badges: list[QWidget]) -> None:
        """Replace the pills under the title."""
        self._badge_row.clear()
        for badge in badges:
            self._badge_row.addWidget(badge)
        self._badges.setVisible(bool(badges))

    def add_action(self, widget: QWidget) -> None:
        """Put a button, a badge or a search box at the end of the line."""
        self._actions.addWidget(widget)


def section(title: str, note: str = "") -> QWidget:
    """A heading inside a card: title and a small remark."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Label(title, role="title"))
    row.addWidget(Label(note, role="small"), 1)
    return line
