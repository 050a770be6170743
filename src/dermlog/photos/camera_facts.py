"""What a picture's EXIF block says that is worth keeping: which side is up, and when it was taken.

Runs in the decoder process. A block written by nobody's rules gives None, never an error.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime

from PIL import Image

_ORIENTATION = 0x0112
_EXIF_BLOCK = 0x8769
_DATE_TIME_ORIGINAL = 0x9003
_OFFSET_TIME_ORIGINAL = 0x9011

_DATE = re.compile(r"(\d{4})[:/-](\d{2})[:/-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def turn_needed(picture: Image.Image) -> Image.Transpose | None:
    """How to turn the stored picture upright; None when it is upright or does not say."""
    with suppress(Exception):
        return _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    return None


def taken(picture: Image.Image) -> tuple[str | None, int | None]:
    """The camera's local time as ISO text, and its distance from UTC in minutes."""
    with suppress(Exception):
        block = picture.getexif().get_ifd(_EXIF_BLOCK)
        return _time(block.get(_DATE_TIME_ORIGINAL)), _offset(block.get(_OFFSET_TIME_ORIGINAL))
    return None, None


def _time(value: object) -> str | None:
    match = _DATE.fullmatch(_text(value))
    if match is None:
        return None
    with suppress(ValueError):
        # A wall clock without a zone is what a camera writes; the offset is kept apart, never guessed.
        return datetime(*map(int, match.groups())).isoformat()  # type: ignore[arg-type]  # noqa: DTZ001
    return None


def _offset(value: object) -> int | None:
    text = _text(value)
    if text == "Z":
        return 0
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    if minutes > 14 * 60 or int(match[3]) > 59:
        return None
    return -minutes if match[1] == "-" else minutes


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.strip(" \0\t\r\n") if isinstance(value, str) else ""
