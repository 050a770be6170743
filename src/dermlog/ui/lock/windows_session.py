"""Windows: messages to the window tell of a locked session and of going to sleep."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject, Signal

WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1
PBT_APMSUSPEND = 0x0004
WTS_SESSION_LOCK = 0x0007
THIS_SESSION = 0
log = logging.getLogger(__name__)


def asks_to_lock(message: int, parameter: int) -> bool:
    """Whether a message of Windows says that the session was locked or that the computer goes to sleep."""
    return (message, parameter) in {
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK),
        (WM_POWERBROADCAST, PBT_APMSUSPEND),
    }


class _Listener(QAbstractNativeEventFilter):
    """Looks at each message on its way and lets it pass."""

    def __init__(self, tell: Callable[[], object]) -> None:
        super().__init__()
        self._tell = tell

    def nativeEventFilter(self, _kind: Any, message: Any) -> tuple[bool, int]:
        """Tell of the two messages that matter."""
        seen = wintypes.MSG.from_address(int(message))
        if asks_to_lock(int(seen.message), int(seen.wParam)):
            self._tell()
        return False, 0


class WindowsSession(QObject):
    """WindowsSession(handle): locked() when the session locks or the computer goes to sleep."""

    locked = Signal()

    def __init__(self, handle: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handle = handle
        self.listener = _Listener(self.locked.emit)

    def start(self) -> bool:
        """Listen; False where Windows does not take the wish."""
        app = QCoreApplication.instance()
        if app is None:
            return False
        app.installNativeEventFilter(self.listener)
        try:
            library = ctypes.CDLL("wtsapi32.dll")
            return bool(
                library.WTSRegisterSessionNotification(
                    wintypes.HWND(self._handle), wintypes.DWORD(THIS_SESSION)
                )
            )
        except OSError:
            log.info("no session messages")
            return False
