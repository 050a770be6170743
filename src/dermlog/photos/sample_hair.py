"""The hair of a drawn person: combed back, with strands; short, tied at the back, or loose."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from dermlog.photos.sample_canvas import Camera, Canvas, Colour, lit, mixed, open_curve
from dermlog.photos.sample_head import Head, Point, Surface, surface

# Where hair ends, by direction in degrees from the front (0) to the back (180): height on the head.
_ENDS = (
    (0.0, -0.63),
    (18.0, -0.625),
    (36.0, -0.58),
    (50.0, -0.47),
    (60.0, -0.3),
    (68.0, -0.12),
    (75.0, 0.02),
    (81.0, 0.04),
    (86.0, -0.1),
    (98.0, -0.08),
    (106.0, 0.16),
    (120.0, 0.4),
    (150.0, 0.56),
    (180.0, 0.6),
)
_KNOT: Point = (0.0, -0.6, -0.9)
_MIDDLE: Point = (0.0, -0.15, -0.05)


@dataclass(frozen=True)
class Hair:
    """How one person wears the hair: "short", "tied" or "loose"; thickness in half heads."""

    kind: str
    colour: Colour
    thickness: float


def draw_hair_behind(canvas: Canvas, camera: Camera, hair: Hair) -> None:
    """What hangs or sits behind the head."""
    unit = camera.scale
    if hair.kind == "loose":
        side = math.radians(camera.yaw)
        outline = []
        for sign in (-1.0, 1.0):
            edge = []
            for y, wide, deep, ahead in (
                (-0.62, 0.5, 0.5, -0.3),
                (-0.3, 0.72, 0.58, -0.38),
                (0.1, 0.79, 0.54, -0.44),
                (0.5, 0.81, 0.46, -0.46),
                (1.0, 0.79, 0.4, -0.46),
                (1.6, 0.68, 0.36, -0.46),
            ):
                half = math.hypot(wide * math.cos(side), deep * math.sin(side))
                edge.append(
                    (camera.left + unit * (ahead * math.sin(side) + sign * half), camera.top + unit * y)
                )
            outline += open_curve(edge)[:: int(sign)]
        canvas.fill(outline, lit(hair.colour, 0.6), blur=unit / 70)
        for offset, shine in ((-0.68, 0.9), (-0.56, 0.45), (0.58, 0.45), (0.7, 0.8)):
            line = [camera.seen((offset * (1.0 + 0.06 * y), y, -0.35)) for y in (-0.2, 0.3, 0.8, 1.4)]
            canvas.stroke(
                line, [unit * 0.07] * 4, lit(hair.colour, shine), opacity=0.5, blur=unit / 30, inside=outline
            )
    if hair.kind == "tied":
        x, y = camera.seen((0.0, -0.42, -1.0))
        for radius, light in ((0.21, 0.6), (0.15, 0.8), (0.08, 1.0)):
            ring = [
                (
                    x + unit * radius * math.cos(turn),
                    y + unit * (radius * math.sin(turn) - (0.21 - radius) * 0.3),
                )
                for turn in (step / 12 * math.pi for step in range(24))
            ]
            canvas.fill(ring, lit(hair.colour, light), blur=unit / 50)


def draw_hair(canvas: Canvas, camera: Camera, head: Head, hair: Hair, light: Point) -> None:
    """The hair on the head itself: a shaded cap, then strands that run back from the hairline."""
    cap = _cap(head, hair.thickness)
    small = camera.at_half_size()
    places, edges = small.all_seen(cap.points), camera.all_seen(cap.points)
    layer = canvas.picture.reduce(2)
    mask = Image.new("L", canvas.picture.size)
    pen, stencil = ImageDraw.Draw(layer), ImageDraw.Draw(mask)
    for _, index, (x, y, z) in camera.facing(cap):
        bright = max(0.0, x * light[0] + y * light[1] + z * light[2])
        mirror = max(0.0, (x * light[0] + y * light[1] + z * (light[2] + 1.0)) / 1.9)
        colour = mixed(lit(hair.colour, 0.5 + 0.55 * bright), (255, 244, 230), 0.2 * mirror**12)
        a, b, c, d = cap.patches[index].corners
        pen.polygon((*places[a], *places[b], *places[c], *places[d]), fill=colour)
        stencil.polygon((*edges[a], *edges[b], *edges[c], *edges[d]), fill=255)
    soft = layer.filter(ImageFilter.GaussianBlur(small.scale / 36)).resize(
        mask.size, Image.Resampling.BILINEAR
    )
    soft = ImageChops.add(soft, _strand_relief(soft.size, camera, head, hair), scale=1, offset=-128)
    canvas.picture.paste(soft, (0, 0), mask.filter(ImageFilter.BoxBlur(camera.scale / 90)))


def _strand_relief(size: tuple[int, int], camera: Camera, head: Head, hair: Hair) -> Image.Image:
    """Lighter and darker lines around 128, where single strands catch the light."""
    chance = random.Random(f"strands {hair.colour}")  # noqa: S311
    relief = Image.new("L", size, 128)
    pen = ImageDraw.Draw(relief)
    depth = 5.0 + sum(hair.colour) / 40
    width = max(1, round(camera.scale / 100))
    for strand in _strands(head, hair.thickness):
        tone = 128 + round(max(-22.0, min(22.0, chance.gauss(0.0, depth))))
        run = [
            spot
            for spot, point in zip(camera.all_seen(strand), strand, strict=True)
            if camera.turned((point[0], point[1] + 0.15, point[2]))[2] > -0.12
        ]
        if len(run) > 1:
            pen.line(run, fill=tone, width=width, joint="curve")
    soft = relief.filter(ImageFilter.BoxBlur(camera.scale / 220))
    return Image.merge("RGB", (soft, soft, soft))


@lru_cache(maxsize=8)
def _strands(head: Head, thickness: float) -> tuple[tuple[Point, ...], ...]:
    """Lines from the hairline over the skull to the back of the head."""
    chance = random.Random("combed back")  # noqa: S311
    found = []
    for _ in range(150):
        degrees = chance.uniform(-150.0, 150.0)
        start = _edge(head, math.radians(degrees), thickness, 1.0)
        along, back = _from_middle(start), _from_middle(_KNOT)
        line = []
        for step in range(9):
            t = step / 8
            x, y, z = (first + (last - first) * t for first, last in zip(along[0], back[0], strict=True))
            length = math.sqrt(x * x + y * y + z * z) or 1.0
            radius = along[1] + (back[1] - along[1]) * t + 0.03 * math.sin(math.pi * t)
            line.append(
                (
                    _MIDDLE[0] + x / length * radius,
                    _MIDDLE[1] + y / length * radius,
                    _MIDDLE[2] + z / length * radius,
                )
            )
        found.append(tuple(line))
    return tuple(found)


def _from_middle(point: Point) -> tuple[Point, float]:
    x, y, z = point[0] - _MIDDLE[0], point[1] - _MIDDLE[1], point[2] - _MIDDLE[2]
    length = math.sqrt(x * x + y * y + z * z)
    return (x / length, y / length, z / length), length


@lru_cache(maxsize=8)
def _cap(head: Head, thickness: float) -> Surface:
    """The hair as a surface over the skull, from the crown to where hair ends."""
    angles = [math.radians(degree) for degree in range(0, 360, 6)]
    rows = [
        [_edge(head, angle, thickness, 1.0 - math.cos(step / 22 * math.pi)) for angle in angles]
        for step in range(12)
    ]
    return surface(rows, closed=True)


def _edge(head: Head, angle: float, thickness: float, down: float) -> Point:
    """A point of the hair's surface: down is 0 at the crown, 1 where hair ends."""
    end = _end(abs((math.degrees(angle) + 180.0) % 360.0 - 180.0))
    if math.cos(angle) > 0.3:
        end += head.hairline
    x, y, z = head.point(angle, -0.999 + down * (end + 0.999))
    lift = 1.0 + thickness * min(1.0, (1.0 - down) * 3.0 + 0.1)
    return x * lift, (y + 0.1) * lift - 0.1, z * lift


def _end(degrees: float) -> float:
    for (low, first), (high, last) in pairwise(_ENDS):
        if degrees <= high:
            part = (degrees - low) / (high - low)
            return first + (last - first) * part
    return _ENDS[-1][1]
