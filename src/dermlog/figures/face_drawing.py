"""A view of the face with the injection sites on it: for the visit, the row of maps and the printed page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from math import hypot

from dermlog.domain.face_map import FACE_MAP_VERSION, FaceView
from dermlog.domain.session import InjectionSite
from dermlog.figures.face_map_svg import Paint, load_face_map
from dermlog.figures.pen import Command, Pen

ROOM_FOR_DIGITS = {1: 1.5, 2: 1.35, 3: 1.16}
"""Height of the number in radii of its dot, by the number of signs."""

LEAST_NUMBER = 4.0
"""Numbers lower than this, in units of the box, cannot be read and are left out."""

WANTED, LEAST_READABLE, HIGHEST_SHARE, LOWEST_PART = 0.021, 7.4, 0.03, 0.66
"""Radius of a dot: its share of the width, what digits need (units), the highest share for that on a small
map, and the part of the wanted radius that is kept where points crowd."""


@dataclass(frozen=True)
class FaceColors:
    """The colours of a map: the dots, and the picture's own colours ("#RRGGBB") with what stands for each."""

    dot: str
    dot_edge: str
    number: str
    picture: Mapping[str, str] = field(default_factory=dict)

    def of(self, color: str | None) -> str | None:
        """The colour to use for one of the picture's."""
        return None if color is None else self.picture.get(color, color)


LIGHT_FACE = FaceColors(dot="#0F766E", dot_edge="#FFFFFF", number="#FFFFFF")
DARK_FACE = FaceColors(
    dot="#2DB5A5",
    dot_edge="#101A1C",
    number="#06211E",
    picture={
        "#F8EEE8": "#252B2E",
        "#FBF3EE": "#2B3235",
        "#FDF7F3": "#2F373A",
        "#E9E2DD": "#1D2426",
        "#C9B8AD": "#78706B",
        "#A08F84": "#A4968C",
        "#8C7B70": "#BBAB9F",
        "#FFFFFF": "#D8D5D1",
        "#B9AAA0": "#8D7F76",
        "#6F6259": "#3A322D",
        "#F3DDD6": "#5A4440",
        "#B79C91": "#8A7168",
        "#0F766E": "#4FC3B6",
    },
)


def face_height(width: float, view: FaceView = FaceView.FRONT, version: int = FACE_MAP_VERSION) -> float:
    """The height that a map of this width takes."""
    picture = load_face_map(view, version)
    return width * picture.height / picture.width


def dot_radius(width: float, sites: Sequence[InjectionSite], view: FaceView, version: int) -> float:
    """The radius of the dots of a view: large enough to be read, but neighbours do not cover each other."""
    wanted = max(width * WANTED, min(LEAST_READABLE, width * HIGHEST_SHARE))
    height = face_height(width, view, version)
    nearest = min(
        (
            hypot((one.x - other.x) * width, (one.y - other.y) * height)
            for one, other in combinations(sites, 2)
        ),
        default=4 * wanted,
    )
    # One close pair must not make every number unreadable.
    return min(wanted, max(nearest * 0.48, wanted * LOWEST_PART))


def draw_face(
    pen: Pen,
    sites: Iterable[InjectionSite] = (),
    *,
    width: float,
    view: FaceView = FaceView.FRONT,
    version: int = FACE_MAP_VERSION,
    colors: FaceColors = LIGHT_FACE,
    zones: bool = True,
) -> float:
    """Draw a view and the sites of that view in a box of this width; returns the height of the box.

    Sites of other views are left out. A number stands in its dot where it is tall enough to be read
    (LEAST_NUMBER); the units are said again in words elsewhere.
    """
    picture = load_face_map(view, version)
    scale = width / picture.width
    with pen.placed(0, 0, scale):
        for shape in picture.shapes:
            if zones or shape.zone is None:
                paint_shape(pen, shape.commands, shape.paint, colors)
    shown = [site for site in sites if site.view is view]
    height = picture.height * scale
    radius = dot_radius(width, shown, view, version)
    for site in shown:
        draw_dot(pen, site.x * width, site.y * height, radius, units=site.units, colors=colors)
    return height


def paint_shape(pen: Pen, commands: Sequence[Command], paint: Paint, colors: FaceColors) -> None:
    """Draw one path of the picture in its own units."""
    pen.path(
        commands,
        fill=colors.of(paint.fill),
        fill_opacity=paint.fill_opacity,
        stroke=colors.of(paint.stroke),
        stroke_opacity=paint.stroke_opacity,
        width=paint.width,
        dash=paint.dash,
    )


def draw_dot(pen: Pen, x: float, y: float, radius: float, *, units: Decimal, colors: FaceColors) -> None:
    """One point with its units."""
    pen.dot(x, y, radius, fill=colors.dot, stroke=colors.dot_edge, width=max(0.5, radius * 0.16))
    words = dot_number(units)
    size = radius * ROOM_FOR_DIGITS.get(len(words), 0.85)
    if size >= LEAST_NUMBER:
        pen.text(x, y + size * 0.35, words, size=size, color=colors.number, bold=True, align="center")


def dot_number(units: Decimal) -> str:
    """Units as short as they go: 2, 1.5, .25 (a zero before the point would not fit)."""
    words = format(units.normalize(), "f")
    return words[1:] if words.startswith("0.") else words
