"""The record verified by itself, off the window's thread: its newest part at the start, the whole weekly."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from dermlog.chain_sentences import chain_sentence
from dermlog.domain.access import AccessKind
from dermlog.domain.chain import ChainResult
from dermlog.errors import DermlogError
from dermlog.ui.kit import background
from dermlog.ui.kit.background import Task
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook

EVERY = timedelta(days=7)
NEWEST_AFTER_MS, FIRST_LOOK_MS, LOOK_EVERY_MS = 2_000, 120_000, 3_600_000
log = logging.getLogger(__name__)


class WeeklyVerification(QObject):
    """WeeklyVerification(logbook, window): start() once; look() verifies when a week is over."""

    def __init__(self, logbook: Logbook, window: QWidget) -> None:
        super().__init__(window)
        self._logbook, self._window = logbook, window
        self._task: Task[ChainResult] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """The newest part at once when the window stands; all of it not before nobody waits for anything."""
        QTimer.singleShot(NEWEST_AFTER_MS, self, self.look_at_newest)
        self._timer.start(FIRST_LOOK_MS)

    def look_at_newest(self) -> None:
        """Verify the newest entries."""
        if self._logbook.read_only or self._logbook.is_locked:
            return

        def work(_task: Task[ChainResult]) -> ChainResult:
            with self._logbook.second_connection() as other:
                return other.history.verify_newest()

        self._task = background.run(work, done=self._on_done, failed=self._on_failed, receiver=self)

    def is_due(self) -> bool:
        """Whether the last verification that found all well is a week old."""
        if self._logbook.read_only:
            return False
        last = self._logbook.accesses.newest(AccessKind.CHECKED, "chain")
        return last is None or not timedelta() <= self._logbook.now() - last.at < EVERY

    def look(self) -> None:
        """Verify if it is time; a chain that is broken is said at once."""
        self._timer.setInterval(LOOK_EVERY_MS)
        if (self._task is not None and not self._task.finished) or not self._due_now():
            return

        def work(task: Task[ChainResult]) -> ChainResult:
            with self._logbook.second_connection() as other:
                return other.history.verify(lambda _done, _of: task.check())

        self._task = background.run(work, done=self._on_done, failed=self._on_failed)

    def _due_now(self) -> bool:
        try:
            return self.is_due()
        except DermlogError:
            # Locked, or busy: the next look will tell.
            return False

    def _on_done(self, found: ChainResult) -> None:
        if found.ok:
            return
        from dermlog.ui.kit.dialog import say  # noqa: PLC0415 - hardly ever

        words = " ".join(chain_sentence(one) for one in found.breaks[:3])
        say(
            self._window,
            _("The record was changed outside dermlog"),
            _("{words} Compare with a backup before you rely on this entry.").format(words=words),
        )

    def _on_failed(self, error: Exception) -> None:
        log.info("the record could not be verified: %s", type(error).__name__)
