"""One plain sentence for each thing a backup can say, and the page that tells how to restore."""

from __future__ import annotations

from datetime import datetime

from dermlog.chain_sentences import entry_number
from dermlog.domain.backup import BackupComparison, BackupFault, BackupState, Light
from dermlog.domain.salvage import Salvaged
from dermlog.wording import _, date_text, ngettext, time_text


def backup_sentence(fault: BackupFault, name: str = "") -> str:
    """Why a backup, a restore or a copy was not made; name is a folder or file."""
    named = _("“{name}”").format(name=name) if name else _("the backup folder")
    sentences = {
        BackupFault.NO_PLACE: _("No backup folder is chosen. Choose a folder, best on another drive."),
        BackupFault.PLACE_MISSING: _(
            "Backup not made: {named} cannot be reached. Connect the drive, then back up again."
        ),
        BackupFault.PLACE_READ_ONLY: _(
            "Backup not made: {named} does not allow writing. Choose another folder, then back up again."
        ),
        BackupFault.DISK_FULL: _(
            "Backup stopped: no room in {named}. Your records are fine. Free some space or choose another "
            "folder, then back up again."
        ),
        BackupFault.DISK: _(
            "Backup stopped: {named} had a read or write error. Your records are fine. Use another drive, "
            "then back up again."
        ),
        BackupFault.RECORDS_DAMAGED: _(
            "Backup stopped: a part of the logbook cannot be read. Earlier backups are kept. Check the "
            "logbook before you go on."
        ),
        BackupFault.NOT_PROVEN: _(
            "The backup could not be read back, so it was removed. Use another drive, then back up again."
        ),
        BackupFault.BACKUP_DAMAGED: _("This backup is damaged. Choose another one."),
        BackupFault.WRONG_KEY: _(
            "The key does not fit this backup: it was made under another key. Choose another backup."
        ),
        BackupFault.NEWER: _(
            "This backup was made by a newer version of dermlog. Update dermlog, then try again."
        ),
        BackupFault.OPEN_ELSEWHERE: _(
            "The logbook is open in another program. Close it there, then try again."
        ),
        BackupFault.STOPPED: _("Stopped. What was complete before is kept."),
    }
    return sentences[fault].format(named=named)


def moment_text(moment: datetime) -> str:
    """A date with its time: 4 Mar 2026, 15:12."""
    local = moment.astimezone()
    return _("{date}, {time}").format(date=date_text(local.date()), time=time_text(local))


def light_text(light: Light) -> str:
    """The status light in one word or two."""
    return {
        Light.GOOD: _("Backed up"),
        Light.CAUTION: _("Backup is getting old"),
        Light.DANGER: _("Not backed up"),
        Light.SAMPLE: _("Sample: no backups"),
    }[light]


def state_sentence(state: BackupState, now: datetime) -> str:
    """When a backup was last proven, and what to do when that is long ago."""
    if state.light is Light.SAMPLE:
        return _("This is a sample with invented patients. It is not backed up.")
    if state.proven is None or state.proven_at is None:
        return _("No backup has been proven yet. Press “Back up now”.")
    proven = _("Last proven backup: {moment}.").format(moment=moment_text(state.proven_at))
    days = (now - state.proven_at).days
    if state.light is Light.GOOD:
        return proven
    old = ngettext(
        "That is {days} day ago: connect the backup drive and press “Back up now”.",
        "That is {days} days ago: connect the backup drive and press “Back up now”.",
        days,
    ).format(days=days)
    return _("{first} {second}").format(first=proven, second=old)


def drill_sentence(state: BackupState) -> str:
    """When a backup was last restored on trial, and how long that took."""
    drilled = state.drilled
    if drilled is None or drilled.drilled_at is None or drilled.drill_seconds is None:
        return _("No backup has been restored on trial yet.")
    minutes, seconds = divmod(drilled.drill_seconds, 60)
    took = _("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)
    if not minutes:
        took = _("{seconds} s").format(seconds=seconds)
    return _("Last proven restore: {moment}, {took}.").format(
        moment=moment_text(drilled.drilled_at), took=took
    )


def comparison_sentence(comparison: BackupComparison) -> str:
    """What a backup has of the entries of the present logbook."""
    if not comparison.related:
        return _("This backup belongs to another logbook.")
    new = sum(not missing.changed_only for missing in comparison.lacks)
    changed = len(comparison.lacks) - new
    parts = [
        ngettext(
            "This backup has {has} of {count} entry.", "This backup has {has} of {count} entries.",
            comparison.entries_now,
        ).format(has=comparison.entries_now - new, count=comparison.entries_now)
    ]  # fmt: skip
    if new or changed:
        parts.append(_("It lacks what is listed here."))
    elif comparison.other_changes:
        parts.append(
            ngettext(
                "It lacks {count} smaller change.", "It lacks {count} smaller changes.",
                comparison.other_changes,
            ).format(count=comparison.other_changes)
        )  # fmt: skip
    elif not comparison.ahead:
        parts.append(_("Nothing is missing."))
    if comparison.ahead:
        parts.append(
            ngettext(
                "It has {count} change that the present file lacks.",
                "It has {count} changes that the present file lacks.",
                comparison.ahead,
            ).format(count=comparison.ahead)
        )
    return " ".join(parts)


def restore_steps(*, locked: bool) -> tuple[str, ...]:
    """How to get everything back on a new PC, for paper and for the text file in each backup folder."""
    return (
        _("Take a PC and install dermlog on it."),
        _("Connect the drive with the backups."),
        _("Start dermlog and choose “Restore a backup”."),
        _("Choose the folder on the drive whose name ends in “backups”. The newest backup is at the top."),
        _("Choose where the logbook shall lie: a folder on this PC, not one that is synchronised."),
        *(
            (_("Type the password of any member of staff, or the code from the recovery sheet in the safe."),)
            if locked
            else ()
        ),
        _("Wait until dermlog says that the restore is proven. Then look up one patient you know."),
        _("Connect the backup drive again and press “Back up now”."),
    )


def restore_page(clinic: str, *, locked: bool) -> str:
    """The text file in each backup folder."""
    lines = [_("How to restore the logbook of {clinic}").format(clinic=clinic or _("your clinic")), ""]
    lines += [
        _("{number}. {step}").format(number=number, step=step)
        for number, step in enumerate(restore_steps(locked=locked), start=1)
    ]
    return "\n".join([*lines, "", *restore_hints()]) + "\n"


def restore_hints() -> tuple[str, ...]:
    """What else to know when restoring."""
    return (
        _(
            "Do not rename, move or delete anything inside a backup folder: photos and records belong "
            "together."
        ),
        _("A restore never destroys a logbook: a file of the same name is set aside with its date."),
    )


def salvage_sentence(found: Salvaged) -> str:
    """How much of a damaged logbook was saved, and where from."""
    if not found.unreadable and not found.lost_photos and not found.photos_from_backup:
        return ngettext(
            "The one entry could be read.", "All {count} entries could be read.", found.entries
        ).format(count=entry_number(found.entries))
    parts = []
    if found.only_backup:
        parts.append(
            _("Nothing of the file itself can be read. What was entered after the backup is not in it.")
        )
    elif found.unreadable:
        parts.append(
            ngettext(
                "{count} entry of {all} can’t be read.", "{count} entries of {all} can’t be read.",
                found.unreadable,
            ).format(count=entry_number(found.unreadable), all=entry_number(found.entries))
        )  # fmt: skip
    back = found.unreadable - found.lost
    if back:
        parts.append(_from_where(found, back))
    if found.lost:
        parts.append(
            ngettext(
                "{count} entry is lost.", "{count} entries are lost.", found.lost
            ).format(count=entry_number(found.lost))
        )  # fmt: skip
    if found.photos_from_backup:
        parts.append(
            ngettext(
                "{count} damaged photo came back from the backup.",
                "{count} damaged photos came back from the backup.",
                found.photos_from_backup,
            ).format(count=found.photos_from_backup)
        )
    if found.lost_photos:
        parts.append(
            ngettext(
                "{count} photo stays damaged: no backup has it.",
                "{count} photos stay damaged: no backup has them.",
                found.lost_photos,
            ).format(count=found.lost_photos)
        )
    return " ".join(parts)


def _from_where(found: Salvaged, back: int) -> str:
    if found.backup_at is None or not found.from_backup:
        return ngettext(
            "{count} came back from the history of the file.",
            "{count} came back from the history of the file.",
            back,
        ).format(count=back)
    return ngettext(
        "{count} came back from the history and the backup of {moment}.",
        "{count} came back from the history and the backup of {moment}.",
        back,
    ).format(count=back, moment=moment_text(found.backup_at))
