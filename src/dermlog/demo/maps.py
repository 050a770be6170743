"""Injection sites of the sample sessions: rows on the forehead, three points a cheek, the chin."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.session import InjectionSite

_FOREHEAD = (
    *((x, 0.268) for x in (0.27, 0.36, 0.45, 0.55, 0.64, 0.73)),
    *((x, 0.322) for x in (0.315, 0.405, 0.5, 0.595, 0.685)),
)
_CHEEK_RIGHT = ((0.2, 0.565), (0.285, 0.58), (0.25, 0.62))
_CHIN = ((0.5, 0.865),)


def sample_sites(units: Decimal, random: Random) -> tuple[InjectionSite, ...]:
    """A symmetric map of 18 points in the front view: so many units a point, three quarters on the cheeks."""
    cheek_units = units * 3 / 4
    right = [(x + random.uniform(-0.008, 0.008), y + random.uniform(-0.006, 0.006)) for x, y in _CHEEK_RIGHT]
    rows = (
        *((Zone.FOREHEAD, x, y, units) for x, y in _FOREHEAD),
        *((Zone.CHEEK_RIGHT, x, y, cheek_units) for x, y in right),
        *((Zone.CHEEK_LEFT, 1 - x, y, cheek_units) for x, y in right),
        *((Zone.CHIN, x, y, units) for x, y in _CHIN),
    )
    return tuple(
        InjectionSite(FaceView.FRONT, round(x, 4), round(y, 4), zone, site_units)
        for zone, x, y, site_units in rows
    )
