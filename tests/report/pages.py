"""Pages for the tests of paper: a canvas to draw on, and what can be read from the PDF afterwards."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from dermlog.report.typesetting import Typesetter

WIDTH, HEIGHT = 400, 300


def page(draw: Callable[[Typesetter], None]) -> bytes:
    """A PDF with one page of WIDTH by HEIGHT points."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=True)
    draw(Typesetter(canvas))
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def operators(pdf: bytes) -> list[tuple[list[Any], str]]:
    """What the first page does, step by step."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        steps = pikepdf.parse_content_stream(document.pages[0])
        return [(list(step.operands), str(step.operator)) for step in steps]


class Font(NamedTuple):
    """What a page says about one of its fonts."""

    kind: str
    embedded: bool
    """Whether everything that draws its letters is in the document."""
    pictures: int


def fonts(pdf: bytes) -> list[Font]:
    """The fonts of the first page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found: Any = document.pages[0].Resources.get("/Font", {})
        return [_font(font) for _name, font in found.items()]


def _font(font: Any) -> Font:
    if font.Subtype == "/Type3":
        return Font("/Type3", len(font.CharProcs) > 0, len(font.Resources.get("/XObject", {})))
    embedded = font.Subtype == "/Type0" and "/FontFile2" in font.DescendantFonts[0].FontDescriptor
    return Font(str(font.Subtype), embedded, 0)


def written(pdf: bytes) -> str:
    """The text of the first page in the order of writing, as a reader that follows the standard takes it."""
    return "".join(_written(pdf))


def _written(pdf: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        resources = document.pages[0].Resources
        maps = {name: _character_map(font) for name, font in resources.get("/Font", {}).items()}
        font, replaced = "", False
        for step in pikepdf.parse_content_stream(document.pages[0]):
            operator = str(step.operator)
            if operator == "BDC" and "/ActualText" in step.operands[1]:
                yield str(step.operands[1].ActualText)
                replaced = True
            elif operator == "EMC":
                replaced = False
            elif operator == "Tf":
                font = str(step.operands[0])
            elif operator in {"Tj", "TJ"} and not replaced:
                shown = step.operands[0] if operator == "TJ" else [step.operands[0]]
                size, characters = maps[font]
                for part in shown:
                    if isinstance(part, pikepdf.String):
                        codes = bytes(part)
                        for place in range(0, len(codes), size):
                            yield characters[codes[place : place + size]]


def _character_map(font: Any) -> tuple[int, dict[bytes, str]]:
    entries = re.findall(rb"^<([0-9a-f]+)> <([0-9a-f]+)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
    characters = {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in entries
    }
    return (1 if font.Subtype == "/Type3" else 2), characters


def extracted(pdf: bytes) -> str:
    """The text of the first page as a common viewer copies it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def picture(pdf: bytes, scale: float = 1) -> Image.Image:
    """The first page as a viewer shows it, one pixel for a point times `scale`."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[0].render(scale=scale).to_pil()
        return image.convert("RGB")
    finally:
        document.close()
