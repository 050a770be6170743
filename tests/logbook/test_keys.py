"""T21: passwords, the recovery code and the lock of a logbook, and what each wrong answer is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.clinic import Clinic
from dermlog.domain.file_fault import OpeningFault
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.staff import Role, Staff
from dermlog.errors import LogbookNotOpened, NotAllowed, NotUnlocked
from dermlog.logbook import (
    Logbook,
    Patience,
    Unlocked,
    is_locked,
    people_of,
    people_of_backup,
    restore_backup,
    unlock,
    unlock_backup,
    unlock_with_code,
)
from dermlog.storage.driver import PAGE_SIZE
from dermlog.storage.key_file import kept_path, keys_path, next_path
from tests.endurance.keys import cheap_passwords
from tests.makers import DOCTOR, NURSE, StillClock, make_logbook, make_patient

DOCTORS, NURSES = "quiet harbour lamp", "seven green boats"
CODE = RecoveryCode(bytes(range(16)))
VIEWER = Staff("Kim Vo", Role.VIEWER, id=UUID(int=3))


@pytest.fixture(autouse=True)
def cheap() -> Iterator[None]:
    """A guess costs nothing here."""
    with cheap_passwords():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "clinic"
    folder.mkdir()
    return folder / "Clinic.dermlog"


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def logbook(path: Path, clock: StillClock) -> Iterator[Logbook]:
    passwords = {DOCTOR.id: DOCTORS, NURSE.id: NURSES}
    made = Logbook.create_locked(
        path, Clinic(name="Skin Clinic"), [NURSE, DOCTOR], passwords, CODE, clock=clock
    )
    yield made
    made.close()


def fault(call: Callable[[], object]) -> KeyFault | None:
    with pytest.raises(NotUnlocked) as raised:
        call()
    assert raised.value.sentence
    return raised.value.fault


def signed_in(logbook: Logbook) -> Unlocked:
    return logbook.keys.check(DOCTOR.id, DOCTORS)


# -- opening ---------------------------------------------------------------------------------------------


def test_a_new_locked_logbook_opens_by_each_password_and_by_the_sheet(logbook: Logbook, path: Path) -> None:
    assert logbook.me == DOCTOR
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.close()
    assert is_locked(path)
    assert [person.name for person in people_of(path)] == ["Ana Ruiz", "Dr Sato"]
    keys = {unlock(path, DOCTOR.id, DOCTORS).key, unlock(path, NURSE.id, NURSES).key}
    keys.add(unlock_with_code(path, CODE.text.lower()).key)
    (key,) = keys
    with Logbook.open(path, key=key) as again:
        assert again.patients.get(patient.id) == patient
        assert again.check().findings == ()


def test_a_wrong_password_is_called_wrong_and_noted(logbook: Logbook, path: Path, clock: StillClock) -> None:
    logbook.close()
    assert fault(lambda: unlock(path, DOCTOR.id, NURSES)) is KeyFault.WRONG_PASSWORD
    assert fault(lambda: unlock(path, UUID(int=9), DOCTORS)) is KeyFault.NO_PASSWORD
    assert fault(lambda: unlock_with_code(path, RecoveryCode.new().text)) is KeyFault.WRONG_CODE
    assert fault(lambda: unlock_with_code(path, "not a code")) is KeyFault.CODE_MISREAD
    with Logbook.open(path, key=unlock(path, DOCTOR.id, DOCTORS).key, clock=clock) as again:
        failed = [line.staff_id for line in again.accesses.page() if line.kind is AccessKind.UNLOCK_FAILED]
        assert failed == [None, DOCTOR.id]


def test_lost_slots_leave_the_sheet_which_sets_new_passwords(logbook: Logbook, path: Path) -> None:
    logbook.close()
    keys_path(path).unlink()
    assert unlock(path, DOCTOR.id, DOCTORS).staff_id == DOCTOR.id
    kept_path(path).unlink()
    assert is_locked(path)
    assert people_of(path) == ()
    assert fault(lambda: unlock(path, DOCTOR.id, DOCTORS)) is KeyFault.SLOTS_MISSING
    came = unlock_with_code(path, CODE.text)
    assert came.staff_id is None
    with Logbook.open(path, key=came.key) as again:
        again.keys.set_password(DOCTOR.id, "paper moon ladder", came)
    assert unlock(path, DOCTOR.id, "paper moon ladder").code == CODE


def test_slots_that_are_lost_twice_come_back_from_the_newest_backup(logbook: Logbook, path: Path) -> None:
    logbook.backups.back_up()
    logbook.close()
    keys_path(path).unlink()
    kept_path(path).write_bytes(b"damaged")
    assert [person.name for person in people_of(path)] == ["Ana Ruiz", "Dr Sato"]
    assert fault(lambda: unlock(path, NURSE.id, DOCTORS)) is KeyFault.WRONG_PASSWORD
    with Logbook.open(path, key=unlock(path, NURSE.id, NURSES).key):
        assert keys_path(path).read_bytes() == kept_path(path).read_bytes()
    assert unlock(path, DOCTOR.id, DOCTORS).code == CODE


def test_damaged_slots_are_called_damaged_and_the_records_are_not(logbook: Logbook, path: Path) -> None:
    logbook.close()
    for slots in (keys_path(path), kept_path(path)):
        slots.write_bytes(slots.read_bytes()[:40])
    assert fault(lambda: unlock(path, DOCTOR.id, DOCTORS)) is KeyFault.SLOTS_DAMAGED
    with Logbook.open(path, key=unlock_with_code(path, CODE.text).key) as again:
        assert again.check().findings == ()


def test_slots_of_another_logbook_are_told(logbook: Logbook, path: Path, tmp_path: Path) -> None:
    logbook.close()
    other = tmp_path / "Other.dermlog"
    Logbook.create_locked(
        other, Clinic(name="Other"), [DOCTOR], {DOCTOR.id: DOCTORS}, RecoveryCode.new()
    ).close()
    for ending in ("-keys", "-keys.bak"):
        path.with_name(path.name + ending).write_bytes(other.with_name(other.name + ending).read_bytes())
    assert fault(lambda: unlock(path, DOCTOR.id, DOCTORS)) is KeyFault.SLOTS_FOREIGN


@pytest.mark.parametrize("place", [3, 500, PAGE_SIZE - 5], ids=["salt", "content", "proof"])
def test_a_damaged_first_page_is_called_damage_and_not_a_wrong_key(
    logbook: Logbook, path: Path, place: int
) -> None:
    logbook.close()
    # The slots know the first bytes of the file from the last opening.
    key = unlock(path, DOCTOR.id, DOCTORS).key
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    assert unlock(path, DOCTOR.id, DOCTORS).key == key
    for tried, expected in ((key, OpeningFault.DAMAGED), (bytes(32), OpeningFault.WRONG_KEY)):
        with pytest.raises(LogbookNotOpened) as raised:
            Logbook.open(path, key=tried)
        assert raised.value.fault is expected


def test_what_is_no_locked_logbook_is_not_locked(tmp_path: Path, logbook: Logbook, path: Path) -> None:
    make_logbook(tmp_path).close()
    assert not is_locked(tmp_path / "Clinic.dermlog")
    assert not is_locked(tmp_path / "nothing.dermlog")
    (tmp_path / "empty").touch()
    assert not is_locked(tmp_path / "empty")
    logbook.close()
    torn = path.read_bytes()[:-100]
    path.write_bytes(torn)
    assert is_locked(path)
    with pytest.raises(LogbookNotOpened) as raised:
        Logbook.open(path, key=unlock(path, DOCTOR.id, DOCTORS).key)
    assert raised.value.fault is OpeningFault.NOT_COMPLETE


def test_nothing_is_left_of_a_logbook_that_could_not_be_made(tmp_path: Path) -> None:
    def create(folder: Path, passwords: dict[UUID, str]) -> None:
        Logbook.create_locked(folder / "C.dermlog", Clinic(name="Skin"), [DOCTOR], passwords, CODE)

    assert fault(lambda: create(tmp_path, {DOCTOR.id: "short"})) is KeyFault.PASSWORD_TOO_SHORT
    assert fault(lambda: create(tmp_path, {DOCTOR.id: "Password 2026"})) is KeyFault.PASSWORD_COMMON
    assert fault(lambda: create(tmp_path, {})) is KeyFault.NO_PASSWORD
    with pytest.raises(LogbookNotOpened):
        create(tmp_path / "missing", {DOCTOR.id: DOCTORS})
    assert list(tmp_path.iterdir()) == []


def test_the_slots_of_a_missing_logbook_are_set_aside(logbook: Logbook, path: Path) -> None:
    logbook.close()
    before = keys_path(path).read_bytes()
    path.rename(path.with_name("Found later.dermlog"))
    Logbook.create_locked(
        path, Clinic(name="New"), [DOCTOR], {DOCTOR.id: DOCTORS}, RecoveryCode.new()
    ).close()
    aside = [one for one in path.parent.iterdir() if "set aside" in one.name]
    assert before in [one.read_bytes() for one in aside]


# -- passwords -------------------------------------------------------------------------------------------


def test_a_password_is_changed_at_once_and_the_old_one_opens_no_more(logbook: Logbook, path: Path) -> None:
    logbook.keys.set_password(NURSE.id, "paper moon ladder", signed_in(logbook))
    assert logbook.keys.check(NURSE.id, "paper moon ladder").staff_id == NURSE.id
    assert fault(lambda: unlock(path, NURSE.id, NURSES)) is KeyFault.WRONG_PASSWORD
    keys_path(path).unlink()
    assert fault(lambda: unlock(path, NURSE.id, NURSES)) is KeyFault.WRONG_PASSWORD


def test_a_password_that_will_not_do_changes_nothing(logbook: Logbook) -> None:
    by = signed_in(logbook)
    assert fault(lambda: logbook.keys.set_password(NURSE.id, "short", by)) is KeyFault.PASSWORD_TOO_SHORT
    common = "Ana Ruiz 1234"
    assert fault(lambda: logbook.keys.set_password(NURSE.id, common, by)) is KeyFault.PASSWORD_COMMON
    assert logbook.keys.check(NURSE.id, NURSES)


def test_nurses_set_their_own_password_and_no_other(logbook: Logbook) -> None:
    logbook.act_as(NURSE.id)
    by = logbook.keys.check(NURSE.id, NURSES)
    logbook.keys.set_password(NURSE.id, "paper moon ladder", by)
    with pytest.raises(NotAllowed):
        logbook.keys.set_password(DOCTOR.id, "paper moon ladder", by)
    with pytest.raises(NotAllowed):
        logbook.keys.remove(DOCTOR.id)
    with pytest.raises(NotAllowed):
        logbook.keys.change_clinic_key(by)


def test_whoever_proved_something_else_sets_no_password(logbook: Logbook) -> None:
    foreign = Unlocked(bytes(32), RecoveryCode.new(), DOCTOR.id)
    call = logbook.keys.set_password
    assert fault(lambda: call(DOCTOR.id, "paper moon ladder", foreign)) is KeyFault.SLOTS_FOREIGN


def test_a_leaver_is_out_at_once_but_never_the_last(logbook: Logbook, path: Path) -> None:
    logbook.keys.remove(NURSE.id)
    assert not logbook.keys.has_password(NURSE.id)
    assert fault(lambda: unlock(path, NURSE.id, NURSES)) is KeyFault.NO_PASSWORD
    assert fault(lambda: logbook.keys.remove(DOCTOR.id)) is KeyFault.LAST_PASSWORD
    assert logbook.keys.has_password(DOCTOR.id)
    kinds = [line.kind for line in logbook.accesses.page()]
    assert AccessKind.PASSWORD_REMOVED in kinds


def test_slots_follow_names_and_leavers_at_the_next_opening(logbook: Logbook, path: Path) -> None:
    logbook.staff.save(Staff("Dr Sato-Lind", Role.OWNER, id=DOCTOR.id))
    logbook.staff.save(Staff("Ana Ruiz", Role.ASSISTANT, active=False, id=NURSE.id))
    logbook.close()
    with Logbook.open(path, key=unlock(path, DOCTOR.id, DOCTORS).key):
        pass
    assert [person.name for person in people_of(path)] == ["Dr Sato-Lind"]
    assert unlock(path, DOCTOR.id, DOCTORS).code == CODE


def test_a_logbook_that_is_not_encrypted_has_none_of_this(tmp_path: Path) -> None:
    with make_logbook(tmp_path) as logbook:
        assert not logbook.keys.locked
        assert logbook.keys.people() == ()
        assert fault(logbook.lock) is KeyFault.NOT_LOCKED
        assert fault(lambda: logbook.keys.check(DOCTOR.id, DOCTORS)) is KeyFault.NOT_LOCKED
        assert logbook.patients.search("").rows == ()


def test_the_day_the_sheet_was_checked_is_kept(logbook: Logbook, clock: StillClock) -> None:
    assert logbook.keys.sheet_checked_on is None
    logbook.keys.note_sheet_checked()
    assert logbook.keys.sheet_checked_on == clock.now.date()
    assert logbook.keys.check(DOCTOR.id, DOCTORS)


# -- the lock --------------------------------------------------------------------------------------------


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


def test_only_the_key_of_this_logbook_unlocks_it(logbook: Logbook) -> None:
    by = signed_in(logbook)
    logbook.lock()
    foreign = Unlocked(bytes(32), RecoveryCode.new(), DOCTOR.id)
    assert fault(lambda: logbook.unlock(foreign)) is KeyFault.WRONG_CODE
    assert logbook.is_locked
    logbook.unlock(by)
    assert logbook.clinic.get().name == "Skin Clinic"


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


# -- another clinic key ----------------------------------------------------------------------------------


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


# -- backups ---------------------------------------------------------------------------------------------


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


# -- patience --------------------------------------------------------------------------------------------


def test_wrong_passwords_wait_longer_each_time_but_never_for_good() -> None:
    now = [100.0]
    patience = Patience(lambda: now[0])
    assert patience.remaining == 0
    assert [patience.failed() for _time in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert patience.remaining == 60
    now[0] += 59
    assert patience.remaining == 1
    now[0] += 5
    assert patience.remaining == 0
    patience.succeeded()
    assert patience.failed() == 1
