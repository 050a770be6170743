"""The fonts inside one document: the glyphs it uses, their codes, and the PDF objects that carry them."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
)

from dermlog.report.truetype import subset
from dermlog.report.typesetting_faces import Face
from dermlog.report.typesetting_outlines import GlyphPicture
from dermlog.report.typesetting_runs import Run

_NOTHING = "\u200b"
"""What a glyph stands for that only continues the one before it; a map has to name something."""
_REMEMBERED_SUBSETS = 8
_TYPE3_CODES = 256
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MAP_LINES = 100
"""So many lines a block of a character map may have."""


class DocumentFont:
    """One face in one document. Glyphs get their codes in order of use: the same text gives the same bytes.

    A glyph that stands for different characters in different places (a space and a no-break space) has a
    code for each, so that copied text is what was typed.
    """

    def __init__(self, face: Face, number: int) -> None:
        self.face = face
        self.name = f"T{number}"
        # Code 0 is left to the empty box, as fonts have it.
        self._codes: dict[tuple[int, str], str] = {} if face.truetype is None else {(0, ""): "0000"}

    def operators(self, run: Run, size: str) -> list[str]:
        """What shows the glyphs of a run at the text position. `size` is the font size, written out."""
        if self.face.truetype is None:
            return self._outlined(run, size)
        codes = self._codes
        try:
            shown = [codes[glyph] for glyph in run.glyphs]
        except KeyError:
            shown = [codes.setdefault(glyph, f"{len(codes):04x}") for glyph in run.glyphs]
        return [f"/{self.name} {size} Tf", _show(shown, dict(run.moves))]

    def _outlined(self, run: Run, size: str) -> list[str]:
        """The same for Type 3 fonts, which have one byte for a code: a long document needs several."""
        moves = dict(run.moves)
        written: list[str] = []
        here: list[str] = []
        here_moves: dict[int, float] = {}
        part = -1
        for number, glyph in enumerate(run.glyphs):
            code = int(self._codes.setdefault(glyph, f"{len(self._codes):x}"), 16)
            if code // _TYPE3_CODES != part:
                if here:
                    written.append(_show(here, here_moves))
                here, here_moves, part = [], {}, code // _TYPE3_CODES
                written.append(f"/{self.name}.{part} {size} Tf")
            if number in moves:
                here_moves[len(here)] = moves[number]
            here.append(f"{code % _TYPE3_CODES:02x}")
        written.append(_show(here, here_moves))
        return written

    def addObjects(self, document: Any) -> None:
        """Write the font into the document: reportlab calls this when the last page is done."""
        if self.face.truetype is None:
            glyphs = list(self._codes)
            for part in range(0, len(glyphs), _TYPE3_CODES):
                name = f"{self.name}.{part // _TYPE3_CODES}"
                _register(
                    document, name, _type3_font(document, self.face, glyphs[part : part + _TYPE3_CODES])
                )
        else:
            _register(document, self.name, _truetype_font(document, self.face, list(self._codes)))


def _show(codes: list[str], moves: dict[int, float]) -> str:
    if not moves:
        return f"<{''.join(codes)}> Tj"
    written: list[str] = []
    before = 0
    for number, by in moves.items():
        if number > before:
            written.append(f"<{''.join(codes[before:number])}>")
        written.append(f"{-by:.1f}".removesuffix(".0"))
        before = number
    written.append(f"<{''.join(codes[before:])}>")
    return f"[{''.join(written)}] TJ"


def _register(document: Any, name: str, font: PDFDictionary) -> None:
    document.idToObject["BasicFonts"].dict[name] = document.Reference(font, f"font:{name}")


def _truetype_font(document: Any, face: Face, glyphs: list[tuple[int, str]]) -> PDFDictionary:
    """A composite font whose codes are the glyph numbers of the small font file inside it."""
    truetype = face.truetype
    if truetype is None:
        raise ValueError(f"{face.name} has no tables to embed")
    numbers = tuple(glyph for glyph, _ in glyphs)
    compressed = face.subsets.get(numbers)
    if compressed is None:
        compressed = zlib.compress(subset(truetype, numbers))
        while len(face.subsets) >= _REMEMBERED_SUBSETS:
            face.subsets.pop(next(iter(face.subsets)), None)
        face.subsets[numbers] = compressed
    base = PDFName(f"{_tag(glyphs)}+{face.name}")
    scale = 1000 / truetype.units_per_em
    descriptor = _dictionary(
        Type=PDFName("FontDescriptor"),
        FontName=base,
        Flags=4,
        FontBBox=PDFArray([round(edge * scale) for edge in truetype.box]),
        ItalicAngle=face.italic_angle,
        Ascent=round(face.ascent),
        Descent=-round(face.descent),
        CapHeight=round(face.cap_height),
        StemV=80,
        FontFile2=document.Reference(_stream(compressed)),
    )
    descendant = _dictionary(
        Type=PDFName("Font"),
        Subtype=PDFName("CIDFontType2"),
        BaseFont=base,
        CIDSystemInfo=_dictionary(Registry=PDFString("Adobe"), Ordering=PDFString("Identity"), Supplement=0),
        CIDToGIDMap=PDFName("Identity"),
        FontDescriptor=document.Reference(descriptor),
        W=PDFArray([0, PDFArray([_short(face.advance(glyph)) for glyph in numbers])]),
    )
    return _dictionary(
        Type=PDFName("Font"),
        Subtype=PDFName("Type0"),
        BaseFont=base,
        Encoding=PDFName("Identity-H"),
        DescendantFonts=PDFArray([document.Reference(descendant)]),
        ToUnicode=document.Reference(_stream(zlib.compress(_character_map(glyphs, 4)))),
    )


def _type3_font(document: Any, face: Face, glyphs: list[tuple[int, str]]) -> PDFDictionary:
    """A font of small drawings, for a face whose own tables cannot travel."""
    procedures: dict[str, Any] = {}
    pictures: dict[str, Any] = {}
    boxes = [face.outlines[glyph].box for glyph, _ in glyphs]
    for number, (glyph, _) in enumerate(glyphs):
        outline = face.outlines[glyph]
        left, bottom, right, top = outline.box
        if outline.picture:
            name = f"P{number}"
            pictures[name] = _image(document, outline.picture)
            placed = f"{right - left} 0 0 {top - bottom} {left} {bottom} cm"
            drawing = f"{_short(outline.advance)} 0 d0\nq {placed} /{name} Do Q"
        else:
            drawing = f"{_short(outline.advance)} 0 {left} {bottom} {right} {top} d1\n{outline.path}"
        procedures[f"g{number}"] = document.Reference(_stream(zlib.compress(drawing.encode("ascii"))))
    names = [PDFName(name) for name in procedures]
    return _dictionary(
        Type=PDFName("Font"),
        Subtype=PDFName("Type3"),
        # Tagged documents ask for a description of drawn fonts as well.
        FontDescriptor=document.Reference(
            _dictionary(
                Type=PDFName("FontDescriptor"),
                FontName=PDFName(face.name),
                Flags=4,
                ItalicAngle=face.italic_angle,
            )
        ),
        FontBBox=PDFArray(
            [
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            ]
        ),
        FontMatrix=PDFArray([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=PDFDictionary(procedures),
        Encoding=_dictionary(Type=PDFName("Encoding"), Differences=PDFArray([0, *names])),
        FirstChar=0,
        LastChar=len(glyphs) - 1,
        Widths=PDFArray([_short(face.outlines[glyph].advance) for glyph, _ in glyphs]),
        Resources=PDFDictionary({"XObject": PDFDictionary(pictures)} if pictures else {}),
        ToUnicode=document.Reference(_stream(zlib.compress(_character_map(glyphs, 2)))),
    )


def _image(document: Any, picture: GlyphPicture) -> Any:
    """A painted glyph, see-through where nothing is painted."""
    entries = {
        "Type": PDFName("XObject"),
        "Subtype": PDFName("Image"),
        "Width": picture.width,
        "Height": picture.height,
        "BitsPerComponent": 8,
    }
    mask = _stream(picture.opacity, **entries, ColorSpace=PDFName("DeviceGray"))
    return document.Reference(
        _stream(picture.colors, **entries, ColorSpace=PDFName("DeviceRGB"), SMask=document.Reference(mask))
    )


def _character_map(glyphs: list[tuple[int, str]], digits: int) -> bytes:
    """The map by which viewers turn codes back into characters."""
    lines = [
        f"<{code:0{digits}x}> <{(text or _NOTHING).encode('utf-16-be').hex()}>"
        for code, (_, text) in enumerate(glyphs)
    ]
    blocks = [lines[start : start + _MAP_LINES] for start in range(0, len(lines), _MAP_LINES)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            f"1 begincodespacerange <{'0' * digits}> <{'f' * digits}> endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode("ascii")


def _tag(glyphs: list[tuple[int, str]]) -> str:
    """Six letters that tell one part of a font from another."""
    digest = hashlib.sha256(repr(glyphs).encode("utf-8", "backslashreplace")).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:6])


def _dictionary(**entries: Any) -> PDFDictionary:
    return PDFDictionary(entries)


def _stream(compressed: bytes, **entries: Any) -> PDFStream:
    return PDFStream(_dictionary(**entries, Filter=PDFName("FlateDecode")), compressed, [])


def _short(number: float) -> float | int:
    return int(number) if number == int(number) else number
