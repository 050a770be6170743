"""T21: the lock of an open logbook: nothing goes in or out, and work that has begun may end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.file_fault import OpeningFault
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import LogbookNotOpened, NotUnlocked
from dermlog.logbook import (
    Logbook,
    Unlocked,
    unlock,
)
from tests.logbook.keys.locked import CODE, NURSES, fault, signed_in
from tests.makers import DOCTOR, NURSE, make_patient


def test_a_locked_logbook_gives_and_takes_nothing(logbook: Logbook, path: Path) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    by = signed_in(logbook)
    logbook.lock()
    logbook.lock()
    assert logbook.is_locked
    calls: tuple[Callable[[], object], ...] = (
        lambda: logbook.patients.get(patient.id),
        lambda: logbook.patients.save(make_patient()),
        lambda: logbook.patients.search(""),
        logbook.today_board,
        logbook.check,
        logbook.backups.back_up,
        logbook.second_connection().clinic.get,
    )
    assert [fault(call) for call in calls] == [KeyFault.LOCKED] * len(calls)
    logbook.unlock(by)
    assert logbook.patients.get(patient.id) == patient


def test_locking_folds_the_file_and_keeps_its_lock(logbook: Logbook, path: Path) -> None:
    logbook.patients.save(make_patient())
    logbook.lock()
    wal = path.with_name(path.name + "-wal")
    assert not wal.exists() or wal.stat().st_size == 0
    assert path.with_name(path.name + "-lock").exists()


def test_a_locked_logbook_rests_and_closes(logbook: Logbook, path: Path, tmp_path: Path) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    logbook.remember_on_this_pc(memory)
    logbook.patients.save(make_patient())
    by = signed_in(logbook)
    logbook.lock()
    logbook.rest()
    logbook.close()
    assert {one.name for one in path.parent.iterdir()} <= {
        path.name,
        f"{path.name}-keys",
        f"{path.name}-keys.bak",
    }
    with Logbook.open(path, key=by.key) as again:
        again.remember_on_this_pc(memory)
        assert again.notices == ()


def test_only_the_key_of_this_logbook_unlocks_it(logbook: Logbook) -> None:
    by = signed_in(logbook)
    logbook.lock()
    foreign = Unlocked(bytes(32), RecoveryCode.new(), DOCTOR.id)
    assert fault(lambda: logbook.unlock(foreign)) is KeyFault.WRONG_CODE
    assert logbook.is_locked
    logbook.unlock(by)
    assert logbook.clinic.get().name == "Skin Clinic"


def test_a_file_that_went_away_behind_the_lock_is_said_and_looked_for(logbook: Logbook, path: Path) -> None:
    unlocked = signed_in(logbook)
    logbook.lock()
    elsewhere = path.rename(path.with_name("Elsewhere.dermlog"))
    with pytest.raises(LogbookNotOpened, match="is not there") as told:
        logbook.unlock(unlocked)
    assert told.value.fault is OpeningFault.MISSING
    assert logbook.is_locked
    elsewhere.rename(path)
    logbook.unlock(unlocked)
    assert logbook.me.id == DOCTOR.id


def test_whoever_unlocks_is_who_writes(logbook: Logbook, path: Path) -> None:
    logbook.lock()
    logbook.unlock(unlock(path, NURSE.id, NURSES))
    assert logbook.me == NURSE


def test_work_under_way_in_another_thread_may_end_first(logbook: Logbook) -> None:
    begun, may_end, names = threading.Event(), threading.Event(), list[str]()

    def work() -> None:
        with logbook.second_connection() as own, own.in_one_step():
            own.patients.save(make_patient(family_name="Late"))
            begun.set()
            may_end.wait(20)
            names.append(own.clinic.get().name)

    by = signed_in(logbook)
    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(20)
    logbook.lock(patience=0.05)
    assert logbook.is_locked
    may_end.set()
    thread.join(20)
    assert names == ["Skin Clinic"]
    logbook.unlock(by)
    assert [row.family_name for row in logbook.patients.search("Late").rows] == ["Late"]


def test_a_connection_that_idles_in_another_thread_is_refused_after_the_lock(logbook: Logbook) -> None:
    ready, locked, faults = threading.Event(), threading.Event(), list[KeyFault | None]()

    def work() -> None:
        with logbook.second_connection() as own:
            own.clinic.get()
            ready.set()
            locked.wait(20)
            try:
                own.clinic.get()
            except NotUnlocked as error:
                faults.append(error.fault)

    thread = threading.Thread(target=work)
    thread.start()
    assert ready.wait(20)
    logbook.lock(patience=0.05)
    locked.set()
    thread.join(20)
    assert faults == [KeyFault.LOCKED]


def test_the_key_is_not_shown_by_accident(logbook: Logbook) -> None:
    by = signed_in(logbook)
    shown = repr(by) + str(by) + repr(logbook._database.held) + repr(vars(by.code).keys())
    assert by.key.hex() not in shown
    assert repr(by.key) not in shown
    assert CODE.text not in shown


def test_what_was_on_its_way_out_when_the_lock_came_is_on_record(logbook: Logbook, path: Path) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    by = signed_in(logbook)
    logbook.lock()
    logbook.accesses.note(AccessKind.EXPORTED, patient.id, "report")
    with logbook.accesses.together():
        logbook.accesses.note(AccessKind.PRINTED, patient.id, "call_list")
    assert logbook.accesses.take_pending() == 0
    beside = path.with_name(path.name + "-unlocks").read_text(encoding="utf-8")
    assert str(patient.id) not in beside
    logbook.unlock(by)
    lines = logbook.accesses.page(limit=2)
    assert [(line.kind, line.staff_id, line.patient_id) for line in lines] == [
        (AccessKind.PRINTED, DOCTOR.id, None),
        (AccessKind.EXPORTED, DOCTOR.id, None),
    ]
    assert not path.with_name(path.name + "-unlocks").exists()
