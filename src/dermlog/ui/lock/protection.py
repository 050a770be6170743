"""What the window does about protection: an encrypted logbook locks, what is not encrypted says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dermlog.ui.lock.keeper import LockKeeper
from dermlog.ui.lock.last_backup import LastBackup
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook
    from dermlog.ui.main_window import MainWindow


def protect(window: MainWindow, logbook: Logbook) -> LockKeeper | None:
    """Badge and lock for a window that was filled; the keeper where the logbook is encrypted."""
    if logbook.clinic.get().is_sample:
        window.rail().show_badge(_("Sample"), _("This is the sample logbook: its patients are invented."))
    elif not logbook.keys.locked:
        window.rail().show_badge(
            _("Not encrypted"), _("Whoever has this file or a copy of it can read every record.")
        )
    if not logbook.keys.locked:
        return None
    keeper = LockKeeper(window, logbook, last_backup=LastBackup(logbook, window))
    keeper.start()
    return keeper
