"""Reports for the tests: facts that say only what matters, and what can be read from the pages afterwards."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from dermlog.domain.clinic import Clinic
from dermlog.domain.course import course_of
from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.instrument import Instrument, Rater, Score, Variant
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.domain.product import Product
from dermlog.domain.schedule import planned
from dermlog.domain.session import InjectionSession, InjectionSite, Signature
from dermlog.domain.side_effect import BodySide, Severity, SideEffect, SideEffectTerm, WeaknessPlace
from dermlog.domain.visit import Visit
from dermlog.report.facts import PhotoPair, ReportFacts, ReportPhoto
from dermlog.report.page_pictures import page_texts

START = date(2026, 3, 20)
PREPARED = datetime(2026, 10, 2, 14, 20, tzinfo=UTC)
DOCTOR, NURSE = UUID(int=1), UUID(int=2)
PATIENT = Patient("DL-0142", "Lindqvist", "Maya", date(1997, 2, 4), id=UUID(int=100))
BOTOX = Product("onabotulinumtoxinA", "Botox", (Decimal(100),), id=UUID(int=200))
DYSPORT = Product("abobotulinumtoxinA", "Dysport", (Decimal(500),), id=UUID(int=201))
CLINIC = Clinic("Harbour Skin Clinic", "12 Quay Street", "555 0142", "Dr H. Sato, dermatologist")
LAST = START + timedelta(weeks=28)
NONE_OF_ALL = tuple(
    SideEffect(term, Severity.NONE) for term in SideEffectTerm if term is not SideEffectTerm.OTHER
)


def week(number: int) -> date:
    """A day so many weeks after the first treatment."""
    return START + timedelta(weeks=number)


def scores(
    oiliness: int | None = None,
    iga: int | None = None,
    *,
    own: int | None = None,
    inflamed: int | None = None,
    others: int | None = None,
    pleased: int | None = None,
    sebum: dict[Zone, str] | None = None,
) -> tuple[Score, ...]:
    """The scores that are given."""
    clinician, patient = Rater.CLINICIAN, Rater.PATIENT
    plain = (
        (Instrument.OILINESS, oiliness, clinician, Variant.STANDARD),
        (Instrument.OILINESS, own, patient, Variant.STANDARD),
        (Instrument.IGA, iga, clinician, Variant.IGA_EXTENT),
        (Instrument.INFLAMMATORY_LESIONS, inflamed, clinician, Variant.STANDARD),
        (Instrument.NON_INFLAMMATORY_LESIONS, others, clinician, Variant.STANDARD),
        (Instrument.SATISFACTION, pleased, patient, Variant.STANDARD),
    )
    given = [
        Score(instrument, Decimal(value), rater, variant)
        for instrument, value, rater, variant in plain
        if value is not None
    ]
    return (
        *given,
        *(
            Score(
                Instrument.SEBUM, Decimal(value), Rater.DEVICE, Variant.SEBUM_CASUAL, zone, "Sebumeter SM 815"
            )
            for zone, value in (sebum or {}).items()
        ),
    )


def make_visit(on: date, *given: Score, **changes: Any) -> Visit:
    """A recorded visit; ids follow the days, so that the same facts are made again."""
    facts: dict[str, Any] = {
        "recorded_by": NURSE,
        "entered_at": datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        "scores": given,
        "id": UUID(int=10_000 + on.toordinal()),
    }
    return Visit(PATIENT.id, on, **(facts | changes))


def make_sites(
    points: int = 18, units: str = "2", view: FaceView = FaceView.FRONT
) -> tuple[InjectionSite, ...]:
    """Points in a row on the forehead."""
    return tuple(
        InjectionSite(
            view,
            0.3 + 0.04 * (i % 10),
            0.2 + 0.05 * (i // 10),
            Zone.FOREHEAD,
            Decimal(units),
            id=UUID(int=i + 1),
        )
        for i in range(points)
    )


def make_session(visit: Visit, product: Product = BOTOX, **changes: Any) -> InjectionSession:
    """A signed session at a visit."""
    facts: dict[str, Any] = {
        "lot": "C4377",
        "expiry": date(visit.on.year + 2, 3, 31),
        "vial_units": product.vial_units[0],
        "diluent_ml": Decimal("2.5"),
        "injector_id": DOCTOR,
        "sites": make_sites(),
        "needle_gauge": 32,
        "signature": Signature(DOCTOR, datetime(visit.on.year, visit.on.month, visit.on.day, 12, tzinfo=UTC)),
        "id": UUID(int=20_000 + visit.on.toordinal()),
    }
    return InjectionSession(visit.patient_id, visit.id, visit.on, product.id, **(facts | changes))


def make_facts(
    visits: Iterable[Visit] = (), sessions: Iterable[InjectionSession] = (), **changes: Any
) -> ReportFacts:
    """Facts of a report."""
    facts: dict[str, Any] = {
        "clinic": CLINIC,
        "patient": PATIENT,
        "course": course_of(visits, sessions),
        "products": {product.id: product for product in (BOTOX, DYSPORT)},
        "staff_names": {DOCTOR: "Dr Sato", NURSE: "Nurse Okafor"},
        "acknowledgements": {},
        "due": None,
        "photo_pairs": (),
        "photos_withheld": False,
        "unfinished": 0,
        "prepared_at": PREPARED,
        "prepared_by": "Nurse Okafor",
    }
    return ReportFacts(**(facts | changes))


@cache
def jpeg(seed: int = 0, width: int = 300, height: int = 400) -> bytes:
    """A small picture, another one for each seed."""
    picture = Image.new("RGB", (width, height), (215, 180 + seed % 40, 165))
    ImageDraw.Draw(picture).ellipse((60, 60, width - 60, height - 40), fill=(235, 205, 190 - seed % 60))
    target = io.BytesIO()
    picture.save(target, "JPEG")
    return target.getvalue()


def make_photo(on: date, seed: int = 0, width: int = 300, height: int = 400) -> ReportPhoto:
    """A photo for print."""
    return ReportPhoto(on, (on - START).days // 7, jpeg(seed, width, height), width, height)


def make_pair(view: PhotoView = PhotoView.FRONT, *, last: date | None = LAST, seed: int = 0) -> PhotoPair:
    """Before and now of a view; last None is a view without a later photo."""
    return PhotoPair(view, make_photo(START, seed), None if last is None else make_photo(last, seed + 1))


def follow_up(number: int, oiliness: int, iga: int, lesions: tuple[int, int], **changes: Any) -> Visit:
    """A follow-up so many weeks after the first treatment, everything measured and nothing new."""
    facts: dict[str, Any] = {"side_effects": NONE_OF_ALL, "warning_signs": ()}
    given = scores(
        oiliness, iga, inflamed=lesions[0], others=lesions[1], pleased=8, sebum={Zone.FOREHEAD: "150"}
    )
    return make_visit(week(number), *given, **(facts | changes))


def facts_of_the_pictures(**changes: Any) -> ReportFacts:
    """Two treatments, seven follow-ups, three mild side effects that all went: as the pictures show it."""
    bruise, weak = SideEffectTerm.BRUISING, SideEffectTerm.MUSCLE_WEAKNESS
    brow = (WeaknessPlace.BROW, BodySide.LEFT)
    first = make_visit(
        week(0), *scores(4, 3, inflamed=14, others=10, sebum={Zone.FOREHEAD: "258"}), recorded_by=DOCTOR
    )
    second = make_visit(
        week(18), *scores(3, 2, inflamed=9, others=6, sebum={Zone.FOREHEAD: "236"}), recorded_by=DOCTOR
    )
    bruising = SideEffect(bruise, Severity.MILD, began=week(0), ended=date(2026, 3, 28), action="cold pack")
    again = SideEffect(bruise, Severity.MILD, began=week(18), ended=date(2026, 7, 31), action="cold pack")
    weakness = SideEffect(weak, Severity.MILD, *brow, began=date(2026, 3, 30), action="none needed")
    gone = SideEffect(weak, Severity.NONE, *brow, ended=date(2026, 4, 20))
    visits = (
        first,
        follow_up(2, 2, 3, (12, 7), side_effects=(bruising, *NONE_OF_ALL[1:])),
        follow_up(4, 1, 2, (11, 6), side_effects=(NONE_OF_ALL[0], weakness, *NONE_OF_ALL[2:])),
        follow_up(8, 1, 1, (6, 5), side_effects=(NONE_OF_ALL[0], gone, *NONE_OF_ALL[2:])),
        follow_up(12, 2, 1, (6, 4)),
        follow_up(16, 3, 2, (8, 6)),
        second,
        follow_up(20, 1, 2, (7, 5), side_effects=(again, *NONE_OF_ALL[1:])),
        follow_up(28, 1, 1, (5, 4)),
    )
    facts: dict[str, Any] = {
        "due": planned(2, week(18), 16),
        "photo_pairs": (make_pair(),),
    }
    sessions = (make_session(first), make_session(second, sites=make_sites(20)))
    return make_facts(visits, sessions, **(facts | changes))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page as a viewer copies it, its line ends as single spaces."""
    return [re.sub(r"\s+", " ", text.replace("\ufffe", "")) for text in page_texts(pdf)]
