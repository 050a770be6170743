"""TrueType fonts: open the tables of one, and write a small file with only the glyphs of a document."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

# Flags of a composite glyph's parts.
_WORDS, _SCALE, _MORE, _SCALE_XY, _SCALE_2X2, _INSTRUCTIONS = 0x1, 0x8, 0x20, 0x40, 0x80, 0x100
_CHECKSUM_OF_A_FONT = 0xB1B0AFBA


class UnusableFontError(ValueError):
    """The tables are not those of a plain TrueType font."""


@dataclass(frozen=True, eq=False)
class TrueType:
    """The tables of one face, opened. Lengths are in font units, `units_per_em` to the size."""

    head: bytes
    hhea: bytes
    maxp: bytes
    glyf: bytes
    units_per_em: int
    places: array[int]
    """Where each glyph begins in `glyf`, and the end of the last."""
    advances: array[int]
    """Advance and left side bearing in turn, then the bearings of glyphs that share the last advance."""
    full_metrics: int

    @classmethod
    def from_tables(
        cls, *, head: bytes, hhea: bytes, maxp: bytes, hmtx: bytes, loca: bytes, glyf: bytes
    ) -> TrueType:
        """Open the tables. Raises UnusableFontError when they do not fit each other."""
        try:
            units_per_em = struct.unpack_from(">H", head, 18)[0]
            long_places = struct.unpack_from(">h", head, 50)[0] == 1
            glyphs = struct.unpack_from(">H", maxp, 4)[0]
            full_metrics = struct.unpack_from(">H", hhea, 34)[0]
        except struct.error as error:
            raise UnusableFontError("a table is cut short") from error
        places = _numbers("I" if long_places else "H", loca)
        if not long_places:
            places = array("I", [place * 2 for place in places])
        advances = _numbers("H", hmtx)
        wanted = full_metrics * 2 + glyphs - full_metrics
        if not units_per_em or not full_metrics or len(places) <= glyphs or len(advances) < wanted:
            raise UnusableFontError("the tables do not fit each other")
        return cls(head, hhea, maxp, glyf, units_per_em, places, advances, full_metrics)

    def metrics(self, glyph: int) -> tuple[int, int]:
        """Advance and left side bearing."""
        if glyph + 1 >= len(self.places):
            return 0, 0
        if glyph < self.full_metrics:
            return self.advances[2 * glyph], self.advances[2 * glyph + 1]
        bearing = 2 * self.full_metrics + glyph - self.full_metrics
        return self.advances[2 * self.full_metrics - 2], self.advances[bearing]

    def outline(self, glyph: int) -> bytes:
        """The glyph as it stands in the font; empty for a blank one."""
        if glyph + 1 >= len(self.places):
            return b""
        return self.glyf[self.places[glyph] : self.places[glyph + 1]]

    def height(self, glyph: int) -> tuple[int, int]:
        """Lowest and highest point; (0, 0) for a blank glyph."""
        place = self.places[glyph] if glyph + 1 < len(self.places) else 0
        if (
            glyph + 1 >= len(self.places)
            or self.places[glyph + 1] - place < 10
            or place + 10 > len(self.glyf)
        ):
            return 0, 0
        low, high = struct.unpack_from(">h2xh", self.glyf, place + 4)
        return low, high

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, bottom, right and top that hold every glyph."""
        left, bottom, right, top = struct.unpack_from(">4h", self.head, 36)
        return left, bottom, right, top


def subset(font: TrueType, glyphs: Sequence[int]) -> bytes:
    """A TrueType file whose glyph n is the font's glyph `glyphs[n]`; parts of composites follow after.

    Hints are left out: paper and the viewers of today do not use them, and they are half of the bytes. The
    same glyphs always give the same bytes.
    """
    wanted = list(glyphs)
    numbers: dict[int, int] = {}
    for number, glyph in enumerate(wanted):
        numbers.setdefault(glyph, number)
    outlines = bytearray()
    places = [0]
    number = 0
    while number < len(wanted):
        outlines += _renumbered(font.outline(wanted[number]), wanted, numbers)
        outlines += b"\0" * (-len(outlines) % 4)
        places.append(len(outlines))
        number += 1
    count = len(wanted)
    metrics = [value for glyph in wanted for value in font.metrics(glyph)]
    head = bytearray(font.head)
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    hhea = bytearray(font.hhea)
    struct.pack_into(">H", hhea, 34, count)
    maxp = bytearray(font.maxp)
    struct.pack_into(">H", maxp, 4, count)
    return _file(
        {
            b"glyf": bytes(outlines),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": struct.pack(f">{2 * count}H", *metrics),
            b"loca": struct.pack(f">{count + 1}I", *places),
            b"maxp": bytes(maxp),
        }
    )


def _renumbered(outline: bytes, wanted: list[int], numbers: dict[int, int]) -> bytes:
    """One glyph without its hints, the parts of a composite under their new numbers.

    Parts that have no number yet are added to `wanted`.
    """
    if len(outline) < 10:
        return b""
    contours = struct.unpack_from(">h", outline)[0]
    if contours >= 0:
        end = 10 + 2 * contours
        hints: int = struct.unpack_from(">H", outline, end)[0]
        return outline[:end] + b"\0\0" + outline[end + 2 + hints :]
    changed = bytearray(outline)
    place, flags = 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", outline, place)
        if part not in numbers:
            numbers[part] = len(wanted)
            wanted.append(part)
        struct.pack_into(">HH", changed, place, flags & ~_INSTRUCTIONS, numbers[part])
        place += 8 if flags & _WORDS else 6
        place += 2 if flags & _SCALE else 4 if flags & _SCALE_XY else 8 if flags & _SCALE_2X2 else 0
    return bytes(changed[:place])


def _file(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    directory = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, (count - (1 << power)) * 16)
    place = 12 + 16 * count
    body = b""
    head_at = 0
    for tag in sorted(tables):
        data = tables[tag]
        if tag == b"head":
            head_at = place
        directory += tag + struct.pack(">III", _checksum(data), place, len(data))
        padded = data + b"\0" * (-len(data) % 4)
        body += padded
        place += len(padded)
    whole = bytearray(directory + body)
    struct.pack_into(">I", whole, head_at + 8, (_CHECKSUM_OF_A_FONT - _checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _checksum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    return sum(_numbers("I", padded)) & 0xFFFFFFFF


def _numbers(kind: str, data: bytes) -> array[int]:
    numbers = array(kind)
    numbers.frombytes(data[: len(data) // numbers.itemsize * numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
