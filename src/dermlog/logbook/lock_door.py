"""The part of the door that locks: making an encrypted logbook, taking its key away, taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.domain.clinic import Clinic
from dermlog.domain.file_fault import OpeningFault
from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.staff import Staff
from dermlog.errors import not_opened
from dermlog.logbook.key_ring import KeyRing, lay_first_slots, take_slots_away
from dermlog.storage.database import Clock, Database
from dermlog.storage.unlocking import Unlocked

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook

LONGEST_WAIT = 5.0
"""Seconds that locking waits for work under way."""


class LockDoor:
    """What every Logbook can do about its lock."""

    keys: KeyRing
    _database: Database

    @staticmethod
    def create_locked(
        path: Path,
        clinic: Clinic,
        staff: Iterable[Staff],
        passwords: Mapping[UUID, str],
        code: RecoveryCode,
        *,
        clock: Clock | None = None,
    ) -> Logbook:
        """Make an encrypted file whose key comes from the code, with these passwords, and open it.

        LogbookNotOpened as create(); NotUnlocked when a password will not do or there is none; nothing is
        left behind then. Slow (0.4 s for each password): not in the window's thread.
        """
        from dermlog.logbook.door import Logbook, local_time  # noqa: PLC0415 - the door is made of this part
        from dermlog.storage.making import check_place  # noqa: PLC0415 - nothing heavy before it is needed

        path, members, clock = Path(path), tuple(staff), clock or local_time
        check_place(path)
        key = lay_first_slots(path, clinic.name, members, passwords, code, now=clock())
        try:
            logbook = Logbook.create(path, clinic, members, key=key, clock=clock)
        except BaseException:
            take_slots_away(path)
            raise
        known = [member for member in members if member.id in passwords]
        logbook.act_as(min(known, key=lambda member: not member.may_sign).id)
        return logbook

    @property
    def is_locked(self) -> bool:
        """Whether the key was taken away: until unlock() everything asked of the logbook is NotUnlocked."""
        return self._database.held.is_dropped

    def lock(self, patience: float = LONGEST_WAIT) -> None:
        """Fold the file and take the key away from every connection; a second call does nothing.

        Work under way in other threads may end first, for at most so many seconds; what has begun a step then
        still ends that step. NotUnlocked when the file is not encrypted. Call it in the logbook's thread,
        after drafts are saved.
        """
        self.keys.lock(patience)

    def unlock(self, unlocked: Unlocked) -> None:
        """Take the key back, and write as whoever unlocked; NotUnlocked when it is another key.

        LogbookNotOpened when the file was moved, renamed or deleted while it was locked; it stays locked.
        """
        path = self._database.path
        if self.is_locked and not path.exists():
            # The driver would call it a disk that cannot be read.
            raise not_opened(OpeningFault.MISSING, path.name)
        self.keys.unlock(unlocked)
