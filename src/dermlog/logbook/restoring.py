"""Restoring where no logbook is open: finding backups in a folder, putting one in place, swapping back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dermlog.changes import Changes
from dermlog.domain.access import AccessKind
from dermlog.domain.backup import BackupFault, BackupSet, Restored
from dermlog.domain.erasure import Erasure
from dermlog.errors import DermlogError, backup_not_done

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def _silent(_done: int, _of: int) -> None:
    """Nobody looks at the progress."""


def _never() -> bool:
    return False


def backups_in(folder: Path) -> tuple[BackupSet, ...]:
    """Every backup in a folder that somebody chose, of whatever logbook, newest first; needs no key."""
    from dermlog.storage.backup_place import sets_below  # noqa: PLC0415

    return sets_below(folder)


def backups_of(logbook: Path, *, now: datetime) -> tuple[BackupSet, ...]:
    """The backups of a logbook that cannot be opened itself, in the places chosen for it, newest first."""
    from dermlog.storage.backup_place import PlaceList, sets_below  # noqa: PLC0415

    places = [place.folder for place in PlaceList(logbook).all(now) if place.present]
    found = {one.folder: one for place in places for one in sets_below(place) if one.logbook == logbook.name}
    return tuple(sorted(found.values(), key=lambda one: one.made_at, reverse=True))


def restore_backup(
    one: BackupSet,
    target: Path,
    *,
    key: bytes | None,
    now: datetime,
    progress: Progress = _silent,
    cancelled: Cancelled = _never,
) -> Restored:
    """Put the logbook of a backup at target, which must be closed; a file that is there is set aside.

    Who was erased since is erased again.
    BackupNotDone when it fails; nothing was changed then.
    """
    from dermlog.storage.backup_files import Watch  # noqa: PLC0415
    from dermlog.storage.erasing_list import known_erasures  # noqa: PLC0415
    from dermlog.storage.restore import restore  # noqa: PLC0415

    erased = known_erasures(one, target, key, now)
    return restore(
        one,
        target,
        key,
        now,
        backup_key=key,
        reapply=lambda path: _finish(path, key, now, one, erased),
        watch=Watch(progress, cancelled),
    )


def _finish(
    path: Path, key: bytes | None, now: datetime, one: BackupSet, erased: tuple[Erasure, ...]
) -> None:
    """Bring the file of a restore to the format of today, erase again, and note where it came from."""
    from dermlog.storage import migrations  # noqa: PLC0415
    from dermlog.storage.accesses import AccessTable  # noqa: PLC0415
    from dermlog.storage.database import Database  # noqa: PLC0415
    from dermlog.storage.erasing import erase_again  # noqa: PLC0415
    from dermlog.storage.upgrading import upgrade_new  # noqa: PLC0415

    if one.file_format < migrations.FORMAT:
        upgrade_new(path, key)
    erase_again(path, key, lambda: now, erased)
    with closing(Database(path, key=key, clock=lambda: now, changes=Changes())) as database:
        detail = f"{one.sequence} of {one.made_at:%Y-%m-%d %H%M}"
        AccessTable(database).note(AccessKind.RESTORED, detail=detail)


def restore_guide(logbook: Logbook) -> bytes:
    """How to restore this logbook, as a PDF of one page for the safe."""
    from dermlog.report.restore_guide import GuideFacts, write_restore_guide  # noqa: PLC0415

    return write_restore_guide(
        GuideFacts(
            clinic=logbook.clinic.get().name,
            file_name=logbook.path.name,
            made_on=logbook.today(),
            locked=logbook.keys.locked,
            places=tuple(str(place.folder) for place in logbook.backups.places()),
        )
    )


def save_restore_guide(logbook: Logbook, path: Path) -> None:
    """Write that page to a PDF file, whole or not at all; NotPrinted when it cannot be."""
    from dermlog.logbook.printed_report import write_file  # noqa: PLC0415

    write_file(restore_guide(logbook), path)


def undo_restore(restored: Restored, *, now: datetime, key: bytes | None = None) -> Path | None:
    """Swap back: the file that was set aside takes its name again; gives where the restored one went.

    Who was erased from the restored one meanwhile is erased from the other too; key is that of both.
    """
    from dermlog.storage.key_file import take_slots_back  # noqa: PLC0415
    from dermlog.storage.restore import put_in_place  # noqa: PLC0415

    if restored.set_aside is None:
        return None
    _erase_as_in(restored.logbook, restored.set_aside, key, now)
    aside = put_in_place(restored.set_aside, restored.logbook, now)
    take_slots_back(restored.set_aside, restored.logbook, aside)
    return aside


def set_aside_files(logbook: Path) -> tuple[Path, ...]:
    """Files that a restore or a salvage of this logbook set aside, the newest first."""
    try:
        found = [
            (path.stat().st_mtime, path)
            for path in logbook.parent.iterdir()
            if path.suffix == logbook.suffix and path.name.startswith(f"{logbook.stem} (set aside ")
        ]
    except OSError:
        return ()
    return tuple(path for _time, path in sorted(found, reverse=True))


def _erase_as_in(present: Path, aside: Path, key: bytes | None, now: datetime) -> None:
    """Erase from a file that was set aside whoever is erased from the present one."""
    from dermlog.storage.driver import FAULTS  # noqa: PLC0415
    from dermlog.storage.erasing import erase_again, erasures_of  # noqa: PLC0415

    # It may be damaged, or have another key: then it comes back as it was.
    with suppress(DermlogError, OSError, *FAULTS):
        erase_again(aside, key, lambda: now, erasures_of(present, key))


def take_back(aside: Path, logbook: Path, *, now: datetime, key: bytes | None = None) -> Path | None:
    """Give a file that was set aside the name of the logbook again; gives where the present one went.

    The logbook must be closed; key is that of both. Who was erased since is erased again.
    BackupNotDone when it is open elsewhere or the disk refuses.
    """
    from dermlog.storage.backup_files import fault_of  # noqa: PLC0415
    from dermlog.storage.lock import Held, WriterLock  # noqa: PLC0415
    from dermlog.storage.restore import put_in_place  # noqa: PLC0415

    try:
        lock = WriterLock(logbook, "", now)
    except Held as error:
        raise backup_not_done(BackupFault.OPEN_ELSEWHERE) from error
    except OSError as error:
        raise fault_of(error) from error
    try:
        aside.chmod(0o600)
        _erase_as_in(logbook, aside, key, now)
        return put_in_place(aside, logbook, now)
    except OSError as error:
        raise fault_of(error) from error
    finally:
        lock.release()
