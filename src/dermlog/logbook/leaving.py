"""Leaving as the logbook offers it: one patient or everything, in open formats; and coming back from one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.domain.leaving import Exported, ExportFacts, Imported, PhotoChoice
from dermlog.domain.permission import Action
from dermlog.storage.database import Database

if TYPE_CHECKING:
    from dermlog.domain.recovery import RecoveryCode
    from dermlog.logbook.door import Logbook
    from dermlog.storage.database import Clock

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def _silent(_done: int, _of: int) -> None:
    """Nobody looks."""


def _never() -> bool:
    return False


class Leaving:
    """Exports of one open logbook. Its methods may be called from any thread: they read on their own."""

    def __init__(self, database: Database, second_connection: Callable[[], Logbook]) -> None:
        self._database = database
        self._second_connection = second_connection

    def export_patient(
        self,
        patient_id: UUID,
        target: Path,
        *,
        as_zip: bool = True,
        photos: PhotoChoice = PhotoChoice.CLEANED,
        reports: bool = True,
        progress: Progress = _silent,
        cancelled: Cancelled = _never,
    ) -> Exported:
        """Write the records of one patient to a new folder or ZIP; LeavingNotDone, and nothing stays then.

        NotAllowed for whoever may not. Without the history: it names others.
        """
        from dermlog.logbook.export_run import ExportRun  # noqa: PLC0415 - rarely needed

        self._database.require(Action.EXPORT_PATIENT)
        with self._second_connection() as other:
            run = ExportRun(
                other, target, as_zip=as_zip, photos=photos, progress=progress, cancelled=cancelled
            )
            return run.one_patient(patient_id, reports=reports)

    def export_everything(
        self,
        target: Path,
        *,
        as_zip: bool = True,
        photos: PhotoChoice = PhotoChoice.AS_THEY_CAME,
        reports: bool = True,
        plain_file: bool = True,
        with_restricted: bool = False,
        progress: Progress = _silent,
        cancelled: Cancelled = _never,
    ) -> Exported:
        """Write the whole logbook to a new folder or ZIP; LeavingNotDone, and nothing stays then.

        NotAllowed for whoever may not. The history goes along unless restricted patients stay behind.
        plain_file: also as a SQLite file that anything reads.
        """
        from dermlog.logbook.export_run import ExportRun  # noqa: PLC0415 - rarely needed

        self._database.require(Action.EXPORT_EVERYTHING)
        with self._second_connection() as other:
            run = ExportRun(
                other, target, as_zip=as_zip, photos=photos, progress=progress, cancelled=cancelled
            )
            return run.everything(reports=reports, plain_file=plain_file, with_restricted=with_restricted)

    def digest(self, progress: Progress | None = None) -> str:
        """The canonical SHA-256 of all records and photos, hexadecimal; equal logbooks have equal ones."""
        from dermlog.storage.leaving.faults import STEP_FAULTS, leaving_fault  # noqa: PLC0415
        from dermlog.storage.leaving.snapshot import snapshot  # noqa: PLC0415

        with self._second_connection() as other:
            try:
                with snapshot(other._database) as moment:
                    return moment.digest(progress)
            except STEP_FAULTS as error:
                raise leaving_fault(error, self._database.path.name) from error


def look_at_export(source: Path, *, cancelled: Cancelled = _never) -> ExportFacts:
    """Read what a folder or ZIP says of itself; LeavingNotDone when it is no export of dermlog."""
    from dermlog.logbook.importing import look_at  # noqa: PLC0415 - rarely needed

    return look_at(source, cancelled=cancelled)


def import_export(
    source: Path,
    path: Path,
    *,
    passwords: Mapping[UUID, str] | None = None,
    code: RecoveryCode | None = None,
    clock: Clock | None = None,
    progress: Progress = _silent,
    cancelled: Cancelled = _never,
) -> Imported:
    """Make a new logbook at path from an export in a folder or ZIP.

    With passwords (of owners named in the export) and code it is encrypted under the key of that code, else
    it is open to all. LeavingNotDone when the export is not valid or it was stopped, LogbookNotOpened when
    path will not do; nothing is left behind then, and nothing is ever written elsewhere.
    """
    from dermlog.logbook.importing import bring_in  # noqa: PLC0415 - rarely needed

    return bring_in(
        source, path, passwords=passwords, code=code, clock=clock, progress=progress, cancelled=cancelled
    )
