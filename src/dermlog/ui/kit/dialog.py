"""Dialog: title, body and buttons; Esc leaves only when nothing is lost."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice
from dermlog.ui.kit.theme import dress, px
from dermlog.wording import _

TITLE_BAR = 40
"""What the system draws above a dialog, more or less; known only once it is there."""


class Dialog(QDialog):
    """Dialog(parent, "New patient"): fill `body`, then add_accept and add_cancel.

    Override holds_unsaved() to make Esc ask first. Ctrl+Return presses the accept button from anywhere.
    """

    def __init__(self, parent: QWidget | None, title: str, *, line: str = "", width: int = 460) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(px(width))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(14)
        outer.addWidget(Label(title, role="heading", wrap=True))
        self.line = Label(line, role="muted", wrap=True)
        outer.addWidget(self.line)
        self.line.setVisible(bool(line))
        self.notice = Notice()
        outer.addWidget(self.notice)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        outer.addLayout(self.body, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)
        self._accept: Button | None = None
        self._sure = False
        self._cursor: QWidget | None = None

    def showEvent(self, event: QShowEvent) -> None:
        """A dialog without a dressed window behind it brings the style sheet itself."""
        dress(self)
        super().showEvent(event)
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.fit()
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Grow with what comes later, such as a sentence under a field."""
        taken = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._make_room()
        return taken

    def _make_room(self) -> None:
        """As high as wrapped lines need at this width; Qt asks for the height of unwrapped ones only."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return
        needed = layout.totalHeightForWidth(self.width())
        most = max(self.height(), self._highest())
        if needed > self.height():
            self.resize(self.width(), min(needed, most))

    def fit(self) -> None:
        """Exactly as high as the content needs at this width: call it when a page or a field has gone."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        high = layout.totalSizeHint().height()
        needed = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else high
        lowest = layout.totalMinimumSize().height()
        self.resize(self.width(), max(lowest, min(needed, self._highest())))

    def _highest(self) -> int:
        """The height of the screen without its bars and the dialog's own title."""
        return self.screen().availableGeometry().height() - TITLE_BAR

    def holds_unsaved(self) -> bool:
        """Whether leaving would lose something that was typed; subclasses say."""
        return False

    def holds_key(self) -> bool:
        """Whether work under way here needs the logbook's key to its end; a lock only covers until then."""
        return False

    def add_button(self, text: str, kind: Kind = Kind.PLAIN) -> Button:
        """A button at the end of the others; connect its clicked signal."""
        button = Button(text, kind)
        self._buttons.addWidget(button)
        return button

    def add_accept(self, text: str, kind: Kind = Kind.PRIMARY) -> Button:
        """The button that does it; it does not close by itself: call accept() when all is well."""
        self._accept = self.add_button(text, kind)
        self._accept.setDefault(True)
        return self._accept

    def add_cancel(self, text: str = "") -> Button:
        """The button that leaves, the same way as Esc."""
        button = self.add_button(text or _("Cancel"))
        button.clicked.connect(self.reject)
        return button

    def reject(self) -> None:
        """Leave; when something was typed, ask once inside the dialog."""
        if self.holds_unsaved() and not self._sure:
            cursor = self.focusWidget()
            if cursor is None or not self.notice.isAncestorOf(cursor):
                self._cursor = cursor
            self.notice.tell(_("What you typed here is not saved yet."), "caution")
            self.notice.add_button(_("Leave without saving"), self._leave, Kind.DANGER)
            self.notice.add_button(_("Keep editing"), self._keep_editing).setFocus()
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Return accepts from inside text boxes too."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._accept is not None:
            self._accept.click()
            return
        super().keyPressEvent(event)

    def _keep_editing(self) -> None:
        """Back to where the cursor was."""
        self.notice.hush()
        if self._cursor is not None and shiboken6.isValid(self._cursor):
            self._cursor.setFocus()

    def _leave(self) -> None:
        self._sure = True
        self.reject()


def ask(parent: QWidget | None, title: str, line: str, yes: str, *, kind: Kind = Kind.PRIMARY) -> bool:
    """Ask one question; True when the named button was pressed, False for Cancel and Esc."""
    dialog = Dialog(parent, title, line=line)
    dialog.add_cancel()
    dialog.add_accept(yes, kind).clicked.connect(dialog.accept)
    said = dialog.exec() == int(QDialog.DialogCode.Accepted)
    dialog.deleteLater()
    return said


def say(parent: QWidget | None, title: str, line: str) -> None:
    """Tell something that must be read before going on."""
    dialog = Dialog(parent, title, line=line)
    dialog.add_accept(_("OK")).clicked.connect(dialog.accept)
    dialog.exec()
    dialog.deleteLater()
