"""Write the sample logbook: every record goes through Logbook as a person's input would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import UUID

from dermlog.demo.courses import PlannedVisit, planned_visits
from dermlog.demo.drafts import leave_drafts
from dermlog.demo.maps import sample_sites
from dermlog.demo.people import NAMED_PATIENTS, Person, Story, patient_of, person
from dermlog.demo.photos import PhotoAlbum
from dermlog.domain.clinic import Clinic
from dermlog.domain.consent import Consent, ConsentKind
from dermlog.domain.identity import identities_from
from dermlog.domain.patient import Patient
from dermlog.domain.product import Product
from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.session import Diluent, InjectionSession, Technique
from dermlog.domain.staff import Role, Staff
from dermlog.domain.visit import Visit, VisitMode
from dermlog.logbook import Logbook

Progress = Callable[[int, int], None]

CLINIC = Clinic(
    name="Harbour Skin Clinic",
    address="12 Quay Street",
    phone="555 0142",
    doctor="Dr H. Sato, dermatologist",
    is_sample=True,
)

SAMPLE_PASSWORDS = {
    "Dr Sato": "quiet harbour lamp",
    "Dr Brandt": "paper moon ladder",
    "Nurse Okafor": "seven green boats",
}
"""What opens an encrypted sample; nothing is secret about it."""

_PATIENTS_IN_ONE_STEP = 200
# Of very many patients most are only registered, as in a clinic that treats other things too: a whole
# course with its history takes 130 kB.
_ALL_SEEN = 200
_SEEN_BEYOND = 20


class _SampleClock:
    """The clinic's clock while the sample is written: it stands where the writer puts it."""

    def __init__(self, today: date) -> None:
        self._now = datetime.combine(today, time(9)).astimezone()

    def set(self, day: date, minutes: int) -> None:
        """Move to so many minutes after nine on a day."""
        self._now = datetime.combine(day, time(9)).astimezone() + timedelta(minutes=minutes)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


def write_sample(
    path: Path,
    *,
    patients: int = NAMED_PATIENTS,
    seed: int = 1,
    today: date | None = None,
    photos: bool = True,
    progress: Progress | None = None,
    code: RecoveryCode | None = None,
) -> None:
    """Write a new logbook with so many patients; the same seed on the same day gives the same logbook.

    The first patients have photos, unless photos is False; beyond the first 200 one in 20 has visits. Work
    that ends early leaves no file behind. With a recovery code it is encrypted under SAMPLE_PASSWORDS.
    LogbookNotOpened when the file exists or cannot be made.
    """
    day = today or datetime.now().astimezone().date()
    random = Random(seed)  # noqa: S311 - repeatable invented data, nothing secret
    clock = _SampleClock(day)
    with identities_from(random):
        doctor = Staff("Dr Sato", Role.OWNER)
        nurse = Staff("Nurse Okafor", Role.ASSISTANT)
        colleague = Staff("Dr Brandt", Role.CLINICIAN)
        staff = (doctor, colleague, nurse)
        if code is None:
            logbook = Logbook.create(path, CLINIC, staff, clock=clock)
        else:
            passwords = {member.id: SAMPLE_PASSWORDS[member.name] for member in staff}
            logbook = Logbook.create_locked(path, CLINIC, staff, passwords, code, clock=clock)
        done = False
        try:
            with PhotoAlbum(logbook) as album:
                writer = _Writer(
                    logbook,
                    clock=clock,
                    today=day,
                    random=random,
                    doctor=doctor,
                    nurse=nurse,
                    album=album,
                )
                for index, step in _steps(logbook, patients):
                    with step:
                        writer.write(
                            person(index, random, day),
                            with_photos=photos and index < NAMED_PATIENTS,
                            seen=index < _ALL_SEEN or index % _SEEN_BEYOND == 0,
                        )
                    if progress is not None:
                        progress(index + 1, patients)
            done = True
        finally:
            logbook.close()
            if not done:
                for ending in ("", "-keys", "-keys.bak"):
                    path.with_name(path.name + ending).unlink(missing_ok=True)


def _steps(logbook: Logbook, patients: int) -> Iterator[tuple[int, AbstractContextManager[None]]]:
    """The named patients one by one; many more in groups, because each group costs one write to the disk."""
    index = 0
    while index < patients:
        if index < NAMED_PATIENTS:
            yield index, nullcontext()
            index += 1
            continue
        with logbook.in_one_step():
            for position in range(index, min(index + _PATIENTS_IN_ONE_STEP, patients)):
                yield position, nullcontext()
        index += _PATIENTS_IN_ONE_STEP


class _Writer:
    """Writes one person after another."""

    def __init__(
        self,
        logbook: Logbook,
        *,
        clock: _SampleClock,
        today: date,
        random: Random,
        doctor: Staff,
        nurse: Staff,
        album: PhotoAlbum,
    ) -> None:
        self._logbook = logbook
        self._clock = clock
        self._today = today
        self._random = random
        self._doctor = doctor
        self._nurse = nurse
        self._album = album
        self._products = {product.brand: product for product in logbook.products.all()}

    def write(self, who: Person, *, with_photos: bool, seen: bool) -> None:
        """The patient, the consents, every visit in order of time, and what is unfinished.

        seen False: a patient who is registered only, without a visit.
        """
        visits = planned_visits(who, self._random, self._today) if seen else ()
        first_day = visits[0].on if visits else self._today
        self._clock.set(first_day, 0)
        self._logbook.act_as(self._nurse.id)
        patient = patient_of(who, self._random)
        self._logbook.patients.save(patient)
        self._consents(patient, who, first_day)
        pictures = self._album.pictures(who, visits) if with_photos else {}
        for place, planned in enumerate(visits):
            self._clock.set(planned.on, self._random.randint(5, 400))
            visit_id = self._visit(patient, who, planned)
            self._album.add(patient, visit_id, planned.on, pictures.get(place, ()))
            if who.story is Story.TWO_TREATMENTS and place == 0:
                self._amend(patient, planned)
        if who.story is Story.DRAFTS:
            self._clock.set(self._today, 12)
            self._logbook.act_as(self._doctor.id)
            leave_drafts(self._logbook, patient, self._products[who.brand], self._random)

    def _amend(self, patient: Patient, planned: PlannedVisit) -> None:
        """The next morning the doctor corrects the first treatment, so that the sample shows an amendment."""
        sessions = self._logbook.sessions.of_patient(patient.id)
        if sessions:
            self._clock.set(planned.on + timedelta(days=1), 10)
            self._logbook.act_as(self._doctor.id)
            self._logbook.sessions.amend(
                replace(sessions[0], needle_gauge=30), "A 30 G needle was used, not 32 G."
            )

    def _consents(self, patient: Patient, who: Person, day: date) -> None:
        kinds = [ConsentKind.OFF_LABEL_TREATMENT, ConsentKind.PHOTO_RECORD]
        if who.teaching:
            kinds.append(ConsentKind.PHOTO_TEACHING)
        for kind in kinds:
            given = day - timedelta(days=8)
            self._logbook.consents.save(Consent(patient.id, kind, given, form_version="2026-1"))

    def _visit(self, patient: Patient, who: Person, planned: PlannedVisit) -> UUID:
        by_doctor = planned.units is not None
        self._logbook.act_as(self._doctor.id if by_doctor else self._nurse.id)
        visit = Visit(
            patient_id=patient.id,
            on=planned.on,
            recorded_by=self._logbook.me.id,
            entered_at=self._logbook.now(),
            mode=planned.mode,
            scores=planned.scores(by_phone_only=planned.mode is VisitMode.PHONE),
            side_effects=planned.side_effects,
            warning_signs=planned.warning_signs,
            note=planned.note,
        )
        if planned.units is None:
            self._logbook.visits.save(visit)
        else:
            visit = replace(visit, warning_signs=None)
            self._logbook.sessions.sign(visit, self._session(patient, visit, who, planned.units))
        return visit.id

    def _session(self, patient: Patient, visit: Visit, who: Person, units: Decimal) -> InjectionSession:
        product: Product = self._products[who.brand]
        vial = max(product.vial_units) if who.brand == "Dysport" else min(product.vial_units, key=_near_100)
        return InjectionSession(
            patient_id=patient.id,
            visit_id=visit.id,
            performed_on=visit.on,
            product_id=product.id,
            lot=f"{who.brand[0]}{self._random.randint(4000, 4999)}",
            expiry=date(visit.on.year + 1, 3, 31),
            vial_units=vial,
            diluent_ml=Decimal("2.5"),
            diluent=Diluent.PRESERVED_SALINE,
            technique=Technique.INTRADERMAL,
            needle_gauge=32,
            injector_id=self._doctor.id,
            sites=sample_sites(units, self._random),
            note="Stayed 2 cm above the brow.",
        )


def _near_100(units: Decimal) -> Decimal:
    return abs(units - 100)
