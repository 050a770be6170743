"""T21: key slots and their file - a slot fits one person of one file, and no damage costs the others."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import NotSaved, NotUnlocked
from dermlog.storage import key_file
from dermlog.storage.key_file import (
    KeyFile,
    copy_slots,
    kept_path,
    key_file_of,
    key_files_at,
    keys_path,
    new_key_file,
    next_path,
    read_key_file,
    settle,
    write_key_file,
    write_next,
)
from dermlog.storage.key_slot import Cost, Slot, clinic_key, key_mark, make_slot, open_slot, wrapping

CHEAP = Cost(1, 64, 1)
FILE, ANA, BEN = UUID(int=10), UUID(int=1), UUID(int=2)
CODE = RecoveryCode(bytes(range(16)))
MARK = key_mark(clinic_key(CODE))
KEY_OF_ZEROS = "f62aea462ac57b9573379ee6b87a304de0c2ac441ff82e3041ac07ceb5884c49"
"""HKDF-SHA256 of sixteen zeros, computed by another library."""


def slot_for(staff_id: UUID, password: str, file_id: UUID = FILE) -> Slot:
    return make_slot(file_id, staff_id, "Ana", CODE, wrapping(password, cost=CHEAP))


def opened(slot: Slot, password: str, file_id: UUID = FILE) -> RecoveryCode | None:
    return open_slot(slot, file_id, wrapping(password, slot.salt, slot.cost))


def some_keys(*slots: Slot) -> KeyFile:
    return KeyFile(MARK, slots=slots, file_id=FILE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Clinic.dermlog"


def test_the_key_of_a_known_code_never_changes() -> None:
    # Another value would shut every logbook out there.
    assert clinic_key(RecoveryCode(bytes(16))).hex() == KEY_OF_ZEROS
    assert len(clinic_key(CODE)) == 32
    assert key_mark(clinic_key(CODE)) not in clinic_key(CODE).hex()


def test_a_slot_opens_for_its_password_person_and_file_only() -> None:
    slot = slot_for(ANA, "quiet harbour lamp")
    assert opened(slot, "quiet harbour lamp") == CODE
    assert opened(slot, "quiet harbour lamb") is None
    assert opened(slot, "") is None
    assert opened(replace(slot, staff_id=BEN), "quiet harbour lamp") is None
    assert opened(slot, "quiet harbour lamp", UUID(int=11)) is None


def test_equal_passwords_give_different_slots_that_hold_no_secret() -> None:
    first, second = slot_for(ANA, "quiet harbour lamp"), slot_for(ANA, "quiet harbour lamp")
    assert first.salt != second.salt
    assert first.sealed != second.sealed
    assert CODE.secret not in first.sealed


def test_every_flipped_bit_of_a_slot_is_noticed() -> None:
    slot = slot_for(ANA, "quiet harbour lamp")
    wrap = wrapping("quiet harbour lamp", slot.salt, slot.cost)
    for place in range(len(slot.sealed) * 8):
        sealed = bytearray(slot.sealed)
        sealed[place // 8] ^= 1 << place % 8
        assert open_slot(replace(slot, sealed=bytes(sealed)), FILE, wrap) is None
    assert open_slot(replace(slot, sealed=b""), FILE, wrap) is None


@pytest.mark.parametrize(
    "cost", [(0, 64, 1), (3, 1 << 30, 4), (99, 64, 1), (1, 4, 1), (1, 64, 0), (1, 64, 99)]
)
def test_a_slot_cannot_ask_for_more_than_a_computer_has(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cost"):
        Cost(*cost)


def test_slots_are_written_twice_and_read_again(path: Path) -> None:
    keys = some_keys(slot_for(ANA, "quiet harbour lamp"))
    write_key_file(path, replace(keys, without=((BEN, "Ben"),), salt="00" * 16, sheet_on="2026-04-17"))
    (found,) = key_files_at(keys_path(path))
    assert found == read_key_file(kept_path(path))
    assert (found.slots, found.without, found.sheet_on) == (keys.slots, ((BEN, "Ben"),), "2026-04-17")
    assert found.intact


def test_the_second_copy_stands_in_when_the_first_is_gone_or_broken(path: Path) -> None:
    write_key_file(path, some_keys(slot_for(ANA, "quiet harbour lamp")))
    keys_path(path).write_bytes(b"not json")
    assert key_file_of(path).slot_of(ANA) is not None
    keys_path(path).unlink()
    assert key_file_of(path).slot_of(ANA) is not None
    kept_path(path).unlink()
    with pytest.raises(NotUnlocked) as raised:
        key_file_of(path)
    assert raised.value.fault is KeyFault.SLOTS_MISSING


def test_an_older_second_copy_counts_only_when_the_first_is_lost(path: Path) -> None:
    write_key_file(path, some_keys(slot_for(ANA, "quiet harbour lamp")))
    old = kept_path(path).read_bytes()
    write_key_file(path, some_keys(slot_for(ANA, "seven green boats")))
    kept_path(path).write_bytes(old)
    (found,) = key_files_at(keys_path(path))
    slot = found.slot_of(ANA)
    assert slot is not None
    assert opened(slot, "quiet harbour lamp") is None
    settle(path, MARK)
    assert kept_path(path).read_bytes() == keys_path(path).read_bytes()


def test_one_broken_slot_does_not_cost_the_others(path: Path) -> None:
    write_key_file(path, some_keys(slot_for(ANA, "a a a a a a a"), slot_for(BEN, "b b b b b b b")))
    facts = json.loads(keys_path(path).read_bytes())
    facts["keys"]["slots"][0]["argon2id"] = [3, 1 << 40, 4]
    keys_path(path).write_text(json.dumps(facts))
    kept_path(path).unlink()
    (found,) = key_files_at(keys_path(path))
    assert not found.intact
    assert [slot.staff_id for slot in found.slots] == [BEN]
    with pytest.raises(NotUnlocked) as raised:
        key_file_of(path)
    assert raised.value.fault is KeyFault.SLOTS_DAMAGED


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b'{"keys": 3, "sha256": ""}', b"[" * 100_000, b"\xff" * 50, b"1e999"],
)
def test_no_content_is_too_strange(path: Path, content: bytes) -> None:
    keys_path(path).write_bytes(content)
    found = read_key_file(keys_path(path))
    assert found is not None
    assert not found.intact
    assert found.slots == ()


def test_a_folder_in_the_place_of_the_slots_is_damage(path: Path) -> None:
    keys_path(path).mkdir()
    found = read_key_file(keys_path(path))
    assert found is not None
    assert not found.intact


def test_a_change_of_the_key_that_was_cut_off_is_ended_either_way(path: Path) -> None:
    old, new = some_keys(slot_for(ANA, "quiet harbour lamp")), new_key_file("11" * 16)
    for mark, stays in ((MARK, old), ("11" * 16, new)):
        write_key_file(path, old)
        write_next(path, new)
        settle(path, mark)
        assert key_file_of(path) == stays
        assert read_key_file(kept_path(path)) == stays
        assert not next_path(path).exists()


def test_neither_slots_go_while_it_is_not_known_which_count(path: Path) -> None:
    write_key_file(path, some_keys(slot_for(ANA, "quiet harbour lamp")))
    write_next(path, new_key_file("11" * 16))
    settle(path, "22" * 16)
    assert next_path(path).exists()
    assert key_file_of(path).mark == MARK


def test_a_disk_that_refuses_leaves_the_old_slots(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_key_file(path, some_keys(slot_for(ANA, "quiet harbour lamp")))
    before = keys_path(path).read_bytes()

    def refuse(_path: Path, _content: bytes) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(key_file, "write_whole", refuse)
    with pytest.raises(NotSaved):
        write_key_file(path, some_keys())
    assert keys_path(path).read_bytes() == before


def test_slots_are_copied_from_whichever_copy_is_sound(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    assert not copy_slots(path, target)
    write_key_file(path, some_keys(slot_for(ANA, "quiet harbour lamp")))
    keys_path(path).write_bytes(b"broken")
    assert copy_slots(path, target)
    assert read_key_file(target) == read_key_file(kept_path(path))
