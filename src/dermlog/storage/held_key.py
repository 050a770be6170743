"""The key of an open logbook, shared by its connections, so that it can be taken from all of them at once."""

from __future__ import annotations

import threading

from dermlog.domain.key_fault import KeyFault
from dermlog.errors import not_unlocked


class HeldKey:
    """A key of 32 bytes, or None for a file that is not encrypted. May be used from any thread.

    Python cannot promise that no copy of the bytes is left in memory; this one is overwritten when dropped,
    and nothing keeps another for longer than it takes to open a connection.
    """

    def __init__(self, key: bytes | None) -> None:
        self._key = None if key is None else bytearray(key)
        self.encrypted = key is not None
        self._dropped = False
        self._open = 0
        self.generation = 0
        """Another number for each key held: a connection opened under an earlier one is opened again."""
        self._condition = threading.Condition()

    def __repr__(self) -> str:
        state = "dropped" if self._dropped else "held" if self.encrypted else "none"
        return f"HeldKey({state})"

    @property
    def is_dropped(self) -> bool:
        """Whether the key was taken away and is not back yet."""
        return self._dropped

    def take(self) -> bytes | None:
        """The key, for opening a connection; NotUnlocked while it is dropped."""
        with self._condition:
            if self._dropped:
                raise not_unlocked(KeyFault.LOCKED)
            return None if self._key is None else bytes(self._key)

    def drop(self) -> None:
        """Forget the key."""
        with self._condition:
            self._dropped = True
            if self._key is not None:
                self._key[:] = bytes(len(self._key))
                self._key = None

    def give_back(self, key: bytes) -> None:
        """Hold this key from now on: the one that was dropped, or a new one after the file was re-keyed."""
        with self._condition:
            self._key = bytearray(key)
            self._dropped = False
            self.generation += 1

    def opened(self) -> None:
        """One more connection was opened with the key."""
        with self._condition:
            self._open += 1

    def closed(self) -> None:
        """A connection was closed."""
        with self._condition:
            self._open -= 1
            self._condition.notify_all()

    def wait_until_closed(self, seconds: float) -> bool:
        """Wait until no connection is open, at most so long; whether that came true."""
        with self._condition:
            return self._condition.wait_for(lambda: self._open <= 0, seconds)
