"""The glyphs of one line as Qt placed them, each with the characters that it stands for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtGui import QGlyphRun

from dermlog.report.typesetting_faces import Face, face_of
from dermlog.report.typesetting_fonts import LATIN, first_font

UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]+"
)
"""Characters that steer others and have no shape of their own."""
_UNEVEN = 0.6
"""Glyphs nearer to their place than this, in thousandths of the size, are not moved."""


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face at one height, from left to right. Thousandths of the font size, y upwards."""

    face: Face
    glyphs: tuple[tuple[int, str], ...]
    """Each with the characters that it stands for; "" continues the glyph before it, or is not known."""
    x: float
    y: float
    moves: tuple[tuple[int, float], ...]
    """Before glyph n go so much further to the right than the font says."""
    color: str | None

    @property
    def right(self) -> float:
        """Where the last glyph ends."""
        advance = self.face.advance
        return self.x + sum(advance(glyph) for glyph, _ in self.glyphs) + sum(by for _, by in self.moves)


class Utf16:
    """A text by Qt's offsets: characters beyond U+FFFF count twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: list[int] | None = None
        if text and max(text) > "\uffff":
            self._places = [0]
            for character in text:
                self._places.append(self._places[-1] + (2 if character > "\uffff" else 1))

    def place(self, character: int) -> int:
        """Qt's offset of the character with this number."""
        return self._places[character] if self._places else character

    def character(self, place: int) -> int:
        """The number of the character at Qt's offset."""
        return bisect_left(self._places, place) if self._places else place

    def text(self, start: int, stop: int) -> str:
        """The text between two of Qt's offsets."""
        return self._text[self.character(start) : self.character(stop)]


def runs_of(
    found: list[tuple[QGlyphRun, str | None]], utf16: Utf16, start: int, stop: int, baseline: float
) -> tuple[list[Run], bool]:
    """Qt's runs of one line, coloured, as ours; and whether they spell the text of the line.

    They do when copying glyph by glyph gives the text back. Else the text has to be written beside them.
    """
    text = utf16.text(start, stop)
    parts, sure = _parts([list(run.stringIndexes()) for run, _ in found], utf16, start, stop)
    runs: list[Run] = []
    for (run, color), its_parts in zip(found, parts, strict=True):
        runs += _cut(run, its_parts, baseline, color)
    plain = not any(run.isRightToLeft() for run, _ in found) and all(
        run.y == 0 and all(part and run.face.advance(glyph) > 0 for glyph, part in run.glyphs) for run in runs
    )
    if not (sure and plain) or UNSEEN.search(text):
        return runs, False
    missing = len(text) - sum(len(part) for run in runs for _, part in run.glyphs)
    if missing and runs and text.endswith(" " * missing):
        # Qt leaves the spaces out where it breaks a line; the copied text needs them.
        raw_font = found[-1][0].rawFont()
        space = raw_font.glyphIndexesForString(" ")[0]
        runs[-1].face.remember(raw_font, [space])
        runs[-1] = replace(runs[-1], glyphs=runs[-1].glyphs + ((space, " "),) * missing)
    return runs, text == "".join(part for run in runs for _, part in run.glyphs)


def _parts(indexes: list[list[int]], utf16: Utf16, start: int, stop: int) -> tuple[list[list[str]], bool]:
    """For each glyph of each run the characters it stands for, and whether Qt's numbers made sense.

    Where a run had to take several fonts Qt numbers its glyphs wrongly: two runs then claim one place.
    """
    places = sorted({place for run in indexes for place in run})
    sure = sum(len(set(run)) for run in indexes) == len(places)
    if not sure or (places and not start <= places[0] <= places[-1] < stop):
        return [[""] * len(run) for run in indexes], False
    text = utf16.text(start, stop)
    end = stop - (len(text) - len(text.rstrip()))
    parts: list[list[str]] = []
    for run in indexes:
        its_parts: list[str] = []
        last = None
        for place in run:
            following = bisect_right(places, place)
            until = places[following] if following < len(places) else max(end, place + 1)
            its_parts.append("" if place == last else utf16.text(place, until).replace("\t", ""))
            last = place
        parts.append(its_parts)
    return parts, True


def _cut(run: QGlyphRun, parts: list[str], baseline: float, color: str | None) -> Iterator[Run]:
    """One of Qt's runs, cut where its glyphs change height; what has no shape is left out."""
    raw_font = run.rawFont()
    numbers = list(run.glyphIndexes())
    face = face_of(raw_font)
    if face is None:
        # No font has these characters: the empty box of the main font stands there.
        raw_font = first_font(LATIN, False)
        numbers = [0] * len(numbers)
        face = face_of(raw_font)
        if face is None:
            return
    face.remember(raw_font, numbers)
    glyphs = list(zip(numbers, parts, run.positions(), strict=True))
    if run.isRightToLeft():
        glyphs.reverse()
    here: list[tuple[int, str]] = []
    moves: list[tuple[int, float]] = []
    x = y = at = 0.0
    for number, part, point in glyphs:
        glyph_x, glyph_y = point.x(), baseline - point.y()
        if part and UNSEEN.fullmatch(part) and face.height(number) == (0, 0):
            continue
        if here and abs(glyph_y - y) > _UNEVEN:
            yield Run(face, tuple(here), x, y, tuple(moves), color)
            here, moves = [], []
        if not here:
            x, y, at = glyph_x, glyph_y, glyph_x
        elif abs(glyph_x - at) > _UNEVEN:
            moves.append((len(here), glyph_x - at))
            at = glyph_x
        here.append((number, part))
        at += face.advance(number)
    if here:
        yield Run(face, tuple(here), x, y, tuple(moves), color)
