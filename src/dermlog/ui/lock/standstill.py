"""Standstill: while a lock waits for work that needs the key, nothing typed gets in and nothing shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QDialog, QWidget

SWALLOWED = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut),
        *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick),
        *(QEvent.Type.Wheel, QEvent.Type.ContextMenu, QEvent.Type.InputMethod, QEvent.Type.Close),
        *(QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd),
        *(QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop),
    }
)


class Standstill(QObject):
    """Standstill(cover): between begin() and end() cover(window) is called for each dialog that comes up.

    It listens to the whole application, which is slow and therefore only done while it lasts.
    """

    def __init__(self, cover: Callable[[QWidget], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cover = cover
        self._on = False

    def begin(self) -> None:
        """From now on; a second call does nothing."""
        app = QCoreApplication.instance()
        if app is not None and not self._on:
            self._on = True
            app.installEventFilter(self)

    def end(self) -> None:
        """Everything gets through again."""
        app = QCoreApplication.instance()
        if app is not None and self._on:
            self._on = False
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back what a hand did; what the system or a finished work did goes on, under a cover."""
        kind = event.type()
        if kind in SWALLOWED and (kind is not QEvent.Type.Close or event.spontaneous()):
            event.ignore()  # a closing that nobody ignores is taken for done
            return True
        if kind is QEvent.Type.Show and isinstance(watched, QDialog):
            self._cover(watched)
        return False
