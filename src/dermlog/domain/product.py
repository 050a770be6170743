"""Product: a botulinum toxin preparation; units belong to it and to no other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from dermlog.domain.identity import new_id
from dermlog.domain.validity import Fault, Problem, check_day, check_number, check_text, refuse


@dataclass(frozen=True)
class Product:
    """One brand of one generic: vial sizes in its own units, what screening must know, and the source.

    None means not stated by the source, for has_albumin, usual_diluent_ml and hours_of_use alike. usual is
    what the clinic does; labelled_reconstitution is what the label says, "" where it is not stated.
    """

    generic: str
    brand: str
    vial_units: tuple[Decimal, ...]
    has_cow_milk_protein: bool | None = None
    has_albumin: bool | None = None
    minimum_interval_days: int = 84
    usual_diluent_ml: Decimal | None = None
    labelled_reconstitution: str = ""
    hours_of_use: int | None = None
    label_source: str = ""
    label_date: date | None = None
    retired: bool = False
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        refuse(
            check_text("generic", self.generic, required=True),
            check_text("brand", self.brand, required=True),
            [] if self.vial_units else [Problem("vial_units", Fault.MISSING)],
            *(check_number("vial_units", units, positive=True, high=10_000) for units in self.vial_units),
            check_number("minimum_interval_days", Decimal(self.minimum_interval_days), low=0, high=3650),
            check_number("usual_diluent_ml", self.usual_diluent_ml, positive=True, high=100),
            check_number(
                "hours_of_use",
                None if self.hours_of_use is None else Decimal(self.hours_of_use),
                positive=True,
                high=2000,
            ),
            check_text("labelled_reconstitution", self.labelled_reconstitution),
            check_text("label_source", self.label_source),
            check_day("label_date", self.label_date),
        )
