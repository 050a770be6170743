"""Where a new logbook goes: the usual folder, and a typed or chosen place made into a file name."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QStandardPaths

ENDING = ".dermlog"


def usual_folder() -> Path:
    """The documents of the person at this PC where there is such a folder, else their home."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return documents if documents.is_dir() else Path.home()


def as_logbook(path: Path) -> Path:
    """The path with the ending of a logbook; of a folder, a file in it."""
    with suppress(OSError):  # a name that is too long is complained of when the file is made
        if path.is_dir():
            return path / f"Clinic{ENDING}"
    return path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)


def typed_place(text: str) -> Path:
    """The file meant by a typed text: ~ is the home, and a bare name lies in the usual folder."""
    path = Path(text)
    if path.parts[:1] == ("~",):
        path = Path.home().joinpath(*path.parts[1:])
    return as_logbook(usual_folder() / path)
