"""T21: what a password, a recovery code and a restored backup open, and what each wrong answer is told."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.clinic import Clinic
from dermlog.domain.file_fault import OpeningFault
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import LogbookNotOpened
from dermlog.logbook import (
    Logbook,
    Patience,
    is_locked,
    patience_with,
    people_of,
    unlock,
    unlock_with_code,
)
from dermlog.storage.driver import PAGE_SIZE
from dermlog.storage.key_file import kept_path, keys_path
from tests.logbook.keys.locked import CODE, DOCTORS, NURSES, fault
from tests.makers import DOCTOR, NURSE, StillClock, make_logbook, make_patient


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


def test_slots_go_again_when_the_file_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Logbook, "create", fail)
    with pytest.raises(KeyboardInterrupt):
        Logbook.create_locked(tmp_path / "C.dermlog", Clinic(name="S"), [DOCTOR], {DOCTOR.id: DOCTORS}, CODE)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_read_is_left_to_the_opening_to_tell(logbook: Logbook, path: Path) -> None:
    logbook.close()
    path.rename(path.with_name("Moved.dermlog"))
    key = unlock(path, DOCTOR.id, DOCTORS).key
    with pytest.raises(LogbookNotOpened) as raised:
        Logbook.open(path, key=key)
    assert raised.value.fault is OpeningFault.MISSING


def test_the_slots_of_a_missing_logbook_are_set_aside(logbook: Logbook, path: Path) -> None:
    logbook.close()
    before = keys_path(path).read_bytes()
    path.rename(path.with_name("Found later.dermlog"))
    Logbook.create_locked(
        path, Clinic(name="New"), [DOCTOR], {DOCTOR.id: DOCTORS}, RecoveryCode.new()
    ).close()
    aside = [one for one in path.parent.iterdir() if "set aside" in one.name]
    assert before in [one.read_bytes() for one in aside]


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


def test_patience_with_a_file_is_the_same_wherever_it_is_asked(path: Path, logbook: Logbook) -> None:
    assert logbook.keys.patience is patience_with(path)
    assert patience_with(path) is not patience_with(path.with_name("Other.dermlog"))
