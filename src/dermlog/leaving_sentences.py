"""Sentences about leaving and coming back: why an export was not made, and the page that lies in each."""

from __future__ import annotations

from datetime import datetime

from dermlog.domain.leaving import Exported, LeavingFault, PhotoChoice
from dermlog.wording import _, date_text, ngettext


def leaving_sentence(fault: LeavingFault, name: str = "") -> str:
    """Why an export or an import was not made, and what to do; name is a folder or file."""
    named = _("“{name}”").format(name=name) if name else _("this folder")
    sentences = {
        LeavingFault.FOLDER_MISSING: _(
            "Not written: {named} cannot be reached. Connect the drive or choose another folder, then try "
            "again."
        ),
        LeavingFault.NOT_WRITABLE: _(
            "Not written: {named} does not allow writing. Choose another folder, then try again."
        ),
        LeavingFault.DISK_FULL: _(
            "Stopped: no room in {named}. Your records are fine. Free some space or choose another folder, "
            "then try again."
        ),
        LeavingFault.DISK: _(
            "Stopped: {named} had a read or write error. Your records are fine. Use another drive, then try "
            "again."
        ),
        LeavingFault.ALREADY_THERE: _("{named} is there already. Choose another folder or name."),
        LeavingFault.NOT_PROVEN: _(
            "The export could not be read back, so it was removed. Use another drive, then try again."
        ),
        LeavingFault.STOPPED: _("Stopped. Nothing was kept of it."),
        LeavingFault.RESTRICTED: _(
            "The entries of this patient are restricted. Lift the restriction first, if the law allows it."
        ),
        LeavingFault.NOT_THERE: _("Can’t find {named}. Choose the export again."),
        LeavingFault.NOT_VALID: _(
            "Not a valid export: {named} was not written by dermlog, or it was changed. Nothing was imported."
        ),
        LeavingFault.INCOMPLETE: _(
            "Not a valid export: a part of {named} is missing or damaged. Nothing was imported. Copy it "
            "again from where it was made."
        ),
        LeavingFault.NEWER: _(
            "{named} was made by a newer version of dermlog. Update dermlog, then import it again."
        ),
    }
    return sentences[fault].format(named=named)


def import_reason() -> str:
    """The reason in the history for rows that came without one."""
    return _("Imported from an export")


def left_out_sentences(exported: Exported) -> tuple[str, ...]:
    """What an export does not hold, in sentences; empty when it holds all."""
    found = []
    if exported.photos_withheld:
        found.append(
            ngettext(
                "{n} photo is left out: no consent to photos holds.",
                "{n} photos are left out: no consent to photos holds.",
                exported.photos_withheld,
            ).format(n=exported.photos_withheld)
        )
    if exported.photos_unreadable:
        found.append(
            ngettext(
                "{n} photo is left out: it is damaged, or could not be cleaned.",
                "{n} photos are left out: they are damaged, or could not be cleaned.",
                exported.photos_unreadable,
            ).format(n=exported.photos_unreadable)
        )
    if exported.patients_restricted:
        found.append(
            ngettext(
                "{n} patient is left out: the entries are restricted.",
                "{n} patients are left out: their entries are restricted.",
                exported.patients_restricted,
            ).format(n=exported.patients_restricted)
        )
    return tuple(found)


def photo_choice_sentence(choice: PhotoChoice) -> str:
    """What the photos of an export carry."""
    return {
        PhotoChoice.AS_THEY_CAME: _(
            "The photos are the very files that came from the camera. They may say where and with what they "
            "were taken: do not give this export away."
        ),
        PhotoChoice.CLEANED: _(
            "The photos are new copies of the picture alone, without place, camera, date or comment."
        ),
        PhotoChoice.NONE: _("The photos were not asked for."),
    }[choice]


def contents_text(*, whole: bool) -> str:
    """The page that tells what an export is, for the screen: a line for each kind of file."""
    lines = [
        _("FIELDS.md says what each field means, with its unit."),
        _("“csv” has a table for each kind of record: any spreadsheet opens it."),
        _("“dermlog-export.json” has every record for programs. dermlog makes a new logbook of it."),
        _("“photos” has the pictures, “reports” the printed progress reports."),
        _("SHA256SUMS tells whether everything is as it was written. dermlog has read all of it back."),
        _("Passwords and keys are never in an export."),
    ]
    if whole:
        lines.insert(
            4, _("“history” has every change and every look; “records.sqlite” is the same for any SQLite.")
        )
    return "\n\n".join(lines)


def readme_text(exported: Exported, choice: PhotoChoice, clinic: str, made: datetime, *, whole: bool) -> str:
    """README.txt: what lies in the folder, and how to check that it is complete."""
    title = (
        _("All records of {clinic}, exported from dermlog on {made}.")
        if whole
        else _("The records of one patient of {clinic}, exported from dermlog on {made}.")
    ).format(clinic=clinic or _("this clinic"), made=date_text(made.date()))
    files = [
        ("dermlog-export.json", _("every record, for programs; dermlog imports it into a new logbook")),
        ("csv", _("the same as tables, one for each kind of record, for spreadsheets")),
        ("photos", _("the pictures")),
        ("reports", _("the printed progress report of each patient")),
    ]
    if whole:
        files.append(("history", _("every change and every look, one JSON object on each line")))
        files.append(("records.sqlite", _("the same as a plain SQLite file, where it was asked for")))
    files.append(("FIELDS.md", _("what each field means, with its unit")))
    files.append(
        ("SHA256SUMS", _("checksums: “sha256sum -c SHA256SUMS” tells whether all is as it was written"))
    )
    formula = _(
        "In the tables, a text that a spreadsheet would take for a formula begins with an apostrophe (')."
    )
    secret = _(
        "Passwords and keys are not in here. The files are not locked: keep them where nobody else looks."
    )
    return "\n".join(
        [
            title,
            "",
            *(f"{name:<22}{words}" for name, words in files),
            "",
            *left_out_sentences(exported),
            photo_choice_sentence(choice),
            formula,
            secret,
            "",
        ]
    )
