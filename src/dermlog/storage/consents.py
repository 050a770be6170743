"""Consents in the file."""

from __future__ import annotations

from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.consent import Consent
from dermlog.domain.permission import Action
from dermlog.storage.database import Database
from dermlog.storage.restrictions import refuse_hidden
from dermlog.storage.rows import RowMapping

_CONSENTS = RowMapping("consent", Consent)


class ConsentTable:
    """Consents of the logbook's patients; a withdrawal is a save with its date, nothing is deleted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_patient(self, patient_id: UUID) -> tuple[Consent, ...]:
        """All consents of a patient, withdrawn ones too, oldest first."""
        refuse_hidden(self._database, patient_id)
        return tuple(
            map(
                _CONSENTS.record,
                self._database.rows(
                    f"SELECT {_CONSENTS.select()} FROM consent WHERE patient_id = ? ORDER BY given_on, rowid",
                    (str(patient_id),),
                ),
            )
        )

    def save(self, consent: Consent) -> None:
        """Add or change a consent."""
        self._database.require(Action.RECORD_CONSENT)
        with self._database.atomic():
            self._database.write(_CONSENTS.save_sql, _CONSENTS.values(_CONSENTS.row(consent)))
            self._database.changed(Noun.CONSENT, consent.patient_id)
