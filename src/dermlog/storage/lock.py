"""One writer at a time: a lock file beside the logbook that names its holder.

The operating system's own lock on that file decides, so a crash never leaves a lock that somebody has to
delete; its text is for the sentence. That lock knows its own computer only: on a drive that is carried from
one to another, a text that another computer left behind is asked about and never taken over in silence.
Inside one process the lock is shared: its connections know each other.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_HELD: dict[Path, tuple[int, int]] = {}
"""Lock files held by this process: their descriptor, and how often they are held."""
_GUARD = threading.Lock()
_LOCKED_BYTE = 1 << 30
"""Where Windows locks: far behind the text, which others must be able to read."""
_LONGEST_TEXT = 4096


@dataclass(frozen=True)
class Holder:
    """Who has the file: the computer, the person at it, and since when."""

    computer: str
    person: str
    since: datetime


class Held(Exception):
    """Another program has the file; holder says who, None where the lock does not tell.

    left: it is not locked here, but another computer never said that it had finished with it.
    """

    def __init__(self, holder: Holder | None = None, *, left: bool = False) -> None:
        super().__init__("" if holder is None else holder.computer)
        self.holder = holder
        self.left = left


class WriterLock:
    """Held from open to close by the one program that may write."""

    def __init__(self, logbook: Path, name: str, now: datetime, *, take_over: bool = False) -> None:
        """Take the lock of this file; raises Held, or OSError when no lock file can be made.

        take_over: also where another computer left its lock behind, because somebody said so.
        """
        self._since = now.isoformat(timespec="seconds")
        self._path = lock_path(logbook)
        with _GUARD:
            if self._path in _HELD:
                descriptor, times = _HELD[self._path]
                _HELD[self._path] = descriptor, times + 1
                return
            descriptor = self._take(take_over)
            self._write(descriptor, name)
            _HELD[self._path] = descriptor, 1

    def name_holder(self, name: str) -> None:
        """Somebody else of the staff is at this computer now."""
        with _GUARD:
            if self._path in _HELD:
                self._write(_HELD[self._path][0], name)

    def _write(self, descriptor: int, name: str) -> None:
        facts = {"computer": _computer(), "process": os.getpid(), "name": name, "since": self._since}
        # On a full disk the lock holds without its text.
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, json.dumps(facts).encode())

    def release(self) -> None:
        """Give the lock back; the file goes with the last holder."""
        with _GUARD:
            if self._path not in _HELD:
                return
            descriptor, times = _HELD[self._path]
            if times > 1:
                _HELD[self._path] = descriptor, times - 1
                return
            del _HELD[self._path]
            if sys.platform != "win32":
                # While still locked, so that nobody takes a lock on a file that is about to go.
                with suppress(OSError):
                    self._path.unlink()
            os.close(descriptor)
            if sys.platform == "win32":
                with suppress(OSError):
                    self._path.unlink()

    def _take(self, take_over: bool) -> int:
        while True:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _lock(descriptor)
            except OSError as error:
                os.close(descriptor)
                raise Held(_read_holder(self._path)) from error
            # The last holder may have removed the file between our opening and our locking.
            with suppress(OSError):
                if os.path.samestat(os.fstat(descriptor), self._path.stat()):
                    left = _holder_in(os.read(descriptor, _LONGEST_TEXT))
                    if take_over or left is None or left.computer == _computer():
                        return descriptor
                    os.close(descriptor)
                    raise Held(left, left=True)
            os.close(descriptor)


def lock_path(logbook: Path) -> Path:
    """Where the lock of a logbook lies."""
    return logbook.resolve().with_name(logbook.name + "-lock")


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _computer() -> str:
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def _read_holder(path: Path) -> Holder | None:
    try:
        return _holder_in(path.read_bytes())
    except OSError:
        return None


def _holder_in(text: bytes) -> Holder | None:
    try:
        facts = json.loads(text)
        since = datetime.fromisoformat(facts["since"])
        return Holder(str(facts["computer"])[:200], str(facts.get("name", ""))[:200], since)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
