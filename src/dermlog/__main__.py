"""The dermlog command: a window on a logbook, or one of the commands without a window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dermlog.commands import Command

USAGE = """usage: dermlog [LOGBOOK | --choose]
       dermlog demo PATH [--patients N] [--encrypted]
       dermlog report LOGBOOK --patient CHART_NUMBER --out FILE.pdf
       dermlog check LOGBOOK
       dermlog export LOGBOOK --to FOLDER-OR-FILE.zip [--patient CHART_NUMBER]
       dermlog import EXPORT --to FILE
       dermlog backup LOGBOOK [--to FOLDER [--everything]]
       dermlog restore FOLDER-OR-SET --to FILE
       dermlog screenshots LOGBOOK FOLDER

A treatment-outcome logbook for dermatology clinics. With no arguments the logbook
opened last is opened again; with --choose dermlog asks which."""

SWITCHES = {"--choose": "", "--exit-on-first-paint": "painted", "--exit-when-filled": "filled"}
"""What may be asked of the window; the two exits are for measuring the start."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; exit codes: 0 done, 1 could not (said why), 2 wrong call."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--photo-decoder"]:
        # A frozen application has no interpreter to start its decoder with: it starts itself.
        from dermlog.photos.decoder import main as decode  # noqa: PLC0415 - only in the decoder process

        sys.exit(decode())
    _leave_no_dump()
    if given and given[0] in {"-h", "--help"}:
        sys.stdout.write(USAGE + "\n")
        return 0
    if given and given[0] == "--version":
        from dermlog import __version__  # noqa: PLC0415 - only this branch needs it

        sys.stdout.write(f"dermlog {__version__}\n")
        return 0
    if given and not given[0].startswith("-"):
        from dermlog.commands import command  # noqa: PLC0415 - the window must start without it

        found = command(given[0])
        if found is not None:
            return _run(found, given[1:])
    switches = {argument for argument in given if argument in SWITCHES}
    given = [argument for argument in given if argument not in SWITCHES]
    if len(given) > 1 or (given and given[0].startswith("-")):
        from dermlog.wording import _  # noqa: PLC0415 - the window must start without it

        sys.stderr.write(_("dermlog does not understand this call.") + "\n" + USAGE + "\n")
        return 2
    import gc  # noqa: PLC0415

    gc.disable()  # collecting while modules load costs a tenth of the start; app turns it on when it stands
    from dermlog.app import run_app  # noqa: PLC0415 - Qt is loaded for the window only

    exit_when = next((SWITCHES[switch] for switch in sorted(switches) if SWITCHES[switch]), "")
    return run_app(given[0] if given else None, choose="--choose" in switches, exit_when=exit_when)


def _leave_no_dump() -> None:
    """A crash writes no picture of the memory to the disk: the key and what is open would stand in it."""
    if sys.platform == "win32":
        return  # there such pictures are off unless somebody turned them on
    import resource  # noqa: PLC0415 - not on Windows

    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def _run(command: Command, arguments: Sequence[str]) -> int:
    try:
        return command(arguments)
    except SystemExit as stop:  # argparse says what is wrong and ends with 2
        return stop.code if isinstance(stop.code, int) else 2
    except KeyboardInterrupt:
        from dermlog.wording import _  # noqa: PLC0415 - only this branch needs it

        sys.stderr.write(_("Stopped.") + "\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
