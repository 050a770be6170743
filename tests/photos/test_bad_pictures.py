"""A picture that is broken, huge, hostile or no picture at all costs one sentence and nothing else."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from dermlog.domain.photo import PhotoFault
from dermlog.errors import UnusablePhoto
from dermlog.photos import decoder_process, limits
from dermlog.photos import prepare as prepare_module
from dermlog.photos.bare_jpeg import is_bare
from dermlog.photos.prepare import Preparer
from tests.photos import makers

GOOD = makers.encoded(makers.corners())


def _fault(preparer: Preparer, data: bytes) -> PhotoFault:
    with pytest.raises(UnusablePhoto) as caught:
        preparer.prepare(data)
    assert len(caught.value.sentence) > 20
    return caught.value.fault


@pytest.mark.parametrize(
    "data",
    [
        b"Dear colleague, please find enclosed",
        b"%PDF-1.7\n",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"BM" + bytes(60),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\0\0\0\x18ftypisom\0\0\0\0isomavc1",
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
        b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf",
        b"PK\x03\x04" + bytes(40),
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"\0",
        b" " + GOOD,
    ],
)
def test_files_that_are_no_picture(preparer: Preparer, data: bytes) -> None:
    assert _fault(preparer, data) is PhotoFault.NOT_A_PICTURE


def test_nothing_at_all(preparer: Preparer) -> None:
    assert _fault(preparer, b"") is PhotoFault.EMPTY


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.97])
@pytest.mark.parametrize("kind", ["jpeg", "progressive", "png", "tiff", "webp", "heic"])
def test_a_file_cut_short_is_damaged(preparer: Preparer, kind: str, part: float) -> None:
    picture = makers.corners()
    data = {
        "jpeg": lambda: GOOD,
        "progressive": lambda: makers.encoded(picture, progressive=True),
        "png": lambda: makers.encoded(picture, "PNG"),
        "tiff": lambda: makers.encoded(picture, "TIFF", compression="tiff_lzw"),
        "webp": lambda: makers.encoded(picture, "WEBP", quality=90),
        "heic": lambda: makers.heic(picture),
    }[kind]()
    assert _fault(preparer, data[: int(len(data) * part)]) is PhotoFault.DAMAGED


def test_two_hundred_megapixels_are_too_many(preparer: Preparer) -> None:
    assert _fault(preparer, makers.claiming(GOOD, 20_000, 10_000)) is PhotoFault.TOO_MANY_PIXELS
    assert _fault(preparer, makers.png_of_one_bit(20_000, 10_000)) is PhotoFault.TOO_MANY_PIXELS
    assert _fault(preparer, makers.claiming(GOOD, 65_000, 65_000)) is PhotoFault.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    "head",
    [
        b"VP8X" + b"\x0a\0\0\0" + b"\0\0\0\0" + b"\xff\x3e\0" + b"\xff\x3e\0",
        b"VP8L" + b"\xff\0\0\0" + b"\x2f" + b"\xff\xff\xff\x0f" + bytes(20),
        b"VP8 " + b"\xff\0\0\0" + b"\0\0\0\x9d\x01\x2a" + b"\xff\x3f\xff\x3f" + bytes(20),
    ],
)
def test_a_huge_webp_is_refused_by_its_header(preparer: Preparer, head: bytes) -> None:
    assert _fault(preparer, b"RIFF\xff\0\0\0WEBP" + head) is PhotoFault.TOO_MANY_PIXELS


def test_too_many_bytes_are_refused_unread(
    preparer: Preparer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare_module, "BYTE_LIMIT", len(GOOD) - 1)
    path = tmp_path / "large.jpg"
    path.write_bytes(GOOD)
    assert _fault(preparer, GOOD) is PhotoFault.TOO_MANY_BYTES
    assert [outcome.fault for outcome in preparer.prepare_many([path])] == [PhotoFault.TOO_MANY_BYTES]


def test_a_raw_file_of_a_camera_is_not_taken_for_its_stamp_sized_preview(preparer: Preparer) -> None:
    nef = makers.tiff_of_16_bits(makers.corners(160, 120), {254: (4, 1), 330: (4, 8)})
    dng = makers.tiff_of_16_bits(makers.corners(160, 120), {50706: (4, 0x00000401)})
    assert _fault(preparer, nef) is PhotoFault.NOT_A_PICTURE
    assert _fault(preparer, dng) is PhotoFault.NOT_A_PICTURE


def test_a_picture_that_is_something_else_too_is_only_a_picture(preparer: Preparer) -> None:
    script = b"<script>alert(1)</script>PK\x03\x04#!/bin/sh"
    photo = preparer.prepare(makers.with_segments(GOOD, makers.segment(0xFE, script)) + script)
    for copy in (photo.preview, photo.print_copy, photo.thumbnail):
        assert script not in copy and is_bare(copy)


def test_mutated_pictures_give_a_fault_or_clean_copies(preparer: Preparer) -> None:
    chance = random.Random(20260320)  # noqa: S311
    picture = makers.corners(96, 64)
    seeds = list(makers.marked_files().values())
    seeds += [makers.encoded(picture, kind) for kind in ("JPEG", "PNG", "TIFF", "WEBP")]
    seeds += [makers.heic(picture), makers.encoded(picture, progressive=True)]
    outcomes: set[PhotoFault | None] = set()
    for seed in seeds:
        for _ in range(20):
            broken = bytearray(seed)
            for _ in range(chance.choice((1, 3, 20))):
                broken[chance.randrange(min(len(broken), chance.choice((64, 1024, 10**9))))] = (
                    chance.randrange(256)
                )
            try:
                photo = preparer.prepare(bytes(broken))
            except UnusablePhoto as unusable:
                outcomes.add(unusable.fault)
            else:
                outcomes.add(None)
                assert all(map(is_bare, (photo.preview, photo.print_copy, photo.thumbnail)))
                assert not makers.carries_mark(photo.preview + photo.print_copy + photo.thumbnail)
    assert {None, PhotoFault.DAMAGED} <= outcomes


def _answer_with(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let a script stand in for the decoder; it is given `say`, which writes one frame, and `hear`."""
    start = (
        "import os, sys, time\n"
        "from dermlog.photos.framing import read_frame, write_frame\n"
        "out = os.fdopen(1, 'wb', buffering=0)\n"
        "def say(head, *bodies): write_frame(out, head, *bodies)\n"
        "def hear(): return read_frame(sys.stdin.buffer, 10**9)\n"
        "say({'ready': True})\n"
    )
    monkeypatch.setattr(decoder_process, "_command", lambda: [sys.executable, "-c", start + script])


@pytest.mark.parametrize(
    "script",
    [
        "os._exit(3)",
        "hear(); os._exit(3)",
        "hear(); out.write(b'junk that is no frame at all')",
        "hear(); out.write(b'\\0\\0\\0\\x04[1]\\n')",
        "hear(); say({'fault': 'no such fault'})",
        "hear(); say({'format': 'JPEG', 'width': 1, 'height': 1}, b'', b'', b'')",
        "hear(); say({'format': 'JPEG', 'width': 'x', 'height': 1}, b'', b'', b'')",
        "hear(); say({}, bytes(70_000_000))",
    ],
)
def test_a_decoder_that_dies_or_lies_costs_its_picture_only(
    monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    with Preparer(children=1) as preparer:
        with monkeypatch.context() as patch:
            _answer_with(patch, script)
            assert _fault(preparer, GOOD) is PhotoFault.DAMAGED
        preparer.close()
        assert preparer.prepare(GOOD).width == 640


def test_a_decoder_that_hangs_is_ended_and_the_next_picture_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with Preparer(children=1, seconds=0.3) as preparer, monkeypatch.context() as patch:
        _answer_with(patch, "hear(); time.sleep(600)")
        assert _fault(preparer, GOOD) is PhotoFault.TOO_SLOW
    with Preparer(children=1) as preparer:
        assert preparer.prepare(GOOD).width == 640


def test_a_decoder_that_cannot_start_is_not_the_pictures_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder_process, "_command", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    with Preparer(children=1) as preparer:
        with pytest.raises(RuntimeError):
            preparer.prepare(GOOD)
        with pytest.raises(RuntimeError):
            list(preparer.prepare_many([GOOD]))


def test_heic_without_the_extra_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    without = "import sys; sys.modules['pillow_heif'] = None; from dermlog.photos.decoder import main; main()"
    monkeypatch.setattr(decoder_process, "_command", lambda: [sys.executable, "-c", without])
    with Preparer(children=1) as preparer:
        assert _fault(preparer, makers.heic(makers.corners())) is PhotoFault.HEIC_NOT_INSTALLED
        assert preparer.prepare(GOOD).width == 640


def test_the_sentence_names_the_limit_in_use() -> None:
    assert limits.PIXEL_LIMIT < 200_000_000
    assert limits.PIXEL_LIMIT > 108_000_000
