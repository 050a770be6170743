"""ElidedLabel: one line of plain text that ends in an ellipsis where room is short."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dermlog.ui.kit.label import Label


class ElidedLabel(Label):
    """ElidedLabel(text, role=…): the whole text is in the tool tip when it does not fit."""

    def __init__(
        self, text: str = "", *, role: str = "body", tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role=role, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def _line(self) -> str:
        return " ".join(self.text().split())

    def sizeHint(self) -> QSize:
        """The whole line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._line()) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        metrics = self.fontMetrics()
        least = min(metrics.horizontalAdvance(self._line()) + 2, metrics.averageCharWidth() * 6)
        return QSize(least, metrics.height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole text in the tool tip when it is cut."""
        super().resizeEvent(event)
        whole = self.fontMetrics().horizontalAdvance(self._line()) <= self.width()
        self.setToolTip("" if whole else _plain(self.text()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self._line(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self.rect(), int(alignment | Qt.TextFlag.TextSingleLine), shown)


def _plain(text: str) -> str:
    """Text for a tool tip, which would otherwise guess that "<b>" is markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped[:600]}</span>"
