"""Face map: three views of a face with named zones; positions are fractions of the view's box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

FACE_MAP_VERSION = 1

NEAR = 0.012
"""A hair's breadth beside a zone, in fractions of the map."""

Polygon = tuple[tuple[float, float], ...]
"""Corners as (x, y) fractions of the map, y down, closed from the last corner to the first."""


class FaceView(Enum):
    """The three views of the map; right and left are the patient's own."""

    FRONT = "front"
    RIGHT = "right"
    LEFT = "left"


class Zone(Enum):
    """Zones of the face; _r and _l are the patient's own right and left."""

    FOREHEAD = "forehead"
    GLABELLA = "glabella"
    TEMPLE_RIGHT = "temple_r"
    TEMPLE_LEFT = "temple_l"
    NOSE = "nose"
    CHEEK_RIGHT = "cheek_r"
    CHEEK_LEFT = "cheek_l"
    LIP = "lip"
    JAW_RIGHT = "jaw_r"
    JAW_LEFT = "jaw_l"
    CHIN = "chin"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class FaceMap:
    """The geometry of one view in one version: the skin that may be injected, the zones on it, and the eyes,
    where no needle goes."""

    view: FaceView
    version: int
    outline: Polygon
    zones: Mapping[Zone, Polygon]
    eyes: tuple[Polygon, ...] = ()

    def is_on_face(self, x: float, y: float) -> bool:
        """Whether a point lies on the skin of this view that may be injected: on the face, not in an eye."""
        return contains(self.outline, x, y) and not any(contains(eye, x, y) for eye in self.eyes)

    def zone_at(self, x: float, y: float) -> Zone | None:
        """The zone of a point: a named zone, ELSEWHERE on the face, or None beside the face.

        In the gap between two zones a point belongs to the nearest zone within a hair's breadth
        (1.2 % of the map), so that a droplet on a dashed line still has the name a reader expects.
        """
        around = [zone for zone, box in self._boxes.items() if _is_in(box, x, y)]
        for zone in around:
            if contains(self.zones[zone], x, y):
                return zone
        if not self.is_on_face(x, y):
            return None
        away, _place, near = min(
            ((distance(self.zones[zone], x, y), place, zone) for place, zone in enumerate(around)),
            default=(1.0, 0, Zone.ELSEWHERE),
        )
        return near if away <= NEAR else Zone.ELSEWHERE

    @cached_property
    def _boxes(self) -> Mapping[Zone, tuple[float, float, float, float]]:
        """Left, top, right and bottom of each zone with all that is near it; they rule out most zones."""
        return {
            zone: (
                min(x for x, _ in polygon) - NEAR,
                min(y for _, y in polygon) - NEAR,
                max(x for x, _ in polygon) + NEAR,
                max(y for _, y in polygon) + NEAR,
            )
            for zone, polygon in self.zones.items()
        }

    @cached_property
    def centres(self) -> Mapping[Zone, tuple[float, float]]:
        """The middle of each zone's corners, for labels."""
        return {
            zone: (
                sum(x for x, _ in polygon) / len(polygon),
                sum(y for _, y in polygon) / len(polygon),
            )
            for zone, polygon in self.zones.items()
        }


def _is_in(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def contains(polygon: Polygon, x: float, y: float) -> bool:
    """Whether a point lies inside a polygon (even-odd rule)."""
    inside = False
    previous_x, previous_y = polygon[-1]
    for corner_x, corner_y in polygon:
        if (corner_y > y) != (previous_y > y) and x < (previous_x - corner_x) * (y - corner_y) / (
            previous_y - corner_y
        ) + corner_x:
            inside = not inside
        previous_x, previous_y = corner_x, corner_y
    return inside


def distance(polygon: Polygon, x: float, y: float) -> float:
    """The distance of a point from the border of a polygon, in fractions of the map."""
    nearest = float("inf")
    ax, ay = polygon[-1]
    for bx, by in polygon:
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        t = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length))
        nearest = min(nearest, ((x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2) ** 0.5)
        ax, ay = bx, by
    return nearest
