"""Any text in any script on a page: laid out by Qt, drawn by reportlab in the very font that Qt chose.

    typesetter = Typesetter(canvas)
    block = typesetter.lay_out([Span("Hello "), Span(name, bold=True, isolated=True)], size=10, width=300)
    block.draw(x=50, top=700)

Everything is in points. Nothing in a text is markup: every character is drawn as itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from reportlab.pdfbase.pdfdoc import PDFDictionary
from reportlab.pdfgen.canvas import Canvas

from dermlog.report.embedded_fonts import DocumentFont
from dermlog.report.pdf_numbers import color_operands, number
from dermlog.report.typesetting_faces import Face, face_of
from dermlog.report.typesetting_fonts import LATIN, ensure_gui_application, first_font
from dermlog.report.typesetting_lines import Line, Span, lines_of
from dermlog.report.typesetting_outlines import THICKENING
from dermlog.report.typesetting_runs import UNSEEN

__all__ = ["Span", "TextAlign", "TextBlock", "Typesetter", "ensure_gui_application", "unprintable"]

TextAlign = Literal["left", "center", "right", "start"]
"""`start` is left, or right for a paragraph whose first letter is of a script from right to left."""

INK = "#1B2530"
LEADING = 1.36
"""From one baseline to the next, in font sizes, unless a text asks for something else."""
_AIR = 0.04
"""Between letters that reach out of their line and the next line, in font sizes."""


class Typesetter:
    """Writes the text of one document. Make one for each canvas, before anything is drawn on it.

    Layouts and opened fonts are remembered for the whole process; what belongs to the document is here. May
    be used in any thread, by one thread at a time.
    """

    def __init__(self, canvas: Canvas) -> None:
        ensure_gui_application()
        self.canvas = canvas
        self._paper: Any = canvas
        self._fonts: dict[Face, DocumentFont] = {}
        self._forget_standard_font()

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a text is; the widest line of it if it has several."""
        return max(line.width for line in lines_of((Span(text, bold),), None, None)) * size / 1000

    def lay_out(
        self,
        text: str | Sequence[Span],
        *,
        size: float,
        width: float | None = None,
        bold: bool = False,
        color: str = INK,
        leading: float | None = None,
        align: TextAlign = "start",
        max_lines: int | None = None,
    ) -> TextBlock:
        """Break a text into lines at most `width` wide; without a width only at its newlines.

        `leading` is the height of a line; a line with letters of another script that need more gets more.
        What goes beyond `max_lines` is replaced by an ellipsis. `color` is "#rrggbb".
        """
        spans = (Span(text, bold),) if isinstance(text, str) else tuple(text)
        if bold and not isinstance(text, str):
            spans = tuple(replace(span, bold=True) for span in spans)
        column = None if width is None else max(round(width * 1000 / size, 1), 1.0)
        lines = lines_of(spans, column, None if max_lines is None else max(max_lines, 1))
        height = size * LEADING if leading is None else leading
        return TextBlock(
            typesetter=self,
            lines=tuple(_placed(line, size, height) for line in lines),
            size=size,
            color=color,
            width=max(line.width for line in lines) * size / 1000 if width is None else width,
            align=align,
        )

    def font(self, face: Face) -> DocumentFont:
        """The face as this document carries it."""
        font = self._fonts.get(face)
        if font is None:
            font = self._fonts[face] = DocumentFont(face, len(self._fonts) + 1)
            self._paper._doc.delayedFonts.append(font)
        return font

    def write(self, operators: list[str]) -> None:
        """Add PDF operators to the page."""
        self._paper._code.append("\n".join(operators))

    def _forget_standard_font(self) -> None:
        """Take Helvetica out again, which reportlab names on every page and never embeds."""
        document = self._paper._doc
        for name in document.fontMapping.values():
            document.idToObject["BasicFonts"].dict.pop(name.lstrip("/"), None)
            # Objects are numbered without gaps, so an empty one stays in its place.
            document.idToObject[name.lstrip("/")] = PDFDictionary({})
        document.fontMapping.clear()
        self._paper._preamble = ""
        self._paper._make_preamble = lambda: None


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line and the room it takes, in points."""

    line: Line
    height: float
    ascent: float
    """From the top of this room to the baseline."""


@dataclass(frozen=True)
class TextBlock:
    """Lines of text, ready to be drawn, as often as wanted. In points."""

    typesetter: Typesetter
    lines: tuple[PlacedLine, ...]
    size: float
    color: str
    width: float
    align: TextAlign

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return sum(line.height for line in self.lines)

    @property
    def ascent(self) -> float:
        """From the top to the first baseline."""
        return self.lines[0].ascent if self.lines else 0

    @property
    def text_width(self) -> float:
        """How wide the widest line is, whatever the column."""
        return max((placed.line.width for placed in self.lines), default=0) * self.size / 1000

    def split(self, height: float) -> tuple[TextBlock, TextBlock | None]:
        """The lines that fit into a height, and the others; the first may have no line at all."""
        used = 0.0
        for place, placed in enumerate(self.lines):
            used += placed.height
            if used > height + 0.01:
                return replace(self, lines=self.lines[:place]), replace(self, lines=self.lines[place:])
        return self, None

    def draw(self, x: float, top: float) -> None:
        """Write the lines on the page; x, top is the upper left corner, y upwards as on the canvas."""
        written = _Writing(self.typesetter, self.size, self.color)
        for placed in self.lines:
            line = placed.line
            room = self.width - line.width * self.size / 1000
            if self.align == "center":
                left = x + room / 2
            elif self.align == "right" or (self.align == "start" and line.right_to_left):
                left = x + room
            else:
                left = x
            written.line(line, left, top - placed.ascent)
            top -= placed.height
        written.finish()


class _Writing:
    """The operators of one block: a text object that leaves no trace in the state of the canvas."""

    def __init__(self, typesetter: Typesetter, size: float, color: str) -> None:
        self._typesetter = typesetter
        self._size = size
        self._size_text = number(size)
        self._base_color = color
        self._color = ""
        self._font = ""
        self._x = self._y = 0.0
        self._operators = ["q BT"]

    def line(self, line: Line, left: float, baseline: float) -> None:
        if not line.runs:
            return
        add = self._operators.append
        if not line.spelled:
            add(f"/Span <</ActualText <feff{line.text.encode('utf-16-be').hex()}>>> BDC")
        scale = self._size / 1000
        for run in line.runs:
            color = run.color or self._base_color
            if color != self._color or run.face.thickened:
                # Thickened letters need the colour for lines as well.
                operands = color_operands(color)
                add(f"{operands} rg {operands} RG" if run.face.thickened else f"{operands} rg")
                self._color = color
            x, y = round(left + run.x * scale, 2), round(baseline + run.y * scale, 2)
            add(f"{number(x - self._x)} {number(y - self._y)} Td")
            self._x, self._y = x, y
            if run.face.thickened:
                add(f"2 Tr {number(THICKENING * scale)} w")
            for operator in self._typesetter.font(run.face).operators(run, self._size_text):
                if not operator.endswith("Tf"):
                    add(operator)
                elif operator != self._font:
                    self._font = operator
                    add(operator)
            if run.face.thickened:
                add("0 Tr")
        if not line.spelled:
            add("EMC")

    def finish(self) -> None:
        if len(self._operators) > 1:
            self._typesetter.write([*self._operators, "ET Q"])


def unprintable(text: str) -> tuple[str, ...]:
    """The characters that no font on this PC has, each once, in order; control characters among them."""
    ensure_gui_application()
    if text.isascii() and text.isprintable():
        return ()
    return tuple(character for character in dict.fromkeys(text) if not _can_be_printed(character))


@lru_cache(maxsize=8192)
def _can_be_printed(character: str) -> bool:
    if character in "\n\r\t" or character.isspace() or UNSEEN.fullmatch(character):
        return True
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return False
    (line,) = lines_of((Span(character),), None, None)
    return all(glyph for run in line.runs for glyph, _ in run.glyphs)


def _placed(line: Line, size: float, height: float) -> PlacedLine:
    ascent, descent = _main_metrics()
    above = (height + (ascent - descent) * size / 1000) / 2
    below = height - above
    if line.high or line.low:
        above = max(above, (line.high / 1000 + _AIR) * size)
        below = max(below, (-line.low / 1000 + _AIR) * size)
    return PlacedLine(line, above + below, above)


@lru_cache(maxsize=1)
def _main_metrics() -> tuple[float, float]:
    face = face_of(first_font(LATIN, False))
    return (face.ascent, face.descent) if face else (1000, 300)
