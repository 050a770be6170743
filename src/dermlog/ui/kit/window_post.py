"""WindowPost: carries calls from any thread to the thread of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot


class WindowPost(QObject):
    """Make it in the window's thread; arrived.emit(call) from any thread, and the call happens there, later.

    In the window's own thread the call happens at once.
    """

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._on_arrived)

    @Slot(object)
    def _on_arrived(self, call: Callable[[], object]) -> None:
        call()
