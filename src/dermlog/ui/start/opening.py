"""Opening a logbook from the start of the program: a locked one asks who comes in."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from dermlog.logbook import Logbook, Unlocked, is_locked
from dermlog.ui import preferences
from dermlog.ui.sign_in.arriving import arrive
from dermlog.ui.sign_in.lock_door import door_of
from dermlog.ui.sign_in.sign_in_dialog import SignInDialog


class Opener:
    """Opener(): open() may be called again for the same file, and then nobody has to sign in twice."""

    def __init__(self) -> None:
        self._known: tuple[Path, Unlocked] | None = None

    def remember(self, path: Path, unlocked: Unlocked | None) -> None:
        """What opens a file is known already."""
        self._known = None if unlocked is None else (path, unlocked)

    def known(self, path: Path, parent: QWidget | None = None) -> Unlocked | None:
        """What opens a file, asked for once; None when it is not locked or the person left the sign-in."""
        if self._known is not None and self._known[0] == path:
            return self._known[1]
        if is_locked(path):
            self.remember(path, sign_in(path, parent))
            return None if self._known is None else self._known[1]
        return None

    def open(
        self, path: Path, parent: QWidget | None = None, *, viewing: bool = False, take_over: bool = False
    ) -> Logbook | None:
        """Open a file; None when the person left the sign-in, LogbookNotOpened when it cannot be opened."""
        known = self.known(path, parent)
        if known is None and is_locked(path):
            return None
        if known is None:
            return Logbook.open(path, viewing=viewing, take_over=take_over)
        logbook = Logbook.open(path, key=known.key, viewing=viewing, take_over=take_over)
        try:
            told = arrive(logbook, known, parent)
        except BaseException:
            logbook.close()
            raise
        finally:
            self._known = None
        if told is None:
            logbook.close()
            return None
        preferences.remember("writer", str(logbook.me.id))
        logbook.notices = (*logbook.notices, *told)
        return logbook


def sign_in(path: Path, parent: QWidget | None) -> Unlocked | None:
    """Ask for a name and a password, or for the recovery sheet; None when the person left."""
    dialog = SignInDialog(door_of(path), parent, who=last_writer())
    dialog.exec()
    found = dialog.unlocked
    dialog.deleteLater()
    return found


def last_writer() -> UUID | None:
    """Who wrote last on this PC."""
    with suppress(ValueError):
        return UUID(preferences.remembered("writer"))
    return None
