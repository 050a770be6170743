"""Places of backups: the folders chosen on this PC, and the sets found in them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dermlog.domain.backup import BackupPlace, BackupSet
from dermlog.storage.backup_files import PART, remove, write_whole
from dermlog.storage.backup_manifest import MANIFEST, read_set

PHOTOS = "photos"
_DEEP = 3
"""So far below a chosen folder sets are looked for."""


class PlaceList:
    """The chosen folders, kept beside the logbook because they belong to this PC.

    At first, and whenever the list is lost, the one place is the folder of the logbook itself.
    """

    def __init__(self, logbook: Path) -> None:
        self._logbook = logbook.absolute()
        self._path = places_path(self._logbook)

    def all(self, now: datetime) -> tuple[BackupPlace, ...]:
        """The places in the order they were chosen, and whether each can be reached now."""
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))["places"]
            return tuple(
                BackupPlace(
                    folder=Path(row["folder"]),
                    present=Path(row["folder"]).is_dir(),
                    added_at=datetime.fromisoformat(row["added_at"]),
                    absent_at=None if row["absent_at"] is None else datetime.fromisoformat(row["absent_at"]),
                    is_own=Path(row["folder"]) == self._logbook.parent,
                )
                for row in rows
            )
        except (OSError, ValueError, KeyError, TypeError):
            own = self._logbook.parent
            return (BackupPlace(own, own.is_dir(), now, is_own=True),)

    def add(self, folder: Path, now: datetime) -> None:
        """One more place; a second time does nothing. OSError when the list cannot be written."""
        places = self.all(now)
        if folder.absolute() not in [place.folder for place in places]:
            self._write((*places, BackupPlace(folder.absolute(), folder.is_dir(), now)))

    def drop(self, folder: Path, now: datetime) -> None:
        """No more backups to this place; what is there stays."""
        self._write(place for place in self.all(now) if place.folder != folder.absolute())

    def note_absent(self, now: datetime) -> None:
        """Remember which places are out of reach now, that is out of reach of a thief too."""
        places = self.all(now)
        if any(not place.present for place in places):
            self._write(place if place.present else replace(place, absent_at=now) for place in places)

    def _write(self, places: Iterable[BackupPlace]) -> None:
        rows = [
            {
                "folder": str(place.folder),
                "added_at": place.added_at.isoformat(),
                "absent_at": None if place.absent_at is None else place.absent_at.isoformat(),
            }
            for place in places
        ]
        write_whole(self._path, json.dumps({"places": rows}, indent=1).encode())


def places_path(logbook: Path) -> Path:
    """Where the list of places of a logbook lies."""
    return logbook.with_name(logbook.name + "-backups")


def backup_root(place: Path, logbook: Path, logbook_id: str) -> Path:
    """The folder inside a place that holds this logbook's sets; another logbook of that name has another."""
    number = 1
    while True:
        ending = "" if number == 1 else f" {number}"
        root = place / f"{logbook.stem} backups{ending}"
        if all(one.logbook_id == logbook_id for one in sets_in(root)):
            return root
        number += 1


def sets_in(root: Path) -> tuple[BackupSet, ...]:
    """The complete sets of one backup folder, newest first."""
    try:
        folders = [entry for entry in root.iterdir() if entry.is_dir() and not entry.name.endswith(PART)]
    except OSError:
        return ()
    found = (read_set(folder) for folder in folders if (folder / MANIFEST).is_file())
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.made_at, reverse=True))


def sets_below(folder: Path) -> tuple[BackupSet, ...]:
    """Every set in a folder that somebody chose: a drive, a backup folder, or one set; newest first."""
    found: dict[Path, BackupSet] = {}
    itself = read_set(folder) if (folder / MANIFEST).is_file() else None
    if itself is not None:
        found[folder] = itself
    for parent, names, _files in os.walk(folder):
        depth = len(Path(parent).relative_to(folder).parts)
        names[:] = [name for name in names if depth < _DEEP and not name.startswith(".") and name != PHOTOS]
        for one in sets_in(Path(parent)):
            found[one.folder] = one
    return tuple(sorted(found.values(), key=lambda one: one.made_at, reverse=True))


def packs_folder(one: BackupSet) -> Path:
    """Where the photo packs of a set lie."""
    return one.folder.parent / PHOTOS


def clear_unfinished(root: Path) -> None:
    """Take away what an interrupted run left behind."""
    for folder in (root, root / PHOTOS):
        if folder.is_dir():
            for entry in folder.iterdir():
                if entry.name.endswith(PART):
                    remove(entry)
