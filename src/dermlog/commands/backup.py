"""dermlog backup LOGBOOK [--to FOLDER]: back up and read back, to the chosen places or to one folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dermlog.backup_sentences import backup_sentence
from dermlog.commands import COULD_NOT, DONE
from dermlog.commands.terminal import complain, parser, say
from dermlog.commands.unlocking import locked_help, opened
from dermlog.domain.file_fault import OpeningFault
from dermlog.errors import DermlogError, LogbookNotOpened
from dermlog.logbook import Logbook
from dermlog.wording import _


def run(arguments: Sequence[str]) -> int:
    """Back up to every place, or to a folder; 1 when a place failed."""
    options = parser("backup", _("Back up a logbook and read the backup back."), locked_help())
    options.add_argument("logbook", type=Path, metavar="LOGBOOK")
    options.add_argument("--to", type=Path, metavar="FOLDER", help=_("only there, this once"))
    options.add_argument(
        "--everything", action="store_true", help=_("one file that opens by itself, with all photos")
    )
    chosen = options.parse_args(arguments)
    if chosen.everything and chosen.to is None:
        options.error(_("--everything needs --to FOLDER"))
    try:
        logbook = _opened(chosen.logbook)
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    try:
        if chosen.everything:
            say(_("Written and read back: {path}").format(path=logbook.backups.copy_everything(chosen.to)))
            return DONE
        done = logbook.backups.back_up(force=True, only=chosen.to)
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    finally:
        logbook.close()
    for one in done.sets:
        say(_("Written and read back: {path}").format(path=one.folder))
    for folder, fault in done.faults:
        complain(backup_sentence(fault, folder.name))
    return COULD_NOT if done.faults else DONE


def _opened(path: Path) -> Logbook:
    """For writing, so that the access log tells of it; while a window has it open, for viewing."""
    try:
        return opened(path, viewing=False)
    except LogbookNotOpened as error:
        if error.fault is not OpeningFault.OPEN_ELSEWHERE:
            raise
        return opened(path)
