"""The frames that the application and its decoder process exchange: a small JSON head, then raw bytes.

Imported by the child too, so nothing but the standard library. No pickle: a decoder that a hostile picture
has taken over can say nothing but a head of bounded size and bytes of bounded size.
"""

from __future__ import annotations

import json
import struct
from typing import Protocol

HEAD_LIMIT = 64 * 1024
_LENGTH = struct.Struct(">I")

Head = dict[str, object]


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


class _Writable(Protocol):
    def write(self, data: memoryview, /) -> int | None: ...


class BrokenFrameError(Exception):
    """The other side said something that is no frame, or ended in the middle of one."""


def write_frame(pipe: _Writable, head: Head, *bodies: bytes) -> None:
    """Send a head and its bodies; raises OSError when the other side is gone."""
    text = json.dumps({**head, "sizes": [len(body) for body in bodies]}).encode()
    for piece in (_LENGTH.pack(len(text)) + text, *bodies):
        rest = memoryview(piece)
        while rest:
            rest = rest[pipe.write(rest) or 0 :]


def read_frame(pipe: _Readable, body_limit: int) -> tuple[Head, list[bytes]] | None:
    """The next head and its bodies, None at the end of the pipe.

    Raises BrokenFrameError on half a frame, a head above HEAD_LIMIT bytes, bodies above body_limit bytes
    in all.
    """
    start = _read(pipe, _LENGTH.size, may_end=True)
    if not start:
        return None
    (length,) = _LENGTH.unpack(start)
    if length > HEAD_LIMIT:
        raise BrokenFrameError("head too long")
    try:
        head = json.loads(_read(pipe, length))
    except ValueError as error:
        raise BrokenFrameError("head is not JSON") from error
    if not isinstance(head, dict):
        raise BrokenFrameError("head is not an object")
    sizes = head.pop("sizes", None)
    if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes):
        raise BrokenFrameError("head has no sizes")
    if sum(sizes) > body_limit:
        raise BrokenFrameError("bodies too long")
    return head, [_read(pipe, size) for size in sizes]


def _read(pipe: _Readable, size: int, *, may_end: bool = False) -> bytes:
    """Exactly size bytes; with may_end, none at all is an answer too."""
    first = pipe.read(size) or b""
    if len(first) == size or (may_end and not first):
        return first
    pieces, missing = [first], size - len(first)
    while first and missing:
        first = pipe.read(missing) or b""
        pieces.append(first)
        missing -= len(first)
    if missing:
        raise BrokenFrameError("ended in the middle")
    return b"".join(pieces)
