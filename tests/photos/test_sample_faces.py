"""Drawn faces: the same every time, the same person at every visit, and following the scores."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from datetime import datetime
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

from dermlog.domain.patient import FitzpatrickType, Sex
from dermlog.domain.photo import PhotoView
from dermlog.photos.prepare import Preparer
from dermlog.photos.sample_faces import draw_face

SMALL = (480, 600)
DAY = datetime(2026, 3, 20, 9, 5)  # noqa: DTZ001
LATER = datetime(2026, 6, 12, 15, 40)  # noqa: DTZ001


def _face(**changes: Any) -> bytes:
    asked = {"person": 7, "view": PhotoView.FRONT, "oiliness": 2, "spots": 6, "taken_at": DAY, "size": SMALL}
    return draw_face(**{**asked, **changes})


def _picture(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB")


def _brightness(data: bytes, place: tuple[float, float, float, float]) -> float:
    picture = _picture(data)
    left, top, right, bottom = place
    box = (left * picture.width, top * picture.height, right * picture.width, bottom * picture.height)
    cut = picture.crop(tuple(map(int, box))).convert("L")  # type: ignore[arg-type]
    return ImageStat.Stat(cut).extrema[0][1] + ImageStat.Stat(cut).mean[0]


def _red_pixels(data: bytes) -> int:
    red, green, _ = _picture(data).split()
    difference = ImageChops.subtract(red, green)
    return sum(difference.histogram()[70:])


def _unlike(first: bytes, second: bytes) -> float:
    pictures = [_picture(data).resize((48, 60)) for data in (first, second)]
    return sum(ImageStat.Stat(ImageChops.difference(*pictures)).mean)


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert _face() == _face()
    assert len({_face(), _face(person=8), _face(taken_at=LATER), _face(oiliness=3), _face(spots=7)}) == 5


def test_another_process_draws_the_same() -> None:
    script = (
        "from datetime import datetime\n"
        "from dermlog.domain.photo import PhotoView\n"
        "from dermlog.photos.sample_faces import draw_face\n"
        "import hashlib\n"
        "face = draw_face(7, view=PhotoView.FRONT, oiliness=2, spots=6,\n"
        f"    taken_at=datetime(2026, 3, 20, 9, 5), size={SMALL})\n"
        "print(hashlib.sha256(face).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(_face()).hexdigest()


@pytest.mark.parametrize("view", PhotoView)
def test_every_view_is_drawn_and_different(view: PhotoView) -> None:
    face = _face(view=view, oiliness=4, spots=30, sex=Sex.MALE, skin_type=FitzpatrickType.V)
    assert _picture(face).size == SMALL
    if view is not PhotoView.FRONT:
        assert _unlike(face, _face(oiliness=4, spots=30, sex=Sex.MALE, skin_type=FitzpatrickType.V)) > 5


def test_a_person_looks_the_same_at_every_visit() -> None:
    today = _face()
    again, other = _face(taken_at=LATER), _face(person=8)
    assert 0 < _unlike(today, again) < _unlike(today, other)


def test_right_shows_the_patients_right_side() -> None:
    """The nose then points to the right of the picture, and hair fills its left."""
    dark = {"skin_type": FitzpatrickType.III, "person": 12}
    right = _picture(_face(view=PhotoView.RIGHT_90, **dark)).convert("L")
    left = _picture(_face(view=PhotoView.LEFT_90, **dark)).convert("L")
    for picture, hair_left in ((right, True), (left, False)):
        west = ImageStat.Stat(picture.crop((60, 120, 200, 260))).mean[0]
        east = ImageStat.Stat(picture.crop((280, 120, 420, 260))).mean[0]
        assert (west < east) is hair_left


@pytest.mark.parametrize("skin_type", FitzpatrickType)
def test_shine_grows_with_oiliness(skin_type: FitzpatrickType) -> None:
    forehead = (0.4, 0.26, 0.55, 0.34)
    shine = [_brightness(_face(oiliness=grade, spots=0, skin_type=skin_type), forehead) for grade in range(5)]
    # The exposure of a photo depends on its time only, so grades can be compared.
    assert shine == sorted(shine)
    assert shine[4] - shine[0] > 25


def test_spots_grow_with_their_number_and_stay_in_place() -> None:
    counts = [_red_pixels(_face(oiliness=0, redness=0, spots=number)) for number in (0, 5, 15, 40)]
    assert counts == sorted(set(counts))
    few, more = _picture(_face(spots=5)), _picture(_face(spots=6))
    left, top, right, bottom = (
        ImageChops.difference(few, more).point(lambda value: 255 * (value > 24)).getbbox() or (0,) * 4
    )
    assert 0 < (right - left) * (bottom - top) < 60 * 60


def test_absurd_numbers_of_spots_do_no_harm() -> None:
    assert _face(spots=-3) == _face(spots=0)
    assert _face(spots=10_000) == _face(spots=120)


def test_it_says_sample_in_the_picture() -> None:
    """Dark ground and white letters at the lower right, whatever is drawn there."""
    for view in (PhotoView.FRONT, PhotoView.LEFT_90, PhotoView.CHEEK_LEFT):
        picture = _picture(_face(view=view)).convert("L")
        mark = picture.crop((SMALL[0] - 100, SMALL[1] - 44, SMALL[0] - 20, SMALL[1] - 16))
        darkest, brightest = ImageStat.Stat(mark).extrema[0]
        assert darkest < 110 and brightest > 225


def test_the_camera_facts_are_read_back(preparer: Preparer) -> None:
    face = _face(taken_at=LATER)
    photo = preparer.prepare(face)
    assert (photo.format, photo.width, photo.height, photo.taken_at) == ("JPEG", *SMALL, LATER)
    with Image.open(io.BytesIO(face)) as picture:
        assert picture.getexif()[0x0110] == "dermlog sample"
    assert b"dermlog sample" not in photo.preview


def test_the_usual_size() -> None:
    face = draw_face(3, view=PhotoView.FRONT, oiliness=1, spots=2, taken_at=DAY)
    assert _picture(face).size == (1200, 1500)
    assert len(face) < 300_000
