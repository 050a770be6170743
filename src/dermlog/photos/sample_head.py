"""The shape of a drawn head: one surface that can be looked at from every side.

Lengths are in half heads (crown to chin is 2), x to the patient's left, y down, z to the front; the
middle of the eyes lies at y = 0. Pure geometry: no picture, no chance beyond the given generator.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

Point = tuple[float, float, float]

# Half width, depth to the front and depth to the back, by height.
_HEIGHTS = (-1.0, -0.97, -0.9, -0.78, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.55, 0.7, 0.82, 0.92, 0.98, 1.03)
_WIDTHS = (0.0, 0.2, 0.37, 0.51, 0.62, 0.675, 0.69, 0.68, 0.655, 0.615, 0.575, 0.52, 0.47, 0.41, 0.34, 0.2)
_FRONTS = (0.0, 0.24, 0.42, 0.6, 0.74, 0.81, 0.845, 0.82, 0.83, 0.835, 0.84, 0.81, 0.785, 0.745, 0.69, 0.53)
_BACKS = (0.0, 0.27, 0.47, 0.68, 0.86, 0.95, 0.97, 0.94, 0.86, 0.72, 0.6, 0.45, 0.32, 0.2, 0.1, 0.02)
_SQUARE = 0.86
_VAULT = -0.5


@dataclass(frozen=True)
class Head:
    """What makes one person's head differ from another's; factors around 1 unless said."""

    width: float
    jaw: float
    chin: float
    nose_length: float
    nose_width: float
    nose_height: float
    eye_distance: float
    eye_size: float
    eye_slant: float
    brow_height: float
    brow_width: float
    lips: float
    mouth_width: float
    hairline: float

    @classmethod
    def drawn_from(cls, chance: random.Random, *, strong: bool) -> Head:
        """A head by chance; strong gives the heavier jaw and brows of most men."""
        near = chance.gauss
        return cls(
            width=near(1.02 if strong else 0.99, 0.025),
            jaw=near(1.07 if strong else 0.98, 0.03),
            chin=near(1.1 if strong else 0.95, 0.08),
            nose_length=near(1.0, 0.06),
            nose_width=near(1.1 if strong else 0.98, 0.09),
            nose_height=near(1.05 if strong else 0.95, 0.1),
            eye_distance=near(1.0, 0.025),
            eye_size=near(0.95 if strong else 1.06, 0.05),
            eye_slant=near(0.012, 0.012),
            brow_height=near(0.0, 0.015),
            brow_width=near(1.35 if strong else 0.85, 0.15),
            lips=near(0.85 if strong else 1.1, 0.12),
            mouth_width=near(1.0, 0.05),
            hairline=near(0.0, 0.03),
        )

    def nose_tip(self) -> float:
        """Height of the tip of the nose."""
        return 0.34 * self.nose_length

    def _skull(self, values: tuple[float, ...], y: float) -> float:
        """A profile by height; the vault above the forehead is round."""
        if y < _VAULT:
            return _between(values, _VAULT) * math.sqrt(max(0.0, 1.0 - ((_VAULT - y) / (1.0 + _VAULT)) ** 2))
        return _between(values, y)

    def half_width(self, y: float) -> float:
        """Half the width of the head at a height."""
        jaw = 1.0 + (self.jaw - 1.0) * min(1.0, max(0.0, (y - 0.2) / 0.4))
        return self._skull(_WIDTHS, y) * self.width * jaw

    def depth(self, x: float, y: float) -> float:
        """How far to the front the face lies at a place; the middle of the head is 0."""
        wide = self.half_width(y)
        part = min(1.0, abs(x) / wide) if wide > 0.0 else 1.0
        base = self._skull(_FRONTS, y) * math.pow(1.0 - math.pow(part, 2.0 / _SQUARE), _SQUARE / 2.0)
        return base + self._relief(x, y)

    def point(self, angle: float, y: float) -> Point:
        """A point of the surface by its direction from the front (radians, leftwards) and height."""
        side, ahead = math.sin(angle), math.cos(angle)
        # The jaw rises from the chin to the ear, and the skull ends higher still at the back.
        low = max(0.0, y - 0.45) / 0.55
        rise = 0.3 * low * low * min(1.0, 1.0 - ahead) ** 1.5 + 0.25 * low * max(0.0, -ahead)
        found = self._egg(side, ahead, y)
        return found[0], found[1] - rise, found[2]

    def _egg(self, side: float, ahead: float, y: float) -> Point:
        x = self.half_width(y) * math.copysign(abs(side) ** _SQUARE, side)
        if ahead >= 0.0:
            return x, y, self._skull(_FRONTS, y) * ahead**_SQUARE + self._relief(x, y) * min(1.0, ahead * 4.0)
        return x, y, -self._skull(_BACKS, y) * (-ahead) ** _SQUARE

    def on_face(self, x: float, y: float, lift: float = 0.0) -> Point:
        """The point of the face at (x, y), lifted off the skin by `lift`."""
        return x, y, self.depth(x, y) + lift

    def _relief(self, x: float, y: float) -> float:
        """Nose, sockets, cheekbones, lips and chin on the smooth egg; each asked only near its own height."""
        aside = abs(x)
        relief = self._nose(aside, y)
        if y < 0.4:
            eye = 0.285 * self.eye_distance
            relief -= 0.085 * _hill(aside - eye, 0.15) * _hill(y, 0.1)
            relief += 0.035 * _hill(aside - eye, 0.13) * _hill(y - 0.015, 0.055)
            relief += 0.03 * _hill(aside - 0.26, 0.2) * _hill(y + 0.17, 0.07)
        if y > -0.2:
            relief += 0.05 * _hill(aside - 0.4, 0.16) * _hill(y - 0.24, 0.15)
            relief -= 0.03 * _hill(aside - 0.3, 0.12) * _hill(y - 0.55, 0.14)
        if y > 0.42:
            mouth = _hill(aside, 0.15 * self.mouth_width)
            relief += 0.055 * self.lips * mouth * (_hill(y - 0.575, 0.032) + 1.1 * _hill(y - 0.655, 0.036))
            relief -= 0.025 * mouth * _hill(y - 0.612, 0.012)
            relief -= 0.035 * mouth * _hill(y - 0.74, 0.04)
            relief += 0.06 * self.chin * _hill(aside, 0.16) * _hill(y - 0.88, 0.09)
        return relief

    def _nose(self, aside: float, y: float) -> float:
        tip = self.nose_tip()
        if y < -0.16 or y > tip + 0.1:
            return 0.0
        down = min(1.0, (y + 0.16) / (tip + 0.16))
        wide = (0.058 + 0.05 * down * down * math.sqrt(down)) * self.nose_width
        high = (0.03 * min(1.0, down * 5.0) + 0.185 * math.pow(down, 1.4)) * self.nose_height
        if y > tip:
            high *= math.pow(max(0.0, 1.0 - ((y - tip) / 0.1) ** 2), 0.8)
        wing = 0.075 * _hill(aside - 0.105 * self.nose_width, 0.045) * _hill(y - tip - 0.015, 0.05)
        return high * _hill(aside, wide) + wing


@dataclass(frozen=True)
class Patch:
    """One small quadrilateral of the surface: its corners as indices into the points, its outward normal."""

    corners: tuple[int, int, int, int]
    middle: Point
    normal: Point
    column: int


@dataclass(frozen=True)
class Surface:
    """A piece of surface as points and the patches between them."""

    points: tuple[Point, ...]
    patches: tuple[Patch, ...]


@lru_cache(maxsize=8)
def skin(head: Head) -> Surface:
    """The skin that hair does not cover, finer in front."""
    angles = [math.radians(degree) for degree in (*_steps(-80.0, 80.0, 5.0), *_steps(95.0, 265.0, 17.0))]
    heights = [-0.86, -0.76, *_steps(-0.68, -0.26, 0.07), *_steps(-0.2, 0.94, 0.0407), 0.98, 1.03]
    return surface([[head.point(angle, y) for angle in angles] for y in heights], closed=True)


def surface(rows: list[list[Point]], *, closed: bool) -> Surface:
    """The surface through rows of points, top to bottom, right to left; closed joins last and first."""
    columns = len(rows[0])
    points = [point for row in rows for point in row]
    patches = []
    for row in range(len(rows) - 1):
        for left in range(columns if closed else columns - 1):
            right = (left + 1) % columns
            top, bottom = row * columns, (row + 1) * columns
            patch = _patch(points, (top + left, top + right, bottom + right, bottom + left), left)
            if patch is not None:
                patches.append(patch)
    return Surface(tuple(points), tuple(patches))


def _patch(points: list[Point], corners: tuple[int, int, int, int], column: int) -> Patch | None:
    a, b, c, d = (points[index] for index in corners)
    ux, uy, uz = c[0] - a[0], c[1] - a[1], c[2] - a[2]
    vx, vy, vz = d[0] - b[0], d[1] - b[1], d[2] - b[2]
    nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
    length = math.sqrt(nx * nx + ny * ny + nz * nz)
    if length < 1e-9:
        return None
    middle = ((a[0] + c[0]) / 2, (a[1] + c[1]) / 2, (a[2] + c[2]) / 2)
    return Patch(corners, middle, (nx / length, ny / length, nz / length), column)


def _between(values: tuple[float, ...], y: float) -> float:
    """A profile read at a height, smooth between its given points."""
    last = len(_HEIGHTS) - 1
    at = min(max(bisect_right(_HEIGHTS, y) - 1, 0), last - 1)
    low, high = _HEIGHTS[at], _HEIGHTS[at + 1]
    part = min(1.0, max(0.0, (y - low) / (high - low)))
    before, after = values[max(at - 1, 0)], values[min(at + 2, last)]
    start, end = values[at], values[at + 1]
    # Catmull-Rom without the overshoot that would dent the crown.
    slope_start, slope_end = (end - before) / 2.0, (after - start) / 2.0
    if at == 0:
        slope_start = slope_end
    square, cube = part * part, part**3
    curve = (
        (2 * cube - 3 * square + 1) * start
        + (cube - 2 * square + part) * slope_start
        + (3 * square - 2 * cube) * end
        + (cube - square) * slope_end
    )
    return max(0.0, curve)


def _hill(distance: float, width: float) -> float:
    """1 in the middle, falling to both sides."""
    return math.exp(-((distance / width) ** 2))


def _steps(first: float, last: float, step: float) -> list[float]:
    count = round((last - first) / step)
    return [first + (last - first) * index / count for index in range(count + 1)]
