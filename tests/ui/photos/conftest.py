"""A logbook with a treated patient and photos of three visits, each in a colour of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from dermlog.domain.patient import Patient
from dermlog.domain.photo import Photo, PhotoView
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from tests.makers import (
    NOW,
    StillClock,
    make_logbook,
    make_patient,
    make_prepared,
    make_session,
    make_visit,
    oiliness,
)
from tests.photos.makers import encoded

DAYS = (date(2026, 3, 20), date(2026, 4, 3), date(2026, 4, 17))
COLOURS = ((200, 30, 30), (30, 160, 30), (30, 30, 200))


@dataclass(frozen=True)
class Shots:
    """A patient, visits and photos: fronts of all three, right 45° of the last."""

    patient: Patient
    visits: tuple[Visit, ...]
    fronts: tuple[Photo, ...]
    side: Photo


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """An open logbook with a doctor writing."""
    made = make_logbook(tmp_path, clock=StillClock(NOW + timedelta(hours=3)))
    yield made
    background.shutdown()
    made.close()


def picture(colour: tuple[int, int, int]) -> bytes:
    """A JPEG of one colour."""
    return encoded(Image.new("RGB", (120, 150), colour))


def add_photo(
    logbook: Logbook,
    visit: Visit,
    colour: tuple[int, int, int],
    view: PhotoView = PhotoView.FRONT,
    name: str = "",
) -> Photo:
    """Add a photo of one colour to a visit."""
    shown = picture(colour)
    content = shown + view.value.encode() + name.encode()
    prepared = make_prepared(content, preview=shown, thumbnail=shown, width=120, height=150)
    return logbook.photos.add(visit.patient_id, visit.id, prepared, view, name)


@pytest.fixture
def shots(logbook: Logbook) -> Shots:
    """A patient treated on the first of three days, photographed on each."""
    patient = make_patient()
    logbook.patients.save(patient)
    visits = tuple(
        make_visit(patient, day, scores=(oiliness(grade),))
        for day, grade in zip(DAYS, (4, 2, 1), strict=True)
    )
    logbook.sessions.sign(visits[0], make_session(visits[0], logbook.products.all()[0]))
    for visit in visits[1:]:
        logbook.visits.save(visit)
    fronts = tuple(add_photo(logbook, visit, colour) for visit, colour in zip(visits, COLOURS, strict=True))
    side = add_photo(logbook, visits[2], COLOURS[2], PhotoView.RIGHT_45)
    return Shots(patient, visits, fronts, side)
