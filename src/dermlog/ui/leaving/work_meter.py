"""Long work of a dialog: a bar that says how far it is; stopping it keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from dermlog.errors import DermlogError
from dermlog.ui.kit import background
from dermlog.ui.kit.meter import Meter
from dermlog.ui.kit.theme import Tone
from dermlog.wording import _

T = TypeVar("T")
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class WorkMeter(Meter):
    """WorkMeter(): hidden until run(words, work, done, failed); stop() asks the work to end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stop: Callable[[], None] | None = None
        self._said = ""
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether work is under way."""
        return self._stop is not None

    def run(
        self,
        words: str,
        work: Callable[[Progress, Cancelled], T],
        done: Callable[[T], object],
        failed: Callable[[str], object],
    ) -> None:
        """Do work(progress, cancelled) on a thread; then done(result) or failed(sentence) here."""
        if self.is_busy:
            return
        self._said = words
        self.show_part(words, 0.0, Tone.GOOD)
        self.show()

        def job(task: background.Task[T]) -> T:
            def report(part: int, whole: int) -> None:
                # The work itself ends when it was stopped; telling how far it is must not end it half way.
                if not task.cancelled:
                    task.report((part, whole))

            return work(report, lambda: task.cancelled)

        def finished(result: T) -> None:
            self._end()
            done(result)

        def broken(error: Exception) -> None:
            self._end()
            if not isinstance(error, DermlogError):
                raise error
            failed(error.sentence)

        task = background.run(job, done=finished, failed=broken, progress=self._on_progress, receiver=self)
        self._stop = task.cancel

    def stop(self) -> None:
        """Ask the work to end; it takes away what it wrote. Nothing is called any more."""
        if self._stop is not None:
            self._stop()
            self._end()

    def _on_progress(self, value: object) -> None:
        if isinstance(value, tuple) and value[1]:
            part = value[0] / value[1]
            words = _("{words} {percent} %").format(words=self._said, percent=round(100 * part))
            self.show_part(words, part, Tone.GOOD)

    def _end(self) -> None:
        self._stop = None
        self.hide()
