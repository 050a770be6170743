"""What leaves carries the picture and nothing else, and what does not is refused."""

from __future__ import annotations

import pytest

from dermlog.domain.photo import PhotoFault
from dermlog.errors import UnusablePhoto
from dermlog.photos import prepare as prepare_module
from dermlog.photos.bare_jpeg import is_bare
from dermlog.photos.export import clean_copy
from dermlog.photos.prepare import Preparer
from tests.photos import makers

MARKED = makers.marked_files()


@pytest.mark.parametrize("kind", MARKED)
def test_the_marked_files_are_marked(kind: str) -> None:
    assert MARKED[kind].count(makers.MARK.encode()) >= 2


@pytest.mark.parametrize("kind", MARKED)
def test_no_copy_carries_a_mark(preparer: Preparer, kind: str) -> None:
    photo = preparer.prepare(MARKED[kind])
    copies = (photo.preview, photo.print_copy, photo.thumbnail, preparer.clean(MARKED[kind]))
    for copy in copies:
        assert is_bare(copy)
        assert not makers.carries_mark(copy)
        assert makers.is_upright(copy)


def test_a_clean_copy_is_upright_and_of_full_size() -> None:
    stored = makers.stored(makers.corners(2400, 1800), 8)
    copy = clean_copy(makers.encoded(stored, exif=makers.exif(8, marked=True)))
    assert makers.size_of(copy) == (2400, 1800)
    assert makers.is_upright(copy)
    assert is_bare(copy)
    prepare_module._shared.close()


def test_a_clean_copy_of_no_picture_is_refused(preparer: Preparer) -> None:
    with pytest.raises(UnusablePhoto):
        preparer.clean(b"Dear colleague")


def test_a_copy_that_is_not_clean_is_never_handed_out(
    preparer: Preparer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare_module, "is_bare", lambda _data: False)
    for way_out in (preparer.clean, preparer.prepare):
        with pytest.raises(UnusablePhoto) as caught:
            way_out(makers.encoded(makers.corners()))
        assert caught.value.fault is PhotoFault.DAMAGED


BARE = makers.encoded(makers.corners(64, 48))


def test_plain_pictures_are_bare() -> None:
    assert is_bare(BARE)
    assert is_bare(makers.encoded(makers.corners(64, 48), progressive=True))
    assert is_bare(makers.encoded(makers.corners(64, 48), restart_marker_blocks=2))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"\xff\xd8",
        b"\xff\xd8\xff\xd9",
        BARE + b"\0",
        BARE + b"\xff\xd9",
        BARE + BARE,
        BARE[:-2],
        BARE[:-1],
        BARE[: len(BARE) // 2],
        BARE[:8],
        b" " + BARE,
        *(
            makers.with_segments(BARE, makers.segment(mark, b"anything"))
            for mark in (*range(0xE0, 0xF0), 0xFE)
        ),
        makers.with_segments(BARE, makers.segment(0xE0, b"JFXX\0" + bytes(9))),
        makers.with_segments(BARE, makers.segment(0xE0, b"JFIF\0" + bytes(90))),
        makers.with_segments(BARE, b"\xff\xff\xff\xfe\0\x04hi"),
        BARE[:-2] + makers.segment(0xFE, b"late") + b"\xff\xd9",
        makers.encoded(makers.corners(64, 48), comment=b"hello"),
        makers.encoded(makers.corners(64, 48), "PNG"),
    ],
)
def test_anything_beside_the_picture_is_seen(data: bytes) -> None:
    assert not is_bare(data)
