"""storage.*: patient queries with 1 GB of photos in the file against those without, and what a save costs."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import UUID

from benchmarks.crowd import name_of
from benchmarks.side_by_side import report_ratio, report_value, seconds, side_by_side_of
from dermlog.domain.clinic import Clinic
from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.instrument import Instrument, Rater, Score
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView, PreparedPhoto
from dermlog.domain.session import InjectionSession, InjectionSite
from dermlog.domain.staff import Role, Staff
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from environment import BUILD, say

PATIENTS = 2000
VISITS = 4
PHOTOS = 140
PHOTO_BYTES = 7_000_000
ASKED = 60
SAVES = 40
DAY = date(2026, 1, 5)


def records(photos: bool) -> Path:
    """The path of a logbook of 2,000 courses, with 1 GB of photos or without; written once and kept."""
    path = BUILD / "bench" / f"records-{'with' if photos else 'without'}-photos.dermlog"
    if path.exists():
        return path
    say(f"Writing a logbook {'with 1 GB of' if photos else 'without'} photos, once ...")
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f"begun-{path.name}")
    for leftover in path.parent.glob(f"{begun.name}*"):
        leftover.unlink()
    chance = Random(11)  # noqa: S311 - repeatable invented data
    with Logbook.create(begun, Clinic("Bench"), [Staff("Dr Bench", Role.OWNER)]) as logbook:
        every = PATIENTS // PHOTOS
        for number in range(PATIENTS):
            visit = _course(logbook, number, chance)
            if photos and number % every == 0:
                _photo(logbook, visit, chance)
    begun.replace(path)
    return path


def _course(logbook: Logbook, number: int, chance: Random) -> Visit:
    with logbook.in_one_step():
        patient = Patient(f"C-{number:05d}", name_of(chance), name_of(chance), DAY - timedelta(days=11_000))
        logbook.patients.save(patient)
        visit = _visit(logbook, patient.id, DAY, chance)
        product = logbook.products.all()[0]
        sites = tuple(
            InjectionSite(FaceView.FRONT, chance.random(), chance.random(), Zone.FOREHEAD, Decimal(2))
            for _ in range(18)
        )
        session = InjectionSession(
            patient.id,
            visit.id,
            DAY,
            product.id,
            "C1",
            DAY + timedelta(days=300),
            max(product.vial_units),
            Decimal("2.5"),
            logbook.me.id,
            sites,
        )
        logbook.sessions.sign(visit, session)
        for weeks in range(1, VISITS):
            logbook.visits.save(_visit(logbook, patient.id, DAY + timedelta(weeks=4 * weeks), chance))
    return visit


def _visit(logbook: Logbook, patient_id: UUID, on: date, chance: Random) -> Visit:
    scores = tuple(
        Score(Instrument.OILINESS, Decimal(chance.randint(0, 4)), rater)
        for rater in (Rater.CLINICIAN, Rater.PATIENT)
    )
    return Visit(patient_id, on, logbook.me.id, logbook.now(), scores=scores)


def _photo(logbook: Logbook, visit: Visit, chance: Random) -> None:
    content = chance.randbytes(PHOTO_BYTES)
    picture = PreparedPhoto(
        content,
        hashlib.sha256(content).hexdigest(),
        "JPEG",
        6000,
        4000,
        None,
        None,
        content[:350_000],
        content[:150_000],
        content[:15_000],
    )
    logbook.photos.add(visit.patient_id, visit.id, picture, PhotoView.FRONT)


def _ask(logbook: Logbook, seed: int) -> None:
    """What a day asks: find somebody, open the page."""
    chance = Random(seed)  # noqa: S311
    for _ in range(ASKED):
        rows = logbook.patients.search(name_of(chance)[:3]).rows
        if rows:
            patient_id = chance.choice(rows).id
            logbook.patients.get(patient_id)
            logbook.course(patient_id)
            logbook.photos.of_patient(patient_id)
    logbook.today_board()


def main() -> None:
    """Measure and print."""
    with Logbook.open(records(False)) as without, Logbook.open(records(True)) as with_photos:
        for logbook in (without, with_photos):
            _ask(logbook, 0)
        seeds = iter(range(1, 1_000_000))
        report_ratio(
            "storage.queries_with_1_gb_of_photos",
            side_by_side_of(
                lambda: seconds(lambda: _ask(without, next(seeds))),
                lambda: seconds(lambda: _ask(with_photos, next(seeds))),
            ),
            at_most=1.2,
        )
        chance = Random(5)  # noqa: S311
        patient = with_photos.patients.search("").rows[0]
        saves = [
            seconds(lambda: with_photos.visits.save(_visit(with_photos, patient.id, DAY, chance))) * 1000
            for _ in range(SAVES)
        ]
        report_value("storage.save_visit", saves, unit="ms", goal="at most 20 ms")


if __name__ == "__main__":
    main()
