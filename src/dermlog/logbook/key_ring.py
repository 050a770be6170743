"""The keys of an open logbook: passwords of its staff, the lock, another clinic key, the recovery sheet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.domain.access import AccessKind
from dermlog.domain.file_fault import Refusal
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.password import password_fault
from dermlog.domain.permission import Action
from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.staff import Staff
from dermlog.errors import BackupNotDone, DermlogError, NotSaved, NotUnlocked, not_allowed, not_unlocked
from dermlog.logbook.patience import patience_with
from dermlog.storage.backup_files import remove
from dermlog.storage.database import Database
from dermlog.storage.key_file import (
    NO_FILE,
    KeyFile,
    kept_path,
    key_files_at,
    keys_path,
    new_key_file,
    settle,
    write_key_file,
)
from dermlog.storage.key_fit import salt_of
from dermlog.storage.key_slot import clinic_key, key_mark, make_slot, wrapping
from dermlog.storage.key_spares import has_sound_slots, spare_slots
from dermlog.storage.unlocking import LockedFile, SlotPerson, Unlocked

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook

Progress = Callable[[int, int], None]

_TURN_SECONDS = 0.02


def _silent(_done: int, _of: int) -> None:
    """Nobody looks at the progress."""


class KeyRing:
    """What an open logbook can do with its keys; in one that is not encrypted nearly nothing.

    check(), set_password() and change_clinic_key() are slow and may be called from any thread.
    """

    def __init__(self, logbook: Logbook, database: Database) -> None:
        self._logbook = logbook
        self._database = database
        self._mark = ""
        self.patience = patience_with(database.path)

    @property
    def locked(self) -> bool:
        """Whether the file is encrypted, so that passwords count."""
        return self._database.held.encrypted

    def people(self) -> tuple[SlotPerson, ...]:
        """Who has a password, or had one before the key was changed, by name."""
        return self._file().people()

    def has_password(self, staff_id: UUID) -> bool:
        """Whether this person can unlock the logbook."""
        return any(person.staff_id == staff_id and person.has_password for person in self.people())

    def check(self, staff_id: UUID, password: str) -> Unlocked:
        """Whether this is that person's password, for signing and before keys are changed; NotUnlocked.

        A wrong one goes into the access log: somebody else may sit at an open logbook.
        """
        self._must_be_locked()
        try:
            return self._file().unlock(staff_id, password)
        except NotUnlocked as error:
            if error.fault is KeyFault.WRONG_PASSWORD:
                with suppress(DermlogError):
                    self._note(AccessKind.UNLOCK_FAILED)
            raise

    def set_password(self, staff_id: UUID, password: str, by: Unlocked) -> Unlocked:
        """Give a person a password, or another one; by is whoever acts, who proved it, or came by the sheet.

        Gives what the new password opens. NotUnlocked when it will not do, NotSaved when the disk refuses.
        """
        self._must_fit(by)
        own = staff_id == self._database.acting
        self._database.require(Action.SET_OWN_PASSWORD if own else Action.SET_OTHERS_PASSWORD)
        member = self._member(staff_id)
        fault = password_fault(password, (member.name,))
        if fault is not None:
            raise not_unlocked(fault)
        keys = self._key_file(by.key)
        wrap = wrapping(password)
        slot = make_slot(keys.file_id, staff_id, member.name, by.code, wrap)
        write_key_file(self._database.path, keys.with_slot(slot))
        self._note(AccessKind.PASSWORD_SET, staff_id)
        return Unlocked(by.key, by.code, staff_id, wrap)

    def remove(self, staff_id: UUID) -> None:
        """Take a leaver's password away, at once; NotUnlocked for the last password there is."""
        self._must_be_locked()
        self._database.require(Action.SET_OTHERS_PASSWORD)
        keys = self._key_file(self._key())
        if any(slot.staff_id == staff_id for slot in keys.slots) and len(keys.slots) == 1:
            raise not_unlocked(KeyFault.LAST_PASSWORD)
        write_key_file(self._database.path, keys.without_person(staff_id))
        self._note(AccessKind.PASSWORD_REMOVED, staff_id)

    def change_clinic_key(self, by: Unlocked, progress: Progress = _silent) -> RecoveryCode:
        """Encrypt the logbook with a new key; gives the code for a new sheet, the old one opens it no more.

        by must have come with a password: that password goes on working. Everybody else must set a new one
        with an owner, because nobody can wrap the new key under a password they do not know; people() tells
        who. A backup is made before, and BackupNotDone when that fails; another one after. Copies and backups
        made earlier stay readable to whoever has an old sheet or password. NotUnlocked when it cannot be
        done, and then nothing has changed.
        """
        self._must_fit(by)
        self._database.require(Action.CHANGE_CLINIC_KEY)
        if by.staff_id is None or by.wrap is None:
            raise not_unlocked(KeyFault.NO_PASSWORD)
        from dermlog.storage.rekey import change_key  # noqa: PLC0415 - rarely needed

        code = RecoveryCode.new()
        key = clinic_key(code)
        keys = self._key_file(by.key)
        coming = new_key_file(key_mark(key), keys.salt)
        name = self._member(by.staff_id).name
        coming = coming.with_slot(make_slot(coming.file_id, by.staff_id, name, code, by.wrap))
        others = [(slot.staff_id, slot.name) for slot in keys.slots if slot.staff_id != by.staff_id]
        lost = tuple(other for other in keys.without if other[0] != by.staff_id)
        backups = self._logbook.backups
        if backups.is_wanted():
            backups.back_up()
        with backups.standing_still():
            change_key(
                self._database.path,
                by.key,
                key,
                replace(coming, without=(*others, *lost)),
                changed=lambda: self._database.held.give_back(key),
                progress=progress,
            )
        self._note(AccessKind.KEY_CHANGED)
        if backups.sets():
            # The file is under its new key whatever comes of it: the next automatic backup tries again.
            with suppress(BackupNotDone):
                backups.back_up()
        return code

    def recovery_sheet(self, code: RecoveryCode) -> bytes:
        """The sheet for the safe, as a PDF; that it was handed out is put on record."""
        from dermlog.report.recovery_sheet import SheetFacts, write_recovery_sheet  # noqa: PLC0415

        self._database.require(Action.PRINT_RECOVERY_SHEET)
        clinic = self._logbook.clinic.get()
        self._logbook.accesses.note(AccessKind.PRINTED, detail="recovery_sheet")
        return write_recovery_sheet(
            SheetFacts(clinic.name, self._database.path.name, self._logbook.today(), code.groups)
        )

    @property
    def sheet_checked_on(self) -> date | None:
        """When somebody last typed from the recovery sheet of the present key; None for never."""
        for keys in key_files_at(keys_path(self._database.path))[:1]:
            with suppress(ValueError):
                return date.fromisoformat(keys.sheet_on)
        return None

    def note_sheet_checked(self) -> None:
        """Somebody typed groups of the sheet and they were right, today."""
        keys = self._key_file(self._key())
        write_key_file(self._database.path, replace(keys, sheet_on=self._logbook.today().isoformat()))

    # -- the lock ----------------------------------------------------------------------------------------

    def lock(self, patience: float) -> None:
        """Take the key away; see Logbook.lock()."""
        self._must_be_locked()
        held = self._database.held
        if held.is_dropped:
            return
        self._database.rest()
        until = time.monotonic() + patience
        while self._logbook.backups.is_running and time.monotonic() < until:
            time.sleep(_TURN_SECONDS)
        self._mark = key_mark(self._key())
        self._database.let_go()
        held.wait_until_closed(max(0.0, until - time.monotonic()))
        held.drop()

    def unlock(self, unlocked: Unlocked) -> None:
        """Take the key back; see Logbook.unlock()."""
        self._must_be_locked()
        held = self._database.held
        # Before the key is gone, too: the slots beside a covered window may have been exchanged.
        mark = self._mark if held.is_dropped else key_mark(self._key())
        if not compare_digest(key_mark(unlocked.key), mark):
            raise not_unlocked(KeyFault.WRONG_CODE)
        was_dropped = held.is_dropped
        if was_dropped:
            held.give_back(unlocked.key)
        try:
            self.admit(unlocked)
        except BaseException:
            if was_dropped:
                self.lock(0.0)
            raise
        self._logbook.accesses.take_pending()

    def admit(self, unlocked: Unlocked) -> None:
        """Let whoever unlocked the file act; nobody new where the recovery sheet did.

        NotUnlocked for somebody who has left: slots of before, from a copy or a backup, let them in no more
        while anybody else has a password.
        """
        who = unlocked.staff_id
        if who is None:
            return
        here = {member.id for member in self._logbook.staff.all()}
        if who not in here and any(one.has_password and one.staff_id in here for one in self.people()):
            raise not_unlocked(KeyFault.NO_PASSWORD)
        self._logbook.act_as(who)

    def tidy(self) -> None:
        """At opening: end what was cut off, and let the slots follow the staff. The disk may refuse."""
        if not self.locked or self._logbook.read_only:
            return
        path = self._database.path
        mark = key_mark(self._key())
        settle(path, mark)
        if not has_sound_slots(path):
            spare = spare_slots(path, self._logbook.now())
            if spare is not None and spare.mark == mark:
                with suppress(NotSaved):
                    write_key_file(path, spare)
        for keys in key_files_at(keys_path(path))[:1]:
            if not keys.intact or keys.mark != mark:
                continue
            staff = {member.id: member for member in self._logbook.staff.all(include_inactive=True)}
            gone = [member.id for member in staff.values() if not member.active]
            tidied = replace(
                keys,
                salt=salt_of(path),
                slots=tuple(
                    replace(slot, name=staff[slot.staff_id].name) if slot.staff_id in staff else slot
                    for slot in keys.slots
                    if slot.staff_id not in gone or len(keys.slots) == 1
                ),
                without=tuple(other for other in keys.without if other[0] not in gone),
            )
            if tidied != keys:
                with suppress(NotSaved):
                    write_key_file(path, tidied)

    def _file(self) -> LockedFile:
        return LockedFile.of_logbook(self._database.path)

    def _key(self) -> bytes:
        key = self._database.key
        if key is None:
            raise not_unlocked(KeyFault.NOT_LOCKED)
        return key

    def _must_be_locked(self) -> None:
        if not self.locked:
            raise not_unlocked(KeyFault.NOT_LOCKED)

    def _must_fit(self, by: Unlocked) -> None:
        if not compare_digest(by.key, self._key()):
            raise not_unlocked(KeyFault.SLOTS_FOREIGN)
        # Nobody does with their own password what only the role of somebody else allows.
        if by.staff_id not in {None, self._database.acting}:
            raise not_allowed(Refusal.OWNERS_ONLY)

    def _note(self, kind: AccessKind, staff_id: UUID | None = None) -> None:
        with self._logbook.second_connection() as own:
            own.accesses.note(kind, detail="" if staff_id is None else str(staff_id))

    def _member(self, staff_id: UUID) -> Staff:
        with self._logbook.second_connection() as own:
            return own.staff.get(staff_id)

    def _key_file(self, key: bytes) -> KeyFile:
        """The slots to change; begun anew where they are lost or are those of another key."""
        found = key_files_at(keys_path(self._database.path))[:1]
        mark = key_mark(key)
        for keys in found:
            if keys.intact and keys.mark == mark:
                return keys
            if not keys.intact and keys.file_id != NO_FILE:
                return replace(keys, mark=mark, intact=True)
        return new_key_file(mark, salt_of(self._database.path))


def take_slots_away(path: Path) -> None:
    """Remove the slots of a logbook that could not be made."""
    for slots in (keys_path(path), kept_path(path)):
        remove(slots)


def lay_first_slots(
    path: Path,
    clinic: str,
    staff: Iterable[Staff],
    passwords: Mapping[UUID, str],
    code: RecoveryCode,
    *,
    now: datetime,
) -> bytes:
    """Write the slots for a logbook that is about to be made; gives its key.

    NotUnlocked when a password will not do, and when there is none at all. Slots that lie there already
    belong to a logbook that is missing: they are set aside, never written over.
    """
    names = {member.id: member.name for member in staff}
    for staff_id, password in passwords.items():
        fault = password_fault(password, (names[staff_id], clinic))
        if fault is not None:
            raise not_unlocked(fault)
    if not passwords:
        raise not_unlocked(KeyFault.NO_PASSWORD)
    key = clinic_key(code)
    keys = new_key_file(key_mark(key))
    for staff_id, password in passwords.items():
        keys = keys.with_slot(make_slot(keys.file_id, staff_id, names[staff_id], code, wrapping(password)))
    for ending in ("", ".bak", ".next"):
        there = path.with_name(f"{path.name}-keys{ending}")
        if there.exists():
            there.rename(there.with_name(f"{path.name}-keys set aside {now:%Y-%m-%d %H%M%S}{ending}"))
    write_key_file(path, keys)
    return key
