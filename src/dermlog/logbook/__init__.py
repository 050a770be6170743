"""Logbook: the whole application without a window; everybody comes in by this door."""

from dermlog.domain.listing import (
    CheckResult,
    DraftRow,
    DueRow,
    LogbookCounts,
    NeedsDoctor,
    PatientHits,
    PatientRow,
    TodayBoard,
)
from dermlog.logbook.backups import Backups
from dermlog.logbook.door import Logbook
from dermlog.logbook.photo_book import ImportResult, PhotoBook, PhotoImporter
from dermlog.logbook.restoring import backups_in, backups_of, restore_backup, undo_restore
from dermlog.logbook.while_shut import note_while_shut

__all__ = [
    "Backups",
    "CheckResult",
    "DraftRow",
    "DueRow",
    "ImportResult",
    "Logbook",
    "LogbookCounts",
    "NeedsDoctor",
    "PatientHits",
    "PatientRow",
    "PhotoBook",
    "PhotoImporter",
    "TodayBoard",
    "backups_in",
    "backups_of",
    "note_while_shut",
    "restore_backup",
    "undo_restore",
]
