"""One face of a font as Qt chose it: its own tables if they can be embedded, else its glyphs as outlines."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field

from PySide6.QtGui import QRawFont

from dermlog.report.truetype import TrueType, UnusableFontError
from dermlog.report.typesetting_fonts import EM
from dermlog.report.typesetting_outlines import Outline, outline_of

_RESTRICTED, _NO_SUBSET, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
_BOLD = 600
_COLORED = ("COLR", "CBDT", "sbix", "SVG ")
"""Tables of fonts whose glyphs have colours of their own; their outlines may be empty."""


@dataclass(eq=False)
class Face:
    """What is known about one face. Kept for the life of the process and shared by its threads.

    Heights are in thousandths of the size, `descent` positive. It holds no Qt object: those belong to the
    thread that made them.
    """

    family: str
    name: str
    ascent: float
    descent: float
    cap_height: float
    thickened: bool
    """Asked to be bold but made without a bold: its glyphs are drawn with a line around them."""
    colored: bool
    italic_angle: float
    truetype: TrueType | None
    """None when the font cannot be embedded and `outlines` stands in for it."""
    outlines: dict[int, Outline] = field(default_factory=dict)
    advances: dict[int, float] = field(default_factory=dict)
    subsets: dict[tuple[int, ...], bytes] = field(default_factory=dict)
    """Compressed font files of late documents, by their glyphs."""

    def advance(self, glyph: int) -> float:
        """The font's own width of a glyph, in thousandths of the size."""
        advance = self.advances.get(glyph)
        if advance is None:
            if self.truetype:
                advance = round(self.truetype.metrics(glyph)[0] * 1000 / self.truetype.units_per_em, 2)
            else:
                advance = self.outlines[glyph].advance
            self.advances[glyph] = advance
        return advance

    def height(self, glyph: int) -> tuple[float, float]:
        """Lowest and highest point of a glyph, in thousandths of the size."""
        if self.truetype:
            low, high = self.truetype.height(glyph)
            scale = 1000 / self.truetype.units_per_em
            return low * scale, high * scale
        box = self.outlines[glyph].box
        return box[1], box[3]

    def remember(self, raw_font: QRawFont, glyphs: list[int]) -> None:
        """Take the outlines of glyphs that will be asked for, unless the tables are embedded anyway."""
        if self.truetype:
            return
        for glyph in glyphs:
            if glyph not in self.outlines:
                self.outlines[glyph] = outline_of(
                    raw_font, glyph, thickened=self.thickened, colored=self.colored
                )


_faces: dict[tuple[str, str, int, bytes], Face] = {}
_lock = threading.Lock()


def face_of(raw_font: QRawFont) -> Face | None:
    """The face behind a run of glyphs; None for Qt's box font, when no font has the characters."""
    # Asking the box font for its name ends the process, so its size is asked first: it has none.
    if raw_font.pixelSize() <= 0:
        return None
    head = bytes(raw_font.fontTable("head").data())
    key = (raw_font.familyName(), raw_font.styleName(), raw_font.weight(), head)
    face = _faces.get(key)
    if face is None:
        with _lock:
            face = _faces.get(key) or _faces.setdefault(key, _open(raw_font, head))
    return face


def _open(raw_font: QRawFont, head: bytes) -> Face:
    os2 = _table(raw_font, "OS/2")
    post = _table(raw_font, "post")
    colored = any(not raw_font.fontTable(name).isEmpty() for name in _COLORED)
    embeddable = _may_embed(os2) and not colored
    varies = not raw_font.fontTable("fvar").isEmpty()
    return Face(
        family=raw_font.familyName(),
        name=_postscript_name(raw_font.familyName(), raw_font.styleName()),
        ascent=raw_font.ascent() * 1000 / EM,
        descent=raw_font.descent() * 1000 / EM,
        cap_height=raw_font.capHeight() * 1000 / EM,
        # Qt says what was asked for; the font itself says what it is. One that varies can be any weight.
        thickened=raw_font.weight() >= _BOLD and not varies and not _made_bold(head, os2),
        italic_angle=int.from_bytes(post[4:6], "big", signed=True) if len(post) >= 6 else 0,
        colored=colored,
        truetype=_truetype(raw_font, head) if embeddable else None,
    )


def _made_bold(head: bytes, os2: bytes) -> bool:
    weight = int.from_bytes(os2[4:6], "big") if len(os2) >= 6 else 0
    return weight >= _BOLD or (len(head) >= 46 and bool(head[45] & 1))


def _may_embed(os2: bytes) -> bool:
    """Whether the maker of the font lets a part of it travel inside a document."""
    rights = int.from_bytes(os2[8:10], "big") if len(os2) >= 10 else 0
    return rights & 0xF != _RESTRICTED and not rights & (_NO_SUBSET | _BITMAPS_ONLY)


def _truetype(raw_font: QRawFont, head: bytes) -> TrueType | None:
    # The tables of a variable font hold its default weight only, not the one that Qt shows.
    if not raw_font.fontTable("fvar").isEmpty() or raw_font.fontTable("loca").isEmpty():
        return None
    names = ("hhea", "maxp", "hmtx", "loca", "glyf")
    try:
        return TrueType.from_tables(head=head, **{name: _table(raw_font, name) for name in names})
    except UnusableFontError:
        return None


def _table(raw_font: QRawFont, name: str) -> bytes:
    return bytes(raw_font.fontTable(name).data())


def _postscript_name(family: str, style: str) -> str:
    parts = [re.sub(r"[^A-Za-z0-9]", "", part) for part in (family, style)]
    return "-".join(part for part in parts if part)[:60] or "Unnamed"
