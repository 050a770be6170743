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
from dermlog.logbook.keys import (
    Patience,
    SlotPerson,
    Unlocked,
    is_locked,
    password_fault,
    patience_with,
    people_of,
    people_of_backup,
    read_code,
    unlock,
    unlock_backup,
    unlock_with_code,
)
from dermlog.logbook.leaving import Leaving, import_export, look_at_export
from dermlog.logbook.photo_book import ImportResult, PhotoBook, PhotoImporter
from dermlog.logbook.photo_mending import restore_photo
from dermlog.logbook.restoring import (
    backups_in,
    backups_of,
    restore_backup,
    restore_guide,
    save_restore_guide,
    set_aside_files,
    take_back,
    undo_restore,
)
from dermlog.logbook.salvaging import Salvage, salvage_logbook
from dermlog.logbook.while_shut import note_while_shut

__all__ = [
    "Backups",
    "CheckResult",
    "DraftRow",
    "DueRow",
    "ImportResult",
    "Leaving",
    "Logbook",
    "LogbookCounts",
    "NeedsDoctor",
    "Patience",
    "PatientHits",
    "PatientRow",
    "PhotoBook",
    "PhotoImporter",
    "Salvage",
    "SlotPerson",
    "TodayBoard",
    "Unlocked",
    "backups_in",
    "backups_of",
    "import_export",
    "is_locked",
    "look_at_export",
    "note_while_shut",
    "password_fault",
    "patience_with",
    "people_of",
    "people_of_backup",
    "read_code",
    "restore_backup",
    "restore_guide",
    "restore_photo",
    "salvage_logbook",
    "save_restore_guide",
    "set_aside_files",
    "take_back",
    "undo_restore",
    "unlock",
    "unlock_backup",
    "unlock_with_code",
]
