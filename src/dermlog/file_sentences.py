"""One plain sentence for each way a file stays shut, a save fails, or a step is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from dermlog.domain.file_fault import (
    CheckFinding,
    OpeningFault,
    PrintingFault,
    Refusal,
    SavingFault,
    ViewingReason,
)
from dermlog.wording import _, date_text, ngettext, number_text, time_text

_TENTH_OF_GB = 107_374_182


def opening_sentence(fault: OpeningFault, name: str = "", detail: str = "") -> str:
    """Why a file stays shut; name is its file name, detail what the sentence adds."""
    sentences = {
        OpeningFault.MISSING: _(
            "“{name}” is not there. Look for it on this computer or connect the drive it is on, "
            "then open it again."
        ),
        OpeningFault.IS_FOLDER: _("“{name}” is a folder. Choose the logbook file inside it."),
        OpeningFault.EMPTY: _("“{name}” is empty, so it is not a logbook. Open a copy of the file instead."),
        OpeningFault.NOT_COMPLETE: _(
            "“{name}” is not complete: its end is missing. Keep it as it is and open a copy of "
            "the file instead."
        ),
        OpeningFault.NOT_DERMLOG: _("“{name}” is not a dermlog file. Choose a file that dermlog has made."),
        OpeningFault.NEWER: _(
            "“{name}” was made by a newer version of dermlog (format {detail}). Update dermlog, "
            "then open it again."
        ),
        OpeningFault.DAMAGED: _(
            "“{name}” is damaged. Save what can be read, or use a backup: the file itself stays as it is."
        ),
        OpeningFault.NEEDS_KEY: _("“{name}” is locked with a key. Open it with its key."),
        OpeningFault.WRONG_KEY: _("The key does not fit “{name}”. Check the key and open it again."),
        OpeningFault.NOT_LOCKED: _("“{name}” is not locked with a key. Open it without one."),
        OpeningFault.UNREADABLE: _(
            "“{name}” could not be read: {detail}. Check the drive and your rights to the file, "
            "then open it again."
        ),
        OpeningFault.UNFOLDED_READ_ONLY: _(
            "The last entries of “{name}” lie in a file beside it, and the folder is read-only. "
            "Copy all files of that name to a folder on this computer and open it there."
        ),
        OpeningFault.OPEN_ELSEWHERE: _(
            "“{name}” is open already: {detail}. Close it there and open it again, or look at it here "
            "without writing."
        ),
        OpeningFault.LEFT_OPEN: _(
            "“{name}” was left open {detail}. Close it there first. Where that computer is off, or the "
            "drive was pulled out of it, open it here."
        ),
        OpeningFault.ALREADY_THERE: _(
            "“{name}” exists already. Open it, or choose another name for the new one."
        ),
        OpeningFault.FOLDER_MISSING: _("The folder for “{name}” is not there. Choose another folder."),
        OpeningFault.FOLDER_READ_ONLY: _("The folder for “{name}” is read-only. Choose another folder."),
        OpeningFault.FOLDER_REMOTE: _(
            "“{name}” would lie on a network drive. A logbook must lie on this computer: choose a "
            "folder here."
        ),
        OpeningFault.FOLDER_SYNCED: _(
            "“{name}” would lie in a folder that {detail} synchronises, which can destroy it. "
            "Choose a folder that is not synchronised."
        ),
        OpeningFault.DISK_FULL: _(
            "The disk is full, so “{name}” cannot be made or opened. Free some space, then try again."
        ),
        OpeningFault.UPGRADE_STOPPED: _(
            "The update of “{name}” stopped, and nothing was changed. Free some space on the disk "
            "and try again, "
            "or go on with the version of dermlog you had."
        ),
        OpeningFault.UPGRADE_NEEDS_WRITING: _(
            "“{name}” was made by an older version of dermlog and must be updated, but it is "
            "read-only here. "
            "Copy it to a folder on this computer and open it there."
        ),
        OpeningFault.UNSAFE_LIBRARY: _(
            "The database library on this computer is too old to be safe ({detail}). Install dermlog again."
        ),
    }
    return sentences[fault].format(name=name, detail=detail)


def holder_words(
    computer: str = "", person: str = "", since: datetime | None = None, now: datetime | None = None
) -> str:
    """Who has a file open, as far as its lock tells: on RECEPTION-PC by Nurse Ana since 09:14."""
    if since is None or not computer:
        return _("another program uses it")
    when = time_text(since)
    if now is not None and since.date() != now.date():
        when = f"{date_text(since.date())}, {when}"
    if not person:
        return _("on {computer} since {when}").format(computer=computer, when=when)
    return _("on {computer} by {person} since {when}").format(computer=computer, person=person, when=when)


def conflict_sentence(name: str, first: str) -> str:
    """A file that looks like the conflicted copy of another one; the names of both."""
    return _(
        "“{name}” looks like a copy that a synchronising program made of “{first}” when two computers "
        "changed it. dermlog never merges two files: look in both for the entries you need, "
        "and go on with one of them."
    ).format(name=name, first=first)


def conflicts_beside_sentence(names: Sequence[str]) -> str:
    """Files beside the one that was opened look like conflicted copies of it."""
    return _(
        "Beside this logbook lies what looks like a copy with other entries: {names}. dermlog never merges "
        "two files: open it to see what it has, and enter here what is missing."
    ).format(names=", ".join(f"“{name}”" for name in names))


def viewing_sentence(reason: ViewingReason, detail: str = "") -> str:
    """Why the file is open for viewing only, and what to do to write in it."""
    sentences = {
        ViewingReason.ASKED: _("Opened for viewing only."),
        ViewingReason.FILE_READ_ONLY: _(
            "Opened for viewing only: the file is read-only. To write in it, allow writing and open it again."
        ),
        ViewingReason.FOLDER_READ_ONLY: _(
            "Opened for viewing only: its folder is read-only. To write in it, move it to a "
            "folder on this computer."
        ),
        ViewingReason.REMOTE: _(
            "Opened for viewing only: it lies on a network drive. To write in it, move it to this computer."
        ),
        ViewingReason.DISK_FULL: _(
            "Opened for viewing only: the disk is full. To write in it, free some space and open it again."
        ),
        ViewingReason.SYNCED: _(
            "Opened for viewing only: {detail} synchronises its folder, which can destroy a logbook. "
            "To write in it, move it to a folder that is not synchronised."
        ),
    }
    return sentences[reason].format(detail=detail)


def saving_sentence(fault: SavingFault) -> str:
    """Why a save failed as a whole; what was typed is still on the screen."""
    sentences = {
        SavingFault.DISK_FULL: _(
            "The disk is full. Your entry is kept on the screen and is NOT saved yet. Free some "
            "space, then save again."
        ),
        SavingFault.READ_ONLY: _(
            "The logbook is open for viewing only, so this is NOT saved. Move the file to a folder on this "
            "computer where you may write, then open it again."
        ),
        SavingFault.LOCKED: _(
            "The file is busy, so this is NOT saved yet. Close other programs that use it, then save again."
        ),
        SavingFault.DISK: _(
            "The disk had an error, so this is NOT saved yet. Save again, and copy the file to "
            "another drive today."
        ),
        SavingFault.DAMAGED: _(
            "The file is damaged, so this is NOT saved. Write the entry down, and open a copy of the file."
        ),
        SavingFault.CLOSED: _("The logbook is closed, so this is NOT saved. Open it again, then save."),
        SavingFault.GONE: _(
            "The logbook file is not in its place any more: it was moved, renamed or deleted while it was "
            "open. This is NOT saved. Put the file back under its old name, then save again."
        ),
        SavingFault.OTHER: _(
            "This could not be saved, and nothing was changed. Try again, or restart dermlog."
        ),
    }
    return sentences[fault]


def reading_sentence(fault: SavingFault) -> str:
    """Why something could not be read."""
    if fault is SavingFault.LOCKED:
        return _(
            "The file is busy, so this cannot be shown yet. Close other programs that use it, then try again."
        )
    if fault is SavingFault.DAMAGED:
        return _(
            "Part of the file is damaged and cannot be shown. Keep it as it is and open a copy of the file."
        )
    return _("The disk had a read error. Try again, and copy the file to another drive today.")


def printing_sentence(fault: PrintingFault, name: str) -> str:
    """Why a page was not written to a file of this name."""
    sentences = {
        PrintingFault.FOLDER_MISSING: _(
            "“{name}” could not be written: its folder does not exist. Choose another folder, then try again."
        ),
        PrintingFault.NOT_WRITABLE: _(
            "“{name}” could not be written. Close it in other programs or choose another folder, "
            "then try again."
        ),
        PrintingFault.DISK_FULL: _(
            "The disk is full, so “{name}” was not written. Free some space or choose another drive, "
            "then try again."
        ),
        PrintingFault.OTHER: _(
            "“{name}” could not be written because the disk or drive had an error. "
            "Choose another folder, then try again."
        ),
    }
    return sentences[fault].format(name=name)


def refusal_sentence(refusal: Refusal) -> str:
    """Why the record does not permit a step."""
    sentences = {
        Refusal.MAY_NOT_SIGN: _(
            "Only an owner or a clinician may sign. Change who is writing to one of them, then sign."
        ),
        Refusal.MAY_NOT_WRITE: _(
            "This member of staff may only look. Change who is writing, then save again."
        ),
        Refusal.CLINICIANS_ONLY: _(
            "Only an owner or a clinician may do this. Change who is writing to one of them, then try again."
        ),
        Refusal.OWNERS_ONLY: _(
            "Only an owner may do this. Change who is writing to an owner, then try again."
        ),
        Refusal.SIGNED: _(
            "This treatment is signed and stays as it is. Open it and amend it with a reason instead."
        ),
        Refusal.ALREADY_RECORDED: _("This visit is already recorded. Open it from the patient's course."),
        Refusal.SIGNED_DATE: _("The date belongs to a signed treatment and stays. Set it back, then save."),
        Refusal.OTHER_PATIENT: _("This entry belongs to another patient. Start a new one for this patient."),
        Refusal.SAME_PICTURE: _("This picture is already in this visit. Choose another one."),
        Refusal.NO_WARNING_SIGN: _("This visit has no warning sign to acknowledge. Look at the visit again."),
        Refusal.ALREADY_ACKNOWLEDGED: _("A doctor has already acknowledged this. Nothing more is needed."),
        Refusal.LAST_OWNER: _("Somebody must be able to sign. Add another owner or clinician first."),
        Refusal.NOT_THERE: _("This entry is no longer in the logbook. Go back and look again."),
        Refusal.DATES_DIFFER: _("The visit and the treatment have different dates. Set one date, then sign."),
        Refusal.NAME_TAKEN: _("Another template has this name. Choose another name, or overwrite that one."),
        Refusal.CHANGED_MEANWHILE: _(
            "This treatment was amended meanwhile. Compare both versions, then choose which one stands."
        ),
        Refusal.VOID: _("This treatment is void and stays as it is. Record a new one if it is needed."),
        Refusal.SAME_PATIENT: _("The treatment is already with this patient. Choose another patient."),
        Refusal.REVIEW_BY_ANOTHER: _(
            "A review is signed once, and by somebody other than the one who signed the treatment. "
            "Change who is writing, then review."
        ),
        Refusal.BEYOND_VIAL: _(
            "The vial does not hold that much: another treatment has used it meanwhile. "
            "Lower the units, or enter a new vial."
        ),
        Refusal.RESTRICTED: _("Access to this patient's records is restricted. Ask an owner of the logbook."),
    }
    return sentences[refusal]


def finding_sentence(finding: CheckFinding, count: int = 1, detail: str = "") -> str:
    """One finding of a check; detail is a table or the beginning of a photo's SHA-256."""
    sentences = {
        CheckFinding.DAMAGED: _("Pages of the file are damaged. Save what can be read, or restore a backup."),
        CheckFinding.LOOSE_ROWS: ngettext(
            "{count} row belongs to a record that is not there.",
            "{count} rows belong to records that are not there.",
            count,
        ),
        CheckFinding.DRAFT_OF_RECORDED: ngettext(
            "{count} draft belongs to a visit that is already recorded.",
            "{count} drafts belong to visits that are already recorded.",
            count,
        ),
        CheckFinding.UNFINISHED_WITHOUT_DRAFT: ngettext(
            "{count} unfinished visit has lost its draft.",
            "{count} unfinished visits have lost their drafts.",
            count,
        ),
        CheckFinding.UNSIGNED: ngettext(
            "{count} treatment has no signature.", "{count} treatments have no signature.", count
        ),
        CheckFinding.OTHER_PATIENT: ngettext(
            "{count} treatment or photo lies in the visit of another patient.",
            "{count} treatments or photos lie in visits of other patients.",
            count,
        ),
        CheckFinding.LOOSE_PICTURES: ngettext(
            "{count} stored picture belongs to no visit.",
            "{count} stored pictures belong to no visit.",
            count,
        ),
        CheckFinding.NO_THUMBNAIL: ngettext(
            "{count} stored picture has no thumbnail.", "{count} stored pictures have no thumbnail.", count
        ),
        CheckFinding.SEARCH: ngettext(
            "{count} patient cannot be found by the present name, number or birth date. Save it again.",
            "{count} patients cannot be found by their present name, number or birth date. Save them again.",
            count,
        ),
        CheckFinding.AGAINST_HISTORY: ngettext(
            "{count} row of “{detail}” differs from its history: changed outside dermlog or by damage.",
            "{count} rows of “{detail}” differ from their history: changed outside dermlog or by damage.",
            count,
        ),
        CheckFinding.PHOTO: _(
            "The photo with SHA-256 {detail}… is damaged. Take it from a copy of the file."
        ),
        CheckFinding.MORE_PHOTOS: ngettext(
            "{count} more photo is damaged.", "{count} more photos are damaged.", count
        ),
    }
    return sentences[finding].format(count=count, detail=detail)


def missing_entries_sentence(saved_until: datetime, found_until: datetime | None) -> str:
    """The file lacks entries that this computer has saved, and what to do."""
    if found_until is None:
        return _(
            "Entries are missing: this computer saved until {saved}, and this file has none. "
            "Look for a newer copy of the file before you go on."
        ).format(saved=_moment(saved_until))
    return _(
        "Entries are missing: this computer saved until {saved}, this file ends at {found}. "
        "Look for a newer copy of the file, or enter them again."
    ).format(saved=_moment(saved_until), found=_moment(found_until))


def clock_behind_sentence(newest: datetime) -> str:
    """The clock of this computer is earlier than the newest entry."""
    return _(
        "The clock of this computer is behind the last entry ({newest}). "
        "Set the clock right before you write."
    ).format(newest=_moment(newest))


def little_room_sentence(free: int) -> str:
    """The disk of the logbook is nearly full."""
    if free < _TENTH_OF_GB:
        return _(
            "The disk of this logbook is almost full. Free some space, or move old photos away from it, "
            "before saving stops."
        )
    return _(
        "The disk of this logbook has only {room} GB left. Free some space, or move old photos away from it, "
        "before saving stops."
    ).format(room=number_text(Decimal(free // _TENTH_OF_GB) / 10))


def _moment(moment: datetime) -> str:
    local = moment.astimezone()
    return _("{date}, {time}").format(date=date_text(local.date()), time=f"{local:%H:%M}")


def changed_sentence(by: str, at: datetime | None) -> str:
    """Somebody saved a record while a form had it open."""
    if at is None or not by:
        return _("This was changed meanwhile. Look at both versions, then choose which one stands.")
    return _(
        "{name} changed this meanwhile, on {day} at {time}. Look at both versions, then choose which one "
        "stands."
    ).format(name=by, day=date_text(at.date()), time=time_text(at))
