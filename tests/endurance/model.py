"""Plain dictionaries beside a logbook: what it must hold after every step."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from dermlog.domain.draft import Draft
from dermlog.domain.patient import Patient
from dermlog.domain.photo import Photo
from dermlog.domain.session import InjectionSession
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook


@dataclass
class Model:
    """Every record by its identity; pictures is what was handed in for each photo."""

    patients: dict[UUID, Patient] = field(default_factory=dict)
    visits: dict[UUID, Visit] = field(default_factory=dict)
    sessions: dict[UUID, InjectionSession] = field(default_factory=dict)
    drafts: dict[UUID, Draft] = field(default_factory=dict)
    photos: dict[UUID, Photo] = field(default_factory=dict)
    pictures: dict[UUID, bytes] = field(default_factory=dict)
    erased: set[UUID] = field(default_factory=set)

    def copy(self) -> Model:
        """The same records in dictionaries of their own."""
        return Model(
            dict(self.patients),
            dict(self.visits),
            dict(self.sessions),
            dict(self.drafts),
            dict(self.photos),
            dict(self.pictures),
            set(self.erased),
        )

    def erase(self, patient_id: UUID) -> None:
        """Nothing of a patient stays."""
        self.erased.add(patient_id)
        self.patients.pop(patient_id, None)
        for visit in [one for one in self.visits.values() if one.patient_id == patient_id]:
            del self.visits[visit.id]
        for session in [one for one in self.sessions.values() if one.patient_id == patient_id]:
            del self.sessions[session.id]
        for draft in [one for one in self.drafts.values() if one.patient_id == patient_id]:
            del self.drafts[draft.id]
        for photo in [one for one in self.photos.values() if one.patient_id == patient_id]:
            del self.photos[photo.id]

    def differences(self, logbook: Logbook) -> list[str]:
        """Where the logbook holds something else, in words."""
        found = []
        if logbook.patients.count() != len(self.patients):
            found.append(f"{logbook.patients.count()} patients, not {len(self.patients)}")
        if {draft.id: draft for draft in logbook.drafts.all()} != self.drafts:
            found.append("other drafts")
        for patient in self.patients.values():
            found += self._differences_of(logbook, patient)
        for photo_id in self.photos:
            if logbook.photos.original(photo_id) != self.pictures[photo_id]:
                found.append(f"photo {photo_id} is another picture")
        return found

    def _differences_of(self, logbook: Logbook, patient: Patient) -> list[str]:
        found = []
        if logbook.patients.get(patient.id) != patient:
            found.append(f"patient {patient.id} differs")
        visits = {one.id: one for one in logbook.visits.of_patient(patient.id)}
        if visits != {one.id: one for one in self.visits.values() if one.patient_id == patient.id}:
            found.append(f"visits of {patient.id} differ")
        sessions = {one.id: one for one in logbook.sessions.of_patient(patient.id)}
        if sessions != {one.id: one for one in self.sessions.values() if one.patient_id == patient.id}:
            found.append(f"sessions of {patient.id} differ")
        photos = {one.id: one for one in logbook.photos.of_patient(patient.id)}
        if photos != {one.id: one for one in self.photos.values() if one.patient_id == patient.id}:
            found.append(f"photos of {patient.id} differ")
        return found
