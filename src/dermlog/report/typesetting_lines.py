"""Text laid out by Qt into lines of glyphs, in thousandths of the font size; laid out once and remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextLine, QTextOption

from dermlog.report.typesetting_fonts import EM, LATIN, font_for, joins, main_family, scripts_of
from dermlog.report.typesetting_runs import Run, Utf16, runs_of

_ENDLESS = 8_000_000
"""The width of a line that is not broken; Qt cannot count much further."""
_SLACK = 0.5
"""A line may be this much wider than its column, so that text fits into its own measured width."""
_LONG = 1000
_TAB = 2 * EM
_ALL = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll
_NEWLINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Span:
    """A part of a text with a look of its own. `color` is "#rrggbb"; None takes that of the whole text.

    Set `isolated` on a name or a note inside a sentence: its direction then neither follows that of the
    sentence nor turns it round.
    """

    text: str
    bold: bool = False
    color: str | None = None
    isolated: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its baseline at height 0 and its left end at x 0, in thousandths of the font size."""

    text: str
    runs: tuple[Run, ...]
    width: float
    low: float
    """How far down letters of other fonts than the main one reach: 0 or negative."""
    high: float
    right_to_left: bool
    spelled: bool
    """Whether the glyphs in their order spell the text, so that it need not be written beside them."""
    start: int
    """The part of its paragraph, in characters, where it begins and where it ends."""
    stop: int


@dataclass(frozen=True, slots=True)
class _Style:
    start: int
    stop: int
    bold: bool
    color: str | None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    styles: tuple[_Style, ...]

    def shortened(self, start: int, stop: int) -> _Paragraph:
        """Only these characters, and an ellipsis."""
        styles = [
            _Style(max(style.start, start) - start, min(style.stop, stop) - start, style.bold, style.color)
            for style in self.styles
            if style.start < stop and style.stop > start
        ] or [_Style(0, 0, self.styles[0].bold, self.styles[0].color)]
        last = styles.pop()
        styles.append(_Style(last.start, last.stop + len(_ELLIPSIS), last.bold, last.color))
        return _Paragraph(self.text[start:stop] + _ELLIPSIS, tuple(styles))


def lines_of(spans: tuple[Span, ...], width: float | None, max_lines: int | None) -> tuple[Line, ...]:
    """Lay out text into lines at most `width` thousandths of the font size wide (None: only at newlines).

    Where `max_lines` (1 or more) are not enough the last one ends in an ellipsis. There is always one line.
    """
    # A long text is seldom laid out twice; remembering many of them would fill the memory.
    if sum(len(span.text) for span in spans) > _LONG:
        return _new_lines_of(spans, width, max_lines)
    return _remembered_lines_of(spans, width, max_lines)


def _new_lines_of(spans: tuple[Span, ...], width: float | None, max_lines: int | None) -> tuple[Line, ...]:
    lines: list[Line] = []
    last = None
    for paragraph in _paragraphs(spans):
        lines += _lay_out(paragraph, width)
        if max_lines is None:
            continue
        if last is None and len(lines) >= max_lines:
            last = paragraph
        if last is not None and len(lines) > max_lines:
            return (*lines[: max_lines - 1], _shortened(last, lines[max_lines - 1], width))
    return tuple(lines)


_remembered_lines_of = lru_cache(maxsize=4096)(_new_lines_of)


def clean(text: str) -> str:
    """Text that can be laid out: all kinds of newlines become one, and what is no character is shown.

    Control characters become their pictures (U+2400 and on), halves of surrogate pairs U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNFIT.sub(_shown, _NEWLINES.sub("\n", text))


def _shown(unfit: re.Match[str]) -> str:
    code = ord(unfit.group())
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def _paragraphs(spans: tuple[Span, ...]) -> Iterator[_Paragraph]:
    text = ""
    styles: list[_Style] = []
    for span in spans:
        for number, part in enumerate(clean(span.text).split("\n")):
            if number:
                yield _Paragraph(text, tuple(styles) or (_Style(0, 0, span.bold, span.color),))
                text, styles = "", []
            if part:
                whole = f"{_ISOLATE}{part}{_END_OF_ISOLATE}" if span.isolated else part
                styles.append(_Style(len(text), len(text) + len(whole), span.bold, span.color))
                text += whole
    yield _Paragraph(text, tuple(styles) or (_Style(0, 0, False, None),))


def _lay_out(paragraph: _Paragraph, width: float | None) -> list[Line]:
    text = paragraph.text
    if not text:
        return [Line("", (), 0, 0, 0, False, True, 0, 0)]
    utf16 = Utf16(text)
    layout = _layout(paragraph, utf16)
    layout.beginLayout()
    lines: list[QTextLine] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(_ENDLESS if width is None else max(width + _SLACK, 1))
        lines.append(line)
    layout.endLayout()
    # The beginning of the text is at its left end in one direction, at its right end in the other.
    right_to_left = not text.isascii() and _x_of(lines[0].cursorToX(0)) > 0
    return [_line(paragraph, utf16, line, right_to_left) for line in lines]


def _layout(paragraph: _Paragraph, utf16: Utf16) -> QTextLayout:
    layout = QTextLayout(paragraph.text, font_for(LATIN, paragraph.styles[0].bold))
    option = QTextOption()
    option.setUseDesignMetrics(True)
    option.setTabStopDistance(_TAB)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    pieces = [
        (style.start + first, style.start + last, script, style.bold)
        for style in paragraph.styles
        for first, last, script in scripts_of(paragraph.text[style.start : style.stop], style.bold)
    ]
    if len(pieces) > 1 or pieces[0][2] != LATIN:
        formats = []
        for start, stop, script, bold in pieces:
            piece = QTextLayout.FormatRange()
            piece.start = utf16.place(start)
            piece.length = utf16.place(stop) - piece.start
            piece.format = QTextCharFormat()
            piece.format.setFont(font_for(script, bold))
            formats.append(piece)
        layout.setFormats(formats)
    return layout


def _line(paragraph: _Paragraph, utf16: Utf16, line: QTextLine, right_to_left: bool) -> Line:
    start, stop = line.textStart(), line.textStart() + line.textLength()
    found = []
    for style in paragraph.styles:
        begin, end = max(start, utf16.place(style.start)), min(stop, utf16.place(style.stop))
        if begin < end:
            found += [(run, style.color) for run in line.glyphRuns(begin, end - begin, _ALL)]
    runs, spelled = runs_of(found, utf16, start, stop, line.y() + line.ascent())
    main = main_family()
    heights = [
        (low + run.y, high + run.y)
        for run in runs
        if run.face.family != main
        for low, high in (run.face.height(glyph) for glyph, _ in run.glyphs)
    ]
    return Line(
        text=utf16.text(start, stop).replace(_ISOLATE, "").replace(_END_OF_ISOLATE, ""),
        runs=tuple(runs),
        width=_seen_width(line, runs, utf16.text(start, stop)),
        low=min((low for low, _ in heights), default=0),
        high=max((high for _, high in heights), default=0),
        right_to_left=right_to_left,
        spelled=spelled and not right_to_left,
        start=utf16.character(start),
        stop=utf16.character(stop),
    )


def _seen_width(line: QTextLine, runs: list[Run], text: str) -> float:
    """The width without the space that stands at the end of a broken line, which Qt counts in part."""
    width = line.naturalTextWidth()
    if not runs or not text[-1].isspace():
        return width
    return min(width, max(run.right for run in runs))


def _shortened(paragraph: _Paragraph, line: Line, width: float | None) -> Line:
    """The line with an ellipsis at its end, short enough to fit."""
    stop = line.start + len(paragraph.text[line.start : line.stop].rstrip())
    while True:
        stop = _whole(paragraph.text, stop)
        shortened = _lay_out(paragraph.shortened(line.start, max(stop, line.start)), None)[0]
        # The line itself fits, so no more than a few letters have to go.
        if width is None or shortened.width <= width + _SLACK or stop <= line.start:
            return shortened
        stop -= 1


def _whole(text: str, stop: int) -> int:
    """The same place or one before it, so that no mark is torn from its letter."""
    while 0 < stop < len(text) and joins(text[stop]):
        stop -= 1
    return stop


def _x_of(cursor: object) -> float:
    # In Python the answer is the place and the (corrected) cursor; the stubs leave that open.
    return float(cursor[0]) if isinstance(cursor, tuple) else 0.0
