"""The few kinds of failure that a person is told of, each as one plain sentence with a next step."""

from __future__ import annotations

from datetime import date, datetime

from dermlog.backup_sentences import backup_sentence
from dermlog.domain.backup import BackupFault
from dermlog.domain.erasure import ErasingFault
from dermlog.domain.file_fault import OpeningFault, PrintingFault, Refusal, SavingFault
from dermlog.domain.key_fault import KeyFault
from dermlog.domain.leaving import LeavingFault
from dermlog.domain.patient import Patient
from dermlog.domain.patient_list import ListFault
from dermlog.domain.permission import Action, who_may
from dermlog.domain.photo import PhotoFault
from dermlog.domain.staff import Role
from dermlog.domain.visit import Visit
from dermlog.erasing_sentences import erasing_sentence
from dermlog.file_sentences import (
    changed_sentence,
    opening_sentence,
    printing_sentence,
    reading_sentence,
    refusal_sentence,
    saving_sentence,
)
from dermlog.key_sentences import key_sentence
from dermlog.leaving_sentences import leaving_sentence
from dermlog.list_sentences import list_sentence
from dermlog.sentences import photo_sentence


class DermlogError(Exception):
    """Something could not be done; the text is for the user and holds no patient data."""

    @property
    def sentence(self) -> str:
        """What to show."""
        return str(self)


class LogbookNotOpened(DermlogError):
    """The file is missing, empty, foreign, newer, damaged, or in a place where it must not live."""

    fault: OpeningFault | None = None


class NotSaved(DermlogError):
    """Writing failed and nothing was changed: full disk, read-only file, locked file, disk fault."""

    fault: SavingFault | None = None


class NotUnlocked(DermlogError):
    """A password, a recovery code or the key does not do; or the logbook is locked just now."""

    fault: KeyFault | None = None


class NotRead(DermlogError):
    """Reading failed: disk fault or damage. Nothing was changed."""

    fault: SavingFault | None = None


class NotAllowed(DermlogError):
    """The step is refused as the record stands: signed, already recorded, changed by somebody else."""

    refusal: Refusal | None = None


class ChangedMeanwhile(NotAllowed):
    """Somebody saved the record after this form had loaded it; stored is what they saved."""

    def __init__(self, sentence: str, stored: Patient | Visit) -> None:
        super().__init__(sentence)
        self.stored = stored
        self.refusal = Refusal.CHANGED_MEANWHILE


class UnusablePhoto(DermlogError):
    """A picture cannot be used; fault says why."""

    def __init__(self, fault: PhotoFault) -> None:
        super().__init__(photo_sentence(fault))
        self.fault = fault


class NotPrinted(DermlogError):
    """The page could not be made or written."""


class NotErased(DermlogError):
    """Nobody was erased, and nothing was changed."""

    fault: ErasingFault | None = None


class ListNotRead(DermlogError):
    """A file is no list of patients that can be read, or an import cannot be taken back."""

    fault: ListFault | None = None


class BackupNotDone(DermlogError):
    """A backup, a restore or a copy was not made; the records are as they were."""

    fault: BackupFault | None = None


class LeavingNotDone(DermlogError):
    """An export or an import was not made; the records are as they were, and nothing half-made stays."""

    fault: LeavingFault | None = None


def leaving_not_done(fault: LeavingFault, name: str = "") -> LeavingNotDone:
    """The error for an export or import that was not made; name is that of the folder or file."""
    error = LeavingNotDone(leaving_sentence(fault, name))
    error.fault = fault
    return error


def backup_not_done(fault: BackupFault, name: str = "") -> BackupNotDone:
    """The error for a backup, restore or copy that was not made; name is that of the folder or file."""
    error = BackupNotDone(backup_sentence(fault, name))
    error.fault = fault
    return error


def not_erased(fault: ErasingFault, keep_until: date | None = None) -> NotErased:
    """The error for an erasure that was refused; keep_until: how long the records must be kept."""
    error = NotErased(erasing_sentence(fault, keep_until))
    error.fault = fault
    return error


def list_not_read(fault: ListFault, name: str = "") -> ListNotRead:
    """The error for a list of patients that cannot be read; name is that of the file."""
    error = ListNotRead(list_sentence(fault, name))
    error.fault = fault
    return error


def not_opened(fault: OpeningFault, name: str = "", detail: str = "") -> LogbookNotOpened:
    """The error for a file that stays shut; name is its file name, detail what the sentence adds."""
    error = LogbookNotOpened(opening_sentence(fault, name, detail))
    error.fault = fault
    return error


def not_unlocked(fault: KeyFault, sentence: str = "") -> NotUnlocked:
    """The error for a logbook that stays locked, or a password or key that was not set."""
    error = NotUnlocked(sentence or key_sentence(fault))
    error.fault = fault
    return error


def not_saved(fault: SavingFault) -> NotSaved:
    """The error for a save that failed as a whole; what was typed is still on the screen."""
    error = NotSaved(saving_sentence(fault))
    error.fault = fault
    return error


def not_read(fault: SavingFault) -> NotRead:
    """The error for a reading that failed, even when tried again."""
    error = NotRead(reading_sentence(fault))
    error.fault = fault
    return error


def not_printed(fault: PrintingFault, path_name: str) -> NotPrinted:
    """The error for a page that could not be written to a file of this name."""
    return NotPrinted(printing_sentence(fault, path_name))


def not_allowed(refusal: Refusal) -> NotAllowed:
    """The error for a step that the record does not permit."""
    error = NotAllowed(refusal_sentence(refusal))
    error.refusal = refusal
    return error


_SIGNING = frozenset(
    {
        *(Action.SIGN_SESSION, Action.AMEND_SESSION, Action.VOID_SESSION, Action.MOVE_SESSION),
        *(Action.REVIEW_SESSION, Action.ACKNOWLEDGE_WARNING),
    }
)


def not_permitted(action: Action) -> NotAllowed:
    """The error for a person whose role does not reach that far: it says who may instead."""
    if action in _SIGNING:
        return not_allowed(Refusal.MAY_NOT_SIGN)
    roles = who_may(action)
    if roles == {Role.OWNER}:
        return not_allowed(Refusal.OWNERS_ONLY)
    return not_allowed(Refusal.MAY_NOT_WRITE if Role.ASSISTANT in roles else Refusal.CLINICIANS_ONLY)


def changed_meanwhile(stored: Patient | Visit, by: str, at: datetime | None) -> ChangedMeanwhile:
    """The error for a save over what somebody else saved meanwhile; by and at as far as the history knows."""
    return ChangedMeanwhile(changed_sentence(by, at), stored)
