"""Saving a follow-up: when somebody corrected it meanwhile, both versions are shown and one is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dermlog.domain.visit import Visit
from dermlog.errors import ChangedMeanwhile
from dermlog.logbook import Logbook
from dermlog.ui.visit_fields.version_choice import Chosen, choose_version


def save_visit(
    logbook: Logbook, visit: Visit, loaded: Visit | None, reason: str, parent: QWidget
) -> Visit | None:
    """Save a visit, loaded being what the form began with; gives what stands, None to go on editing.

    Raises DermlogError when it cannot be saved.
    """
    try:
        logbook.visits.save(visit, reason, based_on=loaded)
    except ChangedMeanwhile as error:
        saved = error.stored
        chosen = choose_version(error, visit, parent)
        if chosen is None or not isinstance(saved, Visit):
            return None
        # Both are written, so that the history has both.
        logbook.visits.save(visit, reason, based_on=saved)
        if chosen is Chosen.SAVED:
            logbook.visits.save(saved, reason, based_on=visit)
            return saved
    return visit
