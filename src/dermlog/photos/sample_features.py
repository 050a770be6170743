"""The features of a drawn face: eyes, brows, nose, mouth, and the spots that come and go."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from dermlog.photos.sample_canvas import Camera, Canvas, Colour, Spot, lit, mixed
from dermlog.photos.sample_head import Head


@dataclass(frozen=True)
class Complexion:
    """The colours of one face."""

    skin: Colour
    iris: Colour
    brow: Colour
    lashes: float
    """How strong the lashes are, 0 to 1."""


@dataclass(frozen=True)
class Blemish:
    """A place where a spot may be: where on the face, how large (half heads), and of which kind, 0 to 1."""

    x: float
    y: float
    size: float
    kind: float


class Features:
    """Draws features where they lie on the head, as the camera sees them."""

    def __init__(self, canvas: Canvas, camera: Camera, head: Head, complexion: Complexion) -> None:
        self._canvas = canvas
        self._camera = camera
        self._head = head
        self._colours = complexion
        self._unit = camera.scale

    def draw_eye(self, side: float) -> None:
        """One eye with its brow; side is -1 for the patient's right, 1 for the left."""
        middle = side * 0.285 * self._head.eye_distance
        if self._facing(middle, 0.0) < 0.12:
            return
        wide, high = 0.128 * self._head.eye_size, 0.054 * self._head.eye_size
        slant = self._head.eye_slant

        def lid(rise: float, steps: int = 9, stretch: float = 1.0) -> list[Spot]:
            line = []
            for step in range(steps + 1):
                u = step / steps * 2.0 - 1.0  # -1 at the nose, 1 outside
                bow = (1.0 - abs(u) ** 2.2) * (1.0 - 0.12 * u)
                line.append(self._seen(middle + side * u * wide * stretch, -rise * bow - slant * u, 0.012))
            return line

        upper, lower = lid(high), lid(-0.62 * high)
        opening = [*upper, *reversed(lower)]
        skin = self._colours.skin
        self._canvas.fill(
            [*lid(high * 2.3, stretch=1.15), *reversed(lid(-1.4 * high, stretch=1.1))],
            lit(skin, 0.72),
            opacity=0.28,
            blur=self._unit / 45,
        )
        self._canvas.fill(opening, (236, 231, 226), blur=0.6)
        self._canvas.fill(
            [*upper, *reversed(lid(0.35 * high))],
            (120, 100, 92),
            opacity=0.35,
            blur=self._unit / 130,
            inside=opening,
        )
        self._draw_iris(middle, high, opening)
        thick = self._unit * (0.011 + 0.012 * self._colours.lashes)
        lash = lid(high * 1.04, stretch=1.04)
        self._canvas.stroke(
            lash,
            [thick * (0.45 + 0.75 * step / 9) for step in range(10)],
            (44, 30, 26),
            opacity=0.9,
            blur=0.7,
        )
        self._canvas.stroke(
            lid(-0.64 * high)[2:], [self._unit * 0.007] * 8, lit(skin, 0.5), opacity=0.6, blur=0.8
        )
        crease = lid(high * 1.75, stretch=1.08)[1:-1]
        self._canvas.stroke(
            crease, [self._unit * 0.012] * 8, lit(skin, 0.55), opacity=0.55, blur=self._unit / 200
        )
        bag = lid(-1.75 * high, stretch=0.9)[2:-2]
        self._canvas.stroke(bag, [self._unit * 0.02] * 6, lit(skin, 0.6), opacity=0.22, blur=self._unit / 90)

    def draw_brow(self, side: float) -> None:
        """One brow: thick at the nose, thin outside."""
        if self._facing(side * 0.3, -0.17) < 0.1:
            return
        head = self._head
        height = -0.165 + head.brow_height
        line, widths = [], []
        for step in range(11):
            u = step / 10
            x = side * (0.115 + 0.335 * u) * head.eye_distance
            y = height + 0.012 - 0.075 * math.sin(u**0.8 * math.pi * 0.78)
            line.append(self._seen(x, y, 0.01))
            widths.append(
                self._unit
                * 0.052
                * head.brow_width
                * (0.65 + 0.5 * math.sin(min(1.0, u * 2.2) * 1.57) - 0.95 * u**2.2)
            )
        self._canvas.stroke(line, widths, self._colours.brow, opacity=0.6, blur=self._unit / 90)
        self._canvas.stroke(
            line, [width * 0.55 for width in widths], self._colours.brow, opacity=0.6, blur=2.0
        )

    def draw_nose(self) -> None:
        """Nostrils and the edges of the wings; the rest of the nose is shape and light."""
        head, skin = self._head, self._colours.skin
        tip, wide = head.nose_tip(), head.nose_width
        for side in (-1.0, 1.0):
            if self._facing(side * 0.12, tip) < 0.02:
                continue
            hole = [
                self._seen(
                    side * (0.052 + 0.034 * math.cos(turn)) * wide,
                    tip + 0.062 + 0.016 * math.sin(turn) - 0.01 * math.cos(turn),
                    0.0,
                )
                for turn in (step / 6 * math.pi for step in range(12))
            ]
            self._canvas.fill(
                hole, lit(mixed(skin, (120, 40, 30), 0.3), 0.3), opacity=0.75, blur=self._unit / 130
            )
            wing = [
                self._seen(
                    side * (0.125 + 0.02 * math.sin(turn)) * wide, tip - 0.045 + 0.11 * turn / 3.14, 0.002
                )
                for turn in (step / 6 * math.pi for step in range(7))
            ]
            self._canvas.stroke(
                wing, [self._unit * 0.016] * 7, lit(skin, 0.55), opacity=0.35, blur=self._unit / 110
            )

    def draw_mouth(self) -> None:
        """Lips, the line between them, and the corners."""
        head, skin = self._head, self._colours.skin
        wide = 0.19 * head.mouth_width
        full = 0.047 * head.lips
        colour = mixed(lit(skin, 0.86), (184, 66, 74), 0.46)
        steps = [step / 16 * 2.0 - 1.0 for step in range(17)]
        line = [self._seen(u * wide, 0.613 - 0.02 * u * u + 0.006 * math.cos(u * 6.0), 0.006) for u in steps]
        bow = [
            self._seen(
                u * wide * 0.97,
                0.611
                - 0.02 * u * u
                - full * (1 - abs(u) ** 1.7) * (1.0 - 0.28 * math.exp(-((u / 0.16) ** 2))),
                0.006,
            )
            for u in steps
        ]
        under = [
            self._seen(u * wide * 0.93, 0.613 - 0.02 * u * u + 1.5 * full * (1 - abs(u) ** 2.1), 0.006)
            for u in steps
        ]
        soft = self._unit / 150
        self._canvas.fill([*bow, *reversed(line)], lit(colour, 0.86), opacity=0.85, blur=soft)
        self._canvas.fill([*line, *reversed(under)], colour, opacity=0.85, blur=soft)
        gloss = [self._seen(u * wide * 0.45, 0.613 + full * (0.75 + 0.2 * u * u), 0.008) for u in steps]
        self._canvas.stroke(
            gloss,
            [self._unit * 0.016 * (1.01 - u * u) for u in steps],
            (255, 236, 228),
            opacity=0.2,
            blur=self._unit / 110,
        )
        self._canvas.stroke(
            line,
            [self._unit * 0.013 * (1.25 - u * u) for u in steps],
            lit(mixed(skin, (90, 20, 25), 0.4), 0.45),
            opacity=0.8,
            blur=self._unit / 260,
        )
        for side in (-1.0, 1.0):
            if self._facing(side * wide, 0.61) > 0.05:
                corner = self._seen(side * wide * 1.02, 0.604, 0.004)
                self._canvas.dab(corner, self._unit * 0.03, self._unit * 0.025, lit(skin, 0.5), 0.4)

    def draw_blemish(self, blemish: Blemish, swelling: float) -> None:
        """One spot: a halo, a red middle, and in some a pale tip; swelling is its size today, around 1."""
        facing = self._facing(blemish.x, blemish.y)
        if facing < 0.15:
            return
        skin = self._colours.skin
        middle = self._seen(blemish.x, blemish.y, 0.004)
        across = self._unit * blemish.size * swelling * max(0.3, facing**0.7)
        along = self._unit * blemish.size * swelling
        angry = mixed(lit(skin, 0.82), (190, 44, 48), 0.62 if sum(skin) > 420 else 0.38)
        self._canvas.dab(middle, across * 2.3, along * 2.3, mixed(skin, (205, 70, 66), 0.55), 0.5)
        self._canvas.dab(middle, across * 1.25, along * 1.25, angry, 0.95)
        lifted = (middle[0] - across * 0.25, middle[1] - along * 0.3)
        if blemish.kind < 0.3:
            self._canvas.dab(middle, across * 0.62, along * 0.62, (244, 226, 186), 0.9)
        else:
            self._canvas.dab(lifted, across * 0.5, along * 0.5, mixed(angry, (255, 220, 210), 0.6), 0.5)

    def draw_mole(self, x: float, y: float, size: float) -> None:
        """A mole, which stays."""
        if self._facing(x, y) > 0.15:
            middle = self._seen(x, y, 0.003)
            self._canvas.dab(
                middle,
                self._unit * size,
                self._unit * size,
                lit(mixed(self._colours.skin, (84, 48, 34), 0.8), 0.8),
                0.9,
            )

    def _draw_iris(self, middle: float, high: float, opening: Sequence[Spot]) -> None:
        def disc(radius: float, x: float = 0.0, y: float = 0.0) -> list[Spot]:
            return [
                self._seen(
                    middle + x + radius * math.cos(turn), -0.1 * high + y + radius * math.sin(turn), 0.014
                )
                for turn in (step / 9 * math.pi for step in range(18))
            ]

        size = 0.06 * self._head.eye_size
        self._canvas.fill(disc(size), lit(self._colours.iris, 0.5), blur=0.8, inside=opening)
        self._canvas.fill(disc(size * 0.86), self._colours.iris, blur=1.5, inside=opening)
        self._canvas.fill(
            disc(size * 0.6, y=size * 0.3),
            lit(self._colours.iris, 1.5),
            opacity=0.4,
            blur=2.5,
            inside=opening,
        )
        self._canvas.fill(disc(size * 0.44), (14, 11, 12), blur=0.8, inside=opening)
        self._canvas.fill(
            disc(size * 0.15, x=-size * 0.32, y=-size * 0.34),
            (255, 255, 255),
            opacity=0.95,
            blur=0.8,
            inside=opening,
        )

    def _seen(self, x: float, y: float, lift: float) -> Spot:
        return self._camera.seen(self._head.on_face(x, y, lift))

    def _facing(self, x: float, y: float) -> float:
        """How much the skin at a place looks towards the camera: 1 straight, 0 edge on, below 0 away."""
        step = 0.03
        across = (self._head.depth(x + step, y) - self._head.depth(x - step, y)) / (2 * step)
        along = (self._head.depth(x, y + step) - self._head.depth(x, y - step)) / (2 * step)
        length = math.sqrt(across * across + along * along + 1.0)
        return self._camera.turned((-across / length, -along / length, 1.0 / length))[2]


def possible_blemishes(chance: random.Random, count: int) -> list[Blemish]:
    """The places where one person's spots come, in the order in which they come."""
    found: list[Blemish] = []
    while len(found) < count:
        place = chance.random()
        if place < 0.5:
            x, y = chance.choice((-1, 1)) * chance.uniform(0.2, 0.5), chance.uniform(0.15, 0.62)
        elif place < 0.72:
            x, y = chance.uniform(-0.4, 0.4), chance.uniform(-0.52, -0.26)
        elif place < 0.92:
            x, y = chance.uniform(-0.22, 0.22), chance.uniform(0.74, 0.93)
        else:
            x, y = chance.uniform(-0.08, 0.08), chance.uniform(0.12, 0.34)
        if any(abs(other.x - x) < 0.035 and abs(other.y - y) < 0.035 for other in found) and len(found) < 60:
            continue
        found.append(Blemish(x, y, chance.uniform(0.013, 0.025), chance.random()))
    return found
