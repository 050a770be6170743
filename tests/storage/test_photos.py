"""Photos in the file: bytes apart, proved by their hash, never lost with a recorded visit."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from dermlog.domain.identity import new_id
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoFault, PhotoView
from dermlog.domain.visit import Visit
from dermlog.errors import NotAllowed, UnusablePhoto
from dermlog.logbook import Logbook
from dermlog.storage import driver
from tests.makers import make_draft, make_patient, make_prepared, make_visit


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient on file."""
    made = make_patient()
    logbook.patients.save(made)
    return made


@pytest.fixture
def visit(logbook: Logbook, patient: Patient) -> Visit:
    """A recorded visit of the patient."""
    made = make_visit(patient)
    logbook.visits.save(made)
    return made


def test_a_photo_comes_back_byte_for_byte(logbook: Logbook, patient: Patient, visit: Visit) -> None:
    content = bytes(range(256)) * 40_000
    prepared = make_prepared(content, taken_at=datetime(2026, 4, 1, 9, 30), taken_offset_minutes=-150)  # noqa: DTZ001
    photo = logbook.photos.add(patient.id, visit.id, prepared, PhotoView.LEFT_45, "IMG 01.JPG")
    assert logbook.photos.of_visit(visit.id) == (photo,)
    assert logbook.photos.get(photo.id) == photo
    assert (photo.byte_count, photo.taken_at, photo.file_name) == (
        len(content),
        datetime(2026, 4, 1, 9, 30),  # noqa: DTZ001
        "IMG 01.JPG",
    )
    assert logbook.photos.original(photo.id) == content
    assert logbook.photos.preview(photo.id) == prepared.preview
    assert logbook.photos.print_copy(photo.id) == prepared.print_copy
    assert logbook.photos.thumbnail(photo.id) == prepared.thumbnail


def test_photos_come_by_the_day_of_their_visit(logbook: Logbook, patient: Patient) -> None:
    late, early = make_visit(patient, date(2026, 3, 1)), make_visit(patient, date(2026, 1, 1))
    photos = []
    for number, visit in enumerate((late, early, late)):
        logbook.visits.save(visit)
        photos.append(
            logbook.photos.add(patient.id, visit.id, make_prepared(b"%d" % number), PhotoView.FRONT)
        )
    assert logbook.photos.of_patient(patient.id) == (photos[1], photos[0], photos[2])


def test_the_same_picture_comes_once_into_a_visit(logbook: Logbook, patient: Patient, visit: Visit) -> None:
    other = make_visit(patient)
    logbook.visits.save(other)
    logbook.photos.add(patient.id, visit.id, make_prepared(), PhotoView.FRONT)
    with pytest.raises(NotAllowed, match="already in this visit"):
        logbook.photos.add(patient.id, visit.id, make_prepared(), PhotoView.OTHER)
    logbook.photos.add(patient.id, other.id, make_prepared(), PhotoView.FRONT)
    assert logbook._database.value("SELECT count(*) FROM photo_image") == 1


def test_a_photo_needs_a_visit_of_its_patient(logbook: Logbook, patient: Patient, visit: Visit) -> None:
    other = make_patient()
    logbook.patients.save(other)
    with pytest.raises(NotAllowed, match="another patient"):
        logbook.photos.add(other.id, visit.id, make_prepared(), PhotoView.FRONT)
    with pytest.raises(NotAllowed, match="no longer in the logbook"):
        logbook.photos.add(patient.id, new_id(), make_prepared(), PhotoView.FRONT)
    assert logbook._database.value("SELECT count(*) FROM photo_image") == 0


def test_view_and_note_can_change_and_nothing_else(logbook: Logbook, patient: Patient, visit: Visit) -> None:
    photo = logbook.photos.add(patient.id, visit.id, make_prepared(), PhotoView.FRONT)
    changed = replace(photo, view=PhotoView.CHEEK_RIGHT, note="before washing")
    logbook.photos.save(replace(changed, sha256="0" * 64, width=1))
    assert logbook.photos.of_visit(visit.id) == (changed,)
    with pytest.raises(NotAllowed):
        logbook.photos.save(replace(photo, id=new_id()))


def test_bytes_of_a_recorded_visit_stay_when_the_photo_is_taken_out(
    logbook: Logbook, patient: Patient, visit: Visit
) -> None:
    draft = make_draft(patient)
    logbook.drafts.save(draft)
    logbook.photos.add(patient.id, draft.id, make_prepared(b"recorded"), PhotoView.FRONT)
    photo = logbook.photos.add(patient.id, visit.id, make_prepared(b"recorded"), PhotoView.FRONT)
    unfinished = logbook.photos.add(patient.id, draft.id, make_prepared(b"unfinished"), PhotoView.FRONT)
    logbook.photos.remove(photo.id)
    logbook.photos.remove(unfinished.id)
    logbook.drafts.discard(draft.id)
    assert logbook.photos.of_patient(patient.id) == ()
    assert logbook._database.rows("SELECT original FROM photo_image") == [(b"recorded",)]
    last = [line for line in logbook.history.of_patient(patient.id) if line.row_id == str(photo.id)][-1]
    assert last.before is not None and last.before["sha256"] == hashlib.sha256(b"recorded").hexdigest()
    assert logbook.check().ok


@pytest.mark.parametrize("part", ["original", "preview", "print_copy", "thumbnail"])
def test_damaged_bytes_are_never_shown_as_truth(
    logbook: Logbook, patient: Patient, visit: Visit, part: str
) -> None:
    content = f"the very bytes of this {part}, ".encode() * 20
    parts = {"content": b"c", "preview": b"p", "print_copy": b"q", "thumbnail": b"t"}
    parts["content" if part == "original" else part] = content
    prepared = make_prepared(**parts)
    photo = logbook.photos.add(patient.id, visit.id, prepared, PhotoView.FRONT)
    assert getattr(logbook.photos, part)(photo.id) == content
    logbook.close()
    damage(logbook.path, b"the very bytes of this " + part.encode(), b"THE")
    reopened = Logbook.open(logbook.path)
    with pytest.raises(UnusablePhoto) as caught:
        getattr(reopened.photos, part)(photo.id)
    assert caught.value.fault is PhotoFault.DAMAGED
    result = reopened.check()
    assert not result.ok
    assert any(photo.sha256[:12] in finding for finding in result.findings)
    reopened.close()


def test_bytes_that_are_missing_are_said(logbook: Logbook, patient: Patient, visit: Visit) -> None:
    photo = logbook.photos.add(patient.id, visit.id, make_prepared(), PhotoView.FRONT)
    logbook.close()
    connection = driver.connect(logbook.path, None, "rw")
    connection.execute("DELETE FROM photo_thumbnail")
    connection.close()
    reopened = Logbook.open(logbook.path)
    with pytest.raises(UnusablePhoto):
        reopened.photos.thumbnail(photo.id)
    assert not reopened.check().ok
    reopened.close()


def damage(path: Path, there: bytes, instead: bytes) -> None:
    """Overwrite the first place of the file that holds some bytes."""
    content = path.read_bytes()
    assert there in content
    place = content.index(there)
    with path.open("r+b") as file:
        file.seek(place)
        file.write(instead)
