"""Linux: the session bus tells of a locked screen, the system bus of a session lock and of going to sleep."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot

SCREEN_SAVERS = (
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
)


class LinuxBus(QObject):
    """LinuxBus(): locked() when the desktop locks or the computer goes to sleep; silent where no bus is."""

    locked = Signal()

    def start(self) -> bool:
        """Listen; False where neither bus can be reached."""
        try:
            from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - only where there is a bus
        except ImportError:
            return False
        heard = False
        session = QDBusConnection.sessionBus()
        # The bindings take the text of SLOT(), whatever their stub says.
        on_active, on_lock, on_sleep = (
            cast("bytes", SLOT(name)) for name in ("on_active(bool)", "on_lock()", "on_sleep(bool)")
        )
        if session.isConnected():
            for path, interface in SCREEN_SAVERS:
                heard |= session.connect("", path, interface, "ActiveChanged", self, on_active)
        system = QDBusConnection.systemBus()
        if system.isConnected():
            login = "org.freedesktop.login1"
            heard |= system.connect(login, "", f"{login}.Session", "Lock", self, on_lock)
            heard |= system.connect(login, "", f"{login}.Manager", "PrepareForSleep", self, on_sleep)
        return heard

    @Slot(bool)
    def on_active(self, active: bool) -> None:
        """The screen saver came or went."""
        if active:
            self.locked.emit()

    @Slot()
    def on_lock(self) -> None:
        """A session was locked."""
        self.locked.emit()

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:
        """The computer is about to sleep, or has woken."""
        if begins:
            self.locked.emit()
