"""Pages as pictures: the PDF itself, drawn for the preview and for printers, and its text to be read out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

POINTS_PER_INCH = 72
_ONE_AT_A_TIME = Lock()
"""PDFium may be used by one thread at a time only."""


@dataclass(frozen=True)
class PageSize:
    """Width and height of a page in points."""

    width: float
    height: float


@dataclass(frozen=True)
class PagePicture:
    """A page drawn: rows of `stride` bytes, each pixel blue, green, red and one byte unused."""

    number: int
    width: int
    height: int
    stride: int
    pixels: bytes


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """The pages of a document."""
    with _opened(pdf) as document:
        return tuple(PageSize(*document.get_page_size(number)) for number in range(len(document)))


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """The text of each page, as a viewer copies it."""
    with _opened(pdf) as document:
        return tuple(str(document[number].get_textpage().get_text_range()) for number in range(len(document)))


def draw_page(pdf: bytes, number: int, dots_per_inch: float) -> PagePicture:
    """One page, counted from 0, as a picture; IndexError when there is no such page."""
    with _opened(pdf) as document:
        if not 0 <= number < len(document):
            raise IndexError(number)
        bitmap = document[number].render(
            scale=dots_per_inch / POINTS_PER_INCH, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx
        )
        try:
            return PagePicture(number, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            bitmap.close()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
