"""A backup, a place and a missing entry in the words of a table."""

from __future__ import annotations

from datetime import datetime

from dermlog.backup_sentences import moment_text
from dermlog.domain.backup import BackupPlace, BackupSet, MissingEntry
from dermlog.ui.kit.record_table import Cell
from dermlog.ui.kit.theme import Tone
from dermlog.wording import _, date_text, ngettext, time_text


def made_cell(one: BackupSet) -> Cell:
    """When a backup was made, and what it holds."""
    return Cell(moment_text(one.made_at), detail=holds_text(one), strong=True)


def made_there_cell(one: BackupSet) -> Cell:
    """When a backup was made, in which folder, and what it holds."""
    words = _("{holds} · {folder}").format(holds=holds_text(one), folder=one.folder.parent.parent.name)
    return Cell(moment_text(one.made_at), detail=words, strong=True)


def holds_text(one: BackupSet) -> str:
    """How much a backup holds."""
    entries = ngettext("{n} entry", "{n} entries", one.entries).format(n=one.entries)
    photos = ngettext("{n} photo", "{n} photos", one.photos).format(n=one.photos)
    return _("{entries}, {photos}").format(entries=entries, photos=photos)


def proof_cell(one: BackupSet) -> Cell:
    """How far a backup is proven."""
    if one.proven_at is None:
        return Cell(_("not proven"), badge=Tone.CAUTION)
    if one.damaged_photos:
        words = ngettext("{n} photo damaged", "{n} photos damaged", one.damaged_photos)
        return Cell(words.format(n=one.damaged_photos), badge=Tone.CAUTION)
    if one.drilled_at is not None:
        return Cell(_("restored on trial"), badge=Tone.GOOD)
    return Cell(_("read back"), badge=Tone.GOOD)


def place_cell(place: BackupPlace, now: datetime) -> Cell:
    """A place and whether it can be reached."""
    if not place.present:
        detail = _("not connected")
    elif place.should_be_unplugged(now):
        since = (now - (place.absent_at or place.added_at)).days
        detail = ngettext(
            "connected for {days} day: unplug it at night",
            "connected for {days} days: unplug it at night",
            since,
        ).format(days=since)
    else:
        detail = _("connected")
    return Cell(str(place.folder), detail=detail, muted=not place.present)


def missing_cell(missing: MissingEntry) -> Cell:
    """An entry that a backup lacks."""
    if missing.changed_only:
        what = _("an earlier wording only")
    elif missing.has_session:
        what = _("treatment")
    else:
        what = _("visit")
    local = missing.entered_at.astimezone()
    return Cell(
        missing.patient,
        detail=_("{what}, {day}, entered {time}").format(
            what=what, day=date_text(missing.on), time=time_text(local)
        ),
    )
