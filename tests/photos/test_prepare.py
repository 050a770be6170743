"""Pictures as cameras, phones and editors write them come out upright, in three sizes, with their facts."""

from __future__ import annotations

import hashlib
import struct
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from dermlog.domain.photo import PhotoFault
from dermlog.photos import prepare as prepare_module
from dermlog.photos.bare_jpeg import is_bare
from dermlog.photos.prepare import Preparer, prepare
from tests.photos import makers


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_every_orientation_is_turned_upright(preparer: Preparer, orientation: int, kind: str) -> None:
    stored = makers.stored(makers.corners(), orientation)
    photo = preparer.prepare(makers.encoded(stored, kind, exif=makers.exif(orientation)))
    assert (photo.width, photo.height) == (640, 480)
    for copy in (photo.preview, photo.print_copy, photo.thumbnail):
        assert makers.is_upright(copy)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_heic_picture_is_turned_once(preparer: Preparer, orientation: int) -> None:
    stored = makers.stored(makers.corners(), orientation)
    block = makers.exif(orientation, "2026:03:20 09:05:00").tobytes()
    photo = preparer.prepare(makers.heic(stored, exif=block))
    assert (photo.format, photo.width, photo.height) == ("HEIF", 640, 480)
    assert makers.is_upright(photo.preview)
    assert photo.taken_at == datetime(2026, 3, 20, 9, 5)  # noqa: DTZ001


def test_sizes_facts_and_original_of_a_large_photo(preparer: Preparer) -> None:
    stored = makers.stored(makers.corners(4000, 3000), 6)
    original = makers.encoded(stored, exif=makers.exif(6, "2026:03:20 14:32:10", "+05:30"))
    photo = preparer.prepare(original)
    assert photo.original == original
    assert photo.sha256 == hashlib.sha256(original).hexdigest()
    assert (photo.format, photo.width, photo.height) == ("JPEG", 4000, 3000)
    assert makers.size_of(photo.preview) == (1500, 1125)
    assert makers.size_of(photo.print_copy) == (945, 709)
    assert makers.size_of(photo.thumbnail) == (320, 240)
    assert photo.taken_at == datetime(2026, 3, 20, 14, 32, 10)  # noqa: DTZ001
    assert photo.taken_offset_minutes == 330
    assert makers.is_upright(photo.thumbnail)


def test_small_pictures_are_not_enlarged(preparer: Preparer) -> None:
    photo = preparer.prepare(makers.encoded(makers.corners(200, 100)))
    assert {makers.size_of(c) for c in (photo.preview, photo.print_copy, photo.thumbnail)} == {(200, 100)}


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (5000, 2)])
def test_odd_shapes_keep_at_least_one_pixel(preparer: Preparer, size: tuple[int, int]) -> None:
    photo = preparer.prepare(makers.encoded(Image.new("RGB", size, makers.RED)))
    assert (photo.width, photo.height) == size
    assert min(makers.size_of(photo.thumbnail)) >= 1


@cache
def _kinds() -> dict[str, tuple[str, bytes]]:
    picture = makers.corners()
    paletted = picture.quantize(16)
    two_sided = picture.copy()
    two_sided.putalpha(255)
    return {
        "progressive": ("JPEG", makers.encoded(picture, progressive=True)),
        "full colour": ("JPEG", makers.encoded(picture, subsampling=0)),
        "mpo": ("JPEG", makers.mpo(picture)),
        "cmyk jpeg": ("JPEG", makers.encoded(picture.convert("CMYK"))),
        "cmyk tiff": ("TIFF", makers.encoded(picture.convert("CMYK"), "TIFF")),
        "16-bit tiff": ("TIFF", makers.tiff_of_16_bits(picture)),
        "lzw tiff": ("TIFF", makers.encoded(picture, "TIFF", compression="tiff_lzw")),
        "palette png": ("PNG", makers.encoded(paletted, "PNG")),
        "palette tiff": ("TIFF", makers.encoded(paletted, "TIFF")),
        "alpha png": ("PNG", makers.encoded(two_sided, "PNG")),
        "alpha webp": ("WEBP", makers.encoded(two_sided, "WEBP", quality=95)),
        "lossless webp": ("WEBP", makers.encoded(picture, "WEBP", lossless=True)),
        "large png": ("PNG", makers.encoded(makers.corners(4000, 3000), "PNG", compress_level=1)),
        "large palette png": ("PNG", makers.encoded(makers.corners(4000, 3000).quantize(8), "PNG")),
        "heic": ("HEIF", makers.heic(picture)),
        "moving png": (
            "PNG",
            makers.encoded(picture, "PNG", save_all=True, append_images=[Image.new("RGB", (640, 480))]),
        ),
        "moving webp": (
            "WEBP",
            makers.encoded(picture, "WEBP", save_all=True, append_images=[Image.new("RGB", (640, 480))]),
        ),
        "many-page tiff": (
            "TIFF",
            makers.encoded(picture, "TIFF", save_all=True, append_images=[Image.new("RGB", (99, 99))]),
        ),
    }


@pytest.mark.parametrize("name", _kinds())
def test_every_kind_shows_its_colours(preparer: Preparer, name: str) -> None:
    kind, data = _kinds()[name]
    photo = preparer.prepare(data)
    assert photo.format == kind
    assert makers.is_upright(photo.preview, most=40)
    assert all(map(is_bare, (photo.preview, photo.print_copy, photo.thumbnail)))


@cache
def _greys() -> dict[str, bytes]:
    ramp = Image.linear_gradient("L").resize((640, 480)).transpose(Image.Transpose.ROTATE_90)
    ramp = ramp.resize((640, 480))
    deep = ramp.convert("I").point(lambda value: value * 257)
    return {
        "grey jpeg": makers.encoded(ramp),
        "grey png of 16 bits": makers.encoded(deep.convert("I;16"), "PNG"),
        "grey tiff of 16 bits": makers.encoded(deep.convert("I;16"), "TIFF"),
        "grey tiff of 32 bits": makers.encoded(deep, "TIFF"),
        "grey tiff of fractions": makers.encoded(
            ramp.convert("F").point(lambda value: value * (1 / 255)), "TIFF"
        ),
        "grey and alpha png": makers.encoded(ramp.convert("LA"), "PNG"),
    }


@pytest.mark.parametrize("name", _greys())
def test_grey_pictures_keep_their_brightness(preparer: Preparer, name: str) -> None:
    photo = preparer.prepare(_greys()[name])
    colours = makers.corner_colours(photo.preview)
    wanted = makers.corner_colours(_greys()["grey jpeg"])
    assert all(makers.is_near(a, b, 8) for a, b in zip(colours, wanted, strict=True))
    assert abs(wanted[0][0] - wanted[1][0]) > 60


def test_black_and_white_pictures_work(preparer: Preparer) -> None:
    ink = Image.new("1", (400, 300), 1)
    ink.paste(0, (0, 0, 200, 300))
    photo = preparer.prepare(makers.encoded(ink, "TIFF", compression="group4"))
    left, right, *_ = makers.corner_colours(photo.preview)
    assert makers.is_near(left, (0, 0, 0)) and makers.is_near(right, (255, 255, 255))


def test_transparent_places_get_a_neutral_ground(preparer: Preparer) -> None:
    clear = makers.corners().convert("RGBA")
    clear.paste((255, 0, 0, 0), (0, 0, 320, 240))
    first, *others = makers.corner_colours(preparer.prepare(makers.encoded(clear, "PNG")).preview)
    assert makers.is_near(first, (232, 232, 232))
    assert all(makers.is_near(a, b) for a, b in zip(others, makers.CORNERS[1:], strict=True))


def test_colour_profiles_are_applied_also_to_turned_pictures(preparer: Preparer) -> None:
    stored = makers.stored(makers.corners(), 6)
    data = makers.encoded(stored, exif=makers.exif(6), icc_profile=makers.swapped_profile())
    photo = preparer.prepare(data)
    red, green, *_ = makers.corner_colours(photo.preview)
    assert red[1] > red[0] and green[0] > green[1]
    assert not makers.carries_mark(photo.preview)


@pytest.mark.parametrize("profile", [b"not a profile", b"\0" * 200, makers.marked_profile()[:300]])
def test_a_broken_colour_profile_counts_as_none(preparer: Preparer, profile: bytes) -> None:
    assert makers.is_upright(preparer.prepare(makers.encoded(makers.corners(), icc_profile=profile)).preview)


def test_a_profile_for_other_colours_counts_as_none(preparer: Preparer) -> None:
    data = makers.encoded(makers.corners().convert("L"), icc_profile=makers.marked_profile())
    assert preparer.prepare(data).width == 640


@pytest.mark.parametrize(
    ("taken", "wanted"),
    [
        ("2026:03:20 09:05:00", datetime(2026, 3, 20, 9, 5)),  # noqa: DTZ001
        ("2026-03-20T09:05:00", datetime(2026, 3, 20, 9, 5)),  # noqa: DTZ001
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("2026:13:45 99:99:99", None),
        ("2026:02:30 10:00:00", None),
        ("20. März 2026", None),
        ("2026:03:20", None),
        ("9" * 5000, None),
        (b"\xff\xfe\0\0", None),
    ],
)
def test_dates_that_nobody_can_read_are_none(
    preparer: Preparer, taken: object, wanted: datetime | None
) -> None:
    photo = preparer.prepare(makers.encoded(makers.corners(), exif=makers.exif(1, taken)))
    assert photo.taken_at == wanted


@pytest.mark.parametrize(
    ("offset", "minutes"),
    [
        ("+02:00", 120),
        ("-03:30", -210),
        ("Z", 0),
        ("+0545", 345),
        ("+99:00", None),
        ("+05:75", None),
        ("?", None),
    ],
)
def test_distance_from_utc_is_kept_apart(preparer: Preparer, offset: str, minutes: int | None) -> None:
    block = makers.exif(1, "2026:03:20 09:05:00", offset)
    photo = preparer.prepare(makers.encoded(makers.corners(), exif=block))
    assert photo.taken_offset_minutes == minutes
    assert photo.taken_at == datetime(2026, 3, 20, 9, 5)  # noqa: DTZ001


def test_no_exif_means_no_date(preparer: Preparer) -> None:
    photo = preparer.prepare(makers.encoded(makers.corners()))
    assert (photo.taken_at, photo.taken_offset_minutes) == (None, None)


@pytest.mark.parametrize("entry", [(3, 1, 0), (3, 1, 9), (3, 1, 65535), (2, 2, 0x36), (12, 1, 6)])
def test_orientations_that_do_not_exist_leave_the_picture(
    preparer: Preparer, entry: tuple[int, int, int]
) -> None:
    block = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x0112, *entry, 0)
    data = makers.with_segments(makers.encoded(makers.corners()), makers.segment(0xE1, block))
    assert makers.is_upright(preparer.prepare(data).preview)


@pytest.mark.parametrize(
    "block",
    [
        b"Exif\0\0",
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff",
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\0\0\0\0",
        b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 400,
    ],
)
def test_absurd_exif_is_passed_over(preparer: Preparer, block: bytes) -> None:
    data = makers.with_segments(makers.encoded(makers.corners()), makers.segment(0xE1, block))
    photo = preparer.prepare(data)
    assert makers.is_upright(photo.preview)
    assert photo.taken_at is None


def test_many_sources_come_back_with_their_place(tmp_path: Path) -> None:
    good = makers.encoded(makers.corners())
    (tmp_path / "good.jpg").write_bytes(good)
    (tmp_path / "letter.jpg").write_text("Dear colleague")
    (tmp_path / "empty.jpg").touch()
    sources: list[Path | bytes] = [
        tmp_path / "good.jpg",
        good,
        tmp_path / "letter.jpg",
        tmp_path / "empty.jpg",
        tmp_path / "gone.jpg",
        tmp_path,
        good[: len(good) // 2],
    ]
    with Preparer(children=2) as preparer:
        found = {outcome.position: outcome for outcome in preparer.prepare_many(sources)}
    assert sorted(found) == list(range(len(sources)))
    assert [found[place].fault for place in range(len(sources))] == [
        None,
        None,
        PhotoFault.NOT_A_PICTURE,
        PhotoFault.EMPTY,
        PhotoFault.UNREADABLE,
        PhotoFault.UNREADABLE,
        PhotoFault.DAMAGED,
    ]
    for place in (0, 1):
        photo = found[place].photo
        assert photo is not None and photo.original == good
        assert found[place].source == sources[place]


def test_cancel_ends_the_work() -> None:
    data = makers.encoded(makers.corners(2000, 1500))
    with Preparer(children=2) as preparer:
        results = preparer.prepare_many([data] * 200)
        next(results)
        preparer.cancel()
        assert len(list(results)) < 100


def test_leaving_the_iterator_early_leaves_the_preparer_usable() -> None:
    data = makers.encoded(makers.corners())
    with Preparer(children=2) as preparer:
        results = preparer.prepare_many([data] * 50)
        next(results)
        results.close()
        assert preparer.prepare(data).width == 640


def test_one_picture_without_a_preparer() -> None:
    data = makers.encoded(makers.corners())
    assert prepare(data) == prepare(data)
    prepare_module._shared.close()
    assert prepare(data).width == 640
    prepare_module._shared.close()
