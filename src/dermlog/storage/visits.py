"""Visits in the file, with their scores, side effects and warning signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.file_fault import Refusal
from dermlog.domain.instrument import Score
from dermlog.domain.permission import Action
from dermlog.domain.side_effect import SideEffect, WarningSign
from dermlog.domain.visit import Acknowledgement, Visit, VisitState
from dermlog.errors import not_allowed
from dermlog.storage.children import save_children
from dermlog.storage.database import Database
from dermlog.storage.meanwhile import changed_by
from dermlog.storage.restrictions import refuse_hidden
from dermlog.storage.rows import Row, RowMapping, Value
from dermlog.storage.staff import StaffTable

_VISITS = RowMapping(
    "visit", Visit, omit=("scores", "side_effects", "warning_signs"), extra=("warning_signs_asked",)
)
_SCORES = RowMapping("score", Score, blank=("zone",))
_EFFECTS = RowMapping("side_effect", SideEffect, blank=("place", "side"))
_ACKNOWLEDGEMENTS = RowMapping("acknowledgement", Acknowledgement, key=("visit_id",))
_TABLES = ("visit", "score", "side_effect", "visit_warning_sign")
_SCORE_KEY = ("visit_id", "instrument", "rater", "variant", "zone", "device")
_EFFECT_KEY = ("visit_id", "term", "place", "side", "label")
ChildT = TypeVar("ChildT", Score, SideEffect)


class VisitTable:
    """Visits of the logbook's patients."""

    def __init__(self, database: Database, staff: StaffTable) -> None:
        self._database = database
        self._staff = staff

    def of_patient(self, patient_id: UUID) -> tuple[Visit, ...]:
        """The recorded visits of a patient, in order of time."""
        refuse_hidden(self._database, patient_id)
        return self.select("v.patient_id = ? AND v.state = 'recorded'", (str(patient_id),))

    def get(self, visit_id: UUID) -> Visit:
        """One visit, recorded or unfinished; NotAllowed when there is none, or its patient is hidden."""
        found = self.select("v.id = ?", (str(visit_id),))
        if not found:
            raise not_allowed(Refusal.NOT_THERE)
        refuse_hidden(self._database, found[0].patient_id)
        return found[0]

    def save(self, visit: Visit, reason: str = "", based_on: Visit | None = None) -> None:
        """Record a visit, or correct a recorded one; its draft goes in the same step.

        reason goes into the history. based_on: the visit as it was loaded; ChangedMeanwhile when it stands
        differently now. NotAllowed when it belongs to another patient, or would move a signed
        session to another day.
        """
        self._database.require(Action.RECORD_VISIT)
        with self._database.atomic(reason):
            if based_on is not None:
                stored = self.get(visit.id)
                if stored not in (based_on, visit):
                    raise changed_by(self._database, visit.id, _TABLES, stored)
            self.write(replace(visit, state=VisitState.RECORDED))
            self._remove_draft(visit)

    def void(self, visit_id: UUID) -> None:
        """Take a recorded visit out of the course, inside a step with its reason; every word of it stays."""
        visit = self.get(visit_id)
        self._database.write("UPDATE visit SET state = 'void' WHERE id = ?", (str(visit_id),))
        self._database.changed(Noun.VISIT, visit.patient_id)

    def acknowledge(self, visit_id: UUID, note: str = "") -> Acknowledgement:
        """A doctor has seen the warning signs; NotAllowed for others, without a sign, or a second time."""
        self._database.require(Action.ACKNOWLEDGE_WARNING)
        with self._database.atomic():
            member = self._staff.acting()
            visit = self.get(visit_id)
            if not visit.warning_signs:
                raise not_allowed(Refusal.NO_WARNING_SIGN)
            if visit_id in self.acknowledgements(visit.patient_id):
                raise not_allowed(Refusal.ALREADY_ACKNOWLEDGED)
            done = Acknowledgement(visit_id, member.id, self._database.clock(), note)
            row = _ACKNOWLEDGEMENTS.row(done)
            self._database.write(_ACKNOWLEDGEMENTS.insert_sql, _ACKNOWLEDGEMENTS.values(row))
            self._database.changed(Noun.VISIT, visit.patient_id)
        return done

    def acknowledgements(self, patient_id: UUID) -> dict[UUID, Acknowledgement]:
        """Who has acknowledged which visit of a patient; NotAllowed when restricted."""
        refuse_hidden(self._database, patient_id)
        found = map(
            _ACKNOWLEDGEMENTS.record,
            self._database.rows(
                f"SELECT {_ACKNOWLEDGEMENTS.select('a')} FROM acknowledgement a "
                "JOIN visit v ON v.id = a.visit_id WHERE v.patient_id = ?",
                (str(patient_id),),
            ),
        )
        return {done.visit_id: done for done in found}

    def write(self, visit: Visit) -> None:
        """Write a visit as it is, inside a step; the laws of save() hold."""
        database, visit_id = self._database, str(visit.id)
        before = database.row(
            "SELECT v.patient_id, v.state, s.performed_on FROM visit v LEFT JOIN current_session s "
            "ON s.visit_id = v.id WHERE v.id = ?",
            (visit_id,),
        )
        if before is not None:
            patient_id, state, performed_on = before
            if patient_id != str(visit.patient_id):
                raise not_allowed(Refusal.OTHER_PATIENT)
            if state == VisitState.VOID.value:
                raise not_allowed(Refusal.VOID)
            if state == VisitState.RECORDED.value and visit.state is VisitState.DRAFT:
                raise not_allowed(Refusal.ALREADY_RECORDED)
            if performed_on is not None and performed_on != visit.on.isoformat():
                raise not_allowed(Refusal.SIGNED_DATE)
        row = _VISITS.row(visit, warning_signs_asked=int(visit.warning_signs is not None))
        database.write(_VISITS.save_sql, _VISITS.values(row))
        owner = ("visit_id", visit_id)
        save_children(database, "score", _SCORE_KEY, owner, _children(_SCORES, visit_id, visit.scores))
        save_children(
            database, "side_effect", _EFFECT_KEY, owner, _children(_EFFECTS, visit_id, visit.side_effects)
        )
        signs: list[Row] = [
            {"visit_id": visit_id, "sign": sign.value, "position": position}
            for position, sign in enumerate(dict.fromkeys(visit.warning_signs or ()))
        ]
        save_children(database, "visit_warning_sign", ("visit_id", "sign"), owner, signs)
        database.changed(Noun.VISIT, visit.patient_id)

    def _remove_draft(self, visit: Visit) -> None:
        if self._database.write("DELETE FROM draft WHERE id = ?", (str(visit.id),)):
            self._database.changed(Noun.DRAFT, visit.patient_id)

    def select(self, condition: str, values: tuple[Value, ...]) -> tuple[Visit, ...]:
        """Visits v for which an SQL condition holds, in order of time."""
        database = self._database
        found = database.rows(
            f"SELECT {_VISITS.select('v')}, v.warning_signs_asked FROM visit v WHERE {condition} "
            'ORDER BY v."on", v.entered_at, v.id',
            values,
        )
        if not found:
            return ()
        scores: dict[str, list[Score]] = {}
        effects: dict[str, list[SideEffect]] = {}
        signs: dict[str, list[WarningSign]] = {}
        for visit_id, *columns in self._children_of("score", _SCORES.select("c"), condition, values):
            scores.setdefault(visit_id, []).append(_SCORES.record(columns))
        for visit_id, *columns in self._children_of("side_effect", _EFFECTS.select("c"), condition, values):
            effects.setdefault(visit_id, []).append(_EFFECTS.record(columns))
        for visit_id, sign in self._children_of("visit_warning_sign", 'c."sign"', condition, values):
            signs.setdefault(visit_id, []).append(WarningSign(sign))
        place = _VISITS.fields.index("id")
        return tuple(
            _VISITS.record(
                row,
                scores=tuple(scores.get(row[place], ())),
                side_effects=tuple(effects.get(row[place], ())),
                warning_signs=tuple(signs.get(row[place], ())) if row[-1] else None,
            )
            for row in found
        )

    def _children_of(
        self, table: str, columns: str, condition: str, values: tuple[Value, ...]
    ) -> list[tuple[str, ...]]:
        return self._database.rows(
            f"SELECT c.visit_id, {columns} FROM visit v JOIN {table} c ON c.visit_id = v.id "
            f"WHERE {condition} ORDER BY c.visit_id, c.position",
            values,
        )


def _children(mapping: RowMapping[ChildT], visit_id: str, records: Iterable[ChildT]) -> list[Row]:
    return [
        mapping.row(record, visit_id=visit_id, position=position) for position, record in enumerate(records)
    ]
