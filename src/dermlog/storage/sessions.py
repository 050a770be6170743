"""Injection sessions in the file: signed once, read for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.file_fault import Refusal
from dermlog.domain.screening import EarlierToxin, ScreeningOverride
from dermlog.domain.session import InjectionSession, InjectionSite, Signature, SigningMeaning
from dermlog.domain.visit import Visit
from dermlog.errors import not_allowed
from dermlog.storage.database import Database
from dermlog.storage.products import ProductTable
from dermlog.storage.rows import RowMapping, Value
from dermlog.storage.staff import StaffTable
from dermlog.storage.visits import VisitTable

_SESSIONS = RowMapping("injection_session", InjectionSession, omit=("sites", "overrides", "signature"))
_SITES = RowMapping("injection_site", InjectionSite, extra=("session_id", "position"))
_OVERRIDES = RowMapping("screening_override", ScreeningOverride, extra=("session_id", "position"))


class SessionTable:
    """Signed injection sessions."""

    def __init__(
        self, database: Database, visits: VisitTable, products: ProductTable, staff: StaffTable
    ) -> None:
        self._database = database
        self._visits = visits
        self._products = products
        self._staff = staff

    def of_patient(self, patient_id: UUID) -> tuple[InjectionSession, ...]:
        """All sessions of a patient with their sites, in order of time."""
        return self._select("s.patient_id = ?", (str(patient_id),))

    def get(self, session_id: UUID) -> InjectionSession:
        """One session; NotAllowed when there is none."""
        found = self._select("s.id = ?", (str(session_id),))
        if not found:
            raise not_allowed(Refusal.NOT_THERE)
        return found[0]

    def last_of_patient(self, patient_id: UUID) -> InjectionSession | None:
        """The newest session of a patient, or None."""
        found = self._select(
            "s.id = (SELECT id FROM injection_session WHERE patient_id = ? "
            "ORDER BY performed_on DESC, signed_at DESC LIMIT 1)",
            (str(patient_id),),
        )
        return found[0] if found else None

    def sign(
        self, visit: Visit, session: InjectionSession, meaning: SigningMeaning = SigningMeaning.PERFORMED
    ) -> InjectionSession:
        """Record visit, session and signature in one step, and remove the draft; gives the signed session.

        NotAllowed when the person writing may not sign, when the session is signed already, or when visit
        and session do not belong together.
        """
        database = self._database
        with database.atomic():
            member = self._staff.signing()
            if session.patient_id != visit.patient_id or session.visit_id != visit.id:
                raise not_allowed(Refusal.OTHER_PATIENT)
            if session.performed_on != visit.on:
                raise not_allowed(Refusal.DATES_DIFFER)
            taken = database.value(
                "SELECT 1 FROM injection_session WHERE id = ? OR visit_id = ?",
                (str(session.id), str(session.visit_id)),
            )
            if taken is not None:
                raise not_allowed(Refusal.SIGNED)
            self._visits.save(visit)
            signed = replace(session, signature=Signature(member.id, database.clock(), meaning))
            self._write(signed)
            database.changed(Noun.SESSION, session.patient_id)
        return signed

    def injected_before(self, patient_id: UUID) -> tuple[EarlierToxin, ...]:
        """When a patient had which product, in order of time."""
        products = {product.id: product for product in self._products.all(include_retired=True)}
        return tuple(
            EarlierToxin(session.performed_on, products[session.product_id])
            for session in self.of_patient(patient_id)
        )

    def _write(self, session: InjectionSession) -> None:
        database, session_id = self._database, str(session.id)
        database.write(_SESSIONS.insert_sql, _SESSIONS.values(_SESSIONS.row(session)))
        database.write_many(
            _SITES.insert_sql,
            [
                _SITES.values(_SITES.row(site, session_id=session_id, position=position))
                for position, site in enumerate(session.sites)
            ],
        )
        database.write_many(
            _OVERRIDES.insert_sql,
            [
                _OVERRIDES.values(_OVERRIDES.row(override, session_id=session_id, position=position))
                for position, override in enumerate(session.overrides)
            ],
        )
        # Signed last: from here on the file itself refuses to change the session, its sites and its reasons.
        if session.signature is not None:
            database.write(
                "UPDATE injection_session SET signed_by = ?, signed_at = ?, signed_as = ? WHERE id = ?",
                (
                    str(session.signature.staff_id),
                    session.signature.at.isoformat(),
                    session.signature.meaning.value,
                    session_id,
                ),
            )

    def _select(self, condition: str, values: tuple[Value, ...]) -> tuple[InjectionSession, ...]:
        database = self._database
        found = database.rows(
            f"SELECT {_SESSIONS.select('s')}, s.signed_by, s.signed_at, s.signed_as FROM injection_session s "
            f"WHERE {condition} ORDER BY s.performed_on, s.signed_at, s.id",
            values,
        )
        if not found:
            return ()
        sites: dict[str, list[InjectionSite]] = {}
        overrides: dict[str, list[ScreeningOverride]] = {}
        for session_id, *columns in database.rows(
            f"SELECT c.session_id, {_SITES.select('c')} FROM injection_session s "
            f"JOIN injection_site c ON c.session_id = s.id WHERE {condition} "
            "ORDER BY c.session_id, c.position",
            values,
        ):
            sites.setdefault(session_id, []).append(_SITES.record(columns))
        for session_id, *columns in database.rows(
            f"SELECT c.session_id, {_OVERRIDES.select('c')} FROM injection_session s "
            f"JOIN screening_override c ON c.session_id = s.id WHERE {condition} "
            "ORDER BY c.session_id, c.position",
            values,
        ):
            overrides.setdefault(session_id, []).append(_OVERRIDES.record(columns))
        place = _SESSIONS.fields.index("id")
        return tuple(
            _SESSIONS.record(
                row,
                sites=tuple(sites.get(row[place], ())),
                overrides=tuple(overrides.get(row[place], ())),
                signature=_signature(*row[-3:]),
            )
            for row in found
        )


def _signature(signed_by: str | None, signed_at: str | None, signed_as: str | None) -> Signature | None:
    if signed_by is None or signed_at is None or signed_as is None:
        return None
    return Signature(UUID(signed_by), datetime.fromisoformat(signed_at), SigningMeaning(signed_as))
