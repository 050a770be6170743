"""Patience: how long to wait after wrong passwords - 1, 2, 4 … 60 seconds, and never for good."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

LONGEST_SECONDS = 60.0
_KNOWN: dict[str, Patience] = {}


class Patience:
    """Counts wrong answers in a row. now gives seconds that only grow."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._wrong = 0
        self._until = 0.0

    @property
    def remaining(self) -> float:
        """Seconds until the next answer is taken; 0 when it is taken now."""
        return max(0.0, self._until - self._now())

    def failed(self) -> float:
        """A wrong answer: gives the seconds to wait before the next one."""
        delay = min(2.0 ** min(self._wrong, 16), LONGEST_SECONDS)
        self._wrong += 1
        self._until = self._now() + delay
        return delay

    def succeeded(self) -> None:
        """A right answer: the next wrong one waits one second again."""
        self._wrong = 0
        self._until = 0.0


def patience_with(path: Path) -> Patience:
    """The one patience with wrong passwords for a file, as long as the program runs.

    Opening the question anew, or asking it elsewhere in the program, makes no next try come sooner.
    """
    return _KNOWN.setdefault(str(path.absolute()), Patience())
