"""Courses for drawing: the one of the pictures, a long one, and the odd ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from dermlog.domain.course import Course, course_of
from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.instrument import Instrument, Rater, Score, Variant
from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession, InjectionSite
from dermlog.domain.side_effect import BodySide, Severity, SideEffect, SideEffectTerm, WeaknessPlace
from dermlog.domain.visit import Visit

PATIENT = UUID(int=1)
DOCTOR = UUID(int=2)
BOTOX = Product("onabotulinumtoxinA", "Botox", (Decimal(100),), id=UUID(int=3))
DYSPORT = Product("abobotulinumtoxinA", "Dysport", (Decimal(500),), id=UUID(int=4))
PRODUCTS = {BOTOX.id: BOTOX, DYSPORT.id: DYSPORT}
START = date(2026, 3, 20)


def week(number: int) -> date:
    """The day so many weeks after the first treatment."""
    return START + timedelta(weeks=number)


def visit(
    on: date,
    oiliness: int | None = None,
    iga: int | None = None,
    *,
    own: int | None = None,
    lesion_iga: int | None = None,
    effects: tuple[SideEffect, ...] = (),
) -> Visit:
    """A recorded visit with the grades that are given."""
    given = (
        (Instrument.OILINESS, oiliness, Rater.CLINICIAN, Variant.STANDARD),
        (Instrument.OILINESS, own, Rater.PATIENT, Variant.STANDARD),
        (Instrument.IGA, iga, Rater.CLINICIAN, Variant.IGA_EXTENT),
        (Instrument.IGA, lesion_iga, Rater.CLINICIAN, Variant.IGA_LESION),
    )
    scores = tuple(
        Score(instrument, Decimal(value), rater, variant)
        for instrument, value, rater, variant in given
        if value is not None
    )
    entered = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return Visit(PATIENT, on, DOCTOR, entered, scores=scores, side_effects=effects)


def session(
    visit: Visit, *, product: Product = BOTOX, points: int = 18, units: str = "2"
) -> InjectionSession:
    """What was injected at a visit: so many points on the forehead."""
    sites = tuple(
        InjectionSite(FaceView.FRONT, 0.3 + 0.02 * (i % 20), 0.25, Zone.FOREHEAD, Decimal(units))
        for i in range(points)
    )
    vial = product.vial_units[0]
    return InjectionSession(
        PATIENT,
        visit.id,
        visit.on,
        product.id,
        "C4377",
        date(visit.on.year + 2, 3, 31),
        vial,
        Decimal("2.5"),
        DOCTOR,
        sites,
    )


def course_of_the_pictures() -> Course:
    """Two treatments, eight follow-ups, three side effects that all went."""
    bruise, weak = SideEffectTerm.BRUISING, SideEffectTerm.MUSCLE_WEAKNESS
    brow = (WeaknessPlace.BROW, BodySide.LEFT)
    grades = {0: (4, 3), 2: (2, 3), 4: (1, 2), 8: (1, 1), 12: (2, 1), 16: (3, 2), 18: (3, 2), 20: (1, 2)}
    effects = {
        2: (
            SideEffect(bruise, Severity.MILD, began=week(0), ended=week(1)),
            SideEffect(weak, Severity.MILD, *brow, began=week(1)),
        ),
        4: (SideEffect(weak, Severity.MILD, *brow, ended=week(4)),),
        20: (SideEffect(bruise, Severity.MILD, began=week(18), ended=week(19)),),
    }
    visits = {
        w: visit(week(w), *pair, effects=effects.get(w, ()))
        for w, pair in {**grades, 24: (1, 1), 28: (1, 1)}.items()
    }
    return course_of(visits.values(), (session(visits[0]), session(visits[18], points=20)))


def long_course(visits: int = 20, every: int = 8, treat_each: int = 2) -> Course:
    """Many visits over years, every second of them a treatment, bruising after each."""
    made = [
        visit(
            week(every * n),
            n % 5,
            (n * 2) % 5,
            effects=(SideEffect(SideEffectTerm.BRUISING, Severity.MILD, began=week(every * n)),)
            if n % 2
            else (SideEffect(SideEffectTerm.BRUISING, Severity.NONE),),
        )
        for n in range(visits)
    ]
    return course_of(made, tuple(session(one) for one in made[::treat_each]))
