"""What the session screen offers: vials of the catalogue, people who inject, and what is named already."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession
from dermlog.domain.staff import Staff
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.kit.number_field import read_number
from dermlog.ui.session.entry import SessionEntry
from dermlog.wording import number_text, units_text


@dataclass(frozen=True)
class Vial:
    """A product in one of its vials."""

    product: Product
    units: Decimal

    @property
    def key(self) -> str:
        """What a list keeps: id/units."""
        return vial_key(str(self.product.id), self.units)

    @property
    def words(self) -> str:
        """Botox 100 U."""
        return f"{self.product.brand} {units_text(self.units)}"


def vial_key(product_id: str, units: Decimal | None) -> str:
    """Product and vial as one text."""
    return f"{product_id}/{number_text(units) if units is not None else ''}"


def vials_on_offer(logbook: Logbook, entry: SessionEntry, last: InjectionSession | None) -> tuple[Vial, ...]:
    """Every vial of the catalogue; a retired product or a vial no longer listed only where one is named."""
    offered = [Vial(product, units) for product in logbook.products.all() for units in product.vial_units]
    named = [(entry.product, read_number(entry.vial_units))]
    if last is not None:
        named.append((str(last.product_id), last.vial_units))
    for product_id, units in named:
        if units is None or vial_key(product_id, units) in {vial.key for vial in offered}:
            continue
        try:
            offered.append(Vial(logbook.products.get(UUID(product_id)), units))
        except (ValueError, DermlogError):
            continue
    return tuple(offered)


def injectors_on_offer(logbook: Logbook, entry: SessionEntry) -> tuple[Staff, ...]:
    """Everybody who may inject, and whoever the entry names already."""
    people = [person for person in logbook.staff.all() if person.may_sign]
    if entry.injector and entry.injector not in {str(person.id) for person in people}:
        try:
            people.append(logbook.staff.get(UUID(entry.injector)))
        except (ValueError, DermlogError):
            return tuple(people)
    return tuple(people)
