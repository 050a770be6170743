"""Copies that synchronising programs make when two computers changed one file: known by their names."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

_MARKS = (
    # Dropbox, Nextcloud, ownCloud, Box: Clinic (conflicted copy 2026-03-04), Clinic (Ana's conflicted copy …)
    re.compile(r"(?P<first>.+?)[ _]?\(.*conflict.*\)", re.IGNORECASE),
    # Syncthing: Clinic.sync-conflict-20260304-101112-ABCDEFG
    re.compile(r"(?P<first>.+?)\.sync-conflict-[0-9]{8}-[0-9]{6}-\w+", re.IGNORECASE),
    # older ownCloud: Clinic_conflict-20260304-101112
    re.compile(r"(?P<first>.+?)_conflict-[0-9-]+", re.IGNORECASE),
    # Seafile: Clinic (SFConflict ana 2026-03-04); Proton Drive: Clinic (# Edit conflict 2026-03-04 xyz #)
    re.compile(r"(?P<first>.+?) \((SFConflict|# Edit conflict) .+\)", re.IGNORECASE),
    re.compile(r"(?P<first>.+?) \[Conflict[^\]]*\]", re.IGNORECASE),
)
_BESIDE = (
    # OneDrive adds the name of the computer: Clinic-RECEPTION-PC
    re.compile(r"(?P<first>.+?)-(?P<computer>[A-Z0-9][A-Z0-9-]{1,62})"),
    # Google Drive and iCloud number them: Clinic (1), Clinic 2
    re.compile(r"(?P<first>.+?) (\([0-9]{1,2}\)|[2-9])"),
)
"""Names that people give as well: these count only where the first file lies beside them."""


def copy_of(path: Path) -> str:
    """The name of the file that this one looks like a conflicted copy of; "" when it does not."""
    for pattern in _MARKS:
        found = pattern.fullmatch(path.stem)
        if found is not None:
            return found["first"].rstrip() + path.suffix
    for pattern in _BESIDE:
        found = pattern.fullmatch(path.stem)
        if found is not None:
            first = found["first"] + path.suffix
            with suppress(OSError):
                if path.with_name(first).is_file():
                    return first
    return ""


def copies_beside(path: Path) -> tuple[str, ...]:
    """The names of files in the same folder that look like conflicted copies of this one, sorted."""
    try:
        others = [one for one in path.absolute().parent.iterdir() if one.suffix == path.suffix]
    except OSError:
        return ()
    return tuple(sorted(one.name for one in others if one.name != path.name and copy_of(one) == path.name))
