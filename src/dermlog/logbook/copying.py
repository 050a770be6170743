"""A copy of a closed logbook that opens the same way: the file, and what its passwords open, beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

from dermlog.storage.key_file import copy_slots, keys_path


def copy_closed(path: Path, folder: Path) -> Path:
    """Copy a logbook that nobody has open into a folder; where the copy lies. OSError."""
    copy = Path(shutil.copy(path, folder / path.name))
    copy_slots(path, keys_path(copy))
    return copy
