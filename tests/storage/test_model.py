"""Adding, correcting, drafting, signing and reopening in any order: the file is what a model says."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from dermlog.domain.draft import Draft
from dermlog.domain.instrument import Score
from dermlog.domain.patient import Allergy, Flag, Patient
from dermlog.domain.photo import Photo, PhotoView
from dermlog.domain.session import InjectionSession
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm, WarningSign
from dermlog.domain.visit import Visit
from dermlog.errors import NotAllowed
from dermlog.logbook import Logbook
from tests.makers import (
    NOW,
    StillClock,
    iga,
    make_draft,
    make_logbook,
    make_patient,
    make_prepared,
    make_session,
    make_site,
    make_visit,
    oiliness,
    sebum,
)

TEXTS = st.text(alphabet=st.sampled_from("aÄé ß<&'\"%\n漢م"), max_size=12)
NAMES = st.text(alphabet=st.sampled_from("abÄéß<&'\"%漢م"), min_size=1, max_size=8)
SCORES: st.SearchStrategy[list[Score]] = st.lists(
    st.sampled_from([oiliness(0), oiliness(4), iga(1), iga(3), sebum("7.5"), sebum("118")]),
    unique_by=lambda score: score.series,
    max_size=3,
)
EFFECTS: st.SearchStrategy[list[SideEffect]] = st.lists(
    st.builds(
        SideEffect, st.sampled_from([SideEffectTerm.PAIN, SideEffectTerm.REDNESS]), st.sampled_from(Severity)
    ),
    unique_by=lambda effect: effect.term,
    max_size=2,
)
SIGNS: st.SearchStrategy[list[WarningSign] | None] = st.none() | st.lists(
    st.sampled_from(WarningSign), unique=True, max_size=2
)
FLAGS: st.SearchStrategy[list[Flag] | None] = st.none() | st.lists(
    st.builds(Flag, st.sampled_from(Allergy), st.sampled_from(["", "gloves"])), max_size=3
)


class LogbookMachine(RuleBasedStateMachine):
    """The logbook beside plain dictionaries."""

    patients = Bundle("patients")
    visits = Bundle("visits")
    drafts = Bundle("drafts")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dermlog-model-"))
        self.logbook = make_logbook(self.folder)
        self.saved_patients: dict[UUID, Patient] = {}
        self.saved_visits: dict[UUID, Visit] = {}
        self.saved_sessions: dict[UUID, InjectionSession] = {}
        self.saved_drafts: dict[UUID, Draft] = {}
        self.saved_photos: dict[UUID, Photo] = {}
        self.bytes: dict[UUID, bytes] = {}

    def teardown(self) -> None:
        assert self.logbook.check().findings == ()
        self.logbook.close()
        assert [file.name for file in self.folder.iterdir()] == ["Clinic.dermlog"]
        shutil.rmtree(self.folder)

    @initialize(target=patients)
    def begin(self) -> UUID:
        return self.add_patient("Lindqvist", None)

    @rule(target=patients, name=NAMES, flags=FLAGS)
    def add(self, name: str, flags: list[Flag] | None) -> UUID:
        return self.add_patient(name, flags)

    def add_patient(self, name: str, flags: list[Flag] | None) -> UUID:
        patient = make_patient(family_name=name, allergies=None if flags is None else tuple(flags))
        self.logbook.patients.save(patient)
        self.saved_patients[patient.id] = patient
        return patient.id

    @rule(patient_id=patients, name=NAMES, note=TEXTS, flags=FLAGS)
    def correct_patient(self, patient_id: UUID, name: str, note: str, flags: list[Flag] | None) -> None:
        changed = replace(
            self.saved_patients[patient_id],
            family_name=name,
            note=note,
            allergies=None if flags is None else tuple(flags),
        )
        self.logbook.patients.save(changed)
        self.saved_patients[patient_id] = changed

    @rule(target=visits, patient_id=patients, scores=SCORES, effects=EFFECTS, signs=SIGNS)
    def record(
        self,
        patient_id: UUID,
        scores: list[Score],
        effects: list[SideEffect],
        signs: list[WarningSign] | None,
    ) -> UUID:
        visit = make_visit(
            self.saved_patients[patient_id],
            scores=tuple(scores),
            side_effects=tuple(effects),
            warning_signs=None if signs is None else tuple(signs),
        )
        self.logbook.visits.save(visit)
        self.saved_visits[visit.id] = visit
        return visit.id

    @rule(visit_id=visits, scores=SCORES, effects=EFFECTS, note=TEXTS)
    def correct_visit(
        self, visit_id: UUID, scores: list[Score], effects: list[SideEffect], note: str
    ) -> None:
        changed = replace(
            self.saved_visits[visit_id], scores=tuple(scores), side_effects=tuple(effects), note=note
        )
        self.logbook.visits.save(changed)
        self.saved_visits[visit_id] = changed

    @rule(patient_id=patients, points=st.integers(1, 5))
    def sign(self, patient_id: UUID, points: int) -> None:
        visit = make_visit(self.saved_patients[patient_id])
        sites = tuple(make_site(str(1 + number), x=number / 7) for number in range(points))
        session = make_session(visit, self.logbook.products.all()[0], sites=sites)
        self.saved_sessions[session.id] = self.logbook.sessions.sign(visit, session)
        self.saved_visits[visit.id] = visit

    @rule(target=drafts, patient_id=patients, content=TEXTS)
    def begin_draft(self, patient_id: UUID, content: str) -> UUID:
        draft = make_draft(self.saved_patients[patient_id], content=content)
        self.logbook.drafts.save(draft)
        self.saved_drafts[draft.id] = draft
        return draft.id

    @rule(draft_id=drafts, content=TEXTS)
    def go_on_with_draft(self, draft_id: UUID, content: str) -> None:
        if draft_id not in self.saved_drafts:
            return
        draft = replace(self.saved_drafts[draft_id], content=content)
        self.logbook.drafts.save(draft)
        self.saved_drafts[draft_id] = draft

    @rule(draft_id=drafts)
    def discard(self, draft_id: UUID) -> None:
        self.logbook.drafts.discard(draft_id)
        if self.saved_drafts.pop(draft_id, None) is not None:
            for photo in [p for p in self.saved_photos.values() if p.visit_id == draft_id]:
                del self.saved_photos[photo.id]

    @rule(draft_id=drafts, note=TEXTS)
    def record_draft(self, draft_id: UUID, note: str) -> None:
        draft = self.saved_drafts.pop(draft_id, None)
        if draft is not None:
            visit = make_visit(self.saved_patients[draft.patient_id], id=draft_id, note=note)
            self.logbook.visits.save(visit)
            self.saved_visits[visit.id] = visit

    @rule(visit_id=visits | drafts, content=st.binary(max_size=40))
    def add_photo(self, visit_id: UUID, content: bytes) -> None:
        owner = self.saved_visits.get(visit_id) or self.saved_drafts.get(visit_id)
        if owner is None:
            return
        twice = any(
            photo.visit_id == visit_id and self.bytes[photo.id] == content
            for photo in self.saved_photos.values()
        )
        try:
            photo = self.logbook.photos.add(
                owner.patient_id, visit_id, make_prepared(content), PhotoView.FRONT
            )
        except NotAllowed:
            assert twice
            return
        assert not twice
        self.saved_photos[photo.id] = photo
        self.bytes[photo.id] = content

    @rule(choice=st.randoms(use_true_random=False))
    def remove_photo(self, choice: st.Random) -> None:  # type: ignore[name-defined]
        if self.saved_photos:
            photo_id = choice.choice(sorted(self.saved_photos))
            self.logbook.photos.remove(photo_id)
            del self.saved_photos[photo_id]

    @rule(crash=st.booleans())
    def reopen(self, crash: bool) -> None:
        if crash:
            self.logbook._database.let_go()
        self.logbook.close()
        self.logbook = Logbook.open(self.folder / "Clinic.dermlog", clock=StillClock(NOW))
        assert self.logbook.notices == ()

    @invariant()
    def the_file_is_what_the_model_says(self) -> None:
        logbook = self.logbook
        assert logbook.patients.count() == len(self.saved_patients)
        assert {draft.id: draft for draft in logbook.drafts.all()} == self.saved_drafts
        for patient_id, patient in self.saved_patients.items():
            assert logbook.patients.get(patient_id) == patient
            visits = {visit.id: visit for visit in logbook.visits.of_patient(patient_id)}
            assert visits == {v.id: v for v in self.saved_visits.values() if v.patient_id == patient_id}
            sessions = {session.id: session for session in logbook.sessions.of_patient(patient_id)}
            assert sessions == {s.id: s for s in self.saved_sessions.values() if s.patient_id == patient_id}
            photos = {photo.id: photo for photo in logbook.photos.of_patient(patient_id)}
            assert photos == {p.id: p for p in self.saved_photos.values() if p.patient_id == patient_id}
        for photo_id in self.saved_photos:
            assert logbook.photos.original(photo_id) == self.bytes[photo_id]


TestLogbook = LogbookMachine.TestCase
TestLogbook.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
