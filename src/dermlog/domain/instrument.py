"""Instruments and scores: one value of one instrument at one place; charts join only equal ones."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from dermlog.domain.face_map import Zone
from dermlog.domain.validity import Fault, Problem, check_number, check_text, refuse


class Instrument(Enum):
    """What is measured."""

    OILINESS = "oiliness"
    IGA = "iga"
    INFLAMMATORY_LESIONS = "inflammatory_lesions"
    NON_INFLAMMATORY_LESIONS = "non_inflammatory_lesions"
    SATISFACTION = "satisfaction"
    SEBUM = "sebum"


class Rater(Enum):
    """Who or what gave the value."""

    CLINICIAN = "clinician"
    PATIENT = "patient"
    DEVICE = "device"


class Variant(Enum):
    """Which form of an instrument was used, where more than one exists."""

    STANDARD = "standard"
    IGA_EXTENT = "iga_extent"
    IGA_LESION = "iga_lesion"
    SEBUM_CASUAL = "sebum_casual"
    SEBUM_EXCRETION = "sebum_excretion"


class Scale(NamedTuple):
    """Range, unit, decimals and raters of an instrument; for all of them but satisfaction lower is better."""

    low: int
    high: int
    unit: str
    decimals: int
    raters: tuple[Rater, ...]
    variants: tuple[Variant, ...]
    lower_is_better: bool = True


SCALES = {
    Instrument.OILINESS: Scale(0, 4, "grade", 0, (Rater.CLINICIAN, Rater.PATIENT), (Variant.STANDARD,)),
    Instrument.IGA: Scale(0, 4, "grade", 0, (Rater.CLINICIAN,), (Variant.IGA_EXTENT, Variant.IGA_LESION)),
    Instrument.INFLAMMATORY_LESIONS: Scale(0, 999, "count", 0, (Rater.CLINICIAN,), (Variant.STANDARD,)),
    Instrument.NON_INFLAMMATORY_LESIONS: Scale(0, 999, "count", 0, (Rater.CLINICIAN,), (Variant.STANDARD,)),
    Instrument.SATISFACTION: Scale(0, 10, "grade", 0, (Rater.PATIENT,), (Variant.STANDARD,), False),
    Instrument.SEBUM: Scale(
        0, 999, "µg/cm²", 1, (Rater.DEVICE,), (Variant.SEBUM_CASUAL, Variant.SEBUM_EXCRETION)
    ),
}

SEBUM_ZONES = (Zone.FOREHEAD, Zone.NOSE, Zone.CHEEK_RIGHT, Zone.CHEEK_LEFT, Zone.CHIN)


class Series(NamedTuple):
    """What two scores must share to be joined by a line or compared; zone None is the whole face."""

    instrument: Instrument
    rater: Rater
    variant: Variant
    unit: str
    zone: Zone | None
    device: str


@dataclass(frozen=True)
class Score:
    """One value of one instrument at one place; a missing score is no Score, never 0."""

    instrument: Instrument
    value: Decimal
    rater: Rater
    variant: Variant = Variant.STANDARD
    zone: Zone | None = None
    device: str = ""

    def __post_init__(self) -> None:
        scale = SCALES[self.instrument]
        sebum = self.instrument is Instrument.SEBUM
        refuse(
            check_number(
                self.field,
                self.value,
                low=scale.low,
                high=scale.high,
                whole=scale.decimals == 0,
                decimals=scale.decimals,
            ),
            [] if self.rater in scale.raters else [Problem("rater", Fault.NOT_OFFERED)],
            [] if self.variant in scale.variants else [Problem("variant", Fault.NOT_OFFERED)],
            [Problem("zone", Fault.MISSING)] if sebum and self.zone is None else [],
            [Problem("zone", Fault.NOT_OFFERED)] if not sebum and self.zone is not None else [],
            check_text("device", self.device, limit=60, required=sebum),
        )

    @property
    def unit(self) -> str:
        """The unit of the instrument: grade, count or a measure."""
        return SCALES[self.instrument].unit

    @property
    def field(self) -> str:
        """The name a form gives this value: oiliness_clinician, sebum_forehead, iga."""
        if self.zone is not None:
            return f"{self.instrument.value}_{self.zone.value}"
        if len(SCALES[self.instrument].raters) > 1:
            return f"{self.instrument.value}_{self.rater.value}"
        return self.instrument.value

    @cached_property
    def series(self) -> Series:
        """What this score may be compared with."""
        return Series(self.instrument, self.rater, self.variant, self.unit, self.zone, self.device)
