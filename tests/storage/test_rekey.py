"""T21: what stops a change of the key, and that the old key is the one then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dermlog.domain.file_fault import SavingFault
from dermlog.domain.key_fault import KeyFault
from dermlog.errors import NotSaved, NotUnlocked, not_saved
from dermlog.logbook import Logbook
from dermlog.storage import driver, rekey
from dermlog.storage.driver import PAGE_SIZE
from dermlog.storage.key_file import key_file_of, new_key_file, next_path, write_key_file, write_next
from dermlog.storage.key_slot import key_mark
from dermlog.storage.rekey import change_key
from dermlog.storage.unlocking import LockedFile
from tests.makers import make_logbook, make_patient
from tests.storage.contents import KEY

NEW = bytes(reversed(range(32)))


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A closed locked logbook with slots of its key."""
    with make_logbook(tmp_path, key=KEY) as logbook:
        for _number in range(40):
            logbook.patients.save(make_patient())
    write_key_file(logbook.path, new_key_file(key_mark(KEY)))
    yield logbook.path


def changed_to(path: Path, key: bytes) -> bool:
    """Whether this key opens a sound file with its own slots, and nothing is left of the change."""
    with Logbook.open(path, key=key) as logbook:
        sound = logbook.check().findings == ()
    return sound and key_file_of(path).mark == key_mark(key) and not next_path(path).exists()


def change(path: Path, told: Callable[[], object] = lambda: None) -> None:
    change_key(path, KEY, NEW, new_key_file(key_mark(NEW)), changed=told, progress=lambda _done, _of: None)


def refused(path: Path) -> KeyFault | None:
    told: list[bool] = []
    with pytest.raises(NotUnlocked) as raised:
        change(path, lambda: told.append(True))
    assert told == []
    assert changed_to(path, KEY)
    return raised.value.fault


def test_the_new_key_opens_the_file_and_the_old_one_no_more(path: Path) -> None:
    told: list[bool] = []
    change(path, lambda: told.append(True))
    assert told == [True]
    assert changed_to(path, NEW)
    with pytest.raises(Exception, match="key does not fit"):
        Logbook.open(path, key=KEY)


def test_no_page_of_the_old_key_is_left(path: Path) -> None:
    before = path.read_bytes()
    change(path)
    after = path.read_bytes()
    pages = {before[start : start + PAGE_SIZE] for start in range(0, len(before), PAGE_SIZE)}
    assert not pages & {after[start : start + PAGE_SIZE] for start in range(0, len(after), PAGE_SIZE)}


def test_a_disk_without_room_stops_it_before_anything(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rekey, "room_in", lambda _folder: 1000)
    assert refused(path) is KeyFault.NO_ROOM


def test_a_disk_that_fills_up_stops_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _keys: object) -> None:
        raise not_saved(SavingFault.DISK_FULL)

    monkeypatch.setattr(rekey, "write_next", full)
    assert refused(path) is KeyFault.NO_ROOM


def test_a_reader_elsewhere_stops_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_MILLISECONDS", 10)
    monkeypatch.setattr(driver, "_SETTINGS", (("busy_timeout", "10", 10),))
    with (
        closing(driver.connect(path, KEY, "rw")) as writer,
        closing(driver.connect(path, KEY, "rw")) as reader,
    ):
        driver.settle(writer, writing=True)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM patient").fetchall()
        writer.execute("UPDATE writing SET reason = 'newer than what the reader sees'")
        with pytest.raises(NotUnlocked) as raised:
            change(path)
        reader.execute("ROLLBACK")
        assert raised.value.fault is KeyFault.BUSY
    assert changed_to(path, KEY)


def test_a_damaged_page_stops_it(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-PAGE_SIZE // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(NotUnlocked) as raised:
        change(path)
    assert raised.value.fault is KeyFault.NOT_INTACT
    assert path.read_bytes() == bytes(content)
    assert not next_path(path).exists()


def test_a_change_that_did_nothing_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opens = rekey._opens
    monkeypatch.setattr(rekey, "_opens", lambda tried, key: key != NEW and opens(tried, key))
    # As if the statement had done nothing: what is told is that the key is the old one.
    monkeypatch.setattr(rekey, "rekey_statement", lambda _key: "SELECT 1")
    assert refused(path) is KeyFault.NOT_DONE


@pytest.mark.parametrize("key", [KEY, NEW], ids=["before", "after"])
def test_while_slots_of_both_keys_lie_there_the_driver_says_which_counts(path: Path, key: bytes) -> None:
    if key == NEW:
        change(path)
        write_key_file(path, new_key_file(key_mark(KEY)))
    write_next(path, new_key_file(key_mark(NEW)))
    locked = LockedFile.of_logbook(path)
    assert [locked._is_key(tried, ()) for tried in (KEY, NEW)] == [key == KEY, key == NEW]


def test_not_saved_is_never_what_the_owner_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _keys: object) -> None:
        raise not_saved(SavingFault.DISK)

    monkeypatch.setattr(rekey, "write_next", refuse)
    try:
        change(path)
    except NotSaved:  # pragma: no cover - what must not be
        pytest.fail("told that something was not saved")
    except NotUnlocked as error:
        assert error.fault is KeyFault.NOT_DONE
