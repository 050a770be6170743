"""T8: after any work, a backup and the loss of the PC, everything comes back - by password and by sheet."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from dermlog.domain.clinic import Clinic
from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook, backups_in, restore_backup, unlock_backup
from tests.endurance import Outcome
from tests.endurance.keys import cheap_passwords
from tests.makers import DOCTOR, NURSE, StillClock, make_patient
from tests.storage.contents import draft_for, follow_up, treat

_PASSWORD = "quiet harbour lamp"  # noqa: S105 - of an invented person


def run(count: int, seed: int) -> Outcome:
    """So many states of one locked logbook: each is backed up, lost, and restored on another PC."""
    chance = random.Random(seed)  # noqa: S311 - repeatable work, nothing secret
    clock, code = StillClock(), RecoveryCode(chance.randbytes(16))
    bad: list[str] = []
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder, cheap_passwords():
        pc, stick = Path(folder) / "pc", Path(folder) / "stick"
        pc.mkdir()
        stick.mkdir()
        path = pc / "Clinic.dermlog"
        visits: list[Visit] = []
        made = Logbook.create_locked(
            path, Clinic("Skin"), [DOCTOR, NURSE], {DOCTOR.id: _PASSWORD}, code, clock=clock
        )
        key = made.backups.key
        made.backups.add_place(stick)
        made.close()
        for number in range(count):
            with Logbook.open(path, key=key, clock=clock) as logbook:
                _work(logbook, chance, visits)
                clock.move(timedelta(minutes=31))
                logbook.backups.back_up()
                digest = logbook.leaving.digest()
            shutil.rmtree(pc)
            pc.mkdir()
            (newest, *_older) = backups_in(stick)
            began = time.monotonic()
            by_sheet = number % 2 == 1
            unlocked = unlock_backup(
                newest.folder, None if by_sheet else DOCTOR.id, code.text if by_sheet else _PASSWORD
            )
            restore_backup(newest, path, key=unlocked.key, now=clock.now)
            with Logbook.open(path, key=unlocked.key, clock=clock) as again:
                if again.leaving.digest() != digest:
                    bad.append(f"state {number} of seed {seed}: what came back differs")
                elif not again.check().ok:
                    bad.append(f"state {number} of seed {seed}: {again.check().findings[0]}")
                again.backups.add_place(stick)
            slowest = max(slowest, time.monotonic() - began)
    return Outcome(count, tuple(bad), f"slowest restore {slowest:.2f} s")


def _work(logbook: Logbook, chance: random.Random, visits: list[Visit]) -> None:
    for _step in range(chance.randint(1, 4)):
        act = chance.choice(("treat", "treat", "draft", "visit", "patient", "photo away"))
        if act == "treat" or not visits:
            visits.append(treat(logbook, photos=chance.randint(0, 2)))
        elif act == "draft":
            draft_for(logbook)
        elif act == "visit":
            follow_up(logbook, chance.choice(visits), chance.randint(1, 90))
        elif act == "patient":
            logbook.patients.save(make_patient(family_name=chance.choice(["Ümlaut", "O'Neil", "李"])))
        else:
            photos = logbook.photos.of_patient(chance.choice(visits).patient_id)
            if photos:
                logbook.photos.remove(photos[0].id)
