"""dermlog restore FOLDER-OR-SET --to FILE: build a logbook from the newest backup there, and prove it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dermlog.backup_sentences import moment_text
from dermlog.commands import COULD_NOT, DONE
from dermlog.commands.terminal import complain, parser, say
from dermlog.commands.unlocking import key_of_backup, locked_help
from dermlog.errors import DermlogError
from dermlog.logbook import backups_in, restore_backup
from dermlog.wording import _, ngettext


def run(arguments: Sequence[str]) -> int:
    """Restore the newest backup found; a file of that name is set aside, never overwritten."""
    options = parser(
        "restore", _("Build a logbook from the newest backup in a folder, and prove it."), locked_help()
    )
    options.add_argument("source", type=Path, metavar="FOLDER-OR-SET")
    options.add_argument("--to", type=Path, required=True, metavar="FILE")
    chosen = options.parse_args(arguments)
    sets = backups_in(chosen.source)
    if not sets:
        complain(_("There is no backup in {path}. Choose the folder above it.").format(path=chosen.source))
        return COULD_NOT
    newest = sets[0]
    say(
        _("Backup of {moment} from {logbook}").format(
            moment=moment_text(newest.made_at), logbook=newest.logbook
        )
    )
    try:
        key = key_of_backup(newest.folder).key if newest.locked else None
        done = restore_backup(newest, chosen.to, key=key, now=datetime.now().astimezone())
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    say(
        ngettext("Restored and proven: {n} entry.", "Restored and proven: {n} entries.", done.entries).format(
            n=done.entries
        )
    )
    if done.set_aside is not None:
        say(_("The file that was there is set aside as “{name}”.").format(name=done.set_aside.name))
    if done.missing_photos:
        complain(
            ngettext(
                "{n} photo is not in any pack of this folder.",
                "{n} photos are not in any pack of this folder.",
                done.missing_photos,
            ).format(n=done.missing_photos)
        )
    return COULD_NOT if done.missing_photos else DONE
