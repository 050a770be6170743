"""Session template: a map of points with product and dilution that a clinic begins its sessions from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from dermlog.domain.face_map import FACE_MAP_VERSION
from dermlog.domain.identity import new_id
from dermlog.domain.session import HIGHEST_DILUENT_ML, Diluent, InjectionSite, Technique
from dermlog.domain.validity import Fault, Problem, check_number, check_text, refuse

NAME_LIMIT = 60


@dataclass(frozen=True)
class SessionTemplate:
    """What a session begins with, by name; diluent_ml is per vial, None when it was not given.

    It holds no lot, no expiry and nothing about a patient.
    """

    name: str
    product_id: UUID
    vial_units: Decimal
    sites: tuple[InjectionSite, ...]
    diluent_ml: Decimal | None = None
    diluent: Diluent = Diluent.SALINE
    technique: Technique = Technique.INTRADERMAL
    needle_gauge: int | None = None
    map_version: int = FACE_MAP_VERSION
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        refuse(
            check_text("name", self.name, limit=NAME_LIMIT, required=True),
            check_number("vial_units", self.vial_units, positive=True, high=10_000),
            check_number("diluent_ml", self.diluent_ml, positive=True, high=HIGHEST_DILUENT_ML),
            [] if self.sites else [Problem("sites", Fault.MISSING)],
        )

    @property
    def total_units(self) -> Decimal:
        """Units of all points, of this product alone."""
        return sum((site.units for site in self.sites), Decimal(0))


def sites_of_template(sites: Iterable[InjectionSite]) -> tuple[InjectionSite, ...]:
    """The points as a template keeps them: ids of their own, and no notes, which were about one patient."""
    return tuple(replace(site, id=new_id(), note="") for site in sites)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same to a reader: letters of any case, spaces as they may."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
