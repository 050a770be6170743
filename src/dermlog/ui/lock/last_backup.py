"""LastBackup: what changed since the last backup is backed up behind the cover, before the key goes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from dermlog.domain.backup import BackupDone
from dermlog.errors import DermlogError
from dermlog.ui.kit import background

if TYPE_CHECKING:
    from dermlog.logbook import Logbook

LONGEST_MS = 10_000
STOPPING_MS = 3_000
LOOK_EVERY_MS = 50
log = logging.getLogger(__name__)


class LastBackup(QObject):
    """LastBackup(logbook): make() once the cover lies over everything; ended() tells that the key may go.

    The key lives on behind the cover for as long as the backup reads: some hundredths of a second where
    nothing changed, about a second where something did, and never more than 10 s, plus at most 3 s until a
    backup that took too long has let go of the file. A dermlog that is closed while it is locked has been
    backed up by then, because no key is left to do it with. stop() when somebody comes in or leaves before.
    A backup that fails keeps nobody from locking: the automatic one tries again after the next sign-in.
    """

    ended = Signal()

    def __init__(self, logbook: Logbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._task: background.Task[BackupDone | None] | None = None
        self._longest = _timer(self, LONGEST_MS, self._on_too_long)
        self._stopping = _timer(self, STOPPING_MS, self._end)
        self._look = _timer(self, LOOK_EVERY_MS, self._on_look)

    def make(self) -> None:
        """Back up where that is wanted; ended() comes later, never from inside this call."""
        backups = self._logbook.backups
        self._task = background.run(
            lambda task: backups.at_lock(cancelled=lambda: task.cancelled),
            done=lambda _done: self._end(),
            failed=self._on_failed,
            receiver=self,
        )
        self._longest.start()

    def stop(self) -> None:
        """Back up no more, and tell nothing."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        for timer in (self._longest, self._stopping, self._look):
            timer.stop()

    def _on_too_long(self) -> None:
        self.stop()
        log.warning("the backup at the lock took too long")
        self._stopping.start()
        self._on_look()

    def _on_look(self) -> None:
        """End as soon as the work has noticed that it shall stop."""
        if self._logbook.backups.is_running:
            self._look.start()
        else:
            self._end()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, DermlogError):
            raise error
        log.warning("backup at the lock failed: %s", getattr(error, "fault", None))

    def _end(self) -> None:
        self.stop()
        self.ended.emit()


def _timer(owner: QObject, milliseconds: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
