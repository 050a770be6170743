"""Once a week a copy of everything in one file beside the backups, where there is room for it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from dermlog.storage.backup import Source
from dermlog.storage.backup_files import NOBODY, Watch, remove, room_in
from dermlog.storage.backup_whole import copy_whole
from dermlog.storage.key_file import keys_path

WHOLE = "everything"
EVERY = timedelta(days=7)
KEPT = 2
ROOM_LEFT = 4 << 30
"""So many bytes must be free when the copy is there: it must never be what fills a disk."""
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2} \d{4})(?: \d+)?$")


def copies_in(root: Path) -> tuple[tuple[datetime, Path], ...]:
    """The copies in a backup folder with their time (without a zone, as in the name), newest first."""
    found = []
    with suppress(OSError):
        for path in (root / WHOLE).iterdir():
            stamp = _STAMP.search(path.stem)
            if path.suffix == ".dermlog" and stamp is not None:
                with suppress(ValueError):
                    found.append((_moment(stamp[1]), path))
    return tuple(sorted(found, reverse=True))


def is_due(root: Path, logbook: Path, now: datetime) -> bool:
    """Whether the newest copy is a week old, and there is room for another."""
    copies = copies_in(root)
    if not root.is_dir() or (copies and now.replace(tzinfo=None) - copies[0][0] < EVERY):
        return False
    try:
        size = logbook.stat().st_size
    except OSError:
        return False
    return room_in(root) >= size + ROOM_LEFT


def copy_weekly(source: Source, root: Path, now: datetime, *, watch: Watch = NOBODY) -> Path:
    """Make the copy, read it back, and take away those before the last; BackupNotDone when it fails."""
    folder = root / WHOLE
    folder.mkdir(exist_ok=True)
    made = copy_whole(source, folder, now, watch=watch)
    for _at, path in copies_in(root)[KEPT:]:
        remove(path)
        remove(keys_path(path))
    return made


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H%M")  # noqa: DTZ007 - the name of a file has no zone
