"""T23: five years of a large clinic in one file, with unclean stops; then opening, saving and checking it.

20,000 patients, 60,000 sessions, 50,000 photos and 200 stops in the middle of the work. Takes over an hour.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import quantiles

from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.logbook import Logbook
from tests.endurance import Outcome
from tests.makers import (
    TODAY,
    StillClock,
    make_logbook,
    make_patient,
    make_prepared,
    make_session,
    make_visit,
)

KEY = bytes(range(32))
PHOTO_BYTES = 20_000
SAVES = 300


@dataclass(frozen=True)
class Size:
    """How much a clinic does in five years."""

    patients: int = 20_000
    sessions: int = 60_000
    photos: int = 50_000
    stops: int = 200


def run(count: int, seed: int) -> Outcome:
    """So many clinics, each for five years."""
    bad: list[str] = []
    figures = ""
    for number in range(count):
        found, figures = live(Size(), seed + number)
        bad += found
    return Outcome(count, tuple(bad), figures)


def live(size: Size, seed: int) -> tuple[list[str], str]:
    """What was too slow or wrong, and the figures."""
    chance = Random(seed)  # noqa: S311 - repeatable invented data
    with tempfile.TemporaryDirectory(prefix="dermlog-years-", ignore_cleanup_errors=True) as name:
        logbook = make_logbook(Path(name), key=KEY, clock=StillClock())
        patients: list[Patient] = []
        bad: list[str] = []
        for part in range(size.stops):
            new = [make_patient(family_name=f"Lind{part} {n}") for n in range(size.patients // size.stops)]
            patients += new
            with logbook.in_one_step():
                for patient in new:
                    logbook.patients.save(patient)
            _treat(logbook, patients, size, chance)
            # Stopped without a goodbye: whatever is in the write-ahead log must come back.
            logbook._database.let_go()
            logbook._database.close()
            if logbook._opening is not None:
                logbook._opening.release()
            logbook = Logbook.open(logbook.path, key=KEY, clock=StillClock())
            bad += [f"after stop {part}: {notice}" for notice in logbook.notices]
            if logbook.patients.count() != len(patients):
                bad.append(f"after stop {part}: {logbook.patients.count()} of {len(patients)} patients")
        logbook.close()
        figures = _figures(logbook.path, patients, chance)
    limits = {"open": 1.0, "save p99": 0.1, "backup": 10.0, "check": 360.0}
    bad += [
        f"{what} took {took:.2f} s, {limits[what]:g} s are allowed"
        for what, took in figures.items()
        if took > limits[what]
    ]
    return bad, ", ".join(f"{what} {took:.2f} s" for what, took in figures.items())


def _treat(logbook: Logbook, patients: list[Patient], size: Size, chance: Random) -> None:
    product = logbook.products.all()[0]
    photos_left = size.photos // size.stops
    with logbook.in_one_step():
        for _number in range(size.sessions // size.stops):
            visit = make_visit(chance.choice(patients), TODAY - timedelta(days=chance.randrange(1800)))
            logbook.sessions.sign(visit, make_session(visit, product))
            if photos_left:
                photos_left -= 1
                picture = make_prepared(chance.randbytes(PHOTO_BYTES))
                logbook.photos.add(visit.patient_id, visit.id, picture, PhotoView.FRONT)


def _figures(path: Path, patients: list[Patient], chance: Random) -> dict[str, float]:
    """Seconds for opening, a save (99th percentile), a backup of the records, and the whole check."""
    began = time.perf_counter()
    logbook = Logbook.open(path, key=KEY, clock=StillClock())
    logbook.today_board()
    opened = time.perf_counter() - began
    product = logbook.products.all()[0]
    saves = []
    for _number in range(SAVES):
        visit = make_visit(chance.choice(patients))
        session = make_session(visit, product)
        began = time.perf_counter()
        logbook.sessions.sign(visit, session)
        saves.append(time.perf_counter() - began)
    logbook.backups.back_up(force=True)
    began = time.perf_counter()
    logbook.backups.back_up(force=True)
    backed_up = time.perf_counter() - began
    began = time.perf_counter()
    sound = logbook.check().ok
    checked = time.perf_counter() - began
    logbook.close()
    if not sound:
        checked = float("inf")
    return {"open": opened, "save p99": quantiles(saves, n=100)[98], "backup": backed_up, "check": checked}
