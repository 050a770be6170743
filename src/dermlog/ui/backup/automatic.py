"""Backups by themselves: after changes, when a proof is old, weekly in one file; and a monthly trial."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from dermlog.domain.backup import BackupState, Light
from dermlog.errors import DermlogError
from dermlog.ui.kit import background

if TYPE_CHECKING:
    from dermlog.logbook import Logbook

AFTER_CHANGES = timedelta(minutes=30)
QUIET = timedelta(minutes=5)
"""So long after the last change nobody is charting; the idle lock, which takes the key, comes later."""
AT_REST = timedelta(minutes=10)
LOOK_EVERY_MS = 60_000
log = logging.getLogger(__name__)
Looked = tuple[BackupState, bool]


class AutomaticBackup(QObject):
    """AutomaticBackup(logbook, parent): note_change() at news, start() once; looked(BackupState) after work.

    failed(sentence) when a backup could not be made; it is tried again at the next look. damaged() when the
    daily look found a page of the file that cannot be read.
    """

    looked = Signal(object)
    failed = Signal(str)
    damaged = Signal()

    def __init__(
        self, logbook: Logbook, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._clock = clock
        # What the last day left undone is done at the first look.
        self._first_change: float | None = clock() - AFTER_CHANGES.total_seconds()
        self._last_change = clock()
        self._rested_at = clock()
        self._task: background.Task[Looked] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look once a minute from now on."""
        self._timer.start()

    def stop(self) -> None:
        """Look no more, and wait until what is under way has stopped."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._logbook.backups.wait()

    def note_change(self) -> None:
        """Something was saved."""
        self._last_change = self._clock()
        if self._first_change is None:
            self._first_change = self._last_change

    def look(self) -> None:
        """Back up when it is time, or restore on trial when nobody has saved for a while."""
        if self._task is not None or self._logbook.read_only or self._logbook.is_locked:
            return
        now = self._clock()
        due = self._first_change is not None and (
            now - self._first_change >= AFTER_CHANGES.total_seconds()
            or now - self._last_change >= QUIET.total_seconds()
        )
        at_rest = now - max(self._last_change, self._rested_at) >= AT_REST.total_seconds()
        if not due and not at_rest:
            return
        if at_rest:
            self._rested_at = now  # a trial is not asked about every minute of the night
        backups = self._logbook.backups

        def work(task: background.Task[Looked]) -> Looked:
            soundness = self._logbook.soundness
            sound = True
            if soundness.was_unclean or (at_rest and soundness.is_due()):
                sound = soundness.look()
            if backups.is_wanted() and (due or at_rest):
                backups.back_up(cancelled=lambda: task.cancelled)
            if at_rest and backups.drill_is_due():
                backups.drill(cancelled=lambda: task.cancelled)
            if at_rest and backups.whole_copy_is_due():
                backups.copy_weekly(cancelled=lambda: task.cancelled)
            return backups.state(), sound

        self._task = background.run(work, done=self._on_done, failed=self._on_failed, receiver=self)

    def _on_done(self, found: Looked) -> None:
        state, sound = found
        self._task = None
        self._first_change = None
        self.looked.emit(state)
        if not sound:
            self.damaged.emit()

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, DermlogError):
            raise error
        log.warning("backup failed: %s", getattr(error, "fault", None))
        self.failed.emit(error.sentence)


def waits(state: BackupState) -> int:
    """What the rail shows beside the logbook: 1 when somebody should look at the backups."""
    return int(state.light in {Light.CAUTION, Light.DANGER})
