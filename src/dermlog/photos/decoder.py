"""The decoder process: reads pictures from its standard input and answers with their copies.

Started by `decoder_process`; imports Pillow and three small neighbours, nothing else of dermlog and no Qt,
so that a fresh one answers within a tenth of a second. It limits itself before it touches a picture:
address space to MEMORY_LIMIT and processor time per picture, where the system can (POSIX; macOS takes the
memory limit but does not hold it, Windows has none: there the pixel, byte and time limits hold the line).
It writes no file.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import BinaryIO

from PIL import Image

from dermlog.photos.framing import BrokenFrameError, Head, read_frame, write_frame
from dermlog.photos.limits import (
    BYTE_LIMIT,
    CLEAN_SIDE,
    MEMORY_LIMIT,
    PREVIEW_SIDE,
    PRINT_SIDE,
    SECONDS_LIMIT,
    THUMBNAIL_SIDE,
)
from dermlog.photos.scaled_decode import Decoded, UnusableError, decode, resized


def main() -> int:
    """Answer requests until the other side closes the pipe."""
    # Anything a library prints must not end up between the frames.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    _limit_memory()
    try:
        write_frame(replies, {"ready": True})
        serve(sys.stdin.buffer, replies)
    except (OSError, BrokenFrameError, KeyboardInterrupt):
        return 1  # the application went away
    return 0


def serve(requests: BinaryIO, replies: io.RawIOBase) -> None:
    """Answer each request frame {"task": "copies" | "clean"} with one reply frame."""
    while (frame := read_frame(requests, BYTE_LIMIT)) is not None:
        head, bodies = frame
        del frame
        _limit_processor_time()
        answer, results = respond(str(head.get("task")), bodies.pop())
        write_frame(replies, answer, *results)


def respond(task: str, original: bytes) -> tuple[Head, list[bytes]]:
    """The reply to one picture: its facts and copies, or {"fault": …, "detail": error kind}."""
    try:
        if task == "clean":
            decoded = decode(original, CLEAN_SIDE)
            return _facts(decoded), [_jpeg(decoded.image, 92)]
        decoded = decode(original, PREVIEW_SIDE)
        preview = decoded.image
        print_copy = resized(preview, PRINT_SIDE)
        thumbnail = resized(print_copy, THUMBNAIL_SIDE)
        return _facts(decoded), [_jpeg(preview, 86), _jpeg(print_copy, 86), _jpeg(thumbnail, 82)]
    except UnusableError as unusable:
        return {"fault": str(unusable), "detail": ""}, []
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        return {"fault": "too_many_pixels", "detail": type(error).__name__}, []
    except Exception as error:  # a broken picture makes the libraries raise nearly anything
        return {"fault": "damaged", "detail": type(error).__name__}, []


def _facts(decoded: Decoded) -> Head:
    return {
        "format": decoded.format,
        "width": decoded.width,
        "height": decoded.height,
        "taken_at": decoded.taken_at,
        "taken_offset_minutes": decoded.taken_offset_minutes,
    }


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


if sys.platform == "win32":

    def _limit_memory() -> None:
        """Windows has no such limit for a process of its own."""

    def _limit_processor_time() -> None:
        """Windows has no such limit for a process of its own."""

else:
    import resource

    def _limit_memory() -> None:
        _lower(resource.RLIMIT_AS, MEMORY_LIMIT)
        _lower(resource.RLIMIT_CORE, 0)

    def _limit_processor_time() -> None:
        """Ends this process even when nobody is left to end it."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + SECONDS_LIMIT) + 5)

    def _lower(kind: int, soft: int) -> None:
        hard = resource.getrlimit(kind)[1]
        with suppress(ValueError, OSError):  # a system that does not know this limit
            resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


if __name__ == "__main__":
    raise SystemExit(main())
