"""Mirroring: where a point lies on the other side, and which points lie across from each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from dermlog.domain.face_map import FaceMap, FaceView
from dermlog.domain.identity import new_id
from dermlog.domain.session import InjectionSite
from dermlog.ui.face_map.history import Links, Sites

MIDDLE = 0.5
MIDDLE_BAND = 0.014
"""Half the width of the band around the middle in which a point is a single one, in fractions of the map."""
SAME_SPOT = 0.002
DIGITS = 5
OTHER_SIDE = {
    FaceView.FRONT: FaceView.FRONT,
    FaceView.RIGHT: FaceView.LEFT,
    FaceView.LEFT: FaceView.RIGHT,
}
"""The view that shows the other side; the side views are each other's mirror image."""


def opposite(x: float) -> float:
    """The same distance from the middle on the other side."""
    return round(1.0 - x, DIGITS)


def is_in_middle(x: float) -> bool:
    """Whether a point of the front view here has no other side."""
    return abs(x - MIDDLE) < MIDDLE_BAND


def point_across(site: InjectionSite, sites: Iterable[InjectionSite]) -> InjectionSite | None:
    """The point that lies on the same spot of the other side, or None."""
    if site.view is FaceView.FRONT and is_in_middle(site.x):
        return None
    view = OTHER_SIDE[site.view]
    return next(
        (
            other
            for other in sites
            if other.view is view
            and other.id != site.id
            and abs(other.x - opposite(site.x)) <= SAME_SPOT
            and abs(other.y - site.y) <= SAME_SPOT
        ),
        None,
    )


def pairs_across(sites: Sites) -> Links:
    """Every two points of the front view that lie across from each other."""
    front = [site for site in sites if site.view is FaceView.FRONT]
    paired: set[UUID] = set()
    links: set[frozenset[UUID]] = set()
    for site in front:
        other = point_across(site, front)
        if other is not None and not {site.id, other.id} & paired:
            paired |= {site.id, other.id}
            links.add(frozenset({site.id, other.id}))
    return frozenset(links)


def across(
    site: InjectionSite, sites: Iterable[InjectionSite], map_of: Callable[[FaceView], FaceMap]
) -> InjectionSite | None:
    """A new point like this one on the other side.

    None in the middle, where a point lies already, and where the other side has no skin.
    """
    if (site.view is FaceView.FRONT and is_in_middle(site.x)) or point_across(site, sites) is not None:
        return None
    view, x = OTHER_SIDE[site.view], opposite(site.x)
    zone = map_of(view).zone_at(x, site.y)
    return None if zone is None else replace(site, id=new_id(), view=view, x=x, zone=zone)


def keep_to_its_side(before: float, after: float) -> float:
    """Where a point of a pair may go: never over the middle, or the pair would change places."""
    if before < MIDDLE:
        return min(after, MIDDLE - MIDDLE_BAND)
    return max(after, MIDDLE + MIDDLE_BAND)
