"""The command line: what dermlog does without a window, one file for each command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

Command = Callable[[Sequence[str]], int]

DONE = 0
COULD_NOT = 1
WRONG_CALL = 2

NAMES = ("demo", "report", "check", "screenshots", "export", "import", "backup", "restore")


def command(name: str) -> Command | None:
    """The command of that name, loaded only when it is called; None when there is none."""
    if name not in NAMES:
        return None
    module = "bring_in" if name == "import" else name
    run: Command = import_module(f"dermlog.commands.{module}").run
    return run
