"""The way on from a logbook that did not open: buttons beside the sentence that says why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import LogbookNotOpened
from dermlog.ui.single_instance import ring
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.ui.start.start_dialog import StartDialog

_NOTHING_TO_OPEN = {
    OpeningFault.MISSING,
    OpeningFault.EMPTY,
    OpeningFault.NOT_COMPLETE,
    OpeningFault.DAMAGED,
    OpeningFault.WRONG_KEY,
}
"""There should be a full logbook where none can be opened: beginning an empty one must be meant."""


def offer_way_on(dialog: StartDialog, error: LogbookNotOpened, path: Path) -> None:
    """Add to the notice of the dialog, which says the error already, what can be done about it."""
    notice = dialog.notice
    if error.fault is OpeningFault.OPEN_ELSEWHERE and ring(path):
        notice.tell(
            _("“{name}” is open in another window of dermlog, which is in front now.").format(name=path.name)
        )
    elif error.fault is OpeningFault.OPEN_ELSEWHERE:
        notice.add_button(_("View without writing"), lambda: dialog.try_open(path, viewing=True))
    elif error.fault is OpeningFault.LEFT_OPEN:
        notice.add_button(_("View without writing"), lambda: dialog.try_open(path, viewing=True))
        notice.add_button(_("It is closed there: open it"), lambda: dialog.try_open(path, take_over=True))
    elif error.fault is OpeningFault.MISSING:
        notice.add_button(_("Look for it…"), dialog.look_for_file)
        notice.add_button(_("Use a backup…"), dialog.use_backup)
    elif error.fault in _NOTHING_TO_OPEN:
        notice.add_button(_("Save what can be read…"), dialog.save_readable)
        notice.add_button(_("Use a backup…"), dialog.use_backup)


def is_replacing(fault: OpeningFault | None) -> bool:
    """Whether a new clinic would stand where a full logbook should be."""
    return fault in _NOTHING_TO_OPEN
