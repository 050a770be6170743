"""BackupKey: asks for what opens a locked backup - a password of its people, or the recovery sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.domain.backup import BackupSet
from dermlog.ui.sign_in.lock_door import door_of_backup
from dermlog.ui.sign_in.sign_in_dialog import SignInDialog
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Unlocked


class BackupKey:
    """Called with a backup and a window it gives the key, None when the person left.

    unlocked is what was found last: the logbook that is restored opens with it too.
    """

    def __init__(self) -> None:
        self.unlocked: Unlocked | None = None

    def __call__(self, one: BackupSet, parent: QWidget) -> bytes | None:
        """Ask."""
        dialog = SignInDialog(
            door_of_backup(one.folder, one.logbook),
            parent,
            title=_("Open the backup"),
            line=_("This backup is locked. A password of that time opens it, or the sheet of that time."),
        )
        dialog.exec()
        self.unlocked = dialog.unlocked
        dialog.deleteLater()
        return None if self.unlocked is None else self.unlocked.key
