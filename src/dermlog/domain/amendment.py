"""Amendment: what differs between two versions of a session, or between the maps of two sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum
from math import hypot

from dermlog.domain.session import InjectionSession, InjectionSite

SAME_PLACE = 0.02
"""Two points of a view no farther apart than this, as a fraction of the map, are the same place."""

NOT_CONTENT = frozenset(
    {"id", "visit_id", "patient_id", "sites", "version", "replaces", "amendment_reason", "signature"}
    | {"reviews", "voiding", "map_version"}
)
"""Fields of a session that tell which version it is, not what was done."""


class SiteChange(Enum):
    """What became of a point from one map to the other."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class SiteDifference:
    """One place on both maps: before and after, None where it is missing.

    CHANGED: another dose, or where more than the place is compared another depth or note.
    """

    change: SiteChange
    before: InjectionSite | None
    after: InjectionSite | None

    @property
    def site(self) -> InjectionSite:
        """The point to draw: as it is after, else as it was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of the two is always there
        return found


@dataclass(frozen=True)
class FieldDifference:
    """One field of a session that is not the same in two versions."""

    field: str
    before: object
    after: object


def site_differences(
    before: Iterable[InjectionSite], after: Iterable[InjectionSite], *, same_units: bool = True
) -> tuple[SiteDifference, ...]:
    """Each point of both maps once, nearest pairs joined within SAME_PLACE.

    same_units False: the maps are of different products, so doses are not compared, only places.
    """
    old, new = list(before), list(after)
    pairs = _pairs(old, new)
    joined = set(pairs.values())
    found = []
    for place, site in enumerate(old):
        match = pairs.get(place)
        if match is None:
            found.append(SiteDifference(SiteChange.REMOVED, site, None))
        else:
            other = new[match]
            same = not same_units or _content(site) == _content(other)
            found.append(SiteDifference(SiteChange.SAME if same else SiteChange.CHANGED, site, other))
    found += [
        SiteDifference(SiteChange.ADDED, None, site) for place, site in enumerate(new) if place not in joined
    ]
    return tuple(found)


def _content(site: InjectionSite) -> tuple[Decimal, object, str]:
    return site.units, site.depth, site.note


def _pairs(old: Sequence[InjectionSite], new: Sequence[InjectionSite]) -> dict[int, int]:
    """Places in old to places in new: the nearest pairs first, each point in one pair at most."""
    near = sorted(
        (distance, one, other)
        for one, site in enumerate(old)
        for other, candidate in enumerate(new)
        if candidate.view is site.view
        and (distance := hypot(candidate.x - site.x, candidate.y - site.y)) <= SAME_PLACE
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _distance, one, other in near:
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def field_differences(before: InjectionSession, after: InjectionSession) -> tuple[FieldDifference, ...]:
    """The fields that differ, in the order of the record; points are compared by site_differences()."""
    return tuple(
        FieldDifference(field.name, getattr(before, field.name), getattr(after, field.name))
        for field in fields(InjectionSession)
        if field.name not in NOT_CONTENT and getattr(before, field.name) != getattr(after, field.name)
    )


def is_same_content(before: InjectionSession, after: InjectionSession) -> bool:
    """Whether an amendment would change nothing."""
    moved = any(
        one.change is not SiteChange.SAME
        or one.before is None
        or one.after is None
        or (one.before.x, one.before.y, one.before.zone) != (one.after.x, one.after.y, one.after.zone)
        for one in site_differences(before.sites, after.sites)
    )
    return not moved and not field_differences(before, after)
