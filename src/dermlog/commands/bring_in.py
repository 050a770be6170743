"""dermlog import EXPORT --to FILE [--unlocked]: make a new logbook from an export."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path

from dermlog.commands import COULD_NOT, DONE
from dermlog.commands.terminal import complain, parser, say
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import DermlogError
from dermlog.logbook import import_export, look_at_export
from dermlog.wording import _, ngettext


def run(arguments: Sequence[str]) -> int:
    """Encrypted unless told otherwise: one owner of the export gets the password that is typed."""
    options = parser(
        "import",
        _("Make a new logbook from an export in a folder or ZIP."),
        _(
            "The new logbook is encrypted: dermlog asks for the password of the first owner, or reads it "
            "from standard input, and prints the recovery code once."
        ),
    )
    options.add_argument("export", type=Path, metavar="EXPORT")
    options.add_argument("--to", type=Path, required=True, metavar="FILE")
    options.add_argument("--unlocked", action="store_true", help=_("do not encrypt it"))
    chosen = options.parse_args(arguments)
    code = None if chosen.unlocked else RecoveryCode.new()
    try:
        facts = look_at_export(chosen.export)
        owner = facts.owners[0] if facts.owners else None
        passwords = None if code is None or owner is None else {owner.id: _password(owner.name)}
        imported = import_export(chosen.export, chosen.to, passwords=passwords, code=code)
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    say(
        ngettext(
            "{n} patient imported into {path}", "{n} patients imported into {path}", imported.patients
        ).format(n=imported.patients, path=imported.logbook)
    )
    if imported.missing_photos:
        say(
            ngettext(
                "{n} photo is not in the export.",
                "{n} photos are not in the export.",
                imported.missing_photos,
            ).format(n=imported.missing_photos)
        )
    if code is not None and owner is not None:
        say(_("Recovery code: {code}").format(code=code.text))
    return DONE


def _password(name: str) -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass(_("New password for {name}: ").format(name=name))
    return "" if sys.stdin is None else sys.stdin.readline().rstrip("\r\n")
