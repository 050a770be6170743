"""Amending, reviewing, voiding and moving a signed session: everything stays readable, one version counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from dermlog.changes import Change, Noun
from dermlog.domain.change import ChangeKind
from dermlog.domain.file_fault import Refusal
from dermlog.domain.identity import new_id
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.domain.screening import Answer, ScreeningAnswer
from dermlog.domain.session import InjectionSession, SigningMeaning
from dermlog.domain.side_effect import WarningSign
from dermlog.domain.staff import Role, Staff
from dermlog.domain.validity import Fault, InvalidRecord
from dermlog.errors import NotAllowed, NotSaved
from dermlog.logbook import Logbook
from tests.makers import (
    DOCTOR,
    NURSE,
    TODAY,
    StillClock,
    make_patient,
    make_prepared,
    make_session,
    make_site,
    make_visit,
)

SECOND = Staff("Dr Lind", Role.CLINICIAN, id=UUID(int=3))


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient on file, and a second clinician."""
    made = make_patient()
    logbook.patients.save(made)
    logbook.staff.save(SECOND)
    return made


@pytest.fixture
def signed(logbook: Logbook, patient: Patient) -> InjectionSession:
    """A signed session with everything that a record of it may hold."""
    visit = make_visit(patient)
    return logbook.sessions.sign(
        visit,
        make_session(
            visit,
            logbook.products.all()[0],
            anaesthesia="ice",
            prescriber_id=DOCTOR.id,
            supervisor_id=SECOND.id,
            aftercare_given=True,
            immediate_reaction="none",
            reason="more oil on the forehead",
            wasted_units=Decimal("3.5"),
            screening_answers=(
                ScreeningAnswer("pregnant", Answer.NO),
                ScreeningAnswer("infection", Answer.UNKNOWN, "ask again"),
            ),
        ),
    )


def refused(error: pytest.ExceptionInfo[NotAllowed]) -> Refusal | None:
    """Why a step was refused."""
    return error.value.refusal


def test_the_whole_record_of_a_session_comes_back(logbook: Logbook, signed: InjectionSession) -> None:
    assert logbook.sessions.get(signed.id) == signed
    assert signed.version == 1 and signed.replaces is None and signed.voiding is None


def test_an_amendment_stands_and_both_versions_stay(
    logbook: Logbook, clock: StillClock, patient: Patient, signed: InjectionSession
) -> None:
    clock.move(timedelta(days=1))
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    wanted = replace(signed, lot="C9999", sites=(*signed.sites, make_site("3", x=0.3)))
    amended = logbook.sessions.amend(wanted, "  wrong lot typed ")
    assert logbook.sessions.of_patient(patient.id) == (amended,)
    assert logbook.sessions.versions(signed.id) == logbook.sessions.versions(amended.id) == (signed, amended)
    assert (amended.version, amended.replaces, amended.amendment_reason) == (2, signed.id, "wrong lot typed")
    assert amended.lot == "C9999" and amended.total_units == signed.total_units + 3
    assert amended.signature is not None
    assert amended.signature.meaning is SigningMeaning.AMENDED and amended.signature.at == clock.now
    assert logbook.sessions.get(signed.id) == signed
    assert logbook.sessions.last_of_patient(patient.id) == amended
    assert len(logbook.course(patient.id).sessions) == 1
    assert heard == [frozenset({Change(Noun.SESSION, patient.id)})]
    line = logbook.history.of_patient(patient.id)[-1]
    assert line.reason == "wrong lot typed"
    assert logbook.check().findings == ()


def test_the_second_of_two_windows_is_told_and_nothing_is_overwritten(
    logbook: Logbook, patient: Patient, signed: InjectionSession
) -> None:
    mine = replace(signed, lot="MINE")
    theirs = logbook.sessions.amend(replace(signed, lot="THEIRS"), "their reason")
    with pytest.raises(NotAllowed) as error:
        logbook.sessions.amend(mine, "my reason")
    assert refused(error) is Refusal.CHANGED_MEANWHILE
    assert logbook.sessions.of_patient(patient.id) == (theirs,)
    chosen = logbook.sessions.amend(replace(theirs, lot=mine.lot), "my reason")
    assert [version.lot for version in logbook.sessions.versions(signed.id)] == ["C4821", "THEIRS", "MINE"]
    assert logbook.sessions.of_patient(patient.id) == (chosen,)


def test_the_file_itself_lets_one_version_be_replaced_once(
    logbook: Logbook, signed: InjectionSession
) -> None:
    logbook.sessions.amend(replace(signed, lot="A"), "first")
    with pytest.raises(NotSaved), logbook._database.atomic():
        logbook.sessions._write(
            replace(
                signed, id=new_id(), sites=(make_site(),), replaces=signed.id, version=3, amendment_reason="x"
            )
        )


def test_an_amendment_needs_a_reason_and_a_clinician(logbook: Logbook, signed: InjectionSession) -> None:
    with pytest.raises(InvalidRecord) as error:
        logbook.sessions.amend(replace(signed, lot="X"), "  ")
    assert [(problem.field, problem.fault) for problem in error.value.problems] == [
        ("amendment_reason", Fault.MISSING)
    ]
    logbook.act_as(NURSE.id)
    steps: tuple[Callable[[], InjectionSession], ...] = (
        lambda: logbook.sessions.amend(replace(signed, lot="X"), "why"),
        lambda: logbook.sessions.void(signed.id, "why"),
        lambda: logbook.sessions.review(signed.id),
    )
    for step in steps:
        with pytest.raises(NotAllowed) as refusal:
            step()
        assert refused(refusal) is Refusal.MAY_NOT_SIGN
    assert logbook.sessions.versions(signed.id) == (signed,)


def test_an_amended_day_moves_the_visit(logbook: Logbook, patient: Patient, signed: InjectionSession) -> None:
    day = TODAY - timedelta(days=2)
    logbook.sessions.amend(replace(signed, performed_on=day), "it was on Wednesday")
    assert logbook.visits.get(signed.visit_id).on == day
    assert logbook.course(patient.id).sessions[0].visit.on == day


def test_a_review_is_a_second_signature_by_another(
    logbook: Logbook, clock: StillClock, patient: Patient, signed: InjectionSession
) -> None:
    with pytest.raises(NotAllowed) as error:
        logbook.sessions.review(signed.id)
    assert refused(error) is Refusal.REVIEW_BY_ANOTHER
    logbook.act_as(SECOND.id)
    reviewed = logbook.sessions.review(signed.id)
    assert [(one.staff_id, one.meaning, one.at) for one in reviewed.reviews] == [
        (SECOND.id, SigningMeaning.REVIEWED, clock.now)
    ]
    assert replace(reviewed, reviews=()) == signed
    with pytest.raises(NotAllowed):
        logbook.sessions.review(signed.id)
    assert logbook.sessions.amend(replace(signed, lot="X"), "why").reviews == ()
    assert logbook.sessions.get(signed.id).reviews == reviewed.reviews


def test_a_void_session_counts_nowhere_and_stays_readable(
    logbook: Logbook, clock: StillClock, patient: Patient, signed: InjectionSession
) -> None:
    before = logbook.today_board()
    assert before.counts.sessions == 1
    void = logbook.sessions.void(signed.id, "entered twice")
    assert void.voiding is not None
    assert (void.voiding.staff_id, void.voiding.at) == (DOCTOR.id, clock.now)
    assert (void.voiding.reason, void.voiding.moved_to) == ("entered twice", None)
    assert logbook.sessions.of_patient(patient.id) == ()
    assert logbook.sessions.void_of_patient(patient.id) == (void,)
    assert logbook.sessions.last_of_patient(patient.id) is None
    assert logbook.sessions.injected_before(patient.id) == ()
    assert logbook.sessions.versions(signed.id) == (void,)
    course = logbook.course(patient.id)
    assert course.sessions == () and len(course.entries) == 1
    assert logbook.today_board().counts.sessions == 0
    steps: tuple[Callable[[], InjectionSession], ...] = (
        lambda: logbook.sessions.void(signed.id, "again"),
        lambda: logbook.sessions.amend(replace(signed, lot="X"), "again"),
    )
    for again in steps:
        with pytest.raises(NotAllowed) as error:
            again()
        assert refused(error) is Refusal.VOID
    with pytest.raises(InvalidRecord):
        other = make_visit(patient, TODAY - timedelta(days=100))
        signed_too = logbook.sessions.sign(other, make_session(other, logbook.products.all()[0]))
        logbook.sessions.void(signed_too.id, "")


def test_a_session_moves_to_the_right_patient_with_both_trails(
    logbook: Logbook, clock: StillClock, patient: Patient
) -> None:
    right = make_patient(family_name="Okafor")
    logbook.patients.save(right)
    visit = make_visit(patient, warning_signs=(WarningSign.SPEAKING,))
    wrong = logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    photo = logbook.photos.add(patient.id, visit.id, make_prepared(), PhotoView.FRONT)
    clock.move(timedelta(hours=1))
    there = logbook.sessions.move(wrong.id, right.id, "wrong chart open")
    assert there.patient_id == right.id and there.version == 1
    assert [(site.x, site.units) for site in there.sites] == [(site.x, site.units) for site in wrong.sites]
    void = logbook.sessions.get(wrong.id)
    assert void.voiding is not None and void.voiding.moved_to == there.id
    assert logbook.sessions.moved_from(there.id) == void
    assert logbook.course(patient.id).entries == ()
    moved = logbook.course(right.id).entries[0]
    assert moved.session == there
    assert moved.visit.scores == visit.scores and moved.visit.warning_signs == visit.warning_signs
    assert [one.id for one in logbook.photos.of_patient(right.id)] == [photo.id]
    assert logbook.photos.of_patient(patient.id) == ()
    left, came = (logbook.history.of_patient(one.id) for one in (patient, right))
    assert {line.reason for line in left if line.at == clock.now} == {"wrong chart open"}
    assert any(line.table == "photo" and line.kind is ChangeKind.REMOVED for line in left)
    assert any(line.table == "photo" and line.kind is ChangeKind.ADDED for line in came)
    assert logbook.check().findings == ()
    with pytest.raises(NotAllowed) as error:
        logbook.visits.save(replace(visit, note="later"))
    assert refused(error) is Refusal.VOID
    with pytest.raises(NotAllowed) as same:
        logbook.sessions.move(there.id, right.id, "again")
    assert refused(same) is Refusal.SAME_PATIENT
    amended = logbook.sessions.amend(replace(there, lot="C1"), "lot")
    assert logbook.sessions.moved_from(amended.id) == void


def test_a_move_that_fails_leaves_everything(
    logbook: Logbook, patient: Patient, signed: InjectionSession
) -> None:
    with pytest.raises(NotSaved):
        logbook.sessions.move(signed.id, UUID(int=77), "nobody is there")
    assert logbook.sessions.of_patient(patient.id) == (signed,)
    assert len(logbook.course(patient.id).entries) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE session_void SET reason = 'x'",
        "DELETE FROM session_void",
        "DELETE FROM session_review",
        "UPDATE session_review SET at = 'x'",
        "DELETE FROM screening_answer",
        "UPDATE screening_answer SET answer = 'yes'",
    ],
)
def test_the_file_itself_keeps_reviews_voids_and_answers(
    logbook: Logbook, signed: InjectionSession, statement: str
) -> None:
    logbook.act_as(SECOND.id)
    logbook.sessions.review(signed.id)
    kept = logbook.sessions.void(signed.id, "entered twice")
    with pytest.raises(NotSaved), logbook._database.atomic():
        logbook._database.write(statement)
    assert logbook.sessions.get(signed.id) == kept


def test_an_amended_session_of_an_earlier_day_is_screened_once(logbook: Logbook, patient: Patient) -> None:
    visit = make_visit(patient, date(2026, 1, 1))
    product = logbook.products.all()[0]
    first = logbook.sessions.sign(visit, make_session(visit, product))
    logbook.sessions.amend(replace(first, lot="X"), "lot")
    assert len(logbook.sessions.injected_before(patient.id)) == 1
