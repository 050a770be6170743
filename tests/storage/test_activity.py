"""Both logs as one list: page by page, filtered, whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dermlog.activity_words import access_sentence, activity_rows, topic_name
from dermlog.domain.access import AccessKind, AccessLine
from dermlog.domain.activity import KINDS, TABLES, ActivityEntry, ActivityFilter, Topic
from dermlog.domain.staff import Role, Staff
from dermlog.errors import NotAllowed
from dermlog.logbook import Logbook
from dermlog.storage.logged import LOGGED
from tests.makers import DOCTOR, NOW, NURSE, StillClock, make_patient, make_session, make_visit


@pytest.fixture
def busy(logbook: Logbook, clock: StillClock) -> Logbook:
    """Thirty patients, each looked at once, written by two people in turn."""
    for turn in range(30):
        clock.move(timedelta(minutes=1))
        logbook.act_as(NURSE.id if turn % 2 else DOCTOR.id)
        patient = make_patient(family_name=f"Number {turn}")
        logbook.patients.save(patient)
        logbook.accesses.note_viewed(patient.id)
    logbook.act_as(DOCTOR.id)
    return logbook


def everything(logbook: Logbook, wanted: ActivityFilter, limit: int) -> list[ActivityEntry]:
    """All pages put together."""
    found: list[ActivityEntry] = []
    page = logbook.activity.page(wanted, limit=limit)
    while True:
        assert len(page.entries) <= limit
        found += page.entries
        if page.cursor is None:
            return found
        page = logbook.activity.page(wanted, page.cursor, limit)


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_put_together_are_everything_once(busy: Logbook, limit: int) -> None:
    found = everything(busy, ActivityFilter(), limit)
    changes = [line.sequence for entry in found for line in reversed(entry.lines)]
    looks = [entry.access.sequence for entry in found if entry.access is not None]
    assert changes == sorted(changes, reverse=True)
    assert len(changes) == busy.history.head().sequence
    assert looks == list(range(30, 0, -1))


def test_filters_by_person_topic_and_time(busy: Logbook) -> None:
    by_nurse = everything(busy, ActivityFilter(staff_id=NURSE.id), 10)
    assert {entry.staff_id for entry in by_nurse} == {NURSE.id} and len(by_nurse) == 30
    looks = everything(busy, ActivityFilter(topic=Topic.LOOKED), 10)
    assert all(entry.access is not None for entry in looks) and len(looks) == 30
    patients = everything(busy, ActivityFilter(topic=Topic.PATIENTS), 10)
    assert {line.table for entry in patients for line in entry.lines} == {"patient"}
    late = everything(busy, ActivityFilter(since=NOW + timedelta(minutes=26)), 10)
    assert len(late) == 10
    assert not any(entry.access for entry in everything(busy, ActivityFilter(changes_only=True), 10))


def test_patients_are_named_and_visits_dated(logbook: Logbook, clock: StillClock) -> None:
    patient = make_patient(chart_number="DL-7")
    logbook.patients.save(patient)
    clock.move(timedelta(minutes=1))
    visit = make_visit(patient)
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    page = logbook.activity.page(limit=1)
    assert page.patients == {patient.id: "DL-7 Maya Lindqvist"}
    ((entry, row),) = activity_rows(page, {DOCTOR.id: "Dr Sato"}, {})
    assert (entry.patient_id, row.what, row.who) == (patient.id, "Treatment of 17 Apr 2026 signed", "Dr Sato")


def test_who_may_not_see_it_is_refused(busy: Logbook) -> None:
    busy.act_as(NURSE.id)
    with pytest.raises(NotAllowed):
        busy.activity.page()


def test_a_restricted_patient_has_no_line_for_others(busy: Logbook) -> None:
    colleague = Staff("Dr Lee", Role.CLINICIAN)
    busy.staff.save(colleague)
    patient = busy.activity.page(ActivityFilter(topic=Topic.LOOKED), limit=1).entries[0].patient_id
    assert patient is not None
    busy.erasing.restrict(patient, "asked by letter", None)
    assert any(entry.patient_id == patient for entry in everything(busy, ActivityFilter(), 50))
    busy.act_as(colleague.id)
    found = everything(busy, ActivityFilter(), 50)
    assert found and not any(entry.patient_id == patient for entry in found)
    busy.accesses.note_viewed(patient)
    busy.act_as(DOCTOR.id)
    assert colleague.id not in {line.staff_id for line in busy.accesses.of_patient(patient)}
    busy.act_as(colleague.id)
    for read in (busy.history.of_patient, busy.accesses.of_patient):
        with pytest.raises(NotAllowed):
            read(patient)


def test_every_table_and_every_kind_has_a_topic_and_words() -> None:
    tables = [table for known in TABLES.values() for table in known]
    assert sorted(tables) == sorted(table for table, *_rest in LOGGED)
    kinds = [kind for known in KINDS.values() for kind in known]
    assert sorted(kind.value for kind in kinds) == sorted(kind.value for kind in AccessKind)
    assert set(TABLES) | set(KINDS) == set(Topic)
    assert len({topic_name(topic) for topic in Topic}) == len(Topic)
    for kind in AccessKind:
        for detail in ("", "report", "something else 3"):
            assert access_sentence(AccessLine(1, NOW, None, None, kind, detail))


@pytest.mark.parametrize(
    ("kind", "detail", "said"),
    [
        (AccessKind.PRINTED, "record 943863a5", "Injection record printed"),
        (AccessKind.EXPORTED, "12 patients, 3 photos, photos all", "The whole logbook taken out"),
        (AccessKind.CHECKED, "chain 14212", "Record chain found whole up to entry 14,212"),
        (AccessKind.CHECKED, "file 1", "File checked: 1 finding"),
        (AccessKind.CHECKED, "quick sound", "File read through: sound"),
        (AccessKind.CHAIN_BROKEN, "changed 10412 10412", "Record chain found broken at entry 10,412"),
    ],
)
def test_details_are_said_in_words(kind: AccessKind, detail: str, said: str) -> None:
    assert access_sentence(AccessLine(1, NOW, None, None, kind, detail)) == said
