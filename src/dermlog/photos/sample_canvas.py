"""What drawn faces are drawn with: a camera for the head, and soft shapes without jagged edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from dermlog.photos.sample_head import Point, Surface

Colour = tuple[int, int, int]
Spot = tuple[float, float]


def mixed(first: Colour, second: Colour, part: float) -> Colour:
    """The colour on the way from the first (part 0) to the second (part 1)."""
    return (
        round(first[0] + (second[0] - first[0]) * part),
        round(first[1] + (second[1] - first[1]) * part),
        round(first[2] + (second[2] - first[2]) * part),
    )


def lit(colour: Colour, light: float) -> Colour:
    """The colour brighter or darker; shadows of skin and hair keep their warmth."""
    return (
        min(255, round(colour[0] * light**0.82)),
        min(255, round(colour[1] * light)),
        min(255, round(colour[2] * light**1.12)),
    )


def closed_curve(points: Sequence[Spot]) -> list[Spot]:
    """A smooth curve through the points and back to the first."""
    count = len(points)
    return [
        spot
        for index in range(count)
        for spot in _bow(*(points[(index + shift) % count] for shift in (-1, 0, 1, 2)))
    ]


def open_curve(points: Sequence[Spot]) -> list[Spot]:
    """A smooth curve from the first point to the last."""
    last = len(points) - 1
    found = []
    for index in range(last):
        found += _bow(
            points[max(index - 1, 0)], points[index], points[index + 1], points[min(index + 2, last)]
        )
    return [*found, points[-1]]


def _bow(a: Spot, b: Spot, c: Spot, d: Spot) -> list[Spot]:
    """Five points of the Catmull-Rom curve from b towards c."""
    found = []
    for step in range(5):
        t = step / 5
        x, y = (
            q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)))
            for p, q, r, s in zip(a, b, c, d, strict=True)
        )
        found.append((x, y))
    return found


@dataclass(frozen=True)
class Camera:
    """Where the head appears: yaw and roll in degrees, pixels per half head, pixel of the head's middle.

    A positive yaw turns the patient's right side to the camera.
    """

    yaw: float
    roll: float
    scale: float
    left: float
    top: float

    def at_half_size(self) -> Camera:
        """The same view on a picture of half the size."""
        return Camera(self.yaw, self.roll, self.scale / 2, self.left / 2, self.top / 2)

    def turned(self, point: Point) -> Point:
        """A point or direction of the head as the camera sees it: right, down, towards the camera."""
        sine, cosine = math.sin(math.radians(self.yaw)), math.cos(math.radians(self.yaw))
        x, y, z = point
        return x * cosine + z * sine, y, z * cosine - x * sine

    def seen(self, point: Point) -> Spot:
        """Where a point of the head appears, in pixels."""
        x, y, _ = self.turned(point)
        sine, cosine = math.sin(math.radians(self.roll)), math.cos(math.radians(self.roll))
        return self.left + self.scale * (x * cosine - y * sine), self.top + self.scale * (
            x * sine + y * cosine
        )

    def all_seen(self, points: Sequence[Point]) -> list[Spot]:
        """Where many points appear; the quick form of `seen`."""
        sine, cosine = math.sin(math.radians(self.yaw)), math.cos(math.radians(self.yaw))
        roll_sine, roll_cosine = math.sin(math.radians(self.roll)), math.cos(math.radians(self.roll))
        across, along, over = (
            self.scale * cosine * roll_cosine,
            -self.scale * roll_sine,
            self.scale * sine * roll_cosine,
        )
        across_y, along_y, over_y = (
            self.scale * cosine * roll_sine,
            self.scale * roll_cosine,
            self.scale * sine * roll_sine,
        )
        left, top = self.left, self.top
        return [
            (left + across * x + along * y + over * z, top + across_y * x + along_y * y + over_y * z)
            for x, y, z in points
        ]

    def facing(self, shape: Surface) -> list[tuple[float, int, Point]]:
        """The patches that look towards the camera, far ones first: depth, index, normal as it sees it."""
        sine, cosine = math.sin(math.radians(self.yaw)), math.cos(math.radians(self.yaw))
        seen = []
        for index, patch in enumerate(shape.patches):
            x, y, z = patch.normal
            towards = z * cosine - x * sine
            if towards > 0.0:
                depth = patch.middle[2] * cosine - patch.middle[0] * sine
                seen.append((depth, index, (x * cosine + z * sine, y, towards)))
        seen.sort()
        return seen


class Canvas:
    """A picture to paint soft-edged shapes on."""

    def __init__(self, picture: Image.Image) -> None:
        self.picture = picture

    def fill(
        self,
        outline: Sequence[Spot],
        colour: Colour | Image.Image,
        *,
        opacity: float = 1.0,
        blur: float = 0.0,
        inside: Sequence[Spot] | None = None,
    ) -> None:
        """Fill an outline with a colour, or with the same place of another picture; inside cuts it."""
        reach = math.ceil(blur * 2.5) + 2
        box = self._box(outline, reach)
        if box is None:
            return
        mask = _blurred_mask(outline, box, blur)
        if inside is not None:
            mask = ImageChops.multiply(mask, _mask(inside, box))
        if opacity < 1.0:
            mask = mask.point([round(value * opacity) for value in range(256)])
        self.picture.paste(colour if not isinstance(colour, Image.Image) else colour.crop(box), box, mask)

    def stroke(
        self,
        line: Sequence[Spot],
        widths: Sequence[float],
        colour: Colour,
        *,
        opacity: float = 1.0,
        blur: float = 0.0,
        inside: Sequence[Spot] | None = None,
    ) -> None:
        """A line with a width at each of its points."""
        one_side, other_side = [], []
        for index, (x, y) in enumerate(line):
            before, after = line[max(index - 1, 0)], line[min(index + 1, len(line) - 1)]
            dx, dy = after[0] - before[0], after[1] - before[1]
            length = math.hypot(dx, dy) or 1.0
            half = widths[index] / 2
            one_side.append((x - dy / length * half, y + dx / length * half))
            other_side.append((x + dy / length * half, y - dx / length * half))
        self.fill([*one_side, *reversed(other_side)], colour, opacity=opacity, blur=blur, inside=inside)

    def dab(self, middle: Spot, across: float, along: float, colour: Colour, opacity: float) -> None:
        """A round spot that fades to its edge; across and along are its radii in pixels."""
        width, height = max(2, round(across * 2)), max(2, round(along * 2))
        box = (round(middle[0] - width / 2), round(middle[1] - height / 2))
        mask = _SOFT.resize((width, height), Image.Resampling.BILINEAR)
        if opacity < 1.0:
            mask = mask.point([round(value * opacity) for value in range(256)])
        self.picture.paste(colour, (*box, box[0] + width, box[1] + height), mask)

    def _box(self, outline: Sequence[Spot], reach: int) -> tuple[int, int, int, int] | None:
        across, along = [x for x, _ in outline], [y for _, y in outline]
        left, top = max(0, math.floor(min(across)) - reach), max(0, math.floor(min(along)) - reach)
        right = min(self.picture.width, math.ceil(max(across)) + reach)
        bottom = min(self.picture.height, math.ceil(max(along)) + reach)
        return (left, top, right, bottom) if left < right and top < bottom else None


def _mask(outline: Sequence[Spot], box: tuple[int, int, int, int]) -> Image.Image:
    """The outline as a mask of the box, smooth at its edges."""
    left, top, right, bottom = box
    mask = Image.new("L", ((right - left) * 2, (bottom - top) * 2))
    ImageDraw.Draw(mask).polygon([((x - left) * 2, (y - top) * 2) for x, y in outline], fill=255)
    return mask.reduce(2)


def _blurred_mask(outline: Sequence[Spot], box: tuple[int, int, int, int], blur: float) -> Image.Image:
    """The outline as a mask with soft edges; very soft ones are made small, which cannot be seen."""
    if blur < 5.0:
        mask = _mask(outline, box)
        return mask.filter(ImageFilter.GaussianBlur(blur)) if blur else mask
    left, top, right, bottom = box
    small = Image.new("L", (max(1, (right - left) // 4), max(1, (bottom - top) // 4)))
    across, along = small.width / (right - left), small.height / (bottom - top)
    ImageDraw.Draw(small).polygon([((x - left) * across, (y - top) * along) for x, y in outline], fill=255)
    small = small.filter(ImageFilter.GaussianBlur(blur / 4))
    return small.resize((right - left, bottom - top), Image.Resampling.BILINEAR)


def _soft_disc() -> Image.Image:
    """White in the middle, black at the rim of the circle, smooth between."""
    # Pillow's gradient is white in the corners: 181 on the circle that touches the sides.
    steps = [max(0.0, 1.0 - distance / 180) for distance in range(256)]
    return (
        Image.radial_gradient("L")
        .resize((128, 128))
        .point([round(255 * (3 * s * s - 2 * s**3)) for s in steps])
    )


_SOFT = _soft_disc()
