"""Photos on paper: the JPEG goes into the file as it is, once, however often it is shown."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFImageXObject

from dermlog.report.facts import ReportPhoto
from dermlog.report.paper import MUTED, PAGE_HEIGHT, SMALL, Paper
from dermlog.report.pdf_numbers import number
from dermlog.wording import _

GROUND = "#DEE4E9"


@dataclass(frozen=True)
class PrintedPhoto:
    """A photo fitted into a room: width and height as it will be printed, in points."""

    photo: ReportPhoto
    width: float
    height: float


def fitted(photo: ReportPhoto, width: float, height: float) -> PrintedPhoto:
    """The photo as large as it goes into a room, never distorted, never cut."""
    scale = min(width / max(photo.width, 1), height / max(photo.height, 1))
    return PrintedPhoto(photo, photo.width * scale, photo.height * scale)


def put_photo(paper: Paper, printed: PrintedPhoto, x: float, y: float) -> None:
    """Draw it with its upper left corner at x, y; a damaged one leaves a grey room that says so."""
    name = _embedded(paper, printed.photo.jpeg)
    if name is None:
        paper.pen.rect(x, y, printed.width, printed.height, fill=GROUND, radius=4)
        words = paper.set(
            _("This photo cannot be printed."),
            size=SMALL,
            color=MUTED,
            width=printed.width - 12,
            align="center",
        )
        paper.put(words, x + 6, y + (printed.height - words.height) / 2)
        return
    size = f"{number(printed.width)} 0 0 {number(printed.height)}"
    place = f"{number(x)} {number(PAGE_HEIGHT - y - printed.height)}"
    paper.typesetter.write([f"q {size} {place} cm /{name} Do Q"])


def _embedded(paper: Paper, jpeg: bytes) -> str | None:
    """The name under which the page finds the picture; None when it is no JPEG."""
    canvas: Any = paper.canvas
    known: dict[bytes, str | None] = paper.embedded_photos
    if jpeg not in known:
        known[jpeg] = None
        image: Any = PDFImageXObject(f"photo{len(known)}")
        if image.loadImageFromJPEG(io.BytesIO(jpeg)):
            known[jpeg] = image.name
            image.XObjects = None
            canvas._doc.Reference(image, canvas._doc.getXObjectName(image.name))
            canvas._doc.addForm(image.name, image)
    name = known[jpeg]
    if name is None:
        return None
    canvas._currentPageHasImages = 1
    if name not in canvas._formsinuse:
        canvas._formsinuse.append(name)
    return str(canvas._doc.getXObjectName(name))
