"""What can be wrong with the file, or with a step asked of it; the sentences are in errors.py."""

from __future__ import annotations

from enum import Enum


class OpeningFault(Enum):
    """Why a file cannot be opened or made."""

    MISSING = "missing"
    IS_FOLDER = "is_folder"
    EMPTY = "empty"
    NOT_COMPLETE = "not_complete"
    NOT_DERMLOG = "not_dermlog"
    NEWER = "newer"
    DAMAGED = "damaged"
    NEEDS_KEY = "needs_key"
    WRONG_KEY = "wrong_key"
    NOT_LOCKED = "not_locked"
    UNREADABLE = "unreadable"
    UNFOLDED_READ_ONLY = "unfolded_read_only"
    OPEN_ELSEWHERE = "open_elsewhere"
    LEFT_OPEN = "left_open"
    ALREADY_THERE = "already_there"
    FOLDER_MISSING = "folder_missing"
    FOLDER_READ_ONLY = "folder_read_only"
    FOLDER_REMOTE = "folder_remote"
    FOLDER_SYNCED = "folder_synced"
    DISK_FULL = "disk_full"
    UPGRADE_STOPPED = "upgrade_stopped"
    UPGRADE_NEEDS_WRITING = "upgrade_needs_writing"
    UNSAFE_LIBRARY = "unsafe_library"


class ViewingReason(Enum):
    """Why a file is opened for viewing only."""

    ASKED = "asked"
    FILE_READ_ONLY = "file_read_only"
    FOLDER_READ_ONLY = "folder_read_only"
    REMOTE = "remote"
    SYNCED = "synced"
    DISK_FULL = "disk_full"


class SavingFault(Enum):
    """Why a save failed; nothing was changed."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    DISK = "disk"
    DAMAGED = "damaged"
    CLOSED = "closed"
    GONE = "gone"
    OTHER = "other"


class PrintingFault(Enum):
    """Why a page was not written to a file."""

    FOLDER_MISSING = "folder_missing"
    NOT_WRITABLE = "not_writable"
    DISK_FULL = "disk_full"
    OTHER = "other"


class Refusal(Enum):
    """Why a step is refused as the record stands."""

    MAY_NOT_SIGN = "may_not_sign"
    MAY_NOT_WRITE = "may_not_write"
    CLINICIANS_ONLY = "clinicians_only"
    OWNERS_ONLY = "owners_only"
    SIGNED = "signed"
    ALREADY_RECORDED = "already_recorded"
    SIGNED_DATE = "signed_date"
    OTHER_PATIENT = "other_patient"
    SAME_PICTURE = "same_picture"
    NO_WARNING_SIGN = "no_warning_sign"
    ALREADY_ACKNOWLEDGED = "already_acknowledged"
    LAST_OWNER = "last_owner"
    NOT_THERE = "not_there"
    DATES_DIFFER = "dates_differ"
    NAME_TAKEN = "name_taken"
    CHANGED_MEANWHILE = "changed_meanwhile"
    VOID = "void"
    SAME_PATIENT = "same_patient"
    REVIEW_BY_ANOTHER = "review_by_another"
    BEYOND_VIAL = "beyond_vial"
    RESTRICTED = "restricted"


class CheckFinding(Enum):
    """What a check of the file can find."""

    DAMAGED = "damaged"
    LOOSE_ROWS = "loose_rows"
    DRAFT_OF_RECORDED = "draft_of_recorded"
    UNFINISHED_WITHOUT_DRAFT = "unfinished_without_draft"
    UNSIGNED = "unsigned"
    OTHER_PATIENT = "other_patient"
    LOOSE_PICTURES = "loose_pictures"
    NO_THUMBNAIL = "no_thumbnail"
    SEARCH = "search"
    AGAINST_HISTORY = "against_history"
    PHOTO = "photo"
    MORE_PHOTOS = "more_photos"
