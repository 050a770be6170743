"""Photos for the sample logbook, drawn by code: one face stays the same while shine and spots come and go.

Nobody's picture: every face is made of numbers from a seed, and says SAMPLE in the picture itself.
"""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from dermlog.domain.patient import FitzpatrickType, Sex
from dermlog.domain.photo import PhotoView
from dermlog.photos.sample_body import background, draw_body, draw_ear
from dermlog.photos.sample_canvas import Camera, Canvas, Colour, mixed
from dermlog.photos.sample_features import Blemish, Complexion, Features, possible_blemishes
from dermlog.photos.sample_hair import Hair, draw_hair, draw_hair_behind
from dermlog.photos.sample_head import Head
from dermlog.photos.sample_skin import LIGHT, Condition, draw_skin

SAMPLE_SIZE = (1200, 1500)
MOST_SPOTS = 120

_SKINS: dict[FitzpatrickType, Colour] = {
    FitzpatrickType.I: (246, 218, 204),
    FitzpatrickType.II: (239, 204, 184),
    FitzpatrickType.III: (226, 184, 154),
    FitzpatrickType.IV: (198, 150, 116),
    FitzpatrickType.V: (150, 104, 76),
    FitzpatrickType.VI: (102, 70, 54),
}
_LIGHT_HAIR: tuple[Colour, ...] = (
    (196, 160, 110),
    (150, 108, 70),
    (112, 78, 54),
    (88, 60, 46),
    (150, 84, 52),
)
_DARK_HAIR: tuple[Colour, ...] = ((58, 42, 36), (40, 32, 30), (74, 52, 40), (30, 26, 26))
_LIGHT_EYES: tuple[Colour, ...] = ((96, 132, 156), (108, 138, 112), (120, 96, 66), (124, 140, 150))
_DARK_EYES: tuple[Colour, ...] = ((92, 62, 42), (74, 50, 36), (60, 42, 34))
_CLOTHS: tuple[Colour, ...] = (
    (88, 116, 124),
    (206, 212, 214),
    (122, 140, 158),
    (150, 138, 128),
    (74, 92, 104),
)

# Yaw, and for close-ups how much nearer and which place of the face is in the middle.
_VIEWS: dict[PhotoView, tuple[float, float, float, float]] = {
    PhotoView.FRONT: (0.0, 1.0, 0.0, 0.0),
    PhotoView.RIGHT_45: (43.0, 1.0, 0.0, 0.0),
    PhotoView.LEFT_45: (-43.0, 1.0, 0.0, 0.0),
    PhotoView.RIGHT_90: (88.0, 1.0, 0.0, 0.0),
    PhotoView.LEFT_90: (-88.0, 1.0, 0.0, 0.0),
    PhotoView.FOREHEAD: (0.0, 1.75, 0.0, -0.36),
    PhotoView.CHEEK_RIGHT: (36.0, 1.75, -0.36, 0.3),
    PhotoView.CHEEK_LEFT: (-36.0, 1.75, 0.36, 0.3),
    PhotoView.NOSE_CHIN: (0.0, 1.75, 0.0, 0.52),
    PhotoView.OTHER: (14.0, 1.1, 0.0, 0.05),
}


@dataclass(frozen=True)
class _Person:
    head: Head
    hair: Hair
    cloth: Colour
    complexion: Complexion
    blemishes: tuple[Blemish, ...]
    moles: tuple[tuple[float, float, float], ...]
    stubble: float


def draw_face(
    person: int,
    *,
    view: PhotoView,
    oiliness: int,
    spots: int,
    taken_at: datetime,
    redness: int = 1,
    skin_type: FitzpatrickType = FitzpatrickType.II,
    sex: Sex = Sex.FEMALE,
    size: tuple[int, int] = SAMPLE_SIZE,
) -> bytes:
    """A JPEG of a drawn face with EXIF; the same arguments give the same bytes.

    person is a seed: the same one is the same face in every view and at every visit. oiliness and redness go
    from 0 to 4, spots counts those on the whole face (at most 120 are drawn). taken_at, the camera's local
    time, also moves head and light a little, as two visits do. size: width and height in pixels, best 4 : 5.
    """
    who = _person(person, skin_type, sex)
    visit = random.Random(f"visit {person} {taken_at.isoformat()} {view.value}")  # noqa: S311
    camera = _camera(who.head, view, size, visit)
    condition = Condition(float(oiliness), float(redness), who.stubble, visit.gauss(1.0, 0.025))
    picture = _base(who, camera, size, condition)
    canvas = Canvas(picture)
    features = Features(canvas, camera, who.head, who.complexion)
    _draw_features(canvas, features, camera, who)
    for x, y, mole in who.moles:
        features.draw_mole(x, y, mole)
    for blemish in who.blemishes[: max(0, min(spots, MOST_SPOTS))]:
        features.draw_blemish(blemish, visit.uniform(0.8, 1.15))
    _mark(picture)
    return _jpeg(picture, taken_at)


@lru_cache(maxsize=64)
def _person(seed: int, skin_type: FitzpatrickType, sex: Sex) -> _Person:
    chance = random.Random(f"person {seed}")  # noqa: S311
    strong = sex is Sex.MALE
    head = Head.drawn_from(chance, strong=strong)
    light = skin_type in (FitzpatrickType.I, FitzpatrickType.II)
    hair = chance.choice(_LIGHT_HAIR if light else _DARK_HAIR)
    eyes = chance.choice(_LIGHT_EYES if light else _DARK_EYES)
    tone = _SKINS[skin_type]
    warm = chance.uniform(-5.0, 5.0)
    colour = (tone[0], round(tone[1] + warm * 0.4), round(tone[2] + warm))
    kind = "short" if strong else chance.choice(("tied", "tied", "loose"))
    worn = Hair(kind, hair, 0.1 if strong else 0.075)
    cloth = chance.choice(_CLOTHS)
    complexion = Complexion(colour, eyes, mixed(hair, (40, 28, 24), 0.45), 0.15 if strong else 0.75)
    moles = tuple(
        (chance.uniform(-0.4, 0.4), chance.uniform(0.15, 0.8), chance.uniform(0.007, 0.012)) for _ in range(3)
    )
    blemishes = tuple(possible_blemishes(chance, MOST_SPOTS))
    return _Person(
        head, worn, cloth, complexion, blemishes, moles, chance.uniform(0.2, 1.0) if strong else 0.0
    )


def _camera(head: Head, view: PhotoView, size: tuple[int, int], visit: random.Random) -> Camera:
    yaw, zoom, x, y = _VIEWS[view]
    yaw, roll = yaw + visit.gauss(0.0, 1.2), visit.gauss(0.0, 0.7)
    scale = min(size[0] / 1200, size[1] / 1500) * 500 * zoom * visit.gauss(1.0, 0.01)
    straight = Camera(yaw, roll, scale, 0.0, 0.0)
    # Turned heads reach further to the back than to the front: move them into the middle.
    aim = straight.seen(head.on_face(x, y) if zoom > 1.5 else (0.0, 0.12, -0.1))
    left = size[0] / 2 - aim[0] + visit.gauss(0.0, 0.006) * size[0]
    return Camera(yaw, roll, scale, left, size[1] / 2 - aim[1] + visit.gauss(0.0, 0.006) * size[1])


def _base(who: _Person, camera: Camera, size: tuple[int, int], condition: Condition) -> Image.Image:
    """Ground, body, skin and hair: soft things, so half the size is enough."""
    half = camera.at_half_size()
    small = (max(1, size[0] // 2), max(1, size[1] // 2))
    canvas = Canvas(background(small))
    tone = who.complexion.skin
    draw_hair_behind(canvas, half, who.hair)
    draw_body(canvas, half, tone, who.cloth)
    side_view = abs(camera.yaw) > 20
    if not side_view and who.hair.kind != "loose":
        for side in (-1.0, 1.0):
            draw_ear(canvas, half, who.head, side, tone)
    draw_skin(canvas, half, who.head, tone, condition)
    draw_hair(canvas, half, who.head, who.hair, LIGHT)
    if side_view:
        draw_ear(canvas, half, who.head, -math.copysign(1.0, camera.yaw), tone)
    return canvas.picture.resize(size, Image.Resampling.BILINEAR)


def _draw_features(canvas: Canvas, features: Features, camera: Camera, who: _Person) -> None:
    bare = canvas.picture.copy() if abs(camera.yaw) > 20 else None
    far = math.copysign(1.0, camera.yaw)
    features.draw_eye(far)
    features.draw_brow(far)
    if bare is not None:
        # The bridge of the nose stands before the far eye.
        bridge = [
            camera.seen(who.head.on_face(x, y))
            for x, y in (
                *((far * 0.0, -0.13 + step * 0.05) for step in range(10)),
                *((-far * 0.1, 0.32 - step * 0.05) for step in range(10)),
            )
        ]
        canvas.fill(bridge, bare, blur=2.0)
    features.draw_eye(-far)
    features.draw_brow(-far)
    features.draw_nose()
    features.draw_mouth()


def _mark(picture: Image.Image) -> None:
    """SAMPLE, in the picture itself, where a crop to the face leaves it too."""
    unit = picture.width / 1200
    stamp = _stamp(max(8, round(44 * unit)))
    left, top = (
        round(picture.width - stamp.width - 36 * unit),
        round(picture.height - stamp.height - 36 * unit),
    )
    picture.paste((18, 48, 46), (left, top), stamp.getchannel(0))
    picture.paste((255, 255, 255), (left, top), stamp.getchannel(1))


@lru_cache(maxsize=4)
def _stamp(height: int) -> Image.Image:
    """Ground and letters of the mark, as two channels."""
    font = ImageFont.load_default(height)
    left, top, right, bottom = font.getbbox("SAMPLE")
    pad = height // 2
    size = (round(right - left) + 2 * pad, round(bottom - top) + 2 * pad)
    ground, letters = Image.new("L", size), Image.new("L", size)
    ImageDraw.Draw(ground).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius=pad, fill=190)
    ImageDraw.Draw(letters).text((pad - left, pad - top), "SAMPLE", fill=255, font=font)
    return Image.merge("RGB", (ground, letters, letters))


def _jpeg(picture: Image.Image, taken_at: datetime) -> bytes:
    facts = Image.Exif()
    facts[0x010F], facts[0x0110], facts[0x0131] = "dermlog", "dermlog sample", "dermlog"
    facts.get_ifd(0x8769)[0x9003] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88, exif=facts)
    return out.getvalue()
