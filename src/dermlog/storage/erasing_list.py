"""The list of erasures beside the backups: numbers and times only, so that every restore erases again.

It lies in the folder of the backups and in each set, and is read without a key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from dermlog.domain.backup import BackupSet
from dermlog.domain.erasure import Erasure
from dermlog.errors import DermlogError
from dermlog.storage import driver
from dermlog.storage.backup_files import write_whole
from dermlog.storage.backup_place import PlaceList, sets_in
from dermlog.storage.erasing import erasures_of

ERASED = "erased.json"
_LARGEST = 16 << 20


def read_list(folder: Path) -> frozenset[Erasure]:
    """The erasures noted in a folder; none where there is no list or it is damaged."""
    try:
        path = folder / ERASED
        if path.stat().st_size > _LARGEST:
            return frozenset()
        return frozenset(
            Erasure(UUID(one["patient"]), datetime.fromisoformat(one["at"]), _staff(one["by"]))
            for one in json.loads(path.read_text(encoding="utf-8"))["erased"]
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return frozenset()


def add_to_list(folder: Path, erasures: Iterable[Erasure]) -> None:
    """Note erasures in a folder beside those that are noted there; OSError when it cannot be written."""
    known = read_list(folder)
    wanted = known | frozenset(erasures)
    if wanted == known:
        return
    rows = [
        {
            "patient": str(one.patient_id),
            "at": one.at.isoformat(),
            "by": None if one.staff_id is None else str(one.staff_id),
        }
        for one in sorted(wanted, key=lambda each: (each.at.isoformat(), str(each.patient_id)))
    ]
    write_whole(folder / ERASED, json.dumps({"erased": rows}, indent=1).encode())


def lists_in(root: Path) -> frozenset[Erasure]:
    """What the folder of a logbook's backups and each set in it know of erasures."""
    return read_list(root).union(*(read_list(one.folder) for one in sets_in(root)))


def known_erasures(one: BackupSet, logbook: Path, key: bytes | None, now: datetime) -> tuple[Erasure, ...]:
    """Every erasure that a restore of a set over this logbook must repeat, from wherever one is noted.

    key is that of the logbook, which is closed or not there.
    """
    found = set(lists_in(one.folder.parent))
    for place in PlaceList(logbook).all(now):
        for root in _roots(place.folder) if place.present else ():
            if any(other.logbook_id == one.logbook_id for other in sets_in(root)):
                found |= lists_in(root)
    if logbook.exists():
        # A file that cannot be read is why somebody restores; the lists beside the backups stand for it.
        with suppress(DermlogError, OSError, *driver.FAULTS):
            found.update(erasures_of(logbook, key))
    return tuple(sorted(found, key=lambda each: (each.at.isoformat(), str(each.patient_id))))


def _roots(place: Path) -> list[Path]:
    try:
        return [one for one in place.iterdir() if one.is_dir()]
    except OSError:
        return []


def _staff(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
