"""The access log: who looked, and what happened to the lock while the file was shut."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.staff import Role, Staff
from dermlog.errors import NotSaved
from dermlog.logbook import Logbook, note_while_shut
from dermlog.storage.pending_accesses import PendingAccess, PendingAccesses
from tests.makers import DOCTOR, NOW, NURSE, StillClock, make_logbook, make_patient

GUEST = Staff("Mr Guest", Role.VIEWER, id=UUID(int=3))


def test_a_look_is_noted_once_in_ten_minutes_for_each_person(logbook: Logbook, clock: StillClock) -> None:
    patient, other = make_patient(), make_patient()
    for one in (patient, other):
        logbook.patients.save(one)
    logbook.accesses.note_viewed(patient.id)
    clock.move(timedelta(minutes=9))
    logbook.accesses.note_viewed(patient.id)
    logbook.accesses.note_viewed(other.id)
    logbook.act_as(NURSE.id)
    logbook.accesses.note_viewed(patient.id)
    clock.move(timedelta(minutes=10))
    logbook.accesses.note_viewed(patient.id)
    lines = logbook.accesses.of_patient(patient.id)
    assert [(line.staff_id, line.at - NOW) for line in lines] == [
        (DOCTOR.id, timedelta()),
        (NURSE.id, timedelta(minutes=9)),
        (NURSE.id, timedelta(minutes=19)),
    ]
    assert {line.kind for line in lines} == {AccessKind.VIEWED}
    assert len(logbook.accesses.of_patient(other.id)) == 1


def test_a_clock_set_back_does_not_hide_a_look(logbook: Logbook, clock: StillClock) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.accesses.note_viewed(patient.id)
    clock.move(timedelta(hours=-1))
    logbook.accesses.note_viewed(patient.id)
    assert len(logbook.accesses.of_patient(patient.id)) == 2


def test_who_may_only_look_is_noted_too(logbook: Logbook) -> None:
    logbook.staff.save(GUEST)
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.act_as(GUEST.id)
    logbook.accesses.note(AccessKind.PRINTED, patient.id, "report")
    (line,) = logbook.accesses.of_patient(patient.id)
    assert (line.staff_id, line.kind, line.detail) == (GUEST.id, AccessKind.PRINTED, "report")
    assert logbook.history.verify().ok


def test_nothing_is_noted_in_a_file_open_for_viewing(logbook: Logbook) -> None:
    logbook.accesses.note(AccessKind.LOCKED)
    logbook.close()
    with Logbook.open(logbook.path, clock=StillClock(), viewing=True) as seen:
        seen.accesses.note(AccessKind.EXPORTED)
        seen.accesses.note_viewed(UUID(int=9))
        assert [line.kind for line in seen.accesses.page()] == [AccessKind.LOCKED]


def test_the_log_is_read_page_by_page_newest_first(logbook: Logbook) -> None:
    for number in range(7):
        logbook.accesses.note(AccessKind.EXPORTED, None, str(number))
    first = logbook.accesses.page(limit=3)
    second = logbook.accesses.page(before=first[-1].sequence, limit=3)
    assert [line.detail for line in (*first, *second)] == ["6", "5", "4", "3", "2", "1"]
    found = logbook.accesses.newest(AccessKind.EXPORTED)
    assert found is not None and found.detail == "6"
    assert logbook.accesses.newest(AccessKind.EXPORTED, "nothing such") is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access SET staff_id = NULL",
        "DELETE FROM access",
        "UPDATE seal SET hash = x''",
        "DELETE FROM seal",
        "UPDATE change_hash SET salt = x''",
        "DELETE FROM change_hash",
        "UPDATE writing SET erasing = 'x'",
        "DELETE FROM erasure",
    ],
)
def test_the_log_and_its_seals_are_only_added_to(logbook: Logbook, statement: str) -> None:
    logbook.accesses.note(AccessKind.LOCKED)
    with pytest.raises(NotSaved), logbook._database.atomic():
        logbook._database.write(statement)
    assert logbook.history.verify().ok


def test_after_an_erasure_the_logs_are_closed_again(logbook: Logbook) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    with logbook._database.erasing(patient.id):
        logbook._database.write("DELETE FROM change_payload WHERE sequence = 0")
    with pytest.raises(NotSaved), logbook._database.atomic():
        logbook._database.write("DELETE FROM change_payload WHERE sequence = 0")


def test_an_erasure_reaches_one_patient_only(logbook: Logbook) -> None:
    patient, other = make_patient(), make_patient()
    for one in (patient, other):
        logbook.patients.save(one)
    before = logbook.history.of_patient(other.id)
    with pytest.raises(NotSaved), logbook._database.erasing(patient.id):
        logbook._database.write(
            "DELETE FROM change_payload WHERE sequence IN (SELECT sequence FROM change WHERE patient_id = ?)",
            (str(other.id),),
        )
    assert logbook.history.of_patient(other.id) == before


def test_what_happened_while_it_was_shut_is_written_at_the_next_opening(tmp_path: Path) -> None:
    with make_logbook(tmp_path) as logbook:
        path = logbook.path
    tried = NOW + timedelta(minutes=3)
    note_while_shut(path, AccessKind.UNLOCK_FAILED, NURSE.id, tried)
    note_while_shut(path, AccessKind.UNLOCK_FAILED, None, tried)
    assert "Ana" not in PendingAccesses(path)._path.read_text(encoding="utf-8")
    with Logbook.open(path, clock=StillClock(NOW + timedelta(days=1))) as logbook:
        lines = logbook.accesses.page()
        assert [(line.kind, line.staff_id, line.at) for line in reversed(lines)] == [
            (AccessKind.UNLOCK_FAILED, NURSE.id, tried),
            (AccessKind.UNLOCK_FAILED, None, tried),
        ]
        assert not PendingAccesses(path)._path.exists()
        assert logbook.history.verify().ok


@pytest.mark.parametrize(
    "content", ["", "{", "[]\n1\n", '{"at": "x"}', '{"at": "2026-01-01", "kind": "locked", "staff": null}']
)
def test_an_unreadable_list_is_no_fault(tmp_path: Path, content: str) -> None:
    pending = PendingAccesses(tmp_path / "x")
    pending._path.write_text(content, encoding="utf-8")
    assert pending.all() == ()
    pending.add(PendingAccess(NOW, AccessKind.LOCKED))
    assert [line.kind for line in pending.all()] == [AccessKind.LOCKED]
