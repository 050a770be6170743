"""Injection session: what was injected at a visit, and its sites on the face map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

from dermlog.domain.face_map import FACE_MAP_VERSION, FaceView, Zone
from dermlog.domain.identity import new_id
from dermlog.domain.screening import ScreeningOverride
from dermlog.domain.validity import (
    NOTE_LIMIT,
    Fault,
    Problem,
    check_day,
    check_number,
    check_text,
    refuse,
)

HIGHEST_UNITS_PER_SITE = 100
HIGHEST_DILUENT_ML = 20
HIGHEST_VIALS = 5
LONGEST_SHELF_YEARS = 10


class Technique(Enum):
    """How the product is brought in; also the depth of a single site."""

    INTRADERMAL = "intradermal"
    INTRAMUSCULAR = "intramuscular"
    SUBCUTANEOUS = "subcutaneous"
    MIXED = "mixed"


class Diluent(Enum):
    """What the vial was mixed with."""

    SALINE = "saline"
    PRESERVED_SALINE = "preserved_saline"
    SALINE_WITH_LIDOCAINE = "saline_with_lidocaine"


class SigningMeaning(Enum):
    """What a signature stands for."""

    PERFORMED = "performed"
    REVIEWED = "reviewed"


@dataclass(frozen=True)
class Signature:
    """Who signed, when (aware date and time) and what for."""

    staff_id: UUID
    at: datetime
    meaning: SigningMeaning = SigningMeaning.PERFORMED


@dataclass(frozen=True)
class InjectionSite:
    """One point: x and y as fractions of the view, y down; units of the session's product."""

    view: FaceView
    x: float
    y: float
    zone: Zone
    units: Decimal
    depth: Technique = Technique.INTRADERMAL
    note: str = ""
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        outside = not (0.0 <= self.x <= 1.0 and 0.0 <= self.y <= 1.0)
        refuse(
            [Problem("position", Fault.OUTSIDE_MAP)] if outside else [],
            check_number("units", self.units, positive=True, high=HIGHEST_UNITS_PER_SITE),
            [Problem("depth", Fault.NOT_OFFERED)] if self.depth is Technique.MIXED else [],
            check_text("note", self.note),
        )


@dataclass(frozen=True)
class Dilution:
    """A vial mixed with diluent: units per mL, and the volume that holds a number of units."""

    vial_units: Decimal
    diluent_ml: Decimal

    @property
    def units_per_tenth_ml(self) -> Decimal:
        """Strength as clinics say it: units in 0.1 mL."""
        return self.vial_units / self.diluent_ml / 10

    def ml(self, units: Decimal) -> Decimal:
        """The volume in mL that holds so many units."""
        return units * self.diluent_ml / self.vial_units


@dataclass(frozen=True)
class ZoneTotal:
    """Points, units and volume (mL) of one zone, or of all (zone None)."""

    zone: Zone | None
    points: int
    units: Decimal
    ml: Decimal | None


@dataclass(frozen=True)
class InjectionSession:
    """What was injected on a day. expiry is the last day the vial may be used (a month: its last day)."""

    patient_id: UUID
    visit_id: UUID
    performed_on: date
    product_id: UUID
    lot: str
    expiry: date
    vial_units: Decimal
    diluent_ml: Decimal
    injector_id: UUID
    sites: tuple[InjectionSite, ...]
    diluent: Diluent = Diluent.SALINE
    technique: Technique = Technique.INTRADERMAL
    needle_gauge: int | None = None
    vials: int = 1
    note: str = ""
    overrides: tuple[ScreeningOverride, ...] = ()
    map_version: int = FACE_MAP_VERSION
    signature: Signature | None = None
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        refuse(
            check_day("performed_on", self.performed_on),
            check_text("lot", self.lot, limit=60, required=True),
            self._expiry_problems(),
            check_number("vial_units", self.vial_units, positive=True, high=10_000),
            check_number("diluent_ml", self.diluent_ml, positive=True, high=HIGHEST_DILUENT_ML),
            check_number("vials", Decimal(self.vials), low=1, high=HIGHEST_VIALS),
            check_number(
                "needle_gauge",
                None if self.needle_gauge is None else Decimal(self.needle_gauge),
                low=18,
                high=36,
            ),
            [] if self.sites else [Problem("sites", Fault.MISSING)],
            self._beyond_vial(),
            check_text("note", self.note, limit=NOTE_LIMIT, lines=True),
        )

    def _expiry_problems(self) -> list[Problem]:
        if self.expiry < self.performed_on:
            return [Problem("expiry", Fault.EXPIRED, self.performed_on, self.expiry)]
        if self.performed_on.year > date.max.year - LONGEST_SHELF_YEARS:
            return []
        # No vial keeps for ten years: a typed 2099 or 9999 is a slip of the hand.
        latest = date(self.performed_on.year + LONGEST_SHELF_YEARS, 12, 31)
        return check_day("expiry", self.expiry, latest=latest)

    def _beyond_vial(self) -> list[Problem]:
        available = self.vial_units * self.vials
        if self.total_units > available:
            return [Problem("sites", Fault.BEYOND_VIAL, available, self.total_units)]
        return []

    @property
    def dilution(self) -> Dilution:
        """How the vial was mixed."""
        return Dilution(self.vial_units, self.diluent_ml)

    @property
    def total_units(self) -> Decimal:
        """Units of all sites, of this product alone."""
        return sum((site.units for site in self.sites), Decimal(0))


def totals_by_zone(sites: Iterable[InjectionSite], dilution: Dilution | None) -> tuple[ZoneTotal, ...]:
    """One row for each zone that has points, in the order of Zone; ml is None without a dilution."""
    listed = tuple(sites)
    return tuple(
        total(zone, [site for site in listed if site.zone is zone], dilution)
        for zone in Zone
        if any(site.zone is zone for site in listed)
    )


def total(zone: Zone | None, sites: Iterable[InjectionSite], dilution: Dilution | None) -> ZoneTotal:
    """Points, units and volume of some sites."""
    listed = tuple(sites)
    units = sum((site.units for site in listed), Decimal(0))
    return ZoneTotal(zone, len(listed), units, None if dilution is None else dilution.ml(units))
