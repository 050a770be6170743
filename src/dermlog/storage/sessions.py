"""Injection sessions in the file: signed once, read for ever; changed only by versions beside each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.file_fault import Refusal
from dermlog.domain.identity import new_id
from dermlog.domain.permission import Action
from dermlog.domain.screening import EarlierToxin, ScreeningAnswer, ScreeningOverride
from dermlog.domain.session import InjectionSession, InjectionSite, Signature, SigningMeaning, Voiding
from dermlog.domain.vial import waste_amended
from dermlog.domain.visit import Visit
from dermlog.errors import NotAllowed, not_allowed
from dermlog.storage.database import Database
from dermlog.storage.photos import PhotoTable
from dermlog.storage.products import ProductTable
from dermlog.storage.restrictions import refuse_hidden
from dermlog.storage.rows import RowMapping, Value
from dermlog.storage.staff import StaffTable
from dermlog.storage.vials import VialTable
from dermlog.storage.visits import VisitTable

_ELSEWHERE = ("sites", "overrides", "screening_answers", "signature", "reviews", "voiding")
_SESSIONS = RowMapping("injection_session", InjectionSession, omit=_ELSEWHERE)
_SITES = RowMapping("injection_site", InjectionSite, extra=("session_id", "position"))
_OVERRIDES = RowMapping("screening_override", ScreeningOverride, extra=("session_id", "position"))
_ANSWERS = RowMapping("screening_answer", ScreeningAnswer, extra=("session_id", "position"))
_VOIDS = RowMapping("session_void", Voiding, extra=("session_id",))
_CURRENT = "s.id IN (SELECT id FROM current_session{where})"
HIDDEN_NUMBER = "–"
ChildT = TypeVar("ChildT", InjectionSite, ScreeningOverride, ScreeningAnswer)


class SessionTable:
    """Signed injection sessions."""

    def __init__(
        self, database: Database, visits: VisitTable, products: ProductTable, staff: StaffTable
    ) -> None:
        self._database = database
        self._visits = visits
        self._products = products
        self._staff = staff
        self._vials = VialTable(database)

    def of_patient(self, patient_id: UUID) -> tuple[InjectionSession, ...]:
        """The sessions of a patient as they stand now, in order of time: no replaced version, none void."""
        refuse_hidden(self._database, patient_id)
        return self._select(_CURRENT.format(where=" WHERE patient_id = ?"), (str(patient_id),))

    def void_of_patient(self, patient_id: UUID) -> tuple[InjectionSession, ...]:
        """The void sessions of a patient, each in its last version, in order of time."""
        refuse_hidden(self._database, patient_id)
        return self._select(
            "s.patient_id = ? AND s.id IN (SELECT session_id FROM session_void)", (str(patient_id),)
        )

    def get(self, session_id: UUID) -> InjectionSession:
        """One version of a session, current or not; NotAllowed when there is none or it is hidden."""
        found = self._select("s.id = ?", (str(session_id),))
        if not found:
            raise not_allowed(Refusal.NOT_THERE)
        refuse_hidden(self._database, found[0].patient_id)
        return found[0]

    def versions(self, session_id: UUID) -> tuple[InjectionSession, ...]:
        """Every version of the session that this id is one of, the first first; NotAllowed without any."""
        found = self._select(
            "s.visit_id = (SELECT visit_id FROM injection_session WHERE id = ?)", (str(session_id),)
        )
        if not found:
            raise not_allowed(Refusal.NOT_THERE)
        refuse_hidden(self._database, found[0].patient_id)
        return tuple(sorted(found, key=lambda session: session.version))

    def moved_from(self, session_id: UUID) -> InjectionSession | None:
        """The void session, of another patient, that this one took the place of; NotAllowed if hidden."""
        found = self._select(
            "s.id IN (SELECT v.session_id FROM session_void v JOIN injection_session first "
            "ON first.id = v.moved_to JOIN injection_session mine ON mine.visit_id = first.visit_id "
            "WHERE mine.id = ?)",
            (str(session_id),),
        )
        for session in found:
            refuse_hidden(self._database, session.patient_id)
        return found[0] if found else None

    def number_moved_from(self, session: InjectionSession) -> str:
        """The chart number of whom a session was moved away from; "" for nobody, "–" for somebody hidden."""
        return self._number(lambda: self.moved_from(session.id))

    def number_moved_to(self, session: InjectionSession) -> str:
        """The chart number of whom a void session was moved to; "" and "–" as above."""
        moved_to = None if session.voiding is None else session.voiding.moved_to
        return "" if moved_to is None else self._number(lambda: self.get(moved_to))

    def _number(self, other: Callable[[], InjectionSession | None]) -> str:
        try:
            found = other()
        except NotAllowed:
            return HIDDEN_NUMBER
        if found is None:
            return ""
        number = self._database.value(
            "SELECT chart_number FROM patient WHERE id = ?", (str(found.patient_id),)
        )
        return str(number)

    def last_of_patient(self, patient_id: UUID) -> InjectionSession | None:
        """The newest session of a patient, or None; NotAllowed when restricted."""
        refuse_hidden(self._database, patient_id)
        found = self._select(
            "s.id = (SELECT id FROM current_session WHERE patient_id = ? "
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
        self._database.require(Action.SIGN_SESSION)
        database = self._database
        with database.atomic():
            member = self._staff.acting()
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
            signed = _fresh(session, Signature(member.id, database.clock(), meaning))
            self._write(signed)
            self._vials.settle(signed)
            database.changed(Noun.SESSION, session.patient_id)
        return signed

    def amend(self, session: InjectionSession, reason: str) -> InjectionSession:
        """Put a corrected version beside the one it was made from, and give it; the old one stays as it was.

        session is that version with other values: its id tells which one was read. NotAllowed
        (CHANGED_MEANWHILE) when a newer version exists: read it and amend that one instead. NotAllowed when
        it is void, of another patient, or the person may not sign; InvalidRecord without a reason. A
        corrected day moves the visit with it.
        """
        self._database.require(Action.AMEND_SESSION)
        database = self._database
        with database.atomic(reason.strip()):
            member = self._staff.acting()
            before = self._standing(session.id)
            if session.patient_id != before.patient_id or session.visit_id != before.visit_id:
                raise not_allowed(Refusal.OTHER_PATIENT)
            amended = replace(
                _with_new_identity(waste_amended(before, session), before.visit_id),
                version=before.version + 1,
                replaces=before.id,
                amendment_reason=reason.strip(),
                signature=Signature(member.id, database.clock(), SigningMeaning.AMENDED),
            )
            self._write(amended)
            self._vials.settle(amended)
            if amended.performed_on != before.performed_on:
                self._visits.write(replace(self._visits.get(before.visit_id), on=amended.performed_on))
            database.changed(Noun.SESSION, session.patient_id)
        return amended

    def review(self, session_id: UUID) -> InjectionSession:
        """Add the signature of a second clinician to the version that stands; gives the session with it.

        NotAllowed for whoever signed it, for a second time, and for those who may not sign.
        """
        self._database.require(Action.REVIEW_SESSION)
        database = self._database
        with database.atomic():
            member = self._staff.acting()
            session = self._standing(session_id)
            signed_by = {
                signature.staff_id for signature in (session.signature, *session.reviews) if signature
            }
            if member.id in signed_by:
                raise not_allowed(Refusal.REVIEW_BY_ANOTHER)
            database.write(
                "INSERT INTO session_review (session_id, staff_id, at) VALUES (?, ?, ?)",
                (str(session_id), str(member.id), database.clock().isoformat()),
            )
            database.changed(Noun.SESSION, session.patient_id)
        return self.get(session_id)

    def void(self, session_id: UUID, reason: str) -> InjectionSession:
        """Declare a session void: it counts nowhere from now on and can be read for ever.

        Its visit stays, with what was measured. NotAllowed as for amend(); InvalidRecord without a reason.
        """
        self._database.require(Action.VOID_SESSION)
        with self._database.atomic(reason.strip()):
            member = self._staff.acting()
            session = self._standing(session_id)
            self._write_void(session, Voiding(member.id, self._database.clock(), reason.strip()))
        return self.get(session_id)

    def move(self, session_id: UUID, to_patient: UUID, reason: str) -> InjectionSession:
        """Move a session with its whole visit (scores, side effects, photos) to the patient it belongs to.

        Here session and visit become void and point there; there both are new, signed by who moves them.
        Gives the session there. NotAllowed as for amend(), and for the same patient; InvalidRecord without a
        reason.
        """
        self._database.require(Action.MOVE_SESSION)
        database = self._database
        with database.atomic(reason.strip()):
            member = self._staff.acting()
            session = self._standing(session_id)
            if session.patient_id == to_patient:
                raise not_allowed(Refusal.SAME_PATIENT)
            visit = replace(self._visits.get(session.visit_id), patient_id=to_patient, id=new_id())
            at = database.clock()
            there = _fresh(
                replace(_with_new_identity(session, visit.id), patient_id=to_patient),
                Signature(member.id, at, SigningMeaning.AMENDED),
            )
            self._visits.write(visit)
            self._write(there)
            self._write_void(session, Voiding(member.id, at, reason.strip(), there.id))
            PhotoTable(database).move(session.visit_id, to_patient, visit.id)
            self._visits.void(session.visit_id)
            database.changed(Noun.SESSION, to_patient)
        return there

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
        database.write_many(
            _ANSWERS.insert_sql,
            [
                _ANSWERS.values(_ANSWERS.row(answer, session_id=session_id, position=position))
                for position, answer in enumerate(session.screening_answers)
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

    def _standing(self, session_id: UUID) -> InjectionSession:
        """The version of this id when it is the one that counts; else NotAllowed."""
        session = self.get(session_id)
        if self._database.value("SELECT 1 FROM injection_session WHERE replaces = ?", (str(session_id),)):
            raise not_allowed(Refusal.CHANGED_MEANWHILE)
        if session.voiding is not None:
            raise not_allowed(Refusal.VOID)
        return session

    def _write_void(self, session: InjectionSession, voiding: Voiding) -> None:
        row = _VOIDS.row(voiding, session_id=str(session.id))
        self._database.write(_VOIDS.insert_sql, _VOIDS.values(row))
        self._database.changed(Noun.SESSION, session.patient_id)

    def _select(self, condition: str, values: tuple[Value, ...]) -> tuple[InjectionSession, ...]:
        database = self._database
        found = database.rows(
            f"SELECT {_SESSIONS.select('s')}, s.signed_by, s.signed_at, s.signed_as FROM injection_session s "
            f"WHERE {condition} ORDER BY s.performed_on, s.signed_at, s.id",
            values,
        )
        if not found:
            return ()
        sites = self._children(_SITES, condition, values)
        overrides = self._children(_OVERRIDES, condition, values)
        answers = self._children(_ANSWERS, condition, values)
        reviews: dict[str, list[Signature]] = {}
        for session_id, staff_id, at in database.rows(
            "SELECT c.session_id, c.staff_id, c.at FROM injection_session s "
            f"JOIN session_review c ON c.session_id = s.id WHERE {condition} ORDER BY c.at",
            values,
        ):
            signature = Signature(UUID(staff_id), datetime.fromisoformat(at), SigningMeaning.REVIEWED)
            reviews.setdefault(session_id, []).append(signature)
        voids = {
            session_id: _VOIDS.record(columns)
            for session_id, *columns in database.rows(
                f"SELECT c.session_id, {_VOIDS.select('c')} FROM injection_session s "
                f"JOIN session_void c ON c.session_id = s.id WHERE {condition}",
                values,
            )
        }
        place = _SESSIONS.fields.index("id")
        return tuple(
            _SESSIONS.record(
                row,
                sites=tuple(sites.get(row[place], ())),
                overrides=tuple(overrides.get(row[place], ())),
                screening_answers=tuple(answers.get(row[place], ())),
                signature=_signature(*row[-3:]),
                reviews=tuple(reviews.get(row[place], ())),
                voiding=voids.get(row[place]),
            )
            for row in found
        )

    def _children(
        self, mapping: RowMapping[ChildT], condition: str, values: tuple[Value, ...]
    ) -> dict[str, list[ChildT]]:
        children: dict[str, list[ChildT]] = {}
        for session_id, *columns in self._database.rows(
            f"SELECT c.session_id, {mapping.select('c')} FROM injection_session s "
            f"JOIN {mapping.table} c ON c.session_id = s.id WHERE {condition} "
            "ORDER BY c.session_id, c.position",
            values,
        ):
            children.setdefault(session_id, []).append(mapping.record(columns))
        return children


def _fresh(session: InjectionSession, signature: Signature) -> InjectionSession:
    """The first version of a session, signed."""
    return replace(
        session,
        version=1,
        replaces=None,
        amendment_reason="",
        signature=signature,
        reviews=(),
        voiding=None,
    )


def _with_new_identity(session: InjectionSession, visit_id: UUID) -> InjectionSession:
    """The same content as another row, with points of its own."""
    return replace(
        session,
        id=new_id(),
        visit_id=visit_id,
        sites=tuple(replace(site, id=new_id()) for site in session.sites),
        reviews=(),
        voiding=None,
    )


def _signature(signed_by: str | None, signed_at: str | None, signed_as: str | None) -> Signature | None:
    if signed_by is None or signed_at is None or signed_as is None:
        return None
    return Signature(UUID(signed_by), datetime.fromisoformat(signed_at), SigningMeaning(signed_as))
