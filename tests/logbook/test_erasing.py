"""Who is restricted is hidden at once; who is erased must not be kept any more, and somebody must mean it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.clinic import Clinic
from dermlog.domain.clinic_rule import ClinicRules
from dermlog.domain.draft import DraftKind
from dermlog.domain.erasure import ErasingFault, keep_until
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.side_effect import WarningSign
from dermlog.domain.staff import Role, Staff
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import BackupNotDone, NotAllowed, NotErased, NotUnlocked
from dermlog.logbook import Logbook
from dermlog.ui.patient.patient_facts import gather
from tests.makers import (
    DOCTOR,
    NURSE,
    TODAY,
    StillClock,
    make_consent,
    make_draft,
    make_logbook,
    make_patient,
    make_prepared,
    make_session,
    make_visit,
)

CLINICIAN = Staff("Dr Lind", Role.CLINICIAN)


@pytest.fixture
def clock() -> StillClock:
    """A clock that moves only when told to."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A logbook with an owner, a clinician and an assistant."""
    made = make_logbook(tmp_path, clock=clock)
    made.staff.save(CLINICIAN)
    yield made
    made.close()


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient with something in every list."""
    made = make_patient(chart_number="DL-7")
    logbook.patients.save(made)
    logbook.patients.note_opened(made.id)
    visit = make_visit(made, TODAY - timedelta(days=30), warning_signs=(WarningSign.SWALLOWING,))
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0], lot="LOT7"))
    logbook.consents.save(make_consent(made))
    logbook.drafts.save(make_draft(made, kind=DraftKind.TREATMENT, content='{"lot": "LOT7"}'))
    return made


def seen(logbook: Logbook, patient: Patient) -> dict[str, bool]:
    """In which lists a patient is seen."""
    board = logbook.today_board()
    return {
        "search": bool(logbook.patients.search("lindq").rows),
        "everybody": bool(logbook.patients.search("").rows),
        "number": logbook.patients.by_chart_number("dl-7") is not None,
        "recent": bool(logbook.patients.recent()),
        "doctor": bool(board.needs_doctor),
        "due": bool(board.follow_ups),
        "drafts": bool(board.drafts),
        "recall": bool(logbook.vials.recall("LOT7")),
        "duplicates": bool(logbook.patients.duplicates_of(make_patient())),
    }


@pytest.mark.parametrize("person", [CLINICIAN, NURSE])
def test_a_restricted_patient_is_seen_by_owners_alone(
    logbook: Logbook, patient: Patient, person: Staff
) -> None:
    assert all(seen(logbook, patient).values())
    logbook.erasing.restrict(patient.id, "Asked by letter", date(2027, 1, 1))
    assert all(seen(logbook, patient).values())
    assert logbook.patients.row(patient.id).restricted
    logbook.act_as(person.id)
    assert not any(seen(logbook, patient).values())
    for reading in (
        logbook.patients.get,
        logbook.patients.row,
        logbook.visits.of_patient,
        logbook.sessions.of_patient,
        logbook.photos.of_patient,
        logbook.drafts.of_patient,
        logbook.consents.of_patient,
        logbook.progress_report,
        logbook.report_pdf,
        logbook.course,
    ):
        with pytest.raises(NotAllowed):
            reading(patient.id)
    with pytest.raises(NotAllowed):
        logbook.erasing.lift(patient.id)
    logbook.act_as(DOCTOR.id)
    logbook.erasing.lift(patient.id)
    logbook.act_as(person.id)
    assert all(seen(logbook, patient).values())
    assert not logbook.patients.row(patient.id).restricted


@pytest.mark.parametrize("person", [CLINICIAN, NURSE])
def test_nobody_comes_to_a_restricted_patient_by_an_id_they_once_saw(
    logbook: Logbook, patient: Patient, person: Staff
) -> None:
    (draft,) = logbook.drafts.of_patient(patient.id)
    (session,) = logbook.sessions.of_patient(patient.id)
    visit = logbook.visits.get(session.visit_id)
    photo = logbook.photos.add(patient.id, visit.id, make_prepared(), PhotoView.FRONT)
    ways: list[Callable[[], object]] = [
        lambda: logbook.visits.get(visit.id),
        lambda: logbook.visits.acknowledgements(patient.id),
        lambda: logbook.sessions.get(session.id),
        lambda: logbook.sessions.versions(session.id),
        lambda: logbook.sessions.void_of_patient(patient.id),
        lambda: logbook.sessions.last_of_patient(patient.id),
        lambda: logbook.injection_record(session.id),
        lambda: logbook.photos.get(photo.id),
        lambda: logbook.photos.of_visit(visit.id),
        lambda: logbook.photos.thumbnail(photo.id),
        lambda: logbook.photos.preview(photo.id),
        lambda: logbook.photos.print_copy(photo.id),
        lambda: logbook.photos.original(photo.id),
        lambda: logbook.history.of_patient(patient.id),
        lambda: logbook.accesses.of_patient(patient.id),
        lambda: logbook.erasing.restriction(patient.id),
        lambda: logbook.patients.save(replace(patient, family_name="Berg")),
        lambda: logbook.visits.save(make_visit(patient, TODAY)),
        lambda: logbook.drafts.save(draft),
        lambda: logbook.consents.save(make_consent(patient)),
        lambda: logbook.photos.save(replace(photo, note="crooked")),
    ]
    for way in ways:
        way()
    logbook.erasing.restrict(patient.id, "Asked by letter")
    logbook.act_as(person.id)
    for way in ways:
        with pytest.raises(NotAllowed):
            way()
    assert logbook.drafts.get(draft.id) is None
    assert logbook.erasing.restricted() == ()
    logbook.act_as(DOCTOR.id)
    assert logbook.patients.get(patient.id).family_name == "Berg"
    assert logbook.drafts.get(draft.id) is not None
    assert len(logbook.erasing.restricted()) == 1


def test_a_move_from_a_restricted_patient_hides_no_other_patient(logbook: Logbook, patient: Patient) -> None:
    there = make_patient(chart_number="DL-8", family_name="Berg")
    logbook.patients.save(there)
    (session,) = logbook.sessions.of_patient(patient.id)
    moved = logbook.sessions.move(session.id, there.id, "wrong patient")
    assert logbook.injection_record(moved.id).moved_from == "DL-7"
    logbook.erasing.restrict(patient.id, "Asked by letter")
    logbook.act_as(CLINICIAN.id)
    assert gather(logbook, there.id).moved == {moved.id: "–"}
    assert logbook.injection_record(moved.id).moved_from == "–"
    logbook.act_as(DOCTOR.id)
    logbook.erasing.lift(patient.id)
    logbook.erasing.restrict(there.id, "Asked by letter")
    logbook.act_as(CLINICIAN.id)
    assert gather(logbook, patient.id).moved == {session.id: "–"}
    assert logbook.injection_record(session.id).moved_to == "–"


def test_a_restriction_says_why_and_stands_in_the_history(logbook: Logbook, patient: Patient) -> None:
    with pytest.raises(InvalidRecord):
        logbook.erasing.restrict(patient.id, "   ")
    assert logbook.erasing.restriction(patient.id) is None
    logbook.erasing.restrict(patient.id, "Asked by letter", date(2027, 1, 1))
    (found,) = logbook.erasing.restricted()
    assert (found.reason, found.until, found.staff_id) == ("Asked by letter", date(2027, 1, 1), DOCTOR.id)
    logbook.erasing.lift(patient.id)
    lines = [line for line in logbook.history.of_patient(patient.id) if line.table == "restriction"]
    assert [line.kind.value for line in lines] == ["added", "removed"]


def test_the_chart_number_of_a_hidden_patient_is_still_taken(logbook: Logbook, patient: Patient) -> None:
    logbook.erasing.restrict(patient.id, "Asked by letter")
    logbook.act_as(CLINICIAN.id)
    with pytest.raises(InvalidRecord):
        logbook.patients.save(make_patient(chart_number="DL-7"))


def refused(logbook: Logbook, patient: Patient, **how: object) -> ErasingFault | None:
    """Why an erasure was refused; everything is as it was then."""
    facts = {"chart_number": patient.chart_number, "no_duty": True} | how
    with pytest.raises(NotErased) as error:
        logbook.erasing.erase(patient.id, **facts)  # type: ignore[arg-type]
    assert logbook.patients.get(patient.id).chart_number == patient.chart_number
    assert logbook.erasing.erased() == ()
    return error.value.fault


def test_what_must_be_kept_is_kept_until_the_day_after(
    logbook: Logbook, patient: Patient, clock: StillClock
) -> None:
    logbook.clinic_rules.save(replace(ClinicRules(), retention_years=8))
    last = keep_until(TODAY, 8)
    assert last == date(2034, 4, 17)
    assert logbook.erasing.plan(patient.id).keep_until == last
    assert refused(logbook, patient) is ErasingFault.MUST_BE_KEPT
    with pytest.raises(NotErased, match=r"Must be kept until Apr 2034 \(clinic rule\)"):
        logbook.erasing.erase(patient.id, chart_number="DL-7", no_duty=True)
    clock.now = clock.now.replace(year=2034)
    assert refused(logbook, patient) is ErasingFault.MUST_BE_KEPT
    clock.move(timedelta(days=1))
    logbook.erasing.erase(patient.id, chart_number="DL-7")
    assert [one.patient_id for one in logbook.erasing.erased()] == [patient.id]


def test_without_a_period_somebody_must_confirm(logbook: Logbook, patient: Patient) -> None:
    assert refused(logbook, patient, no_duty=False) is ErasingFault.NO_DUTY_UNCONFIRMED


@pytest.mark.parametrize("typed", ["", "DL-8", "dl-7x"])
def test_the_chart_number_must_be_typed(logbook: Logbook, patient: Patient, typed: str) -> None:
    assert refused(logbook, patient, chart_number=typed) is ErasingFault.OTHER_CHART_NUMBER


@pytest.mark.parametrize("person", [CLINICIAN, NURSE])
def test_only_owners_erase(logbook: Logbook, patient: Patient, person: Staff) -> None:
    logbook.act_as(person.id)
    with pytest.raises(NotAllowed):
        logbook.erasing.erase(patient.id, chart_number="DL-7", no_duty=True)
    with pytest.raises(NotAllowed):
        logbook.erasing.erase_now(patient.id)
    with pytest.raises(NotAllowed):
        logbook.erasing.restrict(patient.id, "why")
    assert logbook.patients.get(patient.id)


def test_a_backup_is_made_before_and_stopping_it_erases_nobody(logbook: Logbook, patient: Patient) -> None:
    logbook.photos.add(
        patient.id, logbook.visits.of_patient(patient.id)[0].id, make_prepared(), PhotoView.FRONT
    )
    with pytest.raises(BackupNotDone):
        logbook.erasing.erase(patient.id, chart_number="DL-7", no_duty=True, cancelled=lambda: True)
    assert logbook.patients.get(patient.id)
    assert logbook.backups.sets() == ()
    logbook.erasing.erase(patient.id, chart_number="DL-7", no_duty=True)
    assert [one.patients for one in logbook.backups.sets()] == [1]
    assert logbook.accesses.newest(AccessKind.ERASED) is not None


def test_a_locked_logbook_asks_for_the_password(tmp_path: Path, clock: StillClock) -> None:
    code = RecoveryCode.new()
    passwords = {DOCTOR.id: "violet otters sing at dusk"}
    with Logbook.create_locked(
        tmp_path / "Locked.dermlog", Clinic(name="C"), [DOCTOR, NURSE], passwords, code, clock=clock
    ) as logbook:
        patient = make_patient(chart_number="DL-7")
        logbook.patients.save(patient)
        assert logbook.erasing.asks_password
        wrong = passwords[DOCTOR.id].upper()
        with pytest.raises(NotUnlocked):
            logbook.erasing.erase(patient.id, chart_number="DL-7", no_duty=True, password=wrong)
        assert logbook.patients.get(patient.id)
        logbook.erasing.erase(patient.id, chart_number="DL-7", no_duty=True, password=passwords[DOCTOR.id])
        assert logbook.patients.count() == 0
        assert logbook.history.verify().ok


@pytest.mark.parametrize(
    ("last", "years", "until"),
    [
        (date(2024, 2, 29), 10, date(2034, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 12, 31), 1, date(2025, 12, 31)),
        (date(9990, 1, 1), 100, date.max),
    ],
)
def test_the_last_day_is_the_same_day_years_later(last: date, years: int, until: date) -> None:
    assert keep_until(last, years) == until
