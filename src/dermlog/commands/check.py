"""dermlog check LOGBOOK: verify a file and say what was found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dermlog.commands import COULD_NOT, DONE
from dermlog.commands.terminal import complain, parser, say
from dermlog.commands.unlocking import locked_help, opened
from dermlog.errors import DermlogError
from dermlog.wording import _, ngettext


def run(arguments: Sequence[str]) -> int:
    """Open for viewing, check everything, print the findings; 1 when something is wrong."""
    options = parser("check", _("Verify a logbook file and say what was found."), locked_help())
    options.add_argument("logbook", type=Path, metavar="LOGBOOK")
    path: Path = options.parse_args(arguments).logbook
    try:
        logbook = opened(path)
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    try:
        result = logbook.check()
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    finally:
        logbook.close()
    counts = result.counts
    say(
        _("{patients}, {sessions}, {visits}, {photos}.").format(
            patients=ngettext("{n} patient", "{n} patients", counts.patients).format(n=counts.patients),
            sessions=ngettext("{n} session", "{n} sessions", counts.sessions).format(n=counts.sessions),
            visits=ngettext("{n} visit", "{n} visits", counts.visits).format(n=counts.visits),
            photos=ngettext("{n} photo", "{n} photos", counts.photos).format(n=counts.photos),
        )
    )
    for finding in result.findings:
        say(finding)
    if result.ok:
        say(_("The logbook is in order."))
        return DONE
    complain(_("The logbook needs attention. Make a copy of the file before you do anything else."))
    return COULD_NOT
