"""One decoder process, seen from the application: give it a picture, get its copies, or learn why not.

The child is spawned, never forked, so it works the same on every system and holds nothing of the application.
Pictures travel by pipe: no patient's picture touches the disk outside the logbook. A child that hangs is
killed after SECONDS_LIMIT; one that dies costs the picture it was busy with, and the next picture gets a
new child.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from dermlog.domain.photo import PhotoFault
from dermlog.errors import UnusablePhoto
from dermlog.photos.framing import BrokenFrameError, Head, read_frame, write_frame
from dermlog.photos.limits import REPLY_LIMIT, SECONDS_LIMIT

# A frozen application has no interpreter to hand a module to: it starts itself with this one argument,
# which __main__ passes on to `decoder.main` before it imports anything else.
FROZEN_ARGUMENT = "--photo-decoder"
START_SECONDS = 60.0
_PIPE_BYTES = 1024 * 1024


class DecoderProcess:
    """A child process that decodes; started when first asked.

    Used by one thread at a time, except stop(), which any thread may call.
    """

    def __init__(self, seconds: float = SECONDS_LIMIT) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._late = False

    def start(self) -> None:
        """Start the child ahead of need; raises RuntimeError when this installation cannot."""
        self._running()

    def ask(self, task: str, original: bytes) -> tuple[Head, list[bytes]]:
        """The head and the copies that the child answers with; raises UnusablePhoto."""
        child = self._running()
        try:
            reply = self._exchange(child, task, original)
        except (OSError, BrokenFrameError):
            reply = None
        if reply is None:
            late = self._late
            self.close()
            raise UnusablePhoto(PhotoFault.TOO_SLOW if late else PhotoFault.DAMAGED)
        head, copies = reply
        if "fault" in head:
            if head.get("detail") == "MemoryError":
                self.close()  # what is left of its memory is not worth keeping
            raise UnusablePhoto(_fault(head["fault"]))
        return head, copies

    def stop(self) -> None:
        """End whatever the child is doing, from any thread; the ask() under way fails at once."""
        child = self._child
        if child is not None:
            child.kill()

    def close(self) -> None:
        """End the child and release its pipes; a later ask() starts another."""
        child, self._child = self._child, None
        if child is not None:
            _end(child)

    def _exchange(
        self, child: subprocess.Popen[bytes], task: str, original: bytes
    ) -> tuple[Head, list[bytes]] | None:
        if child.stdin is None or child.stdout is None:
            return None
        self._late = False
        watch = threading.Timer(self._seconds, self._on_late, (child,))
        watch.daemon = True
        watch.start()
        try:
            write_frame(child.stdin, {"task": task}, original)
            return read_frame(child.stdout, REPLY_LIMIT)
        finally:
            watch.cancel()

    def _on_late(self, child: subprocess.Popen[bytes]) -> None:
        self._late = True
        child.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        child = self._child
        if child is not None and child.poll() is None:
            return child
        self.close()
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._child = child
        watch = threading.Timer(START_SECONDS, child.kill)
        watch.daemon = True
        watch.start()
        try:
            ready = read_frame(child.stdout, 0) if child.stdout is not None else None
        except (OSError, BrokenFrameError):
            ready = None
        finally:
            watch.cancel()
        if ready is None:
            self.close()
            raise RuntimeError("the photo decoder did not start")
        _widen(child)
        return child


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_ARGUMENT]
    # -P: a file called PIL.py in the folder where somebody started dermlog must not be imported.
    return [sys.executable, "-P", "-m", "dermlog.photos.decoder"]


def _environment() -> dict[str, str]:
    """Ours, with the place of this very dermlog first, wherever it was imported from."""
    here = str(Path(__file__).parents[2])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join((here, known)) if known else here}


def _widen(child: subprocess.Popen[bytes]) -> None:
    """Larger pipes mean fewer turns for a picture of several megabytes; Linux only, and only a wish."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - not on Windows

        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def _fault(value: object) -> PhotoFault:
    try:
        return PhotoFault(value)
    except ValueError:
        return PhotoFault.DAMAGED
