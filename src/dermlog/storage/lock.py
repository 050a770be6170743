"""One writer at a time: a lock file beside the logbook that names its holder.

The operating system's own lock on that file decides, so a crash never leaves a lock that somebody has to
delete; its text is only for the sentence. Inside one process the lock is shared: its connections know each
other.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path

_HELD: dict[Path, tuple[int, int]] = {}
"""Lock files held by this process: their descriptor, and how often they are held."""
_GUARD = threading.Lock()
_LOCKED_BYTE = 1 << 30
"""Where Windows locks: far behind the text, which others must be able to read."""


class Held(Exception):
    """Another program has the file; the text says which computer and since when, as far as known."""


class WriterLock:
    """Held from open to close by the one program that may write."""

    def __init__(self, logbook: Path, name: str, now: datetime) -> None:
        """Take the lock of this file; raises Held, or OSError when no lock file can be made."""
        self._path = lock_path(logbook)
        with _GUARD:
            if self._path in _HELD:
                descriptor, times = _HELD[self._path]
                _HELD[self._path] = descriptor, times + 1
                return
            descriptor = self._take()
            text = json.dumps(
                {
                    "computer": _computer(),
                    "process": os.getpid(),
                    "name": name,
                    "since": now.isoformat(timespec="seconds"),
                }
            )
            # On a full disk the lock holds without its text.
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
                os.write(descriptor, text.encode())
            _HELD[self._path] = descriptor, 1

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

    def _take(self) -> int:
        while True:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _lock(descriptor)
            except OSError as error:
                os.close(descriptor)
                raise Held(_holder(self._path)) from error
            # The last holder may have removed the file between our opening and our locking.
            with suppress(OSError):
                if os.path.samestat(os.fstat(descriptor), self._path.stat()):
                    return descriptor
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


def _holder(path: Path) -> str:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(facts["since"])
        return f"{facts['computer']}, {since:%H:%M}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
