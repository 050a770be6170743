"""Drafts in the file: kept as typed, with their photos, until they are recorded or thrown away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dermlog.domain.draft import DraftKind
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.domain.visit import VisitState
from dermlog.errors import NotAllowed
from dermlog.logbook import Logbook
from tests.makers import NOW, TODAY, make_draft, make_patient, make_prepared, make_visit


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient on file."""
    made = make_patient()
    logbook.patients.save(made)
    return made


def test_a_draft_is_kept_as_typed_right_or_wrong(logbook: Logbook, patient: Patient) -> None:
    draft = make_draft(patient, content='{"units": "2,5 \\u0000", "on": "31.2.2026"}')
    logbook.drafts.save(draft)
    again = replace(draft, content='{"units": ""}', saved_at=NOW + timedelta(seconds=3))
    logbook.drafts.save(again)
    assert logbook.drafts.get(draft.id) == again
    assert logbook.drafts.of_patient(patient.id) == (again,)


def test_drafts_come_newest_first(logbook: Logbook, patient: Patient) -> None:
    drafts = [
        make_draft(patient, kind=kind, saved_at=NOW - timedelta(minutes=minutes))
        for kind, minutes in ((DraftKind.FOLLOW_UP, 5), (DraftKind.TREATMENT, 1), (DraftKind.FOLLOW_UP, 9))
    ]
    for draft in drafts:
        logbook.drafts.save(draft)
    assert logbook.drafts.all() == (drafts[1], drafts[0], drafts[2])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (TODAY, TODAY),
        (TODAY + timedelta(days=400), TODAY),
        (date(1066, 10, 14), date(1900, 1, 1)),
    ],
)
def test_its_unfinished_visit_counts_nowhere(
    logbook: Logbook, patient: Patient, typed: date, kept: date
) -> None:
    draft = make_draft(patient, on=typed)
    logbook.drafts.save(draft)
    visit = logbook.visits.get(draft.id)
    assert (visit.state, visit.on) == (VisitState.DRAFT, kept)
    assert logbook.visits.of_patient(patient.id) == ()
    assert logbook.course(patient.id).entries == ()
    assert logbook.drafts.get(draft.id) == draft


def test_the_unfinished_visit_follows_the_date(logbook: Logbook, patient: Patient) -> None:
    draft = make_draft(patient)
    logbook.drafts.save(draft)
    logbook.drafts.save(replace(draft, on=date(2026, 4, 1)))
    assert logbook.visits.get(draft.id).on == date(2026, 4, 1)


def test_discarding_takes_its_photos_and_nothing_else(logbook: Logbook, patient: Patient) -> None:
    draft, other = make_draft(patient), make_draft(patient)
    for kept in (draft, other):
        logbook.drafts.save(kept)
    shared, own = make_prepared(b"shared"), make_prepared(b"own")
    stays = logbook.photos.add(patient.id, other.id, shared, PhotoView.FRONT)
    logbook.photos.add(patient.id, draft.id, shared, PhotoView.FRONT)
    logbook.photos.add(patient.id, draft.id, own, PhotoView.FRONT)
    logbook.drafts.discard(draft.id)
    assert logbook.drafts.all() == (other,)
    assert logbook.photos.of_patient(patient.id) == (stays,)
    assert logbook.photos.original(stays.id) == b"shared"
    assert logbook._database.rows("SELECT sha256 FROM photo_image") == [(shared.sha256,)]
    with pytest.raises(NotAllowed):
        logbook.visits.get(draft.id)
    logbook.drafts.discard(draft.id)
    assert logbook.check().ok


def test_a_recorded_visit_takes_no_draft(logbook: Logbook, patient: Patient) -> None:
    visit = make_visit(patient)
    logbook.visits.save(visit)
    with pytest.raises(NotAllowed, match="already recorded"):
        logbook.drafts.save(replace(make_draft(patient), id=visit.id))


def test_a_draft_never_moves_to_another_patient(logbook: Logbook, patient: Patient) -> None:
    other = make_patient()
    logbook.patients.save(other)
    draft = make_draft(patient)
    logbook.drafts.save(draft)
    with pytest.raises(NotAllowed, match="another patient"):
        logbook.drafts.save(replace(draft, patient_id=other.id))


def test_drafts_outlive_a_crash(logbook: Logbook, patient: Patient) -> None:
    draft = make_draft(patient)
    logbook.drafts.save(draft)
    reopened = Logbook.open(logbook.path)
    assert reopened.drafts.all() == (draft,)
    reopened.close()
