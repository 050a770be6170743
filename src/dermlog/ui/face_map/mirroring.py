"""Mirroring: which point of the front view belongs to which across the middle of the face."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from dermlog.domain.face_map import FaceView
from dermlog.domain.session import InjectionSite

MIDDLE = 0.5
MIDDLE_BAND = 0.014
"""Half the width of the band around the middle in which a point is a single one, in fractions of the map."""
SAME_SPOT = 0.002
DIGITS = 5


def opposite(x: float) -> float:
    """The same distance from the middle on the other side."""
    return round(1.0 - x, DIGITS)


def is_in_middle(x: float) -> bool:
    """Whether a point here has no partner."""
    return abs(x - MIDDLE) < MIDDLE_BAND


def partner_of(site: InjectionSite, sites: Iterable[InjectionSite]) -> InjectionSite | None:
    """The front point on the same spot of the other side, or None."""
    if site.view is not FaceView.FRONT or is_in_middle(site.x):
        return None
    return next(
        (
            other
            for other in sites
            if other.view is FaceView.FRONT
            and other.id != site.id
            and abs(other.x - opposite(site.x)) <= SAME_SPOT
            and abs(other.y - site.y) <= SAME_SPOT
        ),
        None,
    )


def with_partners(ids: frozenset[UUID], sites: tuple[InjectionSite, ...]) -> frozenset[UUID]:
    """The points and their partners."""
    found = set(ids)
    for site in sites:
        if site.id in ids:
            partner = partner_of(site, sites)
            if partner is not None:
                found.add(partner.id)
    return frozenset(found)


def keep_to_its_side(before: float, after: float) -> float:
    """Where a mirrored point may go: never over the middle, or the pair would change places."""
    if before < MIDDLE:
        return min(after, MIDDLE - MIDDLE_BAND)
    return max(after, MIDDLE + MIDDLE_BAND)
