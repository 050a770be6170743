"""Pictures from a camera made ready to be stored: checked, hashed, upright, in three sizes.

The decoding happens in decoder processes. Call from a worker thread: a picture of 24 megapixels takes about
0.15 s, a bad one up to 20 s.
"""

from __future__ import annotations

import atexit
import hashlib
import queue
import stat
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from dermlog.domain.photo import PhotoFault, PreparedPhoto
from dermlog.errors import UnusablePhoto
from dermlog.photos.bare_jpeg import is_bare
from dermlog.photos.decoder_process import DecoderProcess
from dermlog.photos.framing import Head
from dermlog.photos.limits import BYTE_LIMIT, SECONDS_LIMIT

Source = Path | bytes
_IDLE_SECONDS = 30.0
_END = object()


@dataclass(frozen=True)
class Preparation:
    """What became of one source: a photo, or the fault that a sentence can be made of
    (`UnusablePhoto(fault)`).

    position counts from 0 in the order in which the sources were given.
    """

    position: int
    source: Source
    photo: PreparedPhoto | None
    fault: PhotoFault | None


class Preparer:
    """Prepares pictures with up to `children` decoder processes that stay warm until close().

    Use as a context manager. All methods may be called from any thread.
    """

    def __init__(self, children: int = 2, seconds: float = SECONDS_LIMIT) -> None:
        self._decoders = [DecoderProcess(seconds) for _ in range(max(1, children))]
        self._idle: queue.LifoQueue[DecoderProcess] = queue.LifoQueue()
        for decoder in self._decoders:
            self._idle.put(decoder)
        self._cancelled = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def prepare(self, original: bytes) -> PreparedPhoto:
        """The picture ready to be stored; raises UnusablePhoto."""
        _check_size(len(original))
        with self._decoder() as decoder:
            head, copies = decoder.ask("copies", original)
        return _prepared(original, head, copies)

    def clean(self, original: bytes) -> bytes:
        """The picture encoded anew as a JPEG with nothing beside it; raises UnusablePhoto."""
        _check_size(len(original))
        with self._decoder() as decoder:
            _head, copies = decoder.ask("clean", original)
        if len(copies) != 1 or not is_bare(copies[0]):
            raise UnusablePhoto(PhotoFault.DAMAGED)
        return copies[0]

    def prepare_many(self, sources: Iterable[Source]) -> Generator[Preparation, None, None]:
        """Each source's outcome as soon as it is known, in any order; ends early after cancel().

        Files are read here, a few at a time. Closing the iterator stops the work.
        """
        waiting: queue.SimpleQueue[tuple[int, Source]] = queue.SimpleQueue()
        for numbered in enumerate(sources):
            waiting.put(numbered)
        # Bounded: pictures are as large as the reader is slow, so they must not pile up.
        done: queue.Queue[object] = queue.Queue(maxsize=len(self._decoders))
        stopped = threading.Event()
        threads = [
            threading.Thread(target=self._work, args=(waiting, done, stopped), name="photos", daemon=True)
            for _ in self._decoders
        ]
        for thread in threads:
            thread.start()
        running = len(threads)
        try:
            while running:
                item = done.get()
                if item is _END:
                    running -= 1
                elif isinstance(item, Preparation):
                    if not self._cancelled.is_set():
                        yield item
                elif isinstance(item, BaseException):
                    raise item
        finally:
            stopped.set()
            while running:
                running -= done.get() is _END
            for thread in threads:
                thread.join()

    def cancel(self) -> None:
        """Stop: pictures being decoded are dropped, none of the waiting ones is begun. For good."""
        self._cancelled.set()
        for decoder in self._decoders:
            decoder.stop()

    def close(self) -> None:
        """End the decoder processes; one under way is waited for. A later prepare() starts new ones."""
        taken = [self._idle.get() for _ in self._decoders]
        for decoder in taken:
            decoder.close()
            self._idle.put(decoder)

    def close_idle(self) -> None:
        """End the decoder processes that have nothing to do."""
        taken = []
        with suppress(queue.Empty):
            while True:
                taken.append(self._idle.get_nowait())
        for decoder in taken:
            decoder.close()
            self._idle.put(decoder)

    @contextmanager
    def _decoder(self) -> Iterator[DecoderProcess]:
        decoder = self._idle.get()
        try:
            yield decoder
        finally:
            self._idle.put(decoder)

    def _work(
        self,
        waiting: queue.SimpleQueue[tuple[int, Source]],
        done: queue.Queue[object],
        stopped: threading.Event,
    ) -> None:
        try:
            while not (stopped.is_set() or self._cancelled.is_set()):
                try:
                    position, source = waiting.get_nowait()
                except queue.Empty:
                    break
                try:
                    photo = self.prepare(source if isinstance(source, bytes) else _read(source))
                    done.put(Preparation(position, source, photo, None))
                except UnusablePhoto as unusable:
                    done.put(Preparation(position, source, None, unusable.fault))
        except BaseException as error:
            done.put(error)
        finally:
            done.put(_END)


def prepare(original: bytes) -> PreparedPhoto:
    """The picture ready to be stored; raises UnusablePhoto.

    The decoder process stays warm for half a minute for the next picture.
    """
    return _shared.prepare(original)


def clean(original: bytes) -> bytes:
    """The picture encoded anew as a JPEG with nothing beside it; raises UnusablePhoto."""
    return _shared.clean(original)


def _check_size(count: int) -> None:
    if count == 0:
        raise UnusablePhoto(PhotoFault.EMPTY)
    if count > BYTE_LIMIT:
        raise UnusablePhoto(PhotoFault.TOO_MANY_BYTES)


def _read(path: Path) -> bytes:
    """The bytes of an ordinary file; raises UnusablePhoto, before reading, for one that is too large."""
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise UnusablePhoto(PhotoFault.UNREADABLE)
        _check_size(facts.st_size)
        with path.open("rb") as file:
            return file.read(BYTE_LIMIT + 1)
    except (OSError, ValueError):
        raise UnusablePhoto(PhotoFault.UNREADABLE) from None


def _prepared(original: bytes, head: Head, copies: list[bytes]) -> PreparedPhoto:
    """The child's answer, believed only where it can be checked: it has handled a stranger's bytes."""
    taken_at, offset = head.get("taken_at"), head.get("taken_offset_minutes")
    width, height, kind = head.get("width"), head.get("height"), head.get("format")
    if len(copies) != 3 or not all(map(is_bare, copies)):
        raise UnusablePhoto(PhotoFault.DAMAGED)
    if type(width) is not int or type(height) is not int or not isinstance(kind, str):
        raise UnusablePhoto(PhotoFault.DAMAGED)
    preview, print_copy, thumbnail = copies
    return PreparedPhoto(
        original=original,
        sha256=hashlib.sha256(original).hexdigest(),
        format=kind,
        width=width,
        height=height,
        taken_at=_moment(taken_at),
        taken_offset_minutes=offset if type(offset) is int else None,
        preview=preview,
        print_copy=print_copy,
        thumbnail=thumbnail,
    )


def _moment(text: object) -> datetime | None:
    """A camera's wall clock; it has no zone."""
    with suppress(ValueError):
        return datetime.fromisoformat(text).replace(tzinfo=None) if isinstance(text, str) else None
    return None


class _SharedPreparer:
    """A process-wide preparer for single pictures, whose child goes when nothing came for a while."""

    def __init__(self) -> None:
        self._preparer = Preparer(children=2)
        self._lock = threading.Lock()
        self._clock: threading.Timer | None = None

    def prepare(self, original: bytes) -> PreparedPhoto:
        try:
            return self._preparer.prepare(original)
        finally:
            self._wind_up()

    def clean(self, original: bytes) -> bytes:
        try:
            return self._preparer.clean(original)
        finally:
            self._wind_up()

    def close(self) -> None:
        with self._lock:
            if self._clock is not None:
                self._clock.cancel()
            self._clock = None
        self._preparer.close_idle()

    def _wind_up(self) -> None:
        with self._lock:
            if self._clock is not None:
                self._clock.cancel()
            self._clock = threading.Timer(_IDLE_SECONDS, self._preparer.close_idle)
            self._clock.daemon = True
            self._clock.start()


_shared = _SharedPreparer()
atexit.register(_shared.close)
