"""The door: what the logbook gathers from the file, and what it does not load before it is needed."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from dermlog.domain.consent import ConsentKind
from dermlog.domain.patient import Allergy, Flag, Patient
from dermlog.domain.photo import Photo, PhotoFault, PhotoView
from dermlog.domain.screening import ScreeningRule
from dermlog.errors import NotAllowed, UnusablePhoto
from dermlog.logbook import Logbook
from tests.makers import (
    DOCTOR,
    NOW,
    TODAY,
    make_consent,
    make_draft,
    make_logbook,
    make_patient,
    make_prepared,
    make_session,
    make_visit,
    oiliness,
)


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A new logbook."""
    made = make_logbook(tmp_path)
    yield made
    made.close()


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient treated four weeks ago, with a baseline and one follow-up."""
    made = make_patient(allergies=(Flag(Allergy.COW_MILK_PROTEIN),), conditions=(), drugs=())
    logbook.patients.save(made)
    first = make_visit(made, TODAY - timedelta(weeks=4), scores=(oiliness(4),))
    logbook.sessions.sign(first, make_session(first, logbook.products.all()[0]))
    logbook.visits.save(make_visit(made, scores=(oiliness(1),)))
    return made


def test_the_clock_is_the_one_given(logbook: Logbook) -> None:
    assert (logbook.now(), logbook.today()) == (NOW, TODAY)


def test_a_course_is_gathered(logbook: Logbook, patient: Patient) -> None:
    course = logbook.course(patient.id)
    assert [(entry.week, entry.number, entry.is_follow_up) for entry in course.entries] == [
        (0, 1, False),
        (4, 1, True),
    ]
    assert course.compare(oiliness(1).series).difference == -3


def test_no_follow_up_is_due_without_a_session(logbook: Logbook) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.visits.save(make_visit(patient))
    assert logbook.follow_up_due(patient.id) is None


def test_screening_asks_patient_consents_product_and_earlier_sessions(
    logbook: Logbook, patient: Patient
) -> None:
    dysport = next(product for product in logbook.products.all() if product.brand == "Dysport")
    rules = {finding.rule for finding in logbook.screening(patient.id, dysport, TODAY)}
    assert rules == {
        ScreeningRule.COW_MILK_PROTEIN,
        ScreeningRule.NO_OFF_LABEL_CONSENT,
        ScreeningRule.TOO_SOON,
        ScreeningRule.OTHER_PRODUCT_BEFORE,
    }
    logbook.consents.save(make_consent(patient))
    rules = {finding.rule for finding in logbook.screening(patient.id, None, TODAY)}
    assert rules == {ScreeningRule.TOO_SOON}


def test_a_report_gathers_what_the_page_says(logbook: Logbook, patient: Patient) -> None:
    logbook.drafts.save(make_draft(patient))
    first, second = logbook.visits.of_patient(patient.id)
    for visit, content in ((first, b"before"), (second, b"now")):
        logbook.photos.add(patient.id, visit.id, make_prepared(content), PhotoView.FRONT)
    logbook.photos.add(patient.id, second.id, make_prepared(b"side"), PhotoView.RIGHT_45)
    withheld = logbook.progress_report(patient.id)
    assert withheld.photos_withheld
    assert withheld.photo_pairs == ()
    logbook.consents.save(make_consent(patient, kind=ConsentKind.PHOTO_RECORD))
    facts = logbook.progress_report(patient.id)
    assert facts.patient == patient
    assert facts.course == logbook.course(patient.id)
    assert facts.due == logbook.follow_up_due(patient.id)
    assert facts.staff_names[DOCTOR.id] == "Dr Sato"
    assert (facts.unfinished, facts.prepared_by, facts.prepared_at) == (1, "Dr Sato", NOW)
    assert not facts.photos_withheld
    front, side = facts.photo_pairs
    assert (front.view, front.before.jpeg, front.before.week) == (PhotoView.FRONT, b"print of before", 0)
    assert front.now is not None and (front.now.jpeg, front.now.week) == (b"print of now", 4)
    assert (side.view, side.now) == (PhotoView.RIGHT_45, None)


def test_pictures_come_in_through_a_worker(logbook: Logbook, patient: Patient, tmp_path: Path) -> None:
    visit = logbook.visits.of_patient(patient.id)[1]
    good = tmp_path / "good.png"
    good.write_bytes(_png())
    text = tmp_path / "text.jpg"
    text.write_text("not a picture", encoding="utf-8")
    results: list[object] = []
    steps: list[tuple[int, int]] = []

    def work() -> None:
        with logbook.photos.importer() as importer:
            results.extend(
                importer.add_files(
                    patient.id,
                    visit.id,
                    [good, text, _png(), b""],
                    view=PhotoView.LEFT_90,
                    progress=lambda done, of: steps.append((done, of)),
                )
            )

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    photos = [result for result in results if isinstance(result, Photo)]
    faults = {result.fault for result in results if isinstance(result, UnusablePhoto)}
    refused = [result for result in results if isinstance(result, NotAllowed)]
    assert [photo.view for photo in photos] == [PhotoView.LEFT_90]
    assert faults == {PhotoFault.NOT_A_PICTURE, PhotoFault.EMPTY}
    assert len(refused) == 1
    assert logbook.photos.of_visit(visit.id) == tuple(photos)
    assert logbook.photos.original(photos[0].id) == good.read_bytes()


def test_an_import_can_be_cancelled(logbook: Logbook, patient: Patient) -> None:
    visit = logbook.visits.of_patient(patient.id)[1]
    with logbook.photos.importer() as importer:
        results = list(importer.add_files(patient.id, visit.id, [_png(), b""], cancelled=lambda: True))
    assert results == []
    assert logbook.photos.of_visit(visit.id) == ()


def _png() -> bytes:
    """A picture of eight by eight points, written by hand."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x * 30, 90, 200)) * 8 for x in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_opening_and_searching_loads_nothing_heavy(logbook: Logbook) -> None:
    logbook.close()
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from dermlog.logbook import Logbook\n"
        "logbook = Logbook.open(Path(sys.argv[1]))\n"
        "logbook.patients.search('lind')\n"
        "logbook.today_board()\n"
        "logbook.close()\n"
        "heavy = ('sqlite_utils', 'reportlab', 'PIL', 'pikepdf', 'PySide6', 'sqlite3', 'click')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(logbook.path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_days_are_those_of_the_place(tmp_path: Path) -> None:
    """An entry made late in the evening belongs to the day on the wall, not to that of Greenwich."""
    from datetime import datetime, timezone

    evening = datetime(2026, 4, 17, 23, 30, tzinfo=timezone(timedelta(hours=-7)))
    with make_logbook(tmp_path, clock=lambda: evening) as made:
        assert made.today() == date(2026, 4, 17)
