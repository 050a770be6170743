"""Veil: an empty cover over one window; what was there is hidden, its title too, until it is lifted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dermlog.ui.kit.theme import color, font, theme
from dermlog.wording import _

PROGRAM = "dermlog"


class Veil(QWidget):
    """Veil(window) covers at once; hide_content() takes away what lies beneath, lift() brings it back.

    What lies beneath is hidden and not only painted over, so that a screen reader and a picture of the window
    in the task bar tell nothing either.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._title = window.windowTitle()
        self._focused = window.focusWidget()
        self._hidden: list[QWidget] = []
        self.setAccessibleName(_("Locked"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        window.setWindowTitle(PROGRAM)
        self.show()
        self.raise_()
        self.repaint()

    @property
    def window_beneath(self) -> QWidget:
        """The window that is covered."""
        return self._window

    def hide_content(self) -> None:
        """Take away what lies beneath."""
        parts = [child for child in self._window.children() if isinstance(child, QWidget)]
        for child in parts:
            if child is not self and not child.isWindow() and child.isVisibleTo(self._window):
                self._hidden.append(child)
                child.hide()
        self.raise_()

    def lift(self, *, to_focus: bool = True) -> None:
        """Bring everything back as it was, the cursor too."""
        self._window.removeEventFilter(self)
        for child in self._hidden:
            child.show()
        if self._window.windowTitle() == PROGRAM:
            self._window.setWindowTitle(self._title)
        self.hide()
        self.setParent(None)
        self.deleteLater()
        if to_focus and self._focused is not None and self._focused.isVisible():
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window, and in front."""
        if watched is self._window and event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self.setGeometry(self._window.rect())
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and the name of the program."""
        tokens = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), color(tokens.rail))
        painter.setPen(color(tokens.rail_muted))
        painter.setFont(font(16, bold=True))
        place = QRectF(self.rect()).adjusted(24, 22, -24, -22)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading), PROGRAM)
