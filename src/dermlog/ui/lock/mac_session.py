"""macOS: the system's notices tell of a locked screen and of the displays going to sleep."""

from __future__ import annotations

import ctypes
import logging
from ctypes import util
from typing import Any

from PySide6.QtCore import QObject, Signal

SCREEN_LOCKED = "com.apple.screenIsLocked"
SAVER_STARTED = "com.apple.screensaver.didstart"
DELIVER_AT_ONCE = 4
UTF8 = 0x08000100
log = logging.getLogger(__name__)

_Callback = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p
)


class MacSession(QObject):
    """MacSession(): locked() when the screen locks or the screen saver starts.

    Sleep needs no notice of its own: the clock has jumped when the computer wakes, and that is seen.
    """

    locked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Kept for as long as the system may call it.
        self.callback = _Callback(lambda *_facts: self.locked.emit())

    def start(self) -> bool:
        """Listen; False where the system does not offer these notices."""
        found = util.find_library("CoreFoundation")
        if not found:
            return False
        try:
            self._listen(ctypes.CDLL(found))
        except (OSError, AttributeError):
            log.info("no session notices")
            return False
        return True

    def _listen(self, library: Any) -> None:
        text = library.CFStringCreateWithCString
        text.restype = ctypes.c_void_p
        text.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32]
        centre = library.CFNotificationCenterGetDistributedCenter
        centre.restype = ctypes.c_void_p
        listen = library.CFNotificationCenterAddObserver
        listen.restype = None
        listen.argtypes = [
            ctypes.c_void_p,
            ctypes.c_void_p,
            _Callback,
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.c_long,
        ]
        for name in (SCREEN_LOCKED, SAVER_STARTED):
            listen(centre(), None, self.callback, text(None, name.encode(), UTF8), None, DELIVER_AT_ONCE)
