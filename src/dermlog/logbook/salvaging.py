"""Salvaging a damaged logbook: built anew beside it, and put in its place only when somebody says so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dermlog.domain.access import AccessKind
from dermlog.domain.backup import BackupFault
from dermlog.domain.salvage import Salvaged
from dermlog.errors import DermlogError, backup_not_done

if TYPE_CHECKING:
    from dermlog.storage.lock import WriterLock

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def _silent(_done: int, _of: int) -> None:
    """Nobody looks at the progress."""


def _never() -> bool:
    return False


class Salvage:
    """A logbook built from a damaged one, waiting beside it: found tells what is in it.

    Then either accept() or discard(), once; until then nobody else can open the damaged file for writing.
    """

    def __init__(
        self, path: Path, key: bytes | None, unfinished: Path, found: Salvaged, lock: WriterLock
    ) -> None:
        """Made by salvage_logbook()."""
        self.path = path
        self.found = found
        self._key = key
        self._unfinished = unfinished
        self._lock = lock

    def accept(self, *, now: datetime) -> Path | None:
        """Give the new file the name of the logbook; gives where the damaged one was set aside, read-only.

        BackupNotDone when the disk refuses; the damaged file has its name then.
        """
        from dermlog.logbook.door import Logbook  # noqa: PLC0415 - rarely needed
        from dermlog.storage.backup_files import fault_of  # noqa: PLC0415 - rarely needed
        from dermlog.storage.restore import put_in_place  # noqa: PLC0415 - rarely needed

        try:
            aside = put_in_place(self._unfinished, self.path, now)
        except OSError as error:
            raise fault_of(error) from error
        finally:
            self._lock.release()
        if aside is not None:
            with suppress(OSError):
                aside.chmod(0o400)
        # That the file is not the one it was belongs into its log; a note that fails changes nothing.
        with suppress(DermlogError), Logbook.open(self.path, key=self._key, clock=lambda: now) as logbook:
            found = self.found
            logbook.accesses.note(
                AccessKind.SALVAGED,
                detail=f"unreadable {found.unreadable} lost {found.lost} photos {found.lost_photos}",
            )
        return aside

    def discard(self) -> None:
        """Take the new file away; the damaged one is as it was."""
        from dermlog.storage.backup_files import remove  # noqa: PLC0415 - rarely needed

        remove(self._unfinished)
        self._lock.release()


def salvage_logbook(
    path: Path,
    *,
    key: bytes | None,
    now: datetime,
    progress: Progress = _silent,
    cancelled: Cancelled = _never,
) -> Salvage:
    """Save everything that a damaged logbook, its history, its backups and photo packs still give.

    The damaged file must be closed, and is only read. BackupNotDone when nothing can be saved: neither a
    readable row nor a backup.
    """
    from dermlog.logbook.restoring import backups_of  # noqa: PLC0415 - rarely needed, all of these
    from dermlog.storage.backup_files import STEP_FAULTS, Watch, fault_of  # noqa: PLC0415
    from dermlog.storage.erasing import erase_again  # noqa: PLC0415
    from dermlog.storage.erasing_list import known_erasures  # noqa: PLC0415
    from dermlog.storage.lock import Held, WriterLock  # noqa: PLC0415
    from dermlog.storage.salvage import salvage  # noqa: PLC0415

    try:
        lock = WriterLock(path, "", now)
    except Held as error:
        raise backup_not_done(BackupFault.OPEN_ELSEWHERE) from error
    except OSError as error:
        raise fault_of(error) from error
    try:
        backups = backups_of(path, now=now)
        erased = known_erasures(backups[0], path, key, now) if backups else ()
        unfinished, found = salvage(
            path,
            key,
            backups,
            backup_key=key,
            reapply=lambda made: erase_again(made, key, lambda: now, erased),
            watch=Watch(progress, cancelled),
        )
    except STEP_FAULTS as error:
        lock.release()
        raise fault_of(error) from error
    except BaseException:
        lock.release()
        raise
    return Salvage(path, key, unfinished, found, lock)
