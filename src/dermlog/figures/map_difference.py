"""Two maps in one drawing: laid over each other, or as points added, removed and changed in dose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dermlog.domain.amendment import SiteChange, SiteDifference
from dermlog.domain.face_map import FACE_MAP_VERSION, FaceView
from dermlog.domain.session import InjectionSite
from dermlog.figures.face_drawing import (
    LEAST_NUMBER,
    LIGHT_FACE,
    FaceColors,
    dot_number,
    dot_radius,
    draw_dot,
    draw_face,
)
from dermlog.figures.pen import Command, Pen


@dataclass(frozen=True)
class DifferenceColors:
    """Colours of the marks ("#RRGGBB"); every mark has a shape of its own besides."""

    added: str
    removed: str
    changed: str
    same: str
    ground: str
    ink: str
    number: str


LIGHT_DIFFERENCE = DifferenceColors(
    added="#0F766E",
    removed="#B91C1C",
    changed="#B45309",
    same="#8A979E",
    ground="#FFFFFF",
    ink="#1B2530",
    number="#FFFFFF",
)
DARK_DIFFERENCE = DifferenceColors(
    added="#2DB5A5",
    removed="#F87171",
    changed="#F0A43A",
    same="#7D8A90",
    ground="#1A2224",
    ink="#E7EDEF",
    number="#06211E",
)
EARLIER_DASH = (2.2, 1.6)


def draw_difference(
    pen: Pen,
    differences: Sequence[SiteDifference],
    *,
    width: float,
    view: FaceView = FaceView.FRONT,
    version: int = FACE_MAP_VERSION,
    face: FaceColors = LIGHT_FACE,
    colors: DifferenceColors = LIGHT_DIFFERENCE,
) -> float:
    """Draw a view in a box of this width with what became of each point; returns the height of the box.

    Added: a full dot with a plus. Removed: an empty ring, struck through. Changed: a diamond with the new
    dose. Same: a small grey dot.
    """
    height = draw_face(pen, width=width, view=view, version=version, colors=face)
    shown = [one for one in differences if one.site.view is view]
    radius = dot_radius(width, [one.site for one in shown], view, version)
    order = [SiteChange.SAME, SiteChange.REMOVED, SiteChange.CHANGED, SiteChange.ADDED]
    for one in sorted(shown, key=lambda difference: order.index(difference.change)):
        draw_difference_mark(pen, one, (one.site.x * width, one.site.y * height), radius, colors)
    return height


def draw_difference_mark(
    pen: Pen, one: SiteDifference, at: tuple[float, float], radius: float, colors: DifferenceColors
) -> None:
    """The mark of one place, so high as a dot of this radius; legends draw it too."""
    x, y = at
    line = max(0.8, radius * 0.2)
    words = dot_number(one.site.units)
    if one.change is SiteChange.SAME:
        pen.dot(x, y, radius * 0.85, fill=colors.same, stroke=colors.ground, width=line)
        _number(pen, words, at, radius * 0.88, colors.number)
    elif one.change is SiteChange.REMOVED:
        pen.dot(x, y, radius, fill=colors.ground, stroke=colors.removed, width=line)
        _number(pen, words, at, radius, colors.removed)
        # Struck through beside the number only, which must stay legible.
        near, far = radius * 0.72, radius * 1.4
        for sign in (-1, 1):
            start, end = sign * near, sign * far
            pen.line(x + start, y - start, x + end, y - end, color=colors.removed, width=line)
    elif one.change is SiteChange.CHANGED:
        pen.path(_diamond(x, y, radius * 1.5), fill=colors.changed, stroke=colors.ground, width=line)
        _number(pen, words, at, radius, colors.number)
    else:
        pen.dot(x, y, radius, fill=colors.added, stroke=colors.ground, width=line)
        _number(pen, words, at, radius, colors.number)
        arm, cx, cy = radius * 0.45, x + radius * 1.15, y - radius * 1.15
        pen.line(cx - arm, cy, cx + arm, cy, color=colors.added, width=line)
        pen.line(cx, cy - arm, cx, cy + arm, color=colors.added, width=line)


def draw_overlay(
    pen: Pen,
    earlier: Iterable[InjectionSite],
    later: Iterable[InjectionSite],
    *,
    width: float,
    view: FaceView = FaceView.FRONT,
    version: int = FACE_MAP_VERSION,
    face: FaceColors = LIGHT_FACE,
    colors: DifferenceColors = LIGHT_DIFFERENCE,
) -> float:
    """Draw both maps: the earlier as wide empty rings, the later as full dots with their units."""
    height = draw_face(pen, width=width, view=view, version=version, colors=face)
    below = [site for site in earlier if site.view is view]
    above = [site for site in later if site.view is view]
    radius = min(dot_radius(width, sites, view, version) for sites in (below, above))
    for site in above:
        draw_dot(pen, site.x * width, site.y * height, radius, units=site.units, colors=face)
    for site in below:
        pen.path(
            circle(site.x * width, site.y * height, radius * 1.4),
            stroke=colors.changed,
            width=max(1.0, radius * 0.24),
            dash=tuple(part * max(1.0, radius * 0.24) for part in EARLIER_DASH),
        )
    return height


def circle(x: float, y: float, r: float) -> tuple[Command, ...]:
    """A circle as a path, for an outline without a filling."""
    k = 0.5523 * r
    return (
        ("M", x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
        ("Z",),
    )


def _diamond(x: float, y: float, reach: float) -> tuple[Command, ...]:
    return (("M", x, y - reach), ("L", x + reach, y), ("L", x, y + reach), ("L", x - reach, y), ("Z",))


def _number(pen: Pen, words: str, at: tuple[float, float], radius: float, color: str) -> None:
    size = radius * (1.4 if len(words) == 1 else 1.2 if len(words) == 2 else 0.95)
    if size >= LEAST_NUMBER:
        pen.text(at[0], at[1] + size * 0.35, words, size=size, color=color, bold=True, align="center")
