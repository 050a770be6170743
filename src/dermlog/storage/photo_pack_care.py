"""Care for photo packs: a part is read back every day, damaged ones are written anew, small ones gathered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dermlog.storage.backup_files import NOBODY, Watch, remove
from dermlog.storage.photo_pack import PhotoPacks

EVERY_DAYS = 30
"""Each pack is read back once in so many days."""


def tend_packs(folder: Path, key: bytes | None, now: datetime, watch: Watch = NOBODY) -> int:
    """Read back today's part of the packs; gives how many were damaged and written anew.

    Of a damaged pack the sound photos go into a new one; the others are packed again from the logbook by the
    next backup, because no pack holds them any more.
    """
    packs = PhotoPacks(folder, key, now)
    day = now.toordinal() % EVERY_DAYS
    healed = 0
    for number, path in enumerate(packs.own_paths()):
        if number % EVERY_DAYS == day and packs.damaged_in(path, watch=watch):
            heal(packs, path, watch)
            healed += 1
    packs.merge_small(watch=watch)
    return healed


def heal(packs: PhotoPacks, path: Path, watch: Watch = NOBODY) -> int:
    """Write the sound photos of a damaged pack into a new one and take it away; gives how many there were."""
    index = {sha256 for sha256, held_in in packs.index().items() if held_in == path}
    sound = (photo for sha256 in sorted(index) if (photo := packs.get(path, sha256)) is not None)
    saved = packs.add(sound, len(index), watch=watch)
    remove(path)
    return saved
