"""From what is typed about the vial to its facts: when it was mixed, until when it may be used, its lot."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from dermlog.domain.product import Product
from dermlog.domain.screening import VialFacts
from dermlog.domain.session import InjectionSession
from dermlog.domain.vial import KnownLot, Vial, VialUse, hours_over, lot_key, with_rest_wasted
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.session.entry import SessionEntry
from dermlog.ui.session.expiry_text import read_expiry

HALF_DAY = 12


def read_time(text: str) -> time | None:
    """A time of day: 9:30, 09.30, 0930, 9, 2:05 pm; None when it is none."""
    found = re.fullmatch(r"\s*(\d{1,2})\s*(?:[:.h]?\s*(\d{2}))?\s*([ap])?\.?\s?m?\.?\s*", text.casefold())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= HALF_DAY:
            return None
        hour = hour % HALF_DAY + (HALF_DAY if found[3] == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def mixed_moment(text: str, day: date, now: datetime) -> datetime | None:
    """When it was mixed on the day of the session, on the clock of this computer."""
    at = read_time(text)
    return None if at is None else datetime.combine(day, at, tzinfo=now.tzinfo)


class VialReading:
    """What the session screen knows about the vial at hand; lots are asked of the logbook once per lot."""

    def __init__(self, logbook: Logbook) -> None:
        self._logbook = logbook
        self._known: tuple[str, tuple[KnownLot, ...]] = ("", ())

    @property
    def shares(self) -> bool:
        """Whether this clinic uses what is left for the next patient."""
        return self._logbook.clinic.get().shares_vials

    def open_now(self) -> tuple[VialUse, ...]:
        """The opened vials to choose from."""
        return self._logbook.vials.open_now(self._logbook.now()) if self.shares else ()

    def chosen(self, entry: SessionEntry) -> VialUse | None:
        """The vial of an earlier session that the entry names, None for a new one."""
        if not entry.vial or not self.shares:
            return None
        try:
            return self._logbook.vials.use(UUID(entry.vial))
        except (ValueError, DermlogError):
            return None

    def facts(self, entry: SessionEntry, product: Product | None, day: date) -> VialFacts:
        """What screening looks at."""
        now = self._logbook.now()
        chosen = self.chosen(entry)
        mixed = chosen.vial.mixed_at if chosen else mixed_moment(entry.mixed_at, day, now)
        use_by = chosen.vial.use_by if chosen else hours_over(mixed, product)
        moment = now if day == now.date() else datetime.combine(day, time(), tzinfo=now.tzinfo)
        expiry = read_expiry(entry.expiry, now.date())
        brand, other_expiry = self._of_lot(entry.lot, product, expiry)
        return VialFacts(expiry, use_by, moment, brand, other_expiry)

    def made(
        self, session: InjectionSession, entry: SessionEntry, product: Product
    ) -> tuple[InjectionSession, Vial | None]:
        """The session with its vial, and the vial when it is newly opened."""
        chosen = self.chosen(entry)
        if chosen is not None:
            return replace(session, vial_id=chosen.vial.id), None
        mixed = mixed_moment(entry.mixed_at, session.performed_on, self._logbook.now())
        shares = self.shares
        vial = Vial(
            product_id=session.product_id,
            lot=session.lot,
            expiry=session.expiry,
            units=session.vial_units,
            diluent_ml=session.diluent_ml,
            diluent=session.diluent,
            count=session.vials,
            mixed_at=mixed,
            use_by=hours_over(mixed, product),
            shared=shares,
        )
        named = replace(session, vial_id=vial.id)
        return (named if shares else with_rest_wasted(named)), vial

    def forget(self) -> None:
        """Ask the logbook anew: sessions were signed meanwhile."""
        self._known = ("", ())

    def _lots(self, lot: str) -> tuple[KnownLot, ...]:
        key = lot_key(lot)
        if key != self._known[0]:
            self._known = (key, self._logbook.vials.known_lots(lot))
        return self._known[1]

    def _of_lot(self, lot: str, product: Product | None, expiry: date | None) -> tuple[str, date | None]:
        """The brand of another product with this lot, and another expiry of this product's lot."""
        if product is None or not lot_key(lot):
            return "", None
        known = self._lots(lot)
        own = [one for one in known if one.product_id == product.id]
        if known and not own:
            return self._logbook.products.get(known[0].product_id).brand, None
        differs = bool(own) and expiry is not None and all(one.expiry != expiry for one in own)
        return "", own[0].expiry if differs else None
