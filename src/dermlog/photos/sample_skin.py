"""The skin of a drawn face: light and shadow, flush, stubble, and the shine that grows with oiliness."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from dermlog.photos.sample_canvas import Camera, Canvas, Colour
from dermlog.photos.sample_head import Head, Point, skin

# A large soft light from the upper left of the picture, a weaker one from the right.
LIGHT: Point = (-0.36, -0.5, 0.79)
FILL: Point = (0.45, -0.25, 0.86)
_SHINE_COLOUR = (255.0, 250.0, 242.0)
_FLUSH = (206.0, 88.0, 80.0)
_BEARD = (92.0, 84.0, 84.0)


@dataclass(frozen=True)
class Condition:
    """How the skin is today: oiliness and redness 0 to 4, stubble 0 to 1, exposure of the photo around 1."""

    oiliness: float
    redness: float
    stubble: float
    exposure: float


def draw_skin(canvas: Canvas, camera: Camera, head: Head, tone: Colour, condition: Condition) -> None:
    """The whole skin of head and face; colours are soft, so they are painted at half the canvas's size."""
    shape = skin(head)
    small = camera.at_half_size()
    places, edges = small.all_seen(shape.points), camera.all_seen(shape.points)
    colours = canvas.picture.reduce(2)
    mask = Image.new("L", canvas.picture.size)
    pen, stencil = ImageDraw.Draw(colours), ImageDraw.Draw(mask)
    zones = _zones(head)
    shade = _Shade(tone, condition)
    for _, index, normal in camera.facing(shape):
        a, b, c, d = shape.patches[index].corners
        pen.polygon((*places[a], *places[b], *places[c], *places[d]), fill=shade.colour(normal, zones[index]))
        stencil.polygon((*edges[a], *edges[b], *edges[c], *edges[d]), fill=255)
    soft = colours.filter(ImageFilter.GaussianBlur(small.scale / 56)).resize(
        mask.size, Image.Resampling.BILINEAR
    )
    soft = ImageChops.add(soft, _pores(soft.size), scale=1, offset=-_PORE_DEPTH)
    canvas.picture.paste(soft, (0, 0), mask.filter(ImageFilter.BoxBlur(1.2)))


@dataclass(frozen=True)
class _Zone:
    """How much of each a patch is: flushing, redness, beard, and how readily it shines."""

    flush: float
    red: float
    beard: float
    oily: float


@lru_cache(maxsize=8)
def _zones(head: Head) -> tuple[_Zone, ...]:
    found = []
    for patch in skin(head).patches:
        x, y, z = patch.middle
        if z < 0.0:
            found.append(_Zone(0.0, 0.0, 0.0, 0.0))
            continue
        aside = abs(x)
        cheek = _near(aside - 0.36, 0.17) * _near(y - 0.26, 0.2)
        nose = _near(aside, 0.1) * _near(y - 0.28, 0.14)
        chin = _near(aside, 0.2) * _near(y - 0.86, 0.13)
        forehead = _near(aside, 0.46) * _near(y + 0.38, 0.17)
        bridge = _near(aside, 0.085) * _near(y - 0.16, 0.26)
        jaw = min(1.0, max(0.0, y - 0.36) / 0.16) * (1.0 - _near(aside, 0.16) * _near(y - 0.61, 0.06))
        oily = max(forehead, 1.1 * bridge, cheek, 0.8 * chin, 0.1)
        found.append(_Zone(0.13 * cheek + 0.14 * nose, 0.075 * cheek + 0.06 * nose + 0.05 * chin, jaw, oily))
    return tuple(found)


class _Shade:
    """The colour of a patch by the way it faces; plain arithmetic, asked a thousand times a photo."""

    def __init__(self, tone: Colour, condition: Condition) -> None:
        self._tone = tone
        self._condition = condition
        self._halfway = tuple(_halfway(light) for light in (LIGHT, FILL))

    def colour(self, normal: Point, zone: _Zone) -> Colour:
        """The colour of skin with this normal, as the camera sees it."""
        nx, ny, nz = normal
        now = self._condition
        bright = 0.62 * max(0.0, nx * LIGHT[0] + ny * LIGHT[1] + nz * LIGHT[2])
        bright += 0.3 * max(0.0, nx * FILL[0] + ny * FILL[1] + nz * FILL[2])
        # Light that falls on skin from behind glows red: shadows are warm, never grey.
        light = (0.46 + 0.62 * bright) * now.exposure
        r, g, b = self._tone
        red, green, blue = r * light**0.8, g * light**1.02, b * light**1.14
        flush = min(0.5, zone.flush + zone.red * now.redness)
        if flush > 0.004:
            red += (_FLUSH[0] * light - red) * flush * 0.5
            green += (_FLUSH[1] * light - green) * flush
            blue += (_FLUSH[2] * light - blue) * flush
        if now.stubble and zone.beard:
            dark = 0.24 * now.stubble * zone.beard
            red += (_BEARD[0] * light - red) * dark
            green += (_BEARD[1] * light - green) * dark
            blue += (_BEARD[2] * light - blue) * dark
        gloss = 0.06 * zone.oily
        if now.oiliness > 0.0:
            (ax, ay, az), (bx, by, bz) = self._halfway
            first = max(0.0, nx * ax + ny * ay + nz * az)
            second = max(0.0, nx * bx + ny * by + nz * bz)
            shine = 0.36 * first**14 + 0.8 * first**55 + 0.22 * second**14 + 0.42 * second**55
            gloss = min(0.86, zone.oily * shine * now.oiliness / 4.0)
        red += (_SHINE_COLOUR[0] - red) * gloss
        green += (_SHINE_COLOUR[1] - green) * gloss
        blue += (_SHINE_COLOUR[2] - blue) * gloss
        return min(255, int(red)), min(255, int(green)), min(255, int(blue))


def _halfway(light: Point) -> Point:
    """Skin that faces this way mirrors the light into the camera."""
    x, y, z = light[0], light[1], light[2] + 1.0
    length = math.sqrt(x * x + y * y + z * z)
    return x / length, y / length, z / length


_PORE_DEPTH = 7


@lru_cache(maxsize=4)
def _pores(size: tuple[int, int]) -> Image.Image:
    """Fine grain around _PORE_DEPTH, so that skin does not look like plastic; the same for everybody."""
    grain = random.Random("pores")  # noqa: S311
    tile = Image.frombytes("L", (256, 256), grain.randbytes(256 * 256)).filter(ImageFilter.GaussianBlur(0.8))
    whole = Image.new("L", size)
    for left in range(0, size[0], 256):
        for top in range(0, size[1], 256):
            whole.paste(tile, (left, top))
    deep = _PORE_DEPTH
    whole = whole.point([max(0, min(2 * deep, round((value - 128) * 0.09 + deep))) for value in range(256)])
    return Image.merge("RGB", (whole, whole, whole))


def _near(distance: float, width: float) -> float:
    return math.exp(-((distance / width) ** 2))
