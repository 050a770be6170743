"""Where the doses of one product went over time: each zone darker the more units it had, and the number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dermlog.domain.face_map import FACE_MAP_VERSION, FaceView, Polygon, Zone
from dermlog.domain.session import InjectionSession
from dermlog.figures.face_drawing import LIGHT_FACE, FaceColors, draw_face
from dermlog.figures.face_map_svg import load_face_map
from dermlog.figures.pen import Pen
from dermlog.wording import number_text

PALEST, DARKEST = 0.14, 0.86


@dataclass(frozen=True)
class HeatColors:
    """The colour of the dose, and of words on a pale and on a dark zone ("#RRGGBB")."""

    dose: str
    on_pale: str
    on_dark: str
    outline: str


LIGHT_HEAT = HeatColors(dose="#0B5D56", on_pale="#10302D", on_dark="#FFFFFF", outline="#0B5D56")
DARK_HEAT = HeatColors(dose="#39C9B8", on_pale="#E7F4F2", on_dark="#06211E", outline="#39C9B8")


def cumulative_units(sessions: Iterable[InjectionSession]) -> Mapping[Zone, Decimal]:
    """Units of each zone over sessions of one product; ValueError when they are of several.

    Units of different products cannot be added.
    """
    listed = tuple(sessions)
    if len({session.product_id for session in listed}) > 1:
        raise ValueError("units of different products cannot be added")
    units: dict[Zone, Decimal] = {}
    for session in listed:
        for site in session.sites:
            units[site.zone] = units.get(site.zone, Decimal(0)) + site.units
    return {zone: units[zone] for zone in Zone if zone in units}


def draw_heat(
    pen: Pen,
    units: Mapping[Zone, Decimal],
    *,
    width: float,
    view: FaceView = FaceView.FRONT,
    version: int = FACE_MAP_VERSION,
    face: FaceColors = LIGHT_FACE,
    colors: HeatColors = LIGHT_HEAT,
) -> float:
    """Draw a view in a box of this width with the units in each zone; returns the height of the box.

    A zone without a dose is left empty: it never had this product, which is not a dose of 0.
    """
    picture = load_face_map(view, version)
    height = draw_face(pen, width=width, view=view, version=version, colors=face)
    scale = width / picture.width
    highest = max(units.values(), default=Decimal(1))
    with pen.placed(0, 0, scale):
        for shape in picture.shapes:
            if shape.zone is not None and shape.zone in units:
                pen.path(
                    shape.commands,
                    fill=colors.dose,
                    fill_opacity=share_of(units[shape.zone], highest),
                    stroke=colors.outline,
                    width=1.2,
                )
    size = max(8.0, width * 0.036)
    for zone, dose in units.items():
        if zone in picture.map.zones:
            x, y = middle(picture.map.zones[zone])
            dark = share_of(dose, highest) > (PALEST + DARKEST) / 2
            pen.text(
                x * width,
                y * height + size * 0.35,
                number_text(dose),
                size=size,
                color=colors.on_dark if dark else colors.on_pale,
                bold=True,
                align="center",
            )
    return height


def share_of(dose: Decimal, highest: Decimal) -> float:
    """How opaque a zone is, from PALEST to DARKEST in proportion to its dose."""
    return PALEST + (DARKEST - PALEST) * float(dose / highest)


def middle(polygon: Polygon) -> tuple[float, float]:
    """The centre of gravity of a polygon."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return (x / (6 * area), y / (6 * area)) if area else polygon[0]
