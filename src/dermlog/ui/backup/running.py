"""Long work of backups under way: a bar that says how far it is, and a button that stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.domain.key_fault import KeyFault
from dermlog.errors import DermlogError, NotUnlocked
from dermlog.ui.kit import background
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.meter import Meter
from dermlog.ui.kit.theme import Tone
from dermlog.wording import _

T = TypeVar("T")
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Work = Callable[[Progress, Cancelled], T]


class Running(QWidget):
    """Running(): hidden until run(words, work, done); failed(sentence), or stopped() by hand."""

    failed = Signal(str)
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._meter = Meter()
        self.stop_button = Button(_("Stop"), small=True)
        self.stop_button.clicked.connect(self.stop)
        row.addWidget(self._meter, 1)
        row.addWidget(self.stop_button)
        self._task: background.Task[object] | None = None
        self._words = ""
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether work is under way."""
        return self._task is not None

    def run(self, words: str, work: Work[T], done: Callable[[T], object]) -> None:
        """Do work(progress, cancelled) on a thread, then done(result) here; one piece at a time."""
        if self._task is not None:
            return
        self._words = words
        self._meter.show_part(words, 0.0)
        self.show()

        def job(task: background.Task[T]) -> T:
            return work(lambda part, whole: task.report((part, whole)), lambda: task.cancelled)

        def finished(result: T) -> None:
            self._end()
            done(result)

        task = background.run(
            job, done=finished, failed=self._on_failed, progress=self._on_progress, receiver=self
        )
        self._task = task  # type: ignore[assignment]

    def stop(self) -> None:
        """Ask the work to stop; what was complete before is kept."""
        if self._task is not None:
            self._task.cancel()
            self._end()
            self.stopped.emit()

    def _on_progress(self, value: object) -> None:
        if isinstance(value, tuple) and value[1]:
            part = value[0] / value[1]
            words = _("{words} {percent} %").format(words=self._words, percent=round(100 * part))
            self._meter.show_part(words, part, Tone.GOOD)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, DermlogError):
            raise error
        if isinstance(error, NotUnlocked) and error.fault is KeyFault.LOCKED:
            # Read by somebody who has come back in: that it is locked is no longer true.
            self.failed.emit(_("This was stopped when the logbook was locked. Please start it once more."))
            return
        self.failed.emit(error.sentence)

    def _end(self) -> None:
        self._task = None
        self.hide()
