"""What surrounds a drawn face: ground, ears, neck and clothes."""

from __future__ import annotations

import math
from functools import lru_cache

from PIL import Image

from dermlog.photos.sample_canvas import Camera, Canvas, Colour, Spot, closed_curve, lit, mixed, open_curve
from dermlog.photos.sample_head import Head

_EAR = (
    (0.02, 0.25, 0.0),
    (0.0, 0.08, 0.005),
    (0.03, -0.04, 0.03),
    (0.12, -0.085, 0.06),
    (0.2, -0.04, 0.08),
    (0.215, 0.07, 0.075),
    (0.16, 0.19, 0.055),
    (0.13, 0.28, 0.03),
    (0.07, 0.33, 0.015),
    (0.02, 0.3, 0.0),
)
_HOLLOW = (
    (0.06, 0.19, 0.005),
    (0.06, 0.06, 0.012),
    (0.1, 0.0, 0.04),
    (0.16, 0.03, 0.05),
    (0.15, 0.11, 0.045),
    (0.1, 0.19, 0.02),
)
# Rings: height, half width, half depth, how far forward the middle lies.
_NECK = (
    (0.3, 0.5, 0.46, -0.26),
    (0.7, 0.425, 0.37, -0.26),
    (1.0, 0.405, 0.36, -0.28),
    (1.22, 0.43, 0.39, -0.32),
    (1.36, 0.56, 0.45, -0.35),
    (1.5, 0.85, 0.5, -0.36),
    (1.9, 1.0, 0.5, -0.36),
)
_CLOTHES = (
    (1.26, 0.52, 0.43, -0.36),
    (1.33, 0.74, 0.47, -0.38),
    (1.43, 1.06, 0.56, -0.38),
    (1.57, 1.36, 0.64, -0.36),
    (1.8, 1.5, 0.7, -0.32),
    (2.3, 1.55, 0.76, -0.28),
)


def background(size: tuple[int, int]) -> Image.Image:
    """The wall behind: neutral, a little lighter around the head."""
    return _wall(size).copy()


@lru_cache(maxsize=4)
def _wall(size: tuple[int, int]) -> Image.Image:
    glow = Image.radial_gradient("L").resize(size, Image.Resampling.BILINEAR)
    return Image.composite(
        Image.new("RGB", size, (164, 174, 180)), Image.new("RGB", size, (216, 221, 224)), glow
    )


def draw_body(canvas: Canvas, camera: Camera, skin: Colour, cloth: Colour) -> None:
    """Neck and clothes; the head is drawn over them."""
    unit = camera.scale
    neck = _around(camera, _NECK)
    canvas.fill(neck, lit(skin, 0.86))
    for side, light in ((-1.0, 0.62), (1.0, 0.5)):
        edge = [camera.seen((side * 0.44, y, -0.26)) for y in (0.4, 0.8, 1.1, 1.4)]
        canvas.stroke(edge, [unit * 0.2] * 4, lit(skin, light), opacity=0.55, blur=unit / 14, inside=neck)
    shadow = _around(camera, ((0.5, 0.5, 0.6, 0.0), (0.98, 0.46, 0.5, 0.0), (1.12, 0.3, 0.34, 0.0)))
    canvas.fill(shadow, lit(skin, 0.46), opacity=0.8, blur=unit / 16, inside=neck)
    _draw_clothes(canvas, camera, cloth)


def _draw_clothes(canvas: Canvas, camera: Camera, cloth: Colour) -> None:
    unit = camera.scale
    outline = _around(camera, _CLOTHES)
    bare = canvas.picture.copy()
    canvas.fill(outline, cloth, blur=unit / 220)
    for side, light in ((-1.0, 1.12), (1.0, 0.72)):
        fold = [camera.seen((side * x, y, 0.0)) for x, y in ((0.62, 1.34), (0.95, 1.5), (1.05, 1.9))]
        canvas.stroke(fold, [unit * 0.3] * 3, lit(cloth, light), opacity=0.5, blur=unit / 9, inside=outline)
    if abs(camera.yaw) > 65:
        return
    # The neckline: a round collar, deeper in front, behind which the neck shows as it was.
    canvas.fill([_collar(camera, step) for step in range(20)], bare, blur=unit / 200)
    front = [_collar(camera, step) for step in range(-5, 6)]
    canvas.stroke(front, [unit * 0.03] * len(front), lit(cloth, 0.72), blur=unit / 160)


def _collar(camera: Camera, step: int) -> Spot:
    """A point of the collar, in twentieths of the way round from the middle of the front."""
    side, ahead = math.sin(step / 10 * math.pi), math.cos(step / 10 * math.pi)
    return camera.seen(
        (0.47 * side, 1.26 + 0.19 * max(0.0, ahead) + 0.16 * min(0.0, ahead), -0.3 + 0.44 * ahead)
    )


def draw_ear(canvas: Canvas, camera: Camera, head: Head, side: float, skin: Colour) -> None:
    """One ear; side is -1 for the patient's right and 1 for the left."""
    wide = head.half_width(0.1) * 0.985
    turned = abs(camera.yaw) > 20

    def outline(curve: tuple[tuple[float, float, float], ...]) -> list[Spot]:
        return closed_curve([camera.seen((side * (wide + out), y, -0.02 - back)) for back, y, out in curve])

    rosy = mixed(skin, (200, 96, 84), 0.14)
    canvas.fill(outline(_EAR), lit(rosy, 0.94 if turned else 0.72), blur=0.8)
    rim = [(back, y, out) for back, y, out in _EAR[2:8]]
    line = open_curve([camera.seen((side * (wide + out), y, -0.02 - back * 0.93)) for back, y, out in rim])
    canvas.stroke(
        line, [camera.scale * 0.03] * len(line), lit(rosy, 1.08), opacity=0.5, blur=camera.scale / 90
    )
    canvas.fill(outline(_HOLLOW), lit(rosy, 0.56), opacity=0.7, blur=camera.scale / 55)


def _around(camera: Camera, rings: tuple[tuple[float, float, float, float], ...]) -> list[Spot]:
    """The outline of a stack of oval rings, top to bottom."""
    angle = math.radians(camera.yaw)
    right, left = [], []
    for y, wide, deep, ahead in rings:
        half = math.hypot(wide * math.cos(angle), deep * math.sin(angle))
        x, _, _ = camera.turned((0.0, y, ahead))
        right.append((x - half, y))
        left.append((x + half, y))
    straight = Camera(0.0, camera.roll, camera.scale, camera.left, camera.top)
    return [straight.seen((x, y, 0.0)) for x, y in (*open_curve(right), *reversed(open_curve(left)))]
