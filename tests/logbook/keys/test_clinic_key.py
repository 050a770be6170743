"""T21: another clinic key, and the backups before and after it."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import NotUnlocked
from dermlog.logbook import (
    Logbook,
    people_of_backup,
    restore_backup,
    undo_restore,
    unlock,
    unlock_backup,
    unlock_with_code,
)
from dermlog.storage.driver import PAGE_SIZE
from dermlog.storage.key_file import next_path
from tests.logbook.keys.locked import CODE, DOCTORS, NURSES, fault, signed_in
from tests.makers import DOCTOR, NURSE, StillClock, make_patient


def test_a_new_clinic_key_shuts_out_the_old_sheet_and_the_other_passwords(
    logbook: Logbook, path: Path
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    steps: list[tuple[int, int]] = []
    code = logbook.keys.change_clinic_key(signed_in(logbook), lambda done, of: steps.append((done, of)))
    assert steps[-1] == (4, 4)
    assert logbook.patients.get(patient.id) == patient
    logbook.patients.save(make_patient())
    assert [(one.name, one.has_password) for one in logbook.keys.people()] == [
        ("Ana Ruiz", False),
        ("Dr Sato", True),
    ]
    assert logbook.keys.sheet_checked_on is None
    by = logbook.keys.check(DOCTOR.id, DOCTORS)
    assert by.code == code
    logbook.close()
    assert fault(lambda: unlock_with_code(path, CODE.text)) is KeyFault.WRONG_CODE
    assert fault(lambda: unlock(path, NURSE.id, NURSES)) is KeyFault.KEY_CHANGED
    key = unlock_with_code(path, code.text).key
    assert unlock(path, DOCTOR.id, DOCTORS).key == key
    with Logbook.open(path, key=key) as again:
        assert again.check().findings == ()
        again.keys.set_password(NURSE.id, NURSES, unlock(path, DOCTOR.id, DOCTORS))
    assert unlock(path, NURSE.id, NURSES).key == key
    assert not next_path(path).exists()


def test_the_key_is_not_changed_in_a_damaged_file(logbook: Logbook, path: Path) -> None:
    for _number in range(30):
        logbook.patients.save(make_patient())
    logbook.rest()
    by = signed_in(logbook)
    content = bytearray(path.read_bytes())
    content[-PAGE_SIZE // 2] ^= 1
    with path.open("r+b") as file:
        file.write(content)
    call = logbook.keys.change_clinic_key
    with pytest.raises(Exception, match=r"damaged|cannot be read|not changed"):
        call(by)
    assert not next_path(path).exists()
    assert unlock(path, DOCTOR.id, DOCTORS).key == by.key


def test_whoever_came_with_the_sheet_sets_a_password_first(logbook: Logbook, path: Path) -> None:
    came = unlock_with_code(path, CODE.text)
    assert fault(lambda: logbook.keys.change_clinic_key(came)) is KeyFault.NO_PASSWORD
    by = logbook.keys.set_password(DOCTOR.id, "paper moon ladder", came)
    code = logbook.keys.change_clinic_key(by)
    assert logbook.keys.check(DOCTOR.id, "paper moon ladder").code == code


def test_it_may_be_changed_from_another_thread(logbook: Logbook) -> None:
    by, codes = signed_in(logbook), list[RecoveryCode]()
    thread = threading.Thread(target=lambda: codes.append(logbook.keys.change_clinic_key(by)))
    thread.start()
    thread.join(60)
    logbook.patients.save(make_patient())
    assert logbook.keys.check(DOCTOR.id, DOCTORS).code == codes[0]


def test_a_backup_opens_by_password_and_by_sheet_and_is_restored_on_a_new_pc(
    logbook: Logbook, tmp_path: Path, clock: StillClock
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    (one,) = logbook.backups.back_up().sets
    assert [person.name for person in people_of_backup(one.folder)] == ["Ana Ruiz", "Dr Sato"]
    assert fault(lambda: unlock_backup(one.folder, NURSE.id, DOCTORS)) is KeyFault.WRONG_PASSWORD
    came = unlock_backup(one.folder, None, CODE.text)
    assert unlock_backup(one.folder, NURSE.id, NURSES).key == came.key
    target = tmp_path / "New PC.dermlog"
    restore_backup(one, target, key=came.key, now=clock.now)
    with Logbook.open(target, key=unlock(target, NURSE.id, NURSES).key) as restored:
        assert restored.patients.get(patient.id) == patient


def test_a_changed_password_is_in_the_next_backup(logbook: Logbook, clock: StillClock) -> None:
    (first,) = logbook.backups.back_up().sets
    assert not logbook.backups.is_wanted()
    logbook.keys.set_password(NURSE.id, "paper moon ladder", signed_in(logbook))
    assert logbook.backups.is_wanted()
    clock.move(timedelta(minutes=1))
    (second,) = logbook.backups.back_up().sets
    assert unlock_backup(second.folder, NURSE.id, "paper moon ladder")
    assert unlock_backup(first.folder, NURSE.id, NURSES)


def test_backups_of_the_old_key_stay_whole_and_readable_with_the_old_sheet(
    logbook: Logbook, tmp_path: Path, clock: StillClock
) -> None:
    (old,) = logbook.backups.back_up().sets
    clock.move(timedelta(minutes=1))
    code = logbook.keys.change_clinic_key(signed_in(logbook))
    clock.move(timedelta(days=40))
    newest = logbook.backups.back_up().sets[0]
    assert unlock_backup(newest.folder, None, code.text)
    assert fault(lambda: unlock_backup(newest.folder, None, CODE.text)) is KeyFault.WRONG_CODE
    came = unlock_backup(old.folder, None, CODE.text)
    target = tmp_path / "Old.dermlog"
    restore_backup(old, target, key=came.key, now=clock.now)
    assert unlock(target, NURSE.id, NURSES).key == came.key


def test_a_restore_of_the_old_key_and_its_undoing_change_the_passwords_with_the_file(
    logbook: Logbook, path: Path, clock: StillClock
) -> None:
    (old,) = logbook.backups.back_up().sets
    code = logbook.keys.change_clinic_key(signed_in(logbook))
    logbook.close()
    done = restore_backup(old, path, key=unlock_backup(old.folder, None, CODE.text).key, now=clock.now)
    assert done.set_aside is not None
    assert unlock(path, NURSE.id, NURSES).code == CODE
    assert unlock(done.set_aside, DOCTOR.id, DOCTORS).code == code
    aside = undo_restore(done, now=clock.now)
    assert aside is not None
    assert unlock(path, DOCTOR.id, DOCTORS).code == code
    assert fault(lambda: unlock(path, NURSE.id, NURSES)) is KeyFault.KEY_CHANGED
    assert unlock(aside, NURSE.id, NURSES).code == CODE


def test_a_file_that_a_restore_sets_aside_keeps_its_passwords(
    logbook: Logbook, path: Path, clock: StillClock
) -> None:
    (one,) = logbook.backups.back_up().sets
    logbook.patients.save(make_patient())
    logbook.close()
    key = unlock(path, DOCTOR.id, DOCTORS).key
    done = restore_backup(one, path, key=key, now=clock.now)
    assert done.set_aside is not None
    assert unlock(done.set_aside, NURSE.id, NURSES).key == key


def test_a_backup_wants_the_sheet_of_its_time_and_says_so(
    logbook: Logbook, path: Path, tmp_path: Path, clock: StillClock
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    (one,) = logbook.backups.back_up().sets
    clock.move(timedelta(minutes=1))
    code = logbook.keys.change_clinic_key(signed_in(logbook))
    with pytest.raises(NotUnlocked) as raised:
        unlock_backup(one.folder, None, code.text)
    assert raised.value.fault is KeyFault.WRONG_CODE
    assert "of the time when it was made" in raised.value.sentence
    with pytest.raises(NotUnlocked, match="Look for the newest recovery sheet"):
        unlock_with_code(path, CODE.text)
    came = unlock_backup(one.folder, None, CODE.text)
    target = tmp_path / "As it was.dermlog"
    restore_backup(one, target, key=came.key, now=clock.now)
    with Logbook.open(target, key=unlock_with_code(target, CODE.text).key) as restored:
        assert restored.patients.get(patient.id) == patient
