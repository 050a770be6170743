"""A full disk: the save that fails is told, everything before it is whole, and the retry works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dermlog.domain.file_fault import SavingFault
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.errors import NotSaved
from dermlog.logbook import Logbook
from dermlog.storage.guard import guard
from tests.makers import make_draft, make_patient, make_prepared, make_session, make_visit


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient on file."""
    made = make_patient()
    logbook.patients.save(made)
    return made


@contextmanager
def full(logbook: Logbook, room: int = 0) -> Iterator[None]:
    """A disk with room for so many more pages: the file may not grow beyond them."""
    logbook.rest()
    connection = logbook._database.connection
    connection.set_authorizer(None)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + room}")
    guard(connection)
    try:
        yield
    finally:
        connection.set_authorizer(None)
        connection.execute("PRAGMA max_page_count = 4294967294")
        guard(connection)


@pytest.mark.parametrize("room", range(0, 40, 3))
def test_a_photo_that_does_not_fit_is_told_and_fits_later(
    logbook: Logbook, patient: Patient, room: int
) -> None:
    draft = make_draft(patient)
    logbook.drafts.save(draft)
    picture = make_prepared(b"x" * 700_000)
    with full(logbook, room):
        with pytest.raises(NotSaved, match="disk is full") as caught:
            logbook.photos.add(patient.id, draft.id, picture, PhotoView.FRONT)
        assert caught.value.fault is SavingFault.DISK_FULL
        assert "NOT saved" in caught.value.sentence
        assert logbook.photos.of_patient(patient.id) == ()
        assert logbook.drafts.all() == (draft,)
    photo = logbook.photos.add(patient.id, draft.id, picture, PhotoView.FRONT)
    assert logbook.photos.original(photo.id) == picture.original
    assert logbook.check().ok


def test_a_session_that_does_not_fit_leaves_no_part(logbook: Logbook, patient: Patient) -> None:
    visit = make_visit(patient, note="n" * 20_000)
    session = make_session(visit, logbook.products.all()[0], note="n" * 20_000)
    with full(logbook):
        with pytest.raises(NotSaved, match="disk is full"):
            logbook.sessions.sign(visit, session)
        assert logbook.visits.of_patient(patient.id) == ()
        assert logbook.sessions.of_patient(patient.id) == ()
    signed = logbook.sessions.sign(visit, session)
    assert logbook.sessions.of_patient(patient.id) == (signed,)
    assert logbook.check().ok
