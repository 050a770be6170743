"""Logbooks with very many invented patients, for topics that ask how dermlog bears a full clinic.

The sample logbook comes first; then each fourth patient has a signed session and a follow-up months ago,
the others a record only: full courses for all would take half an hour to write and measure nothing more.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from dermlog.demo import write_sample
from dermlog.demo.maps import sample_sites
from dermlog.domain.instrument import Instrument, Rater, Score
from dermlog.domain.patient import FitzpatrickType, Patient, Sex
from dermlog.domain.session import InjectionSession
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from dermlog.storage.migrations import FINGERPRINTS, FORMAT
from environment import BUILD, say

BEGINNINGS = (
    "An",
    "Ber",
    "Cás",
    "Dwor",
    "Ek",
    "Fjö",
    "Gar",
    "Hoà",
    "Iva",
    "Jär",
    "Kow",
    "Lind",
    "Mül",
    "Nak",
)
MIDDLES = ("a", "bel", "chi", "dé", "en", "fos", "gra", "hol", "in", "ka", "le", "mo", "ni", "or", "pe", "ro")
ENDS = (
    "berg",
    "czyk",
    "dóttir",
    "ez",
    "feld",
    "gård",
    "idis",
    "ko",
    "lund",
    "man",
    "ova",
    "son",
    "tani",
    "ñe",
)
PATIENTS_IN_ONE_STEP = 250
SEEN = 4


def logbook_of(patients: int) -> Path:
    """The path of a logbook with that many patients; written once and kept in build/bench."""
    # By the schema too: a file of yesterday's development is none of a format that can be opened.
    schema = FINGERPRINTS[FORMAT][:8]
    path = BUILD / "bench" / f"crowd-{patients}-{schema}.dermlog"
    if path.exists():
        return path
    say(f"Writing a logbook of {patients} patients, once ...")
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f"begun-{path.name}")
    for leftover in path.parent.glob(f"{begun.name}*"):
        leftover.unlink()
    today = date.today()  # noqa: DTZ011 - a day of the clinic, as the sample has it
    write_sample(begun, today=today)
    with Logbook.open(begun) as logbook:
        _fill(logbook, range(logbook.patients.count(), patients), today)
    begun.replace(path)
    return path


def name_of(random: Random) -> str:
    """One of some thousands of family names, every third with an accent."""
    return random.choice(BEGINNINGS) + random.choice(MIDDLES) + random.choice(ENDS)


def _fill(logbook: Logbook, numbers: range, today: date) -> None:
    random = Random(numbers.stop)  # noqa: S311 - repeatable invented data
    doctor = next(member for member in logbook.staff.all() if member.may_sign)
    logbook.act_as(doctor.id)
    for start in range(numbers.start, numbers.stop, PATIENTS_IN_ONE_STEP):
        with logbook.in_one_step():
            for number in range(start, min(start + PATIENTS_IN_ONE_STEP, numbers.stop)):
                patient = _patient(number, random, today)
                logbook.patients.save(patient)
                if number % SEEN == 0:
                    _treat(logbook, patient, random, today)


def _patient(number: int, random: Random, today: date) -> Patient:
    return Patient(
        chart_number=f"C-{number:06d}",
        family_name=name_of(random),
        given_name=name_of(random).removesuffix("dóttir"),
        birth_date=today - timedelta(days=random.randint(19 * 365, 58 * 365)),
        sex=random.choice(list(Sex)),
        fitzpatrick=random.choice(list(FitzpatrickType)),
    )


def _treat(logbook: Logbook, patient: Patient, random: Random, today: date) -> None:
    treated = today - timedelta(days=random.randint(250, 1500))
    visit = _visit(logbook, patient, treated, oiliness=random.randint(2, 4))
    product = max(logbook.products.all(), key=lambda product: max(product.vial_units, default=Decimal(0)))
    session = InjectionSession(
        patient_id=patient.id,
        visit_id=visit.id,
        performed_on=treated,
        product_id=product.id,
        lot="C1234",
        expiry=treated + timedelta(days=300),
        vial_units=max(product.vial_units),
        diluent_ml=Decimal("2.5"),
        injector_id=logbook.me.id,
        sites=sample_sites(Decimal(20), random),
    )
    logbook.sessions.sign(visit, session)
    later = treated + timedelta(days=random.randint(20, 40))
    logbook.visits.save(_visit(logbook, patient, later, oiliness=random.randint(0, 2)))


def _visit(logbook: Logbook, patient: Patient, on: date, *, oiliness: int) -> Visit:
    return Visit(
        patient_id=patient.id,
        on=on,
        recorded_by=logbook.me.id,
        entered_at=logbook.now(),
        scores=(Score(Instrument.OILINESS, Decimal(oiliness), Rater.CLINICIAN),),
    )
