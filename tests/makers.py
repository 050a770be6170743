"""Builders of valid records for tests: say only what matters, the rest is plausible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from dermlog.domain.clinic import Clinic
from dermlog.domain.consent import Consent, ConsentKind
from dermlog.domain.draft import Draft, DraftKind
from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.identity import new_id
from dermlog.domain.instrument import Instrument, Rater, Score, Variant
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PreparedPhoto
from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession, InjectionSite
from dermlog.domain.session_template import SessionTemplate
from dermlog.domain.staff import Role, Staff
from dermlog.domain.vial import Vial
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook

NOW = datetime(2026, 4, 17, 10, 4, tzinfo=UTC)
TODAY = NOW.date()
DOCTOR = Staff("Dr Sato", Role.OWNER, id=UUID(int=1))
NURSE = Staff("Ana Ruiz", Role.ASSISTANT, id=UUID(int=2))


class StillClock:
    """A clock that moves only when told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, step: timedelta) -> None:
        """Let time pass."""
        self.now += step


def make_logbook(folder: Path, *, clock: Callable[[], datetime] | None = None, **changes: Any) -> Logbook:
    """A new logbook in a folder, with a doctor (writing) and a nurse."""
    return Logbook.create(
        folder / "Clinic.dermlog",
        Clinic(name="Skin Clinic", phone="555 0100", doctor="Dr Sato"),
        [DOCTOR, NURSE],
        clock=clock or StillClock(),
        **changes,
    )


def make_patient(**changes: Any) -> Patient:
    """A patient with a chart number of her own."""
    facts: dict[str, Any] = {
        "chart_number": f"C-{new_id().hex[-8:]}",
        "family_name": "Lindqvist",
        "given_name": "Maya",
        "birth_date": date(1997, 2, 4),
    }
    return Patient(**(facts | changes))


def make_consent(patient: Patient, **changes: Any) -> Consent:
    """A consent to off-label treatment."""
    facts: dict[str, Any] = {"kind": ConsentKind.OFF_LABEL_TREATMENT, "given_on": TODAY}
    return Consent(patient.id, **(facts | changes))


def oiliness(value: int, rater: Rater = Rater.CLINICIAN) -> Score:
    """An oiliness grade."""
    return Score(Instrument.OILINESS, Decimal(value), rater)


def iga(value: int) -> Score:
    """An IGA grade by extent."""
    return Score(Instrument.IGA, Decimal(value), Rater.CLINICIAN, Variant.IGA_EXTENT)


def sebum(value: str, zone: Zone = Zone.FOREHEAD, device: str = "Sebumeter") -> Score:
    """A casual sebum level in µg/cm²."""
    return Score(Instrument.SEBUM, Decimal(value), Rater.DEVICE, Variant.SEBUM_CASUAL, zone, device)


def make_visit(patient: Patient, on: date = TODAY, **changes: Any) -> Visit:
    """A visit with one score, entered at noon of its day."""
    facts: dict[str, Any] = {
        "recorded_by": DOCTOR.id,
        "entered_at": datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        "scores": (oiliness(3),),
    }
    return Visit(patient.id, on, **(facts | changes))


def make_site(units: str = "2", **changes: Any) -> InjectionSite:
    """A point on the forehead."""
    facts: dict[str, Any] = {"view": FaceView.FRONT, "x": 0.5, "y": 0.2, "zone": Zone.FOREHEAD}
    return InjectionSite(units=Decimal(units), **(facts | changes))


def make_session(visit: Visit, product: Product, **changes: Any) -> InjectionSession:
    """A session of the visit with two points."""
    facts: dict[str, Any] = {
        "lot": "C4821",
        "expiry": visit.on + timedelta(days=300),
        "vial_units": product.vial_units[0],
        "diluent_ml": Decimal("2.5"),
        "injector_id": DOCTOR.id,
        "sites": (make_site(), make_site("1.5", x=0.4)),
    }
    return InjectionSession(visit.patient_id, visit.id, visit.on, product.id, **(facts | changes))


def make_vial(product: Product, **changes: Any) -> Vial:
    """An opened vial that says what make_session() says."""
    facts: dict[str, Any] = {
        "lot": "C4821",
        "expiry": date(2027, 1, 14),
        "units": product.vial_units[0],
        "diluent_ml": Decimal("2.5"),
    }
    return Vial(product.id, **(facts | changes))


def make_template(product: Product, **changes: Any) -> SessionTemplate:
    """A template with two points."""
    facts: dict[str, Any] = {
        "name": "Oily forehead",
        "vial_units": product.vial_units[0],
        "diluent_ml": Decimal("2.5"),
        "sites": (make_site(), make_site("1.5", x=0.4)),
    }
    return SessionTemplate(product_id=product.id, **(facts | changes))


def make_draft(patient: Patient, **changes: Any) -> Draft:
    """A follow-up begun today."""
    facts: dict[str, Any] = {
        "kind": DraftKind.FOLLOW_UP,
        "on": TODAY,
        "content": '{"note": "half a sen"}',
        "saved_by": DOCTOR.id,
        "saved_at": NOW,
    }
    return Draft(new_id(), patient.id, **(facts | changes))


def make_prepared(content: bytes = b"picture", **changes: Any) -> PreparedPhoto:
    """A prepared picture of arbitrary bytes; nothing in storage looks into them."""
    facts: dict[str, Any] = {
        "original": content,
        "sha256": sha256(content).hexdigest(),
        "format": "JPEG",
        "width": 4000,
        "height": 6000,
        "taken_at": None,
        "taken_offset_minutes": None,
        "preview": b"preview of " + content,
        "print_copy": b"print of " + content,
        "thumbnail": b"thumb of " + content,
    }
    return PreparedPhoto(**(facts | changes))
