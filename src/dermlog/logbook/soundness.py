"""How sound the open file and its disk are: a quick check once a day, and a word before the disk is full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING

from dermlog.domain.access import AccessKind
from dermlog.errors import NotRead
from dermlog.file_sentences import little_room_sentence
from dermlog.storage.database import Database

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook

LITTLE_ROOM = 2 << 30
"""Free bytes below which the disk is told of: a day of photos and one backup still fit."""
LOOK_EVERY = timedelta(days=1)
_QUICK = "quick"


class Soundness:
    """Whether the pages of one open logbook can still be read. May be used from any thread.

    was_unclean: the file was not closed properly the last time, so that a look is due at once. found_damage:
    what the newest look of this opening said.
    """

    def __init__(self, database: Database, second_connection: Callable[[], Logbook]) -> None:
        self._database = database
        self._second_connection = second_connection
        self.was_unclean = False
        self.found_damage = False

    def is_due(self) -> bool:
        """Whether the file was not read through for a day, or was not closed properly."""
        if not self._database.writable:
            return False
        if self.was_unclean:
            return True
        with self._second_connection() as other:
            last = other.accesses.newest(AccessKind.CHECKED, _QUICK)
        return last is None or self._database.clock() - last.at >= LOOK_EVERY

    def look(self) -> bool:
        """Read every page of the file once (some seconds for each gigabyte); False when one is damaged."""
        with self._second_connection() as other:
            database = other.backups.database_of_this_thread
            try:
                sound = bool(database.value("PRAGMA quick_check") == "ok")
            except NotRead:
                sound = False
        self.was_unclean, self.found_damage = False, not sound
        # Another connection: one damaged page spoils the one that met it.
        with self._second_connection() as other:
            other.accesses.note(AccessKind.CHECKED, detail=f"{_QUICK} {'sound' if sound else 'damaged'}")
        return sound


def room_notices(path: Path) -> tuple[str, ...]:
    """The sentence about a disk that is nearly full, or nothing."""
    try:
        free = disk_usage(path.absolute().parent).free
    except OSError:
        return ()
    return (little_room_sentence(free),) if free < LITTLE_ROOM else ()
