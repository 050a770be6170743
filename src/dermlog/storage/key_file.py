"""The file of key slots beside the logbook: read even when damaged, written whole and twice.

`Clinic.dermlog-keys` is what counts, `.bak` holds the same for the day the first is lost, and `.next` exists
only while the clinic's key is being changed. All are JSON with a checksum; a slot proves itself, so that
one that opens is right whatever else is broken.
"""

from __future__ import annotations

import errno
import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from dermlog.domain.file_fault import SavingFault
from dermlog.domain.key_fault import KeyFault
from dermlog.errors import not_saved, not_unlocked
from dermlog.storage.backup_files import remove, write_whole
from dermlog.storage.key_slot import VERSION, Cost, Slot, key_mark

NO_FILE = UUID(int=0)
_LARGEST = 1 << 20
_KEPT = ".bak"
_NEXT = ".next"


@dataclass(frozen=True)
class KeyFile:
    """What stands in a file of slots.

    mark: by what the clinic's key is recognised. salt: the first 16 bytes of the logbook in hex, "" when not
    known. without: people whose password was lost to a change of the key, by id and name. sheet_on: the day
    on which somebody last typed from the recovery sheet of this key, "" for never. intact: whether the
    checksum held.
    """

    mark: str
    salt: str = ""
    slots: tuple[Slot, ...] = ()
    without: tuple[tuple[UUID, str], ...] = ()
    file_id: UUID = NO_FILE
    sheet_on: str = ""
    intact: bool = True

    def slot_of(self, staff_id: UUID) -> Slot | None:
        """The slot of one person, or None."""
        return next((slot for slot in self.slots if slot.staff_id == staff_id), None)

    def with_slot(self, slot: Slot) -> KeyFile:
        """The same with one person's slot added or exchanged."""
        kept = tuple(other for other in self.slots if other.staff_id != slot.staff_id)
        without = tuple(other for other in self.without if other[0] != slot.staff_id)
        return replace(self, slots=(*kept, slot), without=without)

    def without_person(self, staff_id: UUID) -> KeyFile:
        """The same with nothing of one person left."""
        return replace(
            self,
            slots=tuple(slot for slot in self.slots if slot.staff_id != staff_id),
            without=tuple(other for other in self.without if other[0] != staff_id),
        )


def new_key_file(mark: str, salt: str = "") -> KeyFile:
    """A file without slots, with an identity of its own."""
    return KeyFile(mark, salt, file_id=uuid4())


def keys_path(logbook: Path) -> Path:
    """Where the key slots of a logbook lie."""
    return logbook.with_name(logbook.name + "-keys")


def next_path(logbook: Path) -> Path:
    """Where the slots for the new key lie while the key is being changed."""
    return logbook.with_name(logbook.name + "-keys" + _NEXT)


def kept_path(logbook: Path) -> Path:
    """Where the second copy lies."""
    return logbook.with_name(logbook.name + "-keys" + _KEPT)


def key_files_at(keys: Path) -> tuple[KeyFile, ...]:
    """The slots to try, best first; none when there is nothing, several only when the first is damaged."""
    found = [read_key_file(path) for path in (keys, keys.with_name(keys.name + _KEPT))]
    present = [one for one in found if one is not None]
    intact = [one for one in present if one.intact]
    # The second copy may be one password older: it counts only when the first is gone or broken.
    return tuple(intact[:1] or present)


def key_file_of(logbook: Path) -> KeyFile:
    """The slots that count, for changing them; NotUnlocked when there are none or they are damaged."""
    found = key_files_at(keys_path(logbook))
    if not found:
        raise not_unlocked(KeyFault.SLOTS_MISSING)
    if not found[0].intact:
        raise not_unlocked(KeyFault.SLOTS_DAMAGED)
    return found[0]


def read_key_file(path: Path) -> KeyFile | None:
    """One file of slots with whatever can be understood of it; None when there is none."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except FileNotFoundError:
        return None
    except OSError:
        return KeyFile("", intact=False)
    try:
        facts = json.loads(content)
        body = facts["keys"]
        intact = facts["sha256"] == _checksum(body)
        return replace(_understood(body), intact=intact)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return KeyFile("", intact=False)


def write_key_file(logbook: Path, keys: KeyFile) -> None:
    """Write the slots, then their second copy; NotSaved when the disk refuses, and the old ones stand."""
    _write(keys_path(logbook), keys)
    # The first copy stands: a second that cannot be written is tried again at the next opening.
    with suppress(OSError):
        write_whole(kept_path(logbook), _text(keys))


def write_next(logbook: Path, keys: KeyFile) -> None:
    """Write the slots for the key that is to come; NotSaved when the disk refuses."""
    _write(next_path(logbook), keys)


def settle(logbook: Path, mark: str) -> None:
    """End a change of the key that was cut off: the slots of the key that opens the file stay.

    Also brings the second copy up to date. The disk may refuse: then the next opening tries again.
    """
    coming = read_key_file(next_path(logbook))
    current = read_key_file(keys_path(logbook))
    with suppress(OSError):
        if coming is not None and coming.intact and coming.mark == mark:
            write_whole(keys_path(logbook), _text(coming))
            write_whole(kept_path(logbook), _text(coming))
            remove(next_path(logbook))
        elif coming is not None and current is not None and current.intact and current.mark == mark:
            remove(next_path(logbook))
        elif current is not None and current.intact and current != read_key_file(kept_path(logbook)):
            write_whole(kept_path(logbook), _text(current))


def same_slots(keys: Path, logbook: Path) -> bool:
    """Whether a copy of the slots opens for the same people and passwords as those of the logbook today."""
    there, here = key_files_at(keys)[:1], key_files_at(keys_path(logbook))[:1]
    return [(one.mark, one.slots) for one in there] == [(one.mark, one.slots) for one in here]


def copy_slots(logbook: Path, target: Path) -> bool:
    """Copy the slots that count to another place, written through to the disk; False when there are none."""
    found = key_files_at(keys_path(logbook))
    if not found or not found[0].intact:
        return False
    write_whole(target, _text(found[0]))
    return True


def bring_slots(source: Path, logbook: Path, key: bytes | None, set_aside: Path | None) -> None:
    """After a restore: the file that was set aside keeps its slots, the restored one has those of its key.

    source: the slots that came with the backup. OSError when the disk refuses.
    """
    _bring(source, logbook, "" if key is None else key_mark(key), set_aside)


def take_slots_back(was_aside: Path, logbook: Path, set_aside: Path | None) -> None:
    """After the undoing of a restore: the file that has its name again has slots of its own key again.

    was_aside: the name it had meanwhile. OSError when the disk refuses.
    """
    for keys in key_files_at(keys_path(was_aside))[:1]:
        _bring(keys_path(was_aside), logbook, keys.mark, set_aside)


def _bring(source: Path, logbook: Path, mark: str, set_aside: Path | None) -> None:
    there = key_files_at(keys_path(logbook))[:1]
    if set_aside is not None and there:
        write_whole(keys_path(set_aside), _text(there[0]))
    if any(keys.intact and keys.mark == mark for keys in there):
        return  # the passwords of today
    for keys in key_files_at(source)[:1]:
        if keys.intact and keys.mark == mark:
            for path in (keys_path(logbook), kept_path(logbook)):
                write_whole(path, _text(keys))


def _write(path: Path, keys: KeyFile) -> None:
    try:
        write_whole(path, _text(keys))
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        refused = error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}
        fault = SavingFault.READ_ONLY if refused else SavingFault.DISK
        raise not_saved(SavingFault.DISK_FULL if full else fault) from error


def _text(keys: KeyFile) -> bytes:
    body = {
        "version": VERSION,
        "file": str(keys.file_id),
        "mark": keys.mark,
        "salt": keys.salt,
        "sheet": keys.sheet_on,
        "slots": [_slot_body(slot) for slot in keys.slots],
        "without": [{"staff": str(staff_id), "name": name} for staff_id, name in keys.without],
    }
    return json.dumps({"keys": body, "sha256": _checksum(body)}, ensure_ascii=False, indent=1).encode()


def _slot_body(slot: Slot) -> dict[str, object]:
    return {
        "staff": str(slot.staff_id),
        "name": slot.name,
        "salt": b64encode(slot.salt).decode(),
        "argon2id": [slot.cost.time, slot.cost.memory_kib, slot.cost.lanes],
        "sealed": b64encode(slot.sealed).decode(),
    }


def _understood(body: Any) -> KeyFile:
    if body["version"] != VERSION:
        raise ValueError("slots of another version")
    return KeyFile(
        mark=str(body["mark"]),
        salt=str(body["salt"]),
        slots=tuple(_slots(body["slots"])),
        without=tuple((UUID(one["staff"]), str(one["name"])) for one in body["without"]),
        file_id=UUID(body["file"]),
        sheet_on=str(body["sheet"]),
    )


def _slots(listed: Any) -> Iterable[Slot]:
    for one in listed:
        # One broken slot must not cost the others.
        with suppress(ValueError, KeyError, TypeError):
            time, memory, lanes = map(int, one["argon2id"])
            yield Slot(
                staff_id=UUID(one["staff"]),
                name=str(one["name"]),
                salt=b64decode(one["salt"], validate=True),
                cost=Cost(time, memory, lanes),
                sealed=b64decode(one["sealed"], validate=True),
            )


def _checksum(body: object) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
