"""The glyphs of one line as Qt placed them, each with the characters that it stands for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF
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
    right: float
    """Where the last glyph ends."""
    plain: bool
    """Whether its glyphs simply follow each other on the baseline, each with its characters."""


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
    unseen = UNSEEN.search(text) is not None
    # Among marks and signs of many scripts Qt hands out runs without a single glyph.
    found = [(run, color) for run, color in found if run.glyphIndexes()]
    indexes = [list(run.stringIndexes()) for run, _ in found]
    counts = [len(run.glyphIndexes()) for run, _ in found]
    if [len(places) for places in indexes] == counts:
        parts, sure = _parts(indexes, utf16, start, stop)
    else:
        parts, sure = [[""] * count for count in counts], False
    runs: list[Run] = []
    for (run, color), its_parts in zip(found, parts, strict=True):
        runs += _cut(run, its_parts, baseline, color, unseen)
    if not sure or unseen or not all(run.plain for run in runs):
        return runs, False
    said = "".join([part for run in runs for _, part in run.glyphs])
    if said != text and runs and text == said + " " * (len(text) - len(said)):
        # Qt leaves the spaces out where it breaks a line; the copied text needs them.
        raw_font = found[-1][0].rawFont()
        space = raw_font.glyphIndexesForString(" ")[0]
        runs[-1].face.remember(raw_font, [space])
        spaces = ((space, " "),) * (len(text) - len(said))
        runs[-1] = replace(runs[-1], glyphs=runs[-1].glyphs + spaces)
        said = text
    return runs, said == text


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
    tabs = "\t" in text
    for run in indexes:
        first, count = run[0], len(run)
        after = bisect_right(places, run[-1])
        until = places[after] if after < len(places) else max(end, run[-1] + 1)
        if run[-1] - first + 1 == count == until - first and not tabs:
            characters = utf16.text(first, until)
            if len(characters) == count == len(set(run)):
                # One glyph for each character, as in nearly all text.
                parts.append(list(characters))
                continue
        its_parts: list[str] = []
        last = None
        for place in run:
            following = bisect_right(places, place)
            until = places[following] if following < len(places) else max(end, place + 1)
            its_parts.append("" if place == last else utf16.text(place, until).replace("\t", ""))
            last = place
        parts.append(its_parts)
    return parts, True


def _cut(run: QGlyphRun, parts: list[str], baseline: float, color: str | None, unseen: bool) -> Iterator[Run]:
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
    places = run.positions()
    plain = not run.isRightToLeft()
    if plain and not unseen and len({place.y() for place in places}) == 1:
        yield _level_run(face, list(zip(numbers, parts, strict=True)), places, baseline, color)
        return
    glyphs = list(zip(numbers, parts, places, strict=True))
    if not plain:
        glyphs.reverse()
    here: list[tuple[int, str]] = []
    moves: list[tuple[int, float]] = []
    x = y = at = 0.0
    for number, part, point in glyphs:
        glyph_x, glyph_y = point.x(), baseline - point.y()
        if unseen and part and UNSEEN.fullmatch(part) and face.height(number) == (0, 0):
            continue
        if here and abs(glyph_y - y) > _UNEVEN:
            yield Run(face, tuple(here), x, y, tuple(moves), color, at, False)
            here, moves, plain = [], [], False
        if not here:
            x, y, at = glyph_x, glyph_y, glyph_x
        elif abs(glyph_x - at) > _UNEVEN:
            moves.append((len(here), glyph_x - at))
            at = glyph_x
        here.append((number, part))
        advance = face.advance(number)
        if advance <= 0 or not part:
            plain = False
        at += advance
    if here:
        yield Run(face, tuple(here), x, y, tuple(moves), color, at, plain and abs(y) <= _UNEVEN)


def _level_run(
    face: Face, glyphs: list[tuple[int, str]], places: list[QPointF], baseline: float, color: str | None
) -> Run:
    """The same for glyphs from left to right at one height, as nearly all are."""
    advances = [face.advance(number) for number, _ in glyphs]
    left = [place.x() for place in places]
    right = [begin + advance for begin, advance in zip(left, advances, strict=True)]
    moves = tuple(
        (number, left[number] - right[number - 1])
        for number in range(1, len(left))
        if abs(left[number] - right[number - 1]) > _UNEVEN
    )
    y = baseline - places[0].y()
    plain = y == 0 and min(advances) > 0 and all(part for _, part in glyphs)
    return Run(face, tuple(glyphs), left[0], y, moves, color, max(right), plain)
