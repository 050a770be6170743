"""Taking back a file that a restore set aside, or saying why that could not be done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from dermlog.errors import DermlogError
from dermlog.logbook import take_back
from dermlog.logbook.door import local_time
from dermlog.ui.kit.dialog import say
from dermlog.wording import _


def take_back_or_say(
    aside: Path, logbook: Path, parent: QWidget | None = None, *, key: bytes | None = None
) -> Path | None:
    """Swap the two files; gives where the present one went, None when it was not done and was said."""
    try:
        return take_back(aside, logbook, now=local_time(), key=key)
    except DermlogError as error:
        say(parent, _("The file was not taken back"), error.sentence)
        return None
