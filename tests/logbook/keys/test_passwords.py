"""T21: setting, changing and removing passwords: at once, by whoever may, never the last."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.staff import Role, Staff
from dermlog.errors import NotAllowed
from dermlog.logbook import (
    Logbook,
    Unlocked,
    people_of,
    unlock,
)
from dermlog.report.page_pictures import page_texts
from dermlog.storage import key_file
from dermlog.storage.key_file import kept_path, keys_path
from tests.logbook.keys.locked import CODE, DOCTORS, NURSES, fault, signed_in
from tests.makers import DOCTOR, NURSE, StillClock, make_logbook


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


def test_nobody_does_with_their_own_password_what_only_anothers_role_allows(logbook: Logbook) -> None:
    by = logbook.keys.check(NURSE.id, NURSES)
    assert logbook.me.role is Role.OWNER  # who left the PC unlocked
    for whom in (DOCTOR.id, NURSE.id):
        with pytest.raises(NotAllowed):
            logbook.keys.set_password(whom, "paper moon ladder", by)
    with pytest.raises(NotAllowed):
        logbook.keys.change_clinic_key(by)
    assert logbook.keys.check(DOCTOR.id, DOCTORS)


def test_a_wrong_password_in_an_open_logbook_is_noted(logbook: Logbook) -> None:
    assert fault(lambda: logbook.keys.check(DOCTOR.id, "quiet harbour lamb")) is KeyFault.WRONG_PASSWORD
    (newest,) = logbook.accesses.page(limit=1)
    assert (newest.kind, newest.staff_id, newest.detail) == (AccessKind.UNLOCK_FAILED, DOCTOR.id, "")


def test_slots_of_before_let_a_leaver_in_no_more(logbook: Logbook, path: Path) -> None:
    before = keys_path(path).read_bytes()
    logbook.keys.remove(NURSE.id)
    logbook.staff.save(replace(NURSE, active=False))
    keys_path(path).write_bytes(before)
    leaver = unlock(path, NURSE.id, NURSES)
    logbook.lock()
    assert fault(lambda: logbook.unlock(leaver)) is KeyFault.NO_PASSWORD
    assert logbook.is_locked
    logbook.unlock(unlock(path, DOCTOR.id, DOCTORS))
    assert fault(lambda: logbook.keys.admit(leaver)) is KeyFault.NO_PASSWORD
    assert logbook.me.id == DOCTOR.id


def test_the_last_person_with_a_password_is_never_kept_out(logbook: Logbook, path: Path) -> None:
    logbook.staff.save(Staff("Dr Berg", Role.OWNER))
    logbook.keys.remove(NURSE.id)
    logbook.staff.save(replace(DOCTOR, active=False))
    logbook.lock()
    logbook.unlock(unlock(path, DOCTOR.id, DOCTORS))
    assert logbook.me.id == DOCTOR.id


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


def test_the_sheet_is_printed_for_an_owner_only(logbook: Logbook) -> None:
    by = signed_in(logbook)
    (text,) = page_texts(logbook.keys.recovery_sheet(by.code))
    assert all(group in text.replace(" ", "") for group in CODE.groups)
    (newest,) = logbook.accesses.page(limit=1)
    assert (newest.kind, newest.detail, newest.staff_id) == (AccessKind.PRINTED, "recovery_sheet", DOCTOR.id)
    logbook.act_as(NURSE.id)
    with pytest.raises(NotAllowed):
        logbook.keys.recovery_sheet(by.code)


def test_a_full_disk_does_not_stop_the_opening(
    logbook: Logbook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logbook.staff.save(Staff("Ana Ruiz-Vega", Role.ASSISTANT, id=NURSE.id))
    logbook.close()
    key = unlock(path, DOCTOR.id, DOCTORS).key

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(key_file, "write_whole", full)
    with Logbook.open(path, key=key) as again:
        assert again.clinic.get().name == "Skin Clinic"
    assert unlock(path, NURSE.id, NURSES).key == key


def test_slots_damaged_while_the_logbook_is_open_are_mended_with_the_next_password(
    logbook: Logbook, path: Path
) -> None:
    by = signed_in(logbook)
    for slots in (keys_path(path), kept_path(path)):
        # The checksum alone: what is left of the slots can still be used.
        slots.write_bytes(slots.read_bytes().replace(b'"sha256": "', b'"sha256": "0'))
    logbook.keys.set_password(NURSE.id, "paper moon ladder", by)
    assert unlock(path, DOCTOR.id, DOCTORS).code == CODE
    assert unlock(path, NURSE.id, "paper moon ladder").code == CODE


def test_the_day_the_sheet_was_checked_is_kept(logbook: Logbook, clock: StillClock) -> None:
    assert logbook.keys.sheet_checked_on is None
    logbook.keys.note_sheet_checked()
    assert logbook.keys.sheet_checked_on == clock.now.date()
    assert logbook.keys.check(DOCTOR.id, DOCTORS)
