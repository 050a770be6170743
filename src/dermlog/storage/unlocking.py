"""From a password or a typed recovery code to the key of a file, with every way to fail told apart."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from dermlog.domain.key_fault import KeyFault
from dermlog.domain.recovery import RecoveryCode, RecoveryMisread
from dermlog.errors import not_unlocked
from dermlog.key_sentences import misread_sentence
from dermlog.storage import driver
from dermlog.storage.key_file import KeyFile, key_files_at, keys_path, next_path, read_key_file
from dermlog.storage.key_fit import fits
from dermlog.storage.key_slot import Wrapping, clinic_key, open_slot, wrapping


@dataclass(frozen=True)
class Unlocked:
    """What opened a logbook: its key, the code of its recovery sheet, and who it was.

    staff_id is None for somebody who came with the sheet. wrap opens that person's slot again. repr() shows
    no secret.
    """

    key: bytes = field(repr=False)
    code: RecoveryCode
    staff_id: UUID | None
    wrap: Wrapping | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class SlotPerson:
    """Somebody whose name stands in the file of slots; has_password False: the key was changed since."""

    staff_id: UUID
    name: str
    has_password: bool = True


@dataclass(frozen=True)
class LockedFile:
    """A file that a key opens, and where its slots lie; spare: slots for when those are lost or damaged."""

    path: Path
    keys: Path
    coming: Path | None = None
    spare: KeyFile | None = None

    @classmethod
    def of_logbook(cls, path: Path, spare: KeyFile | None = None) -> LockedFile:
        """A live logbook with the slots beside it."""
        return cls(path, keys_path(path), next_path(path), spare)

    def people(self) -> tuple[SlotPerson, ...]:
        """Who may type a password, by name."""
        found: dict[UUID, SlotPerson] = {}
        for keys in self._key_files():
            for slot in keys.slots:
                found.setdefault(slot.staff_id, SlotPerson(slot.staff_id, slot.name))
            for staff_id, name in keys.without:
                found.setdefault(staff_id, SlotPerson(staff_id, name, has_password=False))
        return tuple(sorted(found.values(), key=lambda person: person.name.casefold()))

    def unlock(self, staff_id: UUID, password: str) -> Unlocked:
        """With a password; NotUnlocked. Takes about 0.4 s, on purpose."""
        files = self._key_files()
        opened = _open(files, staff_id, password)
        for code, wrap in opened:
            key = clinic_key(code)
            if self._is_key(key, files):
                return Unlocked(key, code, staff_id, wrap)
        if opened:
            lost = any(staff_id == other for keys in files for other, _name in keys.without)
            raise not_unlocked(KeyFault.KEY_CHANGED if lost else KeyFault.SLOTS_FOREIGN)
        raise not_unlocked(_why_not(files, staff_id))

    def unlock_with_code(self, text: str) -> Unlocked:
        """With the letters of the recovery sheet, slots or not; NotUnlocked."""
        code = read_code(text)
        key = clinic_key(code)
        if not self._is_key(key, self._key_files()):
            raise not_unlocked(KeyFault.WRONG_CODE)
        return Unlocked(key, code, None)

    def _key_files(self) -> tuple[KeyFile, ...]:
        coming = None if self.coming is None else read_key_file(self.coming)
        beside = key_files_at(self.keys)
        lost = self.spare is not None and not any(keys.intact for keys in beside)
        found = (coming, *([self.spare] if lost else []), *beside)
        return tuple(keys for keys in found if keys is not None)

    def _is_key(self, key: bytes, files: tuple[KeyFile, ...]) -> bool:
        """Whether the file is encrypted with this key; most pages of a damaged one still prove it."""
        if self.coming is not None and self.coming.exists():
            # A change of the key was cut off: its pages may lie in the write-ahead log. The driver knows.
            return _opens(self.path, key)
        salts = {"", *(one.salt for one in files)}
        try:
            return any(fits(self.path, key, salt) for salt in salts)
        except OSError:
            return True  # the opening says what is the matter with the file


def read_code(text: str) -> RecoveryCode:
    """A typed recovery code; NotUnlocked with a sentence that names the group, where that is known."""
    try:
        return RecoveryCode.read(text)
    except RecoveryMisread as misread:
        raise not_unlocked(KeyFault.CODE_MISREAD, misread_sentence(misread)) from misread


def _open(files: tuple[KeyFile, ...], staff_id: UUID, password: str) -> list[tuple[RecoveryCode, Wrapping]]:
    """The secrets that the password opens among all slots of a person; equal salts are asked once."""
    opened: list[tuple[RecoveryCode, Wrapping]] = []
    wraps: dict[object, Wrapping] = {}
    for keys in files:
        for slot in keys.slots:
            if slot.staff_id != staff_id:
                continue
            asked = (slot.salt, slot.cost)
            if asked not in wraps:
                wraps[asked] = wrapping(password, slot.salt, slot.cost)
            code = open_slot(slot, keys.file_id, wraps[asked])
            if code is not None:
                opened.append((code, wraps[asked]))
    return opened


def _why_not(files: tuple[KeyFile, ...], staff_id: UUID) -> KeyFault:
    if not files:
        return KeyFault.SLOTS_MISSING
    intact = [keys for keys in files if keys.intact]
    if not intact:
        return KeyFault.SLOTS_DAMAGED
    if any(keys.slot_of(staff_id) for keys in intact):
        return KeyFault.WRONG_PASSWORD
    if any(staff_id == other for keys in intact for other, _name in keys.without):
        return KeyFault.KEY_CHANGED
    return KeyFault.NO_PASSWORD


def _opens(path: Path, key: bytes) -> bool:
    try:
        with closing(driver.connect(path, key, "rw")) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            return True
    except driver.FAULTS:
        return False
