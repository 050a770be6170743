"""Saving a patient: when somebody changed them meanwhile, both versions are shown and one is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from dermlog.domain.consent import Consent
from dermlog.domain.patient import Patient
from dermlog.errors import ChangedMeanwhile
from dermlog.logbook import Logbook
from dermlog.ui.visit_fields.version_choice import Chosen, choose_version


def save_patient(
    logbook: Logbook, patient: Patient, loaded: Patient | None, consents: Iterable[Consent], parent: QWidget
) -> bool:
    """Save a patient with consents, loaded being what the form began with; False to go on editing.

    Raises DermlogError or InvalidRecord when it cannot be saved.
    """
    given = tuple(consents)
    try:
        with logbook.in_one_step():
            logbook.patients.save(patient, based_on=loaded)
            for consent in given:
                logbook.consents.save(consent)
    except ChangedMeanwhile as error:
        saved = error.stored
        chosen = choose_version(error, patient, parent)
        if chosen is None or not isinstance(saved, Patient):
            return False
        with logbook.in_one_step():
            # Both are written, so that the history has both.
            logbook.patients.save(patient, based_on=saved)
            if chosen is Chosen.SAVED:
                logbook.patients.save(saved, based_on=patient)
            for consent in given:
                logbook.consents.save(consent)
    return True
