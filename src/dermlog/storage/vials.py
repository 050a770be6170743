"""Opened vials in the file: what became of their units, what is left to use, and who had a lot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.draft import DraftKind
from dermlog.domain.file_fault import Refusal
from dermlog.domain.permission import Action
from dermlog.domain.session import InjectionSession
from dermlog.domain.validity import InvalidRecord
from dermlog.domain.vial import KnownLot, RecallRow, Vial, VialUse, lot_key
from dermlog.errors import not_allowed
from dermlog.storage.database import Database
from dermlog.storage.restrictions import hides_restricted, not_hidden
from dermlog.storage.rows import RowMapping

_VIALS = RowMapping("vial", Vial)
_WHO = "p.id, p.chart_number, p.family_name, p.given_name, p.birth_date, p.phone"


class VialTable:
    """Vials of the clinic; one is opened once, and what it says follows the sessions that used it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, vial_id: UUID) -> Vial:
        """One vial; NotAllowed when there is none."""
        found = self._database.row(
            f"SELECT {_VIALS.select()} FROM vial WHERE id = ?",
            (str(vial_id),),
        )
        if found is None:
            raise not_allowed(Refusal.NOT_THERE)
        return _VIALS.record(found)

    def save(self, vial: Vial) -> None:
        """Add an opened vial, or correct what it says."""
        self._database.require(Action.OPEN_VIAL)
        database = self._database
        with database.atomic():
            database.write(_VIALS.save_sql, _VIALS.values(_VIALS.row(vial)))
            database.changed(Noun.VIAL)

    def use(self, vial_id: UUID) -> VialUse:
        """What became of a vial, counting the sessions that stand; NotAllowed when there is no such vial.

        NotAllowed (BEYOND_VIAL) when they took more than it held.
        """
        vial = self.get(vial_id)
        used = Decimal(0)
        for (units,) in self._database.rows(
            "SELECT i.units FROM current_session s JOIN injection_site i ON i.session_id = s.id "
            "WHERE s.vial_id = ?",
            (str(vial_id),),
        ):
            used += Decimal(units)
        wasted = Decimal(0)
        for (units,) in self._database.rows(
            "SELECT wasted_units FROM current_session WHERE vial_id = ? AND wasted_units IS NOT NULL",
            (str(vial_id),),
        ):
            wasted += Decimal(units)
        try:
            return VialUse(vial, used, wasted)
        except InvalidRecord as invalid:
            raise not_allowed(Refusal.BEYOND_VIAL) from invalid

    def settle(self, session: InjectionSession) -> None:
        """After a session was written: its vial says what the session says. NotAllowed beyond what it held.

        For storage alone, inside atomic().
        """
        if session.vial_id is None:
            return
        vial = self.get(session.vial_id)
        now = replace(
            vial,
            product_id=session.product_id,
            lot=session.lot,
            expiry=session.expiry,
            units=session.vial_units,
            diluent_ml=session.diluent_ml,
            diluent=session.diluent,
            count=session.vials,
        )
        if now != vial:
            self.save(now)
        self.use(session.vial_id)

    def open_now(self, moment: datetime) -> tuple[VialUse, ...]:
        """Shared vials that may still be used at a moment and hold something, the newest first."""
        found = self._database.rows(
            f"SELECT {_VIALS.select()} FROM vial WHERE shared = 1 AND expiry >= ? "
            "ORDER BY rowid DESC LIMIT 200",
            (moment.date().isoformat(),),
        )
        usable = [vial for vial in map(_VIALS.record, found) if vial.may_be_used(moment)]
        return tuple(use for use in (self.use(vial.id) for vial in usable) if use.left > 0)

    def known_lots(self, lot: str) -> tuple[KnownLot, ...]:
        """What signed sessions say about a lot, each product and expiry once."""
        key = lot_key(lot)
        if not key:
            return ()
        known = {}
        for text in self._lots():
            if lot_key(text) == key:
                for product_id, expiry in self._database.rows(
                    "SELECT DISTINCT product_id, expiry FROM current_session WHERE lot = ?", (text,)
                ):
                    one = KnownLot(UUID(product_id), text, date.fromisoformat(expiry))
                    known[one.product_id, one.expiry] = one
        return tuple(known.values())

    def recall(self, lot: str) -> tuple[RecallRow, ...]:
        """Everybody who had a lot, whole or the beginning or any part of it: newest first, drafts at the top.

        Spaces, dashes and case do not matter. An empty lot finds nobody.
        """
        key = lot_key(lot)
        if not key:
            return ()
        seen = not_hidden(self._database, "p.id")
        sessions = sorted(self._in_sessions(key, seen), key=lambda row: row.on, reverse=True)
        return (*self._in_drafts(key, seen), *sessions)

    def recall_hidden(self, lot: str) -> int:
        """How many patients had a lot whom whoever looks must not see: a recall must not pass over them."""
        key = lot_key(lot)
        if not key or not hides_restricted(self._database):
            return 0
        hidden = "p.id IN (SELECT patient_id FROM restriction)"
        rows = (*self._in_drafts(key, hidden), *self._in_sessions(key, hidden))
        return len({row.patient_id for row in rows})

    def _lots(self) -> list[str]:
        """Every lot as it was written, once; few beside the sessions, and read from their index."""
        return [text for (text,) in self._database.rows("SELECT DISTINCT lot FROM injection_session")]

    def _in_sessions(self, key: str, seen: str) -> Iterator[RecallRow]:
        for text in self._lots():
            if key not in lot_key(text):
                continue
            units: dict[str, Decimal] = {}
            for session_id, dose in self._database.rows(
                "SELECT s.id, i.units FROM current_session s JOIN injection_site i ON i.session_id = s.id "
                "WHERE s.lot = ?",
                (text,),
            ):
                units[session_id] = units.get(session_id, Decimal(0)) + Decimal(dose)
            for session_id, on, brand, expiry, *who in self._database.rows(
                f"SELECT s.id, s.performed_on, d.brand, s.expiry, {_WHO} FROM current_session s "
                "JOIN patient p ON p.id = s.patient_id JOIN product d ON d.id = s.product_id "
                f"WHERE s.lot = ? AND {seen} ORDER BY p.sort_name",
                (text,),
            ):
                day, last = date.fromisoformat(on), date.fromisoformat(expiry)
                yield RecallRow(*_person(who), day, brand, text, last, units[session_id])

    def _in_drafts(self, key: str, seen: str) -> Iterator[RecallRow]:
        """Unfinished treatments: the needle may have been in the skin already."""
        brands: dict[str, str] = dict(self._database.rows("SELECT id, brand FROM product"))
        for content, on, *who in self._database.rows(
            f'SELECT r.content, r."on", {_WHO} FROM draft r JOIN patient p ON p.id = r.patient_id '
            f"WHERE r.kind = ? AND {seen} ORDER BY r.saved_at DESC",
            (DraftKind.TREATMENT.value,),
        ):
            with suppress(ValueError):
                typed = json.loads(content)
                text = typed.get("lot") if isinstance(typed, dict) else None
                if isinstance(text, str) and key in lot_key(text):
                    brand = str(brands.get(str(typed.get("product")), ""))
                    yield RecallRow(
                        *_person(who), date.fromisoformat(on), brand, text, None, None, signed=False
                    )


def _person(who: list[str | None]) -> tuple[UUID, str, str, str, date | None, str]:
    patient_id, chart_number, family_name, given_name, birth_date, phone = who
    born = None if birth_date is None else date.fromisoformat(birth_date)
    return UUID(patient_id), str(chart_number), str(family_name), str(given_name), born, str(phone)
