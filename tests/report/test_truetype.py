"""Tests of small TrueType files: the glyphs asked for, their parts, and nothing else."""

from __future__ import annotations

import struct

import pytest
from PySide6.QtGui import QFont, QRawFont
from PySide6.QtWidgets import QApplication

from dermlog.report.truetype import TrueType, UnusableFontError, subset
from dermlog.report.typesetting_fonts import LATIN, first_font

NAMES = ("head", "hhea", "maxp", "hmtx", "loca", "glyf")


def _tables(file: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", file, 4)
    tables = {}
    for number in range(count):
        tag, _sum, place, length = struct.unpack_from(">4sIII", file, 12 + 16 * number)
        tables[tag.decode().strip()] = file[place : place + length]
    return tables


@pytest.fixture
def raw_font(qapp: QApplication) -> QRawFont:
    return first_font(LATIN, False)


@pytest.fixture
def font(raw_font: QRawFont) -> TrueType:
    return TrueType.from_tables(**{name: bytes(raw_font.fontTable(name).data()) for name in NAMES})


def _outlines_without_hints(font: TrueType, glyph: int) -> bytes:
    outline = font.outline(glyph)
    end = 10 + 2 * struct.unpack_from(">h", outline)[0]
    return outline[:end] + b"\0\0" + outline[end + 2 + struct.unpack_from(">H", outline, end)[0] :]


def test_glyphs_keep_their_shape_and_width_under_new_numbers(font: TrueType, raw_font: QRawFont) -> None:
    wanted = [0, *raw_font.glyphIndexesForString("oIo")]

    small = TrueType.from_tables(**{name: table for name, table in _tables(subset(font, wanted)).items()})

    assert small.units_per_em == font.units_per_em
    for number, glyph in enumerate(wanted):
        assert small.metrics(number) == font.metrics(glyph)
        assert small.outline(number).startswith(_outlines_without_hints(font, glyph))
        assert small.height(number) == font.height(glyph)


def test_the_parts_of_a_composite_come_along(font: TrueType, raw_font: QRawFont) -> None:
    composite = next(
        glyph
        for glyph in raw_font.glyphIndexesForString("éàüçñåÅÉ½¼")
        if font.outline(glyph)[:2] == b"\xff\xff"
    )

    small = TrueType.from_tables(**_tables(subset(font, [0, composite])))

    assert len(small.places) - 1 > 2
    (part,) = struct.unpack_from(">H", small.outline(1), 12)
    (whole,) = struct.unpack_from(">H", font.outline(composite), 12)
    assert part >= 2
    assert small.metrics(part) == font.metrics(whole)


def test_the_file_is_whole_and_repeatable(font: TrueType) -> None:
    file = subset(font, [0, 36, 68])

    assert file == subset(font, [0, 36, 68])
    assert len(file) % 4 == 0
    assert sum(struct.unpack(f">{len(file) // 4}I", file)) & 0xFFFFFFFF == 0xB1B0AFBA


def test_tables_that_do_not_fit_are_refused(font: TrueType) -> None:
    good = {"head": font.head, "hhea": font.hhea, "maxp": font.maxp, "glyf": font.glyf}

    for hmtx, loca in ((b"", b""), (b"\0" * 100_000, b"\0\0"), (b"\0\0", b"\0" * 100_000)):
        with pytest.raises(UnusableFontError):
            TrueType.from_tables(hmtx=hmtx, loca=loca, **good)
    with pytest.raises(UnusableFontError):
        TrueType.from_tables(hmtx=b"\0" * 100_000, loca=b"\0" * 100_000, **(good | {"head": b"cut"}))


def test_a_glyph_that_is_not_there_is_blank(font: TrueType) -> None:
    assert font.outline(65_000) == b""
    assert font.metrics(65_000) == (0, 0)
    assert font.height(65_000) == (0, 0)


def test_bold_and_regular_are_different_files(qapp: QApplication) -> None:
    assert first_font(LATIN, True).weight() == QFont.Weight.Bold
    assert first_font(LATIN, True).fontTable("glyf") != first_font(LATIN, False).fontTable("glyf")
