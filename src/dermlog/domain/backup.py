"""Backups as the clinic sees them: one dated set in a place, how far it is proven, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from uuid import UUID

GOOD_UNTIL = timedelta(days=3)
"""A proven backup younger than this shows green: a weekend is no alarm."""
CAUTION_UNTIL = timedelta(days=7)
"""Younger than this it shows amber, older red."""
DRILL_EVERY = timedelta(days=30)
"""So often a backup is restored beside the logbook to prove that it can be."""
UNPLUG_WITHIN = timedelta(days=30)
"""A drive that was never away for longer than this goes with the PC when both are stolen."""


class BackupFault(Enum):
    """Why a backup, a restore or a copy was not made; nothing of the records was changed."""

    NO_PLACE = "no_place"
    PLACE_MISSING = "place_missing"
    PLACE_READ_ONLY = "place_read_only"
    DISK_FULL = "disk_full"
    DISK = "disk"
    RECORDS_DAMAGED = "records_damaged"
    NOT_PROVEN = "not_proven"
    BACKUP_DAMAGED = "backup_damaged"
    WRONG_KEY = "wrong_key"
    NEWER = "newer"
    OPEN_ELSEWHERE = "open_elsewhere"
    STOPPED = "stopped"


class Light(Enum):
    """How safe the records are, by the age of the last proven backup."""

    GOOD = "good"
    CAUTION = "caution"
    DANGER = "danger"
    SAMPLE = "sample"


@dataclass(frozen=True)
class BackupSet:
    """One dated backup; its photos lie in the packs beside it.

    entries are recorded visits. sequence is the number of the newest change in it, newest_at its time.
    proven_at: when it was last opened and read back; drilled_at: when it was last restored on trial, and how
    many seconds that took; None when never. damaged_photos could not be read when the set was made.
    """

    folder: Path
    made_at: datetime
    logbook: str
    logbook_id: str
    file_format: int
    app_version: str
    patients: int
    sessions: int
    entries: int
    photos: int
    sequence: int
    newest_at: datetime | None
    chain_head: str
    state: str
    records_bytes: int
    records_sha256: str
    rows: tuple[tuple[str, int], ...] = field(repr=False)
    damaged_photos: int = 0
    locked: bool = False
    proven_at: datetime | None = None
    drilled_at: datetime | None = None
    drill_seconds: int | None = None

    @property
    def row_count(self) -> int:
        """All rows of all tables."""
        return sum(count for _table, count in self.rows)


@dataclass(frozen=True)
class BackupPlace:
    """A folder that backups go to; present: it can be reached now; absent_at: when it last could not.

    is_own: the folder of the logbook itself, which cannot be unplugged.
    """

    folder: Path
    present: bool
    added_at: datetime
    absent_at: datetime | None = None
    is_own: bool = False

    def should_be_unplugged(self, now: datetime) -> bool:
        """Whether it has been within reach of a thief or a virus for too long."""
        if self.is_own:
            return False
        return self.present and now - (self.absent_at or self.added_at) > UNPLUG_WITHIN


@dataclass(frozen=True)
class BackupState:
    """What the status light says: the newest proven set and the newest trial restore, over all places."""

    light: Light
    proven: BackupSet | None
    drilled: BackupSet | None
    places: tuple[BackupPlace, ...]

    @property
    def proven_at(self) -> datetime | None:
        """When a backup was last opened and read back."""
        return None if self.proven is None else self.proven.proven_at


@dataclass(frozen=True)
class BackupDone:
    """What one run did: the set of each place, faults by place, and packs that hold new photos."""

    sets: tuple[BackupSet, ...]
    faults: tuple[tuple[Path, BackupFault], ...] = ()
    new_photos: int = 0
    shrunk: bool = False


@dataclass(frozen=True)
class MissingEntry:
    """A visit that the present logbook has and a backup lacks, or has in an earlier wording."""

    patient_id: UUID
    patient: str
    on: date
    entered_at: datetime
    has_session: bool
    changed_only: bool


@dataclass(frozen=True)
class BackupComparison:
    """A backup against the present logbook.

    lacks: visits, newest first; other_changes: further changes that it lacks (patients, photos).
    ahead: changes that the backup has and the present file has not; related False: another logbook's backup,
    nothing was compared.
    """

    entries: int
    entries_now: int
    lacks: tuple[MissingEntry, ...]
    other_changes: int
    ahead: int
    related: bool = True


@dataclass(frozen=True)
class Restored:
    """A finished restore: the logbook, the file set aside (None where there was none), photos it lacks."""

    logbook: Path
    set_aside: Path | None
    entries: int
    photos: int
    missing_photos: int
    seconds: float


def light_for(proven_at: datetime | None, now: datetime) -> Light:
    """The light for the time of the last proven backup."""
    if proven_at is None:
        return Light.DANGER
    age = now - proven_at
    if age <= GOOD_UNTIL:
        return Light.GOOD
    return Light.CAUTION if age <= CAUTION_UNTIL else Light.DANGER
