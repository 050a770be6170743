"""Filling: the points that fill a zone of the chart, on both sides of the face while mirroring."""

from __future__ import annotations

from decimal import Decimal

from dermlog.domain.face_map import FaceMap, FaceView, Zone
from dermlog.domain.session import InjectionSite, Technique
from dermlog.domain.zone_filling import Spot, fill_zone, opposite_zone
from dermlog.ui.face_map.history import Links, Sites
from dermlog.ui.face_map.mirroring import opposite, pairs_across


def filled(
    face_map: FaceMap, zone: Zone, spacing_cm: float, sites: Sites, *, mirror: bool
) -> tuple[tuple[Zone, Spot], ...]:
    """The spots to add to the sites of a view, with their zones; see fill_zone().

    With mirror the other side of the front view gets the same spots, as far as they fit on both sides.
    """
    taken = [(site.x, site.y) for site in sites if site.view is face_map.view]
    both = mirror and face_map.view is FaceView.FRONT and opposite_zone(zone) is not zone
    if both:
        taken += [(opposite(x), y) for x, y in taken]
    spots = [(zone, spot) for spot in fill_zone(face_map, zone, spacing_cm, taken)]
    if both:
        other = opposite_zone(zone)
        spots += [
            (other, (opposite(x), y)) for _zone, (x, y) in spots if face_map.zone_at(opposite(x), y) is other
        ]
    return tuple(spots)


def points_at(
    face_map: FaceMap, spots: tuple[tuple[Zone, Spot], ...], units: Decimal, depth: Technique, *, mirror: bool
) -> tuple[Sites, Links]:
    """New points on these spots, and the pairs among them while mirroring."""
    sites = tuple(InjectionSite(face_map.view, x, y, zone, units, depth) for zone, (x, y) in spots)
    return sites, pairs_across(sites) if mirror else frozenset()
