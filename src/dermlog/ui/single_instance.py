"""One window for each logbook: a second start of the same one brings the window that has it to the front.

The lock of the file says that somebody has it; this says it to a window of the same person on the same PC.
Two different logbooks may be open beside each other.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer
    from PySide6.QtWidgets import QWidget

_WAIT_MS = 2000
_ANSWER = b"here\n"


def ring(logbook: Path) -> bool:
    """Ask the window that has this logbook open to come to the front; False when there is no such window."""
    if not logbook.with_name(logbook.name + "-lock").exists():
        return False
    from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - not before the first paint of the others

    _let_others_come_to_the_front()
    socket = QLocalSocket()
    socket.connectToServer(_name_of(logbook))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    while socket.bytesAvailable() < len(_ANSWER) and socket.waitForReadyRead(_WAIT_MS):
        pass
    heard = bytes(socket.readAll().data()) == _ANSWER
    socket.disconnectFromServer()
    return heard


class Bell(QObject):
    """Bell(logbook): rung is told when somebody started dermlog with the same logbook once more.

    For the program that holds the lock of the file: what a crashed one left of its bell is taken away.
    """

    rung = Signal()

    def __init__(self, logbook: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - as above

        name = _name_of(logbook)
        QLocalServer.removeServer(name)
        self._server: QLocalServer = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        # Without a bell a second start says that the logbook is open already: no reason to stop this one.
        self.hangs = self._server.listen(name)

    def close(self) -> None:
        """Take the bell down."""
        self._server.close()

    def _on_connection(self) -> None:
        caller = self._server.nextPendingConnection()
        caller.write(_ANSWER)
        caller.flush()
        caller.disconnected.connect(caller.deleteLater)
        self.rung.emit()


def bring_to_front(window: QWidget) -> None:
    """Out of the taskbar, above the others, with the keyboard."""
    state = window.windowState() & ~Qt.WindowState.WindowMinimized
    window.setWindowState(state | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()


def _name_of(logbook: Path) -> str:
    """The name of the bell of a logbook; it tells nothing of the file."""
    return f"dermlog-{sha256(str(logbook.resolve()).encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def _let_others_come_to_the_front() -> None:
    """Windows lets nobody take the front but whom the program in front lets."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        anyone = -1
        ctypes.windll.user32.AllowSetForegroundWindow(anyone)
