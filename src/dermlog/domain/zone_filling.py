"""Zone filling: spots in rows that follow a zone, a spacing in cm apart, never outside it or near an eye."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, floor, hypot

from dermlog.domain.face_map import FaceMap, FaceView, Polygon, Zone, contains, distance
from dermlog.domain.map_scale import MapScale, map_scale

Spot = tuple[float, float]
"""x and y as fractions of the map, rounded to DIGITS."""

DIGITS = 5
NO_GO_CM = 1.0
"""Around the opening of an eye: filling leaves this free. A spot chosen by hand may be closer."""
INSET_CM = 0.25
"""From the border of the zone, so that a whole mark lies inside it."""
LEAST_SPACING_CM, GREATEST_SPACING_CM = 0.4, 5.0
MIDDLE = 0.5
_STEP_CM = 0.05
_SMOOTHED_CM = 0.8


def opposite_zone(zone: Zone) -> Zone:
    """The zone of the same name on the other side; a zone in the middle is its own."""
    name = zone.value
    swapped = {"_r": "_l", "_l": "_r"}.get(name[-2:])
    return zone if swapped is None else Zone(name[:-2] + swapped)


def fill_zone(
    face_map: FaceMap, zone: Zone, spacing_cm: float, keep_from: Iterable[Spot] = ()
) -> tuple[Spot, ...]:
    """Spots at least spacing_cm from each other and from those in keep_from, row by row from above.

    A zone across the middle of the front view is filled alike on both sides. Empty for a zone that the view
    does not show, or that has no room left. ValueError for a spacing out of its range.
    """
    if not LEAST_SPACING_CM <= spacing_cm <= GREATEST_SPACING_CM:
        raise ValueError(f"a spacing of {spacing_cm} cm")
    if zone not in face_map.zones:
        return ()
    return _Filling(face_map, zone, spacing_cm, tuple(keep_from)).spots()


class _Filling:
    """One filling, in cm from the top left corner of the map."""

    def __init__(self, face_map: FaceMap, zone: Zone, spacing: float, keep_from: tuple[Spot, ...]) -> None:
        self._map = face_map
        self._zone = zone
        self._spacing = spacing
        self._scale: MapScale = map_scale(face_map.view, face_map.version)
        self._shape = self._in_cm(face_map.zones[zone])
        self._eyes = tuple(self._in_cm(eye) for eye in face_map.eyes)
        self._taken: list[Spot] = [self._cm(spot) for spot in keep_from]
        across = [x for x, _y in self._shape]
        self._left, self._right = min(across), max(across)
        middle = MIDDLE * self._scale.width_cm
        self._symmetric = face_map.view is FaceView.FRONT and opposite_zone(zone) is zone
        self._centre = middle if self._symmetric else (self._left + self._right) / 2

    def spots(self) -> tuple[Spot, ...]:
        """All rows, from above; in each row from the left."""
        columns = self._columns()
        if not columns:
            return ()
        room = max(bottom - top for _x, top, bottom in columns) - 2 * INSET_CM
        rows = max(1, floor(room / self._spacing) + 1)
        found: list[Spot] = []
        for row in range(rows):
            down = (row - (rows - 1) / 2) * self._spacing
            found += sorted(self._row(columns, down, self._spacing / 2 if row % 2 else 0.0))
        return tuple(found)

    def _columns(self) -> list[tuple[float, float, float]]:
        """x, top and bottom of the zone every few tenths of a millimetre."""
        columns = []
        for number in range(ceil(self._left / _STEP_CM), floor(self._right / _STEP_CM) + 1):
            x = number * _STEP_CM
            crossings = _crossings(self._shape, x)
            if len(crossings) >= 2:
                columns.append((x, crossings[0], crossings[-1]))
        return columns

    def _row(self, columns: list[tuple[float, float, float]], down: float, phase: float) -> Iterator[Spot]:
        """One row: the middle line of the zone, moved down by some cm, walked outward from its centre."""
        first = columns[0][0]
        reach = round(_SMOOTHED_CM / _STEP_CM)
        middles = [(top + bottom) / 2 for _x, top, bottom in columns]

        def height(x: float) -> float:
            place = min(max(round((x - first) / _STEP_CM), 0), len(middles) - 1)
            around = middles[max(0, place - reach) : place + reach + 1]
            return sum(around) / len(around) + down

        steps = ceil((self._right - self._left) / _STEP_CM)
        for number in range(steps):
            away = phase + number * _STEP_CM
            if self._symmetric:
                yield from self._pair(away, height(self._centre + away))
                continue
            for x in (self._centre + away, self._centre - away):
                spot = self._fraction(x, height(x))
                if self._is_free(spot):
                    self._taken.append(self._cm(spot))
                    yield spot

    def _pair(self, away: float, y: float) -> Iterator[Spot]:
        """A spot on each side of the middle, or the one in the middle."""
        right = self._fraction(self._centre + away, y)
        left = (round(1 - right[0], DIGITS), right[1])
        if right == left:
            pair = [right]
        else:
            pair = [left, right]
            if self._scale.distance_cm(left, right) < self._spacing:
                return
        if all(self._is_free(spot) for spot in pair):
            self._taken += [self._cm(spot) for spot in pair]
            yield from pair

    def _is_free(self, spot: Spot) -> bool:
        x, y = self._cm(spot)
        if any(hypot(x - other_x, y - other_y) < self._spacing for other_x, other_y in self._taken):
            return False
        if not contains(self._shape, x, y) or distance(self._shape, x, y) < INSET_CM:
            return False
        if self._map.zone_at(*spot) is not self._zone or not self._map.is_on_face(*spot):
            return False
        return not any(contains(eye, x, y) or distance(eye, x, y) < NO_GO_CM for eye in self._eyes)

    def _in_cm(self, polygon: Polygon) -> Polygon:
        return tuple(self._cm(corner) for corner in polygon)

    def _cm(self, spot: Spot) -> Spot:
        return (spot[0] * self._scale.width_cm, spot[1] * self._scale.height_cm)

    def _fraction(self, x: float, y: float) -> Spot:
        return (round(x / self._scale.width_cm, DIGITS), round(y / self._scale.height_cm, DIGITS))


def _crossings(polygon: Polygon, x: float) -> list[float]:
    """Where a vertical line meets the border, from above."""
    found = []
    before_x, before_y = polygon[-1]
    for corner_x, corner_y in polygon:
        if (before_x > x) != (corner_x > x):
            found.append(before_y + (x - before_x) * (corner_y - before_y) / (corner_x - before_x))
        before_x, before_y = corner_x, corner_y
    return sorted(found)
