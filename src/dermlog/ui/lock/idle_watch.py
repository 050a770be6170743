"""IdleWatch: tells when nobody has touched key or mouse for a while, and when the computer has slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

LOOK_EVERY_MS = 2000
SLEPT_S = 60.0
INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """IdleWatch(minutes): idle() after so many minutes without input; slept() when the clock jumped ahead.

    lock_pressed() when the keys that lock were pressed in any window: a shortcut of the main window sleeps
    while a dialog, a menu or a list is open over it.

    Listens to windows rather than to the whole application: a window hears each key and each movement once,
    the application every event of every widget. clock counts on, wall is the time of day, both in seconds.
    """

    idle = Signal()
    slept = Signal()
    lock_pressed = Signal()

    def __init__(
        self,
        minutes: int,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self.minutes = minutes
        self._clock, self._wall = clock, wall
        self._last_input = clock()
        self._last_look = wall()
        self._heard: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_window)
            self._on_window(app.focusWindow())

    def start(self) -> None:
        """Count from now on."""
        self.touch()
        self._last_look = self._wall()
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def touch(self) -> None:
        """Somebody is there."""
        self._last_input = self._clock()

    def look(self) -> None:
        """Tell when it is time; called every two seconds."""
        now = self._wall()
        jumped, self._last_look = now - self._last_look, now
        if jumped > SLEPT_S:
            self.slept.emit()
        elif self._clock() - self._last_input >= self.minutes * 60:
            self.idle.emit()

    def hear(self, window: QObject) -> None:
        """Count the input of this window."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Input begins the count anew; nothing is held back."""
        if event.type() in INPUT:
            self._last_input = self._clock()
            if isinstance(event, QKeyEvent) and _is_lock_key(event):
                # Once the window is done with this key: locking closes the list that is open there.
                QTimer.singleShot(0, self, self.lock_pressed.emit)
                return True
        return super().eventFilter(watched, event)

    def _on_window(self, window: QWindow | None) -> None:
        # Installing once more only moves the filter to the front.
        if window is not None:
            self.hear(window)


def _is_lock_key(event: QKeyEvent) -> bool:
    """Ctrl+L, the key of LockKeeper, pressed and not only held."""
    return (
        event.type() is QEvent.Type.KeyPress
        and event.key() == Qt.Key.Key_L
        and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        and not event.isAutoRepeat()
    )
