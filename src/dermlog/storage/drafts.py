"""Drafts in the file: what is typed and not yet recorded, kept as typed.

Drafts have no history: they are saved every few seconds and are nobody's record yet.
"""

from __future__ import annotations

from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.draft import Draft
from dermlog.domain.file_fault import Refusal
from dermlog.domain.permission import Action
from dermlog.domain.validity import EARLIEST
from dermlog.domain.visit import Visit, VisitState
from dermlog.errors import not_allowed
from dermlog.storage.database import Database
from dermlog.storage.photos import PhotoTable
from dermlog.storage.restrictions import not_hidden, refuse_hidden
from dermlog.storage.rows import RowMapping, Value
from dermlog.storage.visits import VisitTable

_DRAFTS = RowMapping("draft", Draft)


class DraftTable:
    """Unfinished entries, one for each visit to come."""

    def __init__(self, database: Database, visits: VisitTable, photos: PhotoTable) -> None:
        self._database = database
        self._visits = visits
        self._photos = photos

    def save(self, draft: Draft) -> None:
        """Keep a draft, and its unfinished visit so that photos can be added to it.

        NotAllowed when the visit is recorded already or belongs to another patient.
        """
        self._database.require(Action.SAVE_DRAFT)
        database = self._database
        with database.atomic():
            before = database.row('SELECT state, patient_id, "on" FROM visit WHERE id = ?', (str(draft.id),))
            # The day of a draft may be wrong still; its visit must be one that can exist.
            day = max(EARLIEST, min(draft.on, draft.saved_at.date()))
            if before is None:
                self._visits.write(
                    Visit(
                        patient_id=draft.patient_id,
                        on=day,
                        recorded_by=draft.saved_by,
                        entered_at=draft.saved_at,
                        state=VisitState.DRAFT,
                        id=draft.id,
                    )
                )
            elif before[1] != str(draft.patient_id):
                raise not_allowed(Refusal.OTHER_PATIENT)
            elif before[0] != VisitState.DRAFT.value:
                raise not_allowed(Refusal.ALREADY_RECORDED)
            elif before[2] != day.isoformat():
                database.write('UPDATE visit SET "on" = ? WHERE id = ?', (day.isoformat(), str(draft.id)))
            database.write(_DRAFTS.save_sql, _DRAFTS.values(_DRAFTS.row(draft)))
            database.changed(Noun.DRAFT, draft.patient_id)

    def get(self, draft_id: UUID) -> Draft | None:
        """One draft, or None; None for that of a hidden patient."""
        found = self._select(f"id = ? AND {not_hidden(self._database, 'patient_id')}", (str(draft_id),))
        return found[0] if found else None

    def of_patient(self, patient_id: UUID) -> tuple[Draft, ...]:
        """The drafts of a patient, newest first."""
        refuse_hidden(self._database, patient_id)
        return self._select("patient_id = ?", (str(patient_id),))

    def all(self) -> tuple[Draft, ...]:
        """All drafts but those of hidden patients, newest first."""
        return self._select(not_hidden(self._database, "patient_id"), ())

    def discard(self, draft_id: UUID) -> None:
        """Throw a draft away, with its unfinished visit and the photos added to it."""
        self._database.require(Action.DISCARD_DRAFT)
        database = self._database
        draft = self.get(draft_id)
        if draft is None:
            return
        with database.atomic():
            for photo in self._photos.of_visit(draft_id):
                self._photos.remove(photo.id)
            database.write("DELETE FROM draft WHERE id = ?", (str(draft_id),))
            database.write("DELETE FROM visit WHERE id = ? AND state = 'draft'", (str(draft_id),))
            database.changed(Noun.DRAFT, draft.patient_id)
            database.changed(Noun.VISIT, draft.patient_id)

    def _select(self, condition: str, values: tuple[Value, ...]) -> tuple[Draft, ...]:
        return tuple(
            map(
                _DRAFTS.record,
                self._database.rows(
                    f"SELECT {_DRAFTS.select()} FROM draft WHERE {condition} "
                    "ORDER BY saved_at DESC, rowid DESC",
                    values,
                ),
            )
        )
