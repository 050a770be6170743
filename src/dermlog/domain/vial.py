"""Vial: opened once - product, lot, how and when it was mixed - and what became of its units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from dermlog.domain.identity import new_id
from dermlog.domain.product import Product
from dermlog.domain.session import HIGHEST_DILUENT_ML, HIGHEST_VIALS, Diluent, InjectionSession
from dermlog.domain.validity import Fault, Problem, check_number, check_text, refuse

LOT_LIMIT = 60
MONTHS_OF_SUM = 3


@dataclass(frozen=True)
class Vial:
    """A vial that was opened; count more than 1: several of the same lot, mixed alike and used as one.

    units and diluent_ml are those of one vial. mixed_at and use_by are aware; None is not recorded. shared:
    the clinic may use what is left in a later session.
    """

    product_id: UUID
    lot: str
    expiry: date
    units: Decimal
    diluent_ml: Decimal
    diluent: Diluent = Diluent.SALINE
    count: int = 1
    mixed_at: datetime | None = None
    use_by: datetime | None = None
    shared: bool = False
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        early = self.mixed_at is not None and self.use_by is not None and self.use_by < self.mixed_at
        refuse(
            check_text("lot", self.lot, limit=LOT_LIMIT, required=True),
            check_number("units", self.units, positive=True, high=10_000),
            check_number("diluent_ml", self.diluent_ml, positive=True, high=HIGHEST_DILUENT_ML),
            check_number("count", Decimal(self.count), low=1, high=HIGHEST_VIALS),
            [Problem("use_by", Fault.BEFORE_START, self.mixed_at)] if early else [],
        )

    @property
    def total_units(self) -> Decimal:
        """The units of all its vials, of this product alone."""
        return self.units * self.count

    def may_be_used(self, moment: datetime) -> bool:
        """Whether it is neither expired nor older than its hours of use at a moment."""
        return self.expiry >= moment.date() and (self.use_by is None or moment <= self.use_by)


@dataclass(frozen=True)
class VialUse:
    """What became of a vial: units injected, units thrown away. InvalidRecord beyond what it held."""

    vial: Vial
    used: Decimal = Decimal(0)
    wasted: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        refuse(
            check_number("used", self.used, low=0),
            check_number("wasted", self.wasted, low=0),
            [Problem("used", Fault.BEYOND_VIAL, self.vial.total_units, self.used + self.wasted)]
            if self.used + self.wasted > self.vial.total_units
            else [],
        )

    @property
    def left(self) -> Decimal:
        """What is still in it: used + wasted + left is always the vial."""
        return self.vial.total_units - self.used - self.wasted


@dataclass(frozen=True)
class KnownLot:
    """A lot as an earlier vial has it."""

    product_id: UUID
    lot: str
    expiry: date


@dataclass(frozen=True)
class RecallRow:
    """One treatment with a lot: who had it, how to reach them, and what was injected.

    units None and signed False: an unfinished treatment that names the lot. expiry None: not readable.
    """

    patient_id: UUID
    chart_number: str
    family_name: str
    given_name: str
    birth_date: date | None
    phone: str
    on: date
    brand: str
    lot: str
    expiry: date | None
    units: Decimal | None
    signed: bool = True


def hours_over(mixed_at: datetime | None, product: Product | None) -> datetime | None:
    """Until when a vial may be used, by the hours that its product states; None when either is not known."""
    if mixed_at is None or product is None or product.hours_of_use is None:
        return None
    return mixed_at + timedelta(hours=product.hours_of_use)


def use_of(vial: Vial, sessions: Iterable[InjectionSession]) -> VialUse:
    """What became of a vial, from the sessions that used it. InvalidRecord beyond what it held."""
    own = [session for session in sessions if session.vial_id == vial.id]
    return VialUse(
        vial,
        sum((session.total_units for session in own), Decimal(0)),
        sum((session.wasted_units or Decimal(0) for session in own), Decimal(0)),
    )


def with_rest_wasted(session: InjectionSession) -> InjectionSession:
    """The session of a vial that nobody else may use: what was not injected is thrown away."""
    return replace(session, wasted_units=session.vial_units * session.vials - session.total_units)


def waste_amended(before: InjectionSession, after: InjectionSession) -> InjectionSession:
    """The amended session with its waste kept in step, where all that was not injected had been wasted."""
    wasted = before.wasted_units
    was_the_rest = wasted is not None and wasted == with_rest_wasted(before).wasted_units
    return with_rest_wasted(after) if was_the_rest and after.wasted_units == wasted else after


def lot_key(lot: str) -> str:
    """A lot as it is compared: letters and digits alone, of any case, so that C-48 21 is c4821."""
    return "".join(character for character in lot.casefold() if character.isalnum())


def months_before(day: date, months: int = MONTHS_OF_SUM) -> date:
    """The same day some months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


def units_in_months(
    sessions: Iterable[InjectionSession], product_id: UUID, day: date, months: int = MONTHS_OF_SUM
) -> tuple[Decimal, int]:
    """Units of one product in the months before a day, and in how many sessions; never of two products."""
    since = months_before(day, months)
    own = [one for one in sessions if one.product_id == product_id and since < one.performed_on <= day]
    return sum((one.total_units for one in own), Decimal(0)), len(own)
