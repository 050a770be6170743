"""What was looked at, printed, taken out, locked and checked, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from dermlog.chain_sentences import entry_number
from dermlog.domain.access import AccessKind, AccessLine
from dermlog.domain.activity import ActivityEntry, ActivityPage, Topic
from dermlog.history_words import HistoryRow, history_row
from dermlog.wording import _, ngettext


def topic_name(topic: Topic) -> str:
    """What a kind of entry is called in a list to choose from."""
    return {
        Topic.TREATMENTS: _("Treatments"),
        Topic.VISITS: _("Visits and side effects"),
        Topic.PATIENTS: _("Patients’ details"),
        Topic.CONSENTS: _("Consents"),
        Topic.PHOTOS: _("Photos"),
        Topic.CLINIC: _("Clinic, staff, products"),
        Topic.LOOKED: _("Looked at"),
        Topic.TAKEN_OUT: _("Printed and taken out"),
        Topic.LOCK: _("Lock and passwords"),
        Topic.FILE: _("Backups and checks"),
    }[topic]


def access_row(line: AccessLine, names: Mapping[UUID, str]) -> HistoryRow:
    """One line of the access log as a row."""
    who = "" if line.staff_id is None else names.get(line.staff_id, "")
    whose = _whose(line, names)
    return HistoryRow(line.at, who, access_sentence(line), whose, "", line.staff_id, access=line)


def activity_rows(
    page: ActivityPage, names: Mapping[UUID, str], brands: Mapping[UUID, str]
) -> tuple[tuple[ActivityEntry, HistoryRow], ...]:
    """The rows of a page, each with its entry; entries that say nothing to a person are left out."""
    found: list[tuple[ActivityEntry, HistoryRow]] = []
    for entry in page.entries:
        if entry.access is not None:
            found.append((entry, access_row(entry.access, names)))
        else:
            row = history_row(entry.lines, names, brands, page.days)
            found += [(entry, row)] if row is not None else []
    return tuple(found)


def access_sentence(line: AccessLine) -> str:
    """What was done, in a few words."""
    tell = _WITH_DETAIL.get(line.kind)
    return _plain(line.kind) if tell is None else tell(line)


def _whose(line: AccessLine, names: Mapping[UUID, str]) -> tuple[str, ...]:
    """Whose password it was."""
    if line.kind not in {AccessKind.PASSWORD_SET, AccessKind.PASSWORD_REMOVED}:
        return ()
    try:
        name = names.get(UUID(line.detail), "")
    except ValueError:
        return ()
    return (_("of {name}").format(name=name),) if name else ()


def _plain(kind: AccessKind) -> str:
    return {
        AccessKind.VIEWED: _("Page of the patient opened"),
        AccessKind.PRINTED: _("Printed"),
        AccessKind.EXPORTED: _("Saved as a file"),
        AccessKind.UNLOCKED: _("Unlocked"),
        AccessKind.UNLOCK_FAILED: _("A wrong password was tried"),
        AccessKind.LOCKED: _("Locked"),
        AccessKind.RECOVERED: _("Opened with the recovery sheet"),
        AccessKind.PASSWORD_SET: _("Password set"),
        AccessKind.PASSWORD_REMOVED: _("Password removed"),
        AccessKind.KEY_CHANGED: _("Key of the clinic changed"),
        AccessKind.BACKED_UP: _("Backed up"),
        AccessKind.BACKUP_FAILED: _("Backup failed"),
        AccessKind.RESTORE_TRIED: _("Restored on trial"),
        AccessKind.RESTORED: _("Restored from a backup"),
        AccessKind.PHOTO_RESTORED: _("Damaged photo restored from a backup"),
        AccessKind.COPIED: _("Everything copied to a drive"),
        AccessKind.IMPORTED: _("Imported"),
        AccessKind.CHECKED: _("Checked"),
        AccessKind.ERASED: _("Patient erased by law"),
        AccessKind.SALVAGED: _("Saved from a damaged file"),
        AccessKind.CLOCK_BEHIND: _("Clock of the computer behind the last entry"),
        AccessKind.CHAIN_BROKEN: _("Record chain found broken"),
        AccessKind.OLDER_FILE: _("File found to be older than the one used on this PC"),
    }[kind]


def _taken(printed: Callable[[], Mapping[str, str]]) -> Callable[[AccessLine], str]:
    def tell(line: AccessLine) -> str:
        what, _space, rest = line.detail.partition(" ")
        if what.isdecimal() and rest.startswith("patients"):
            what = "patient" if line.patient_id is not None else "everything"
        return printed().get(what, _plain(line.kind))

    return tell


def _printed() -> Mapping[str, str]:
    return {
        "report": _("Progress report printed"),
        "record": _("Injection record printed"),
        "call_list": _("Call list printed"),
        "recovery_sheet": _("Recovery sheet printed"),
        "sheet": _("Recovery sheet printed"),
    }


def _saved() -> Mapping[str, str]:
    return {
        "report": _("Progress report saved as a file"),
        "record": _("Injection record saved as a file"),
        "call_list": _("Call list saved as a file"),
        "spreadsheet": _("Call list saved for a spreadsheet"),
        "activity": _("Activity saved for a spreadsheet"),
        "patient": _("Everything of the patient taken out"),
        "everything": _("The whole logbook taken out"),
    }


def _checked(line: AccessLine) -> str:
    what, _space, figure = line.detail.partition(" ")
    if what == "chain" and figure.isdecimal():
        return _("Record chain found whole up to entry {number}").format(number=entry_number(int(figure)))
    if what == "quick":
        sound = figure == "sound"
        return _("File read through: sound") if sound else _("File read through: damaged")
    if what == "file" and figure.isdecimal():
        count = int(figure)
        if not count:
            return _("File checked: all is well")
        return ngettext("File checked: {n} finding", "File checked: {n} findings", count).format(n=count)
    return _plain(line.kind)


def _broken(line: AccessLine) -> str:
    parts = line.detail.split(" ")
    if len(parts) == 3 and parts[1].isdecimal():
        return _("Record chain found broken at entry {number}").format(number=entry_number(int(parts[1])))
    return _plain(line.kind)


_WITH_DETAIL: Mapping[AccessKind, Callable[[AccessLine], str]] = {
    AccessKind.PRINTED: _taken(_printed),
    AccessKind.EXPORTED: _taken(_saved),
    AccessKind.CHECKED: _checked,
    AccessKind.CHAIN_BROKEN: _broken,
}
