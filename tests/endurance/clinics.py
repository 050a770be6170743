"""Small clinics for the tests of damage and restoring: as they were, and as they are after some more work."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from dermlog.domain.backup import BackupSet
from dermlog.domain.photo import PhotoView
from dermlog.logbook import Logbook
from tests.makers import StillClock, make_logbook, make_prepared, oiliness
from tests.storage.contents import draft_for, follow_up, rows_of, treat

Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Clinic:
    """A closed logbook: its file now and some time before, every row, and the backup of now."""

    path: Path
    key: bytes | None
    content: bytes
    older: bytes
    rows: Rows
    backup: BackupSet
    clock: StillClock


def make_clinic(
    folder: Path, key: bytes | None, chance: random.Random, patients: int = 12, photo_bytes: int = 20_000
) -> Clinic:
    """A clinic of some patients, two photos, a draft; then corrections everywhere."""
    clock = StillClock()
    logbook = make_logbook(folder, clock=clock, key=key)
    visits = [treat(logbook, photos=0, name=f"Patient {number}") for number in range(patients)]
    for visit in visits[:2]:
        picture = make_prepared(chance.randbytes(photo_bytes), thumbnail=b"thumbnail", print_copy=b"print")
        logbook.photos.add(visit.patient_id, visit.id, picture, PhotoView.FRONT)
    draft_for(logbook)
    logbook.close()
    older = logbook.path.read_bytes()
    with Logbook.open(logbook.path, key=key, clock=clock) as again:
        clock.move(timedelta(hours=1))
        for number, visit in enumerate(visits):
            patient = again.patients.get(visit.patient_id)
            again.patients.save(replace(patient, phone=f"555 {number}", given_name=f"Ana {number}"))
            later = follow_up(again, visit)
            again.visits.save(replace(later, note="a later word", scores=(oiliness(1),)))
            again.consents.of_patient(patient.id)
        (backup,) = again.backups.back_up().sets
    return Clinic(
        logbook.path, key, logbook.path.read_bytes(), older, rows_of(logbook.path, key), backup, clock
    )
