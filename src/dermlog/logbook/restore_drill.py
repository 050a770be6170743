"""A restore on trial: a backup becomes a logbook beside the open one, is checked, printed from, and goes."""

from __future__ import annotations

import random
import time

from dermlog.domain.backup import BackupFault, BackupSet
from dermlog.errors import backup_not_done
from dermlog.storage import restore
from dermlog.storage.backup_files import STEP_FAULTS, Watch, fault_of, remove
from dermlog.storage.backup_manifest import write_proof
from dermlog.storage.database import Database

_ENDING = "-drill"
_PHOTOS = 20


def restore_on_trial(database: Database, one: BackupSet, watch: Watch) -> BackupSet:
    """Build the logbook of a set, check it whole, print a page from it; gives the set with its new proof.

    BackupNotDone when anything of it fails; nothing stays behind.
    """
    from dermlog.logbook.door import Logbook  # noqa: PLC0415 - the door opens this room

    began = time.monotonic()
    trial = database.path.with_name(database.path.name + _ENDING)
    key = database.key
    chosen: list[str] = []

    def some(wanted: list[str]) -> list[str]:
        chosen.extend(random.sample(wanted, min(_PHOTOS, len(wanted))))
        return chosen

    try:
        built = restore.build(one, trial, key, backup_key=key, only_photos=some, watch=watch)
        with Logbook.open(trial, key=key, clock=database.clock, viewing=True) as copy:
            result = copy.check(photos=chosen)
            patient = restore.a_patient(trial, key)
            if patient is not None:
                copy.report_pdf(patient)
        if not result.ok or built.missing_photos > one.damaged_photos:
            raise backup_not_done(BackupFault.BACKUP_DAMAGED)
    except STEP_FAULTS as error:
        raise fault_of(error, reading=True) from error
    finally:
        remove(trial)
    now = database.clock()
    seconds = max(1, round(time.monotonic() - began))
    return write_proof(one, proven_at=now, drilled_at=now, seconds=seconds)
