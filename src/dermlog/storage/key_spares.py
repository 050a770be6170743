"""Slots from the newest backup, for a logbook whose own slots and their second copy are lost or damaged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dermlog.storage.key_file import KeyFile, key_files_at, keys_path


def has_sound_slots(logbook: Path) -> bool:
    """Whether the slots beside a logbook, or their second copy, are whole."""
    return any(keys.intact for keys in key_files_at(keys_path(logbook)))


def spare_slots(logbook: Path, now: datetime) -> KeyFile | None:
    """The slots that came with the newest backup within reach; None when there are none."""
    from dermlog.storage.backup import KEYS  # noqa: PLC0415 - only where slots are lost
    from dermlog.storage.backup_place import PlaceList, sets_below  # noqa: PLC0415

    places = [place.folder for place in PlaceList(logbook).all(now) if place.present]
    sets = [one for place in places for one in sets_below(place) if one.logbook == logbook.name]
    for one in sorted(sets, key=lambda one: one.made_at, reverse=True)[:1]:
        for keys in key_files_at(one.folder / KEYS):
            return keys if keys.intact else None
    return None
