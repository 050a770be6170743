"""Which of the three ways of hearing that the computer locks or sleeps belongs to this system."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from dermlog.ui.lock.linux_bus import LinuxBus
from dermlog.ui.lock.mac_session import MacSession
from dermlog.ui.lock.windows_session import WindowsSession

SystemWatch = LinuxBus | WindowsSession | MacSession


def system_watch(window: QWidget, system: str = sys.platform) -> SystemWatch:
    """The one for a system, not yet started; it lives as long as the window."""
    watch: SystemWatch
    if system == "win32":
        watch = WindowsSession(int(window.winId()), window)
    elif system == "darwin":
        watch = MacSession(window)
    else:
        watch = LinuxBus(window)
    QObject.setObjectName(watch, "system_watch")
    return watch
