"""Leaving: what an export holds, what an import brought, and why either was not made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from dermlog.domain.clinic import Clinic
from dermlog.domain.staff import Staff


class PhotoChoice(Enum):
    """What becomes of the photos in an export.

    AS_THEY_CAME: byte for byte, with what the camera wrote into them, for moving a whole logbook.
    CLEANED: new JPEGs of the picture alone, and only where the patient's consent to photos holds.
    """

    AS_THEY_CAME = "as_they_came"
    CLEANED = "cleaned"
    NONE = "none"


class LeavingFault(Enum):
    """Why an export or an import was not made; nothing half-made stays."""

    FOLDER_MISSING = "folder_missing"
    NOT_WRITABLE = "not_writable"
    DISK_FULL = "disk_full"
    DISK = "disk"
    ALREADY_THERE = "already_there"
    NOT_PROVEN = "not_proven"
    STOPPED = "stopped"
    RESTRICTED = "restricted"
    NOT_THERE = "not_there"
    NOT_VALID = "not_valid"
    INCOMPLETE = "incomplete"
    NEWER = "newer"


@dataclass(frozen=True)
class Exported:
    """A finished export: where it lies, how much it holds, and what was left out.

    photos_withheld: no consent to photos holds. photos_unreadable: damaged, or could not be cleaned.
    patients_restricted: their entries are restricted and stayed behind. digest is that of the records.
    """

    path: Path
    patients: int
    photos: int
    files: int
    digest: str
    photos_withheld: int = 0
    photos_unreadable: int = 0
    patients_restricted: int = 0


@dataclass(frozen=True)
class Imported:
    """A finished import: the new logbook and what it holds; missing_photos were not in the export."""

    logbook: Path
    patients: int
    photos: int
    digest: str
    missing_photos: int = 0
    with_history: bool = False


@dataclass(frozen=True)
class ExportFacts:
    """What an export says of itself, to be shown before it is imported; owners may set the passwords."""

    clinic: Clinic
    made_at: datetime
    whole: bool
    patients: int
    photos: int
    owners: tuple[Staff, ...]
