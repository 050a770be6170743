"""Everything the patient page shows, read from the logbook once for each refresh."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from dermlog.domain.consent import Consent
from dermlog.domain.course import Course, CourseEntry
from dermlog.domain.draft import Draft
from dermlog.domain.patient import Patient
from dermlog.domain.photo import Photo, PhotoView
from dermlog.domain.product import Product
from dermlog.domain.schedule import FollowUpDue
from dermlog.domain.session import InjectionSession
from dermlog.domain.visit import Acknowledgement
from dermlog.figures.chart_facts import ChartFacts, chart_facts
from dermlog.logbook import Logbook


@dataclass(frozen=True)
class PatientFacts:
    """One patient as the page shows them on a day; names resolves staff, products the sessions' products.

    versions holds every version of each amended session, by its visit. void are the treatments that count no
    more, each with its visit. moved tells the other patient's chart number of a session that was moved.
    """

    patient: Patient
    today: date
    course: Course
    consents: tuple[Consent, ...]
    drafts: tuple[Draft, ...]
    photos: tuple[Photo, ...]
    acknowledgements: Mapping[UUID, Acknowledgement]
    due: FollowUpDue | None
    products: Mapping[UUID, Product]
    names: Mapping[UUID, str]
    versions: Mapping[UUID, tuple[InjectionSession, ...]] = field(default_factory=dict)
    void: tuple[CourseEntry, ...] = ()
    moved: Mapping[UUID, str] = field(default_factory=dict)

    @cached_property
    def chart(self) -> ChartFacts:
        """What the course chart shows."""
        return chart_facts(self.course, self.products)

    @cached_property
    def newest_first(self) -> tuple[CourseEntry, ...]:
        """The visits as the list shows them."""
        return tuple(reversed(self.course.entries))

    @cached_property
    def warned(self) -> tuple[CourseEntry, ...]:
        """Visits with warning signs that nobody has acknowledged, the newest first."""
        return tuple(
            entry
            for entry in self.newest_first
            if entry.visit.warning_signs and entry.visit.id not in self.acknowledgements
        )

    @cached_property
    def front_photos(self) -> Mapping[UUID, UUID]:
        """The newest photo from the front of each visit."""
        return {photo.visit_id: photo.id for photo in self.photos if photo.view is PhotoView.FRONT}

    def entry(self, visit_id: UUID) -> CourseEntry | None:
        """The visit of that id, or None when it is not on record any more."""
        return next((entry for entry in self.course.entries if entry.visit.id == visit_id), None)

    def void_entry(self, session_id: UUID) -> CourseEntry | None:
        """The void treatment of that id with its visit, or None."""
        return next((entry for entry in self.void if entry.session and entry.session.id == session_id), None)

    def name(self, staff_id: UUID) -> str:
        """The name of a member of staff, "" when unknown."""
        return self.names.get(staff_id, "")


def gather(logbook: Logbook, patient_id: UUID) -> PatientFacts:
    """Read one patient. Raises NotAllowed when there is none of that id."""
    course = logbook.course(patient_id)
    void = tuple(
        CourseEntry(logbook.visits.get(session.visit_id), session, None, None, None)
        for session in logbook.sessions.void_of_patient(patient_id)
    )
    sessions = [entry.session for entry in (*course.sessions, *void) if entry.session is not None]
    return PatientFacts(
        patient=logbook.patients.get(patient_id),
        today=logbook.today(),
        course=course,
        consents=logbook.consents.of_patient(patient_id),
        drafts=logbook.drafts.of_patient(patient_id),
        photos=logbook.photos.of_patient(patient_id),
        acknowledgements=logbook.visits.acknowledgements(patient_id),
        due=logbook.follow_up_due(patient_id),
        products={product.id: product for product in logbook.products.all(include_retired=True)},
        names={person.id: person.name for person in logbook.staff.all(include_inactive=True)},
        versions={
            session.visit_id: logbook.sessions.versions(session.id)
            for session in sessions
            if session.version > 1
        },
        void=void,
        moved=_moved(logbook, sessions),
    )


def _moved(logbook: Logbook, sessions: Iterable[InjectionSession]) -> dict[UUID, str]:
    """The chart number on the other side of each move."""
    found: dict[UUID, str] = {}
    for session in sessions:
        number = logbook.sessions.number_moved_to(session) or logbook.sessions.number_moved_from(session)
        if number:
            found[session.id] = number
    return found
