"""Salvage: how much of a damaged file could be read, and where the rest came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Salvaged:
    """What is in the file built from a damaged one; an entry is one row of records, history or photos.

    entries: all that the damaged file held, as far as that is known. unreadable of them could not be read
    there or were not as they had been saved; from_history and from_backup of these came back, lost did not.
    lost_photos: pictures whose bytes are damaged and in no pack; they show as damaged. backup_at: the time of
    the newest backup that was looked into, None where there was none. only_backup: nothing of the file itself
    could be read, so nobody can tell what it held beyond that backup.
    """

    entries: int
    unreadable: int
    from_history: int
    from_backup: int
    lost: int
    photos_from_backup: int = 0
    lost_photos: int = 0
    backup_at: datetime | None = None
    only_backup: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lost."""
        return not self.lost and not self.lost_photos and not self.only_backup
