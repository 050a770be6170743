"""A clinic with one of everything and real pictures, for leaving and coming back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from dermlog.domain.consent import ConsentKind
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView, PreparedPhoto
from dermlog.domain.staff import Role, Staff
from dermlog.logbook import Logbook
from dermlog.photos.prepare import Preparer
from tests.makers import DOCTOR, StillClock, make_consent, make_patient, make_session, make_site, make_visit
from tests.photos import makers
from tests.storage.make_old_file import write_file

SUMS, DOCUMENT = "SHA256SUMS", "dermlog-export.json"


@cache
def prepared_pictures() -> Mapping[str, PreparedPhoto]:
    """A marked picture of each format, ready to be stored."""
    with Preparer(children=1) as preparer:
        return {kind: preparer.prepare(data) for kind, data in makers.marked_files().items()}


def second_patient() -> Patient:
    """Somebody whose words look like markup, a formula and a path."""
    return make_patient(
        id=UUID(int=99),
        chart_number="../=2+3",
        family_name="<b>O'Né</b>",
        given_name="=cmd|' /C calc'!A0",
        note="@SUM(1)\n-5 °C \u202ertl\u202c \U0001f469\u200d\u2695",
    )


def write_clinic(folder: Path) -> Logbook:
    """A logbook with a row in every table but erasures, two patients and a photo of every format."""
    path = folder / "Clinic.dermlog"
    write_file(path)
    logbook = Logbook.open(path, clock=StillClock())
    logbook.clinic_rules.save(replace(logbook.clinic_rules.get(), retention_years=10))
    logbook.staff.save(Staff("Gone", Role.ASSISTANT, active=False, id=UUID(int=7)))
    first = logbook.patients.get(logbook.patients.search("").rows[0].id)
    for photo in logbook.photos.of_patient(first.id):
        logbook.photos.remove(photo.id)  # its bytes are no picture
    second = second_patient()
    logbook.patients.save(second)
    logbook.consents.save(make_consent(second))
    logbook.consents.save(make_consent(second, kind=ConsentKind.PHOTO_RECORD))
    visit = make_visit(second, date(2026, 3, 2))
    product = logbook.products.all()[1]
    logbook.sessions.sign(visit, make_session(visit, product, sites=(make_site("4"), make_site("0.5"))))
    for number, (kind, picture) in enumerate(prepared_pictures().items(), start=3):
        # In a visit of its own: as clean copies some of them are the same picture.
        later = make_visit(second, date(2026, 3, number))
        logbook.visits.save(later)
        logbook.photos.add(second.id, later.id, picture, PhotoView.FRONT, f"DSC_{kind}.bin")
    gone = logbook.photos.of_patient(second.id)[-1]
    logbook.photos.remove(gone.id)
    moved_from = make_visit(first, date(2026, 3, 5))
    session = make_session(moved_from, product, id=UUID(int=41))
    logbook.sessions.sign(moved_from, session)
    logbook.sessions.move(session.id, second.id, "wrong chart")
    assert logbook.me.id == DOCTOR.id
    return logbook


@contextmanager
def changed_folder(folder: Path, target: Path) -> Iterator[Path]:
    """A copy of an export to tamper with; its list of checksums is made anew afterwards."""
    shutil.copytree(folder, target)
    yield target
    listed = sorted(path for path in target.rglob("*") if path.is_file() and path.name != SUMS)
    lines = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(target).as_posix()}\n" for path in listed
    ]
    (target / SUMS).write_text("".join(lines))


def document_of(folder: Path) -> dict[str, Any]:
    """dermlog-export.json as Python sees it."""
    found: dict[str, Any] = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
    return found


def write_document(folder: Path, document: Mapping[str, Any]) -> None:
    """Put a document in place of the one that is there."""
    (folder / DOCUMENT).write_text(json.dumps(document), encoding="utf-8")
