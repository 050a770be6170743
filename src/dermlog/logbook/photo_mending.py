"""One click beside a damaged photo: its picture comes back from a backup, and the access log says so."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.changes import Change, Noun
from dermlog.domain.access import AccessKind
from dermlog.domain.permission import Action
from dermlog.errors import DermlogError
from dermlog.storage.photo_mending import (
    IMAGE,
    THUMBNAIL,
    damaged_parts,
    image_in_backups,
    put_back,
    thumbnail_in_backups,
)
from dermlog.storage.restrictions import refuse_hidden

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook


def restore_photo(logbook: Logbook, photo_id: UUID) -> None:
    """Give a damaged photo back what a backup holds of it; nothing happens to a sound one.

    May be called from any thread. UnusablePhoto NOT_IN_BACKUP where no backup within reach has it, NOT_MENDED
    where its place in the file is damaged too; NotAllowed, NotSaved. Then nothing was changed.
    """
    with logbook.second_connection() as own:
        why = own.why_not(Action.ADD_PHOTO)
        if why:
            raise DermlogError(why)
        photo = own.photos.get(photo_id)
        refuse_hidden(own._database, photo.patient_id)
        key, sha256 = own.backups.key, photo.sha256
        damaged = damaged_parts(own.path, key, sha256)
        if not damaged:
            return
        sets = logbook.backups.sets()
        image = image_in_backups(sets, key, sha256) if IMAGE in damaged else None
        thumbnail = thumbnail_in_backups(sets, key, sha256) if THUMBNAIL in damaged else None
        put_back(own.path, key, sha256, image, thumbnail)
        own.accesses.note(AccessKind.PHOTO_RESTORED, photo.patient_id)
        logbook.changes.announce(frozenset({Change(Noun.PHOTO, photo.patient_id)}))
