"""What packaging/run.py does: set up, write the sample logbook, open it or draw it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

from environment import BUILD, PYTHON, SetUpFailed, clean_environment, prepare, say
from system_libraries import needed, provide

SAMPLE = BUILD / "sample.dermlog"
PICTURES = BUILD / "screenshots"
COMMANDS = ("demo", "report", "check", "screenshots")
ABOUT = """Sets up dermlog in this folder (once; again in seconds) and opens it.

  run.py                     opens a sample logbook, written on the first call to build/
  run.py LOGBOOK             opens that logbook
  run.py COMMAND ...         runs a dermlog command: demo, report, check or screenshots

With no display it draws every screen and one patient's report into a folder and says where."""


def main(arguments: Sequence[str]) -> int:
    """The exit code: dermlog's own, or 1 when it could not be set up."""
    options = _parser().parse_args(arguments)
    try:
        return _open(options)
    except SetUpFailed as failed:
        say(f"\ndermlog could not be set up.\n{failed}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from here.")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--new-sample", action="store_true", help="write the sample logbook anew")
    parser.add_argument(
        "--no-display", action="store_true", help="draw the screens into a folder, open no window"
    )
    parser.add_argument("call", nargs=argparse.REMAINDER, metavar="LOGBOOK | COMMAND ...", help="see above")
    return parser


def _open(options: argparse.Namespace) -> int:
    call: list[str] = options.call
    is_command = bool(call) and call[0] in COMMANDS
    has_display = not options.no_display and _may_have_display()
    provide(needed(has_display=has_display and not is_command, for_tests=False))
    prepare("run")
    if is_command:
        return _dermlog(call, drawn=True)
    if (not call or options.new_sample) and not _has_sample(anew=options.new_sample):
        say("The sample logbook could not be written; the reason stands above.")
        return 1
    logbook = call or [str(SAMPLE)]
    if has_display:
        reason = _display_fault()
        if reason is None:
            say(f"Opening {logbook[0]} ...")
            return _dermlog(logbook)
        say(f"The display cannot be used: {reason}")
    return _draw(logbook[0])


def _dermlog(arguments: Sequence[str], *, drawn: bool = False) -> int:
    """Run dermlog and wait for it; `drawn` keeps it off the screen."""
    variables = clean_environment() | ({"QT_QPA_PLATFORM": "offscreen"} if drawn else {})
    return subprocess.call([str(PYTHON), "-m", "dermlog", *arguments], env=variables)


def _has_sample(*, anew: bool) -> bool:
    """Whether there is a sample logbook; it is written when there is none or another is wished for."""
    if SAMPLE.exists() and not anew:
        return True
    say("Writing the sample logbook, with invented patients ...")
    BUILD.mkdir(exist_ok=True)
    # Under another name first: a sample that was stopped half way never looks like a whole one.
    begun = SAMPLE.with_name("sample-begun.dermlog")
    for leftover in BUILD.glob("sample-begun.dermlog*"):
        leftover.unlink()
    if _dermlog(["demo", str(begun)], drawn=True):
        return False
    for leftover in BUILD.glob("sample.dermlog-*"):
        leftover.unlink()
    begun.replace(SAMPLE)
    return True


def _may_have_display() -> bool:
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if chosen in ("offscreen", "minimal"):
        return False
    if sys.platform != "linux" or chosen not in ("", "xcb", "wayland"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _display_fault() -> str | None:
    """What Qt says when it cannot open the display; None when it can."""
    if sys.platform != "linux":
        return None
    # In a process of its own, because Qt aborts the one that asks.
    trial = subprocess.run(
        [str(PYTHON), "-c", "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"],
        capture_output=True, text=True, errors="replace", check=False, env=clean_environment(),
    )  # fmt: skip
    if trial.returncode == 0:
        return None
    return next((line for line in trial.stderr.splitlines() if line.strip()), "Qt gave no reason")


def _draw(logbook: str) -> int:
    say(f"There is no display to open a window on; drawing every screen and one report into {PICTURES} ...")
    PICTURES.mkdir(parents=True, exist_ok=True)
    code = _dermlog(["screenshots", logbook, str(PICTURES)], drawn=True)
    if code == 0:
        say(f"The pictures and the report are in {PICTURES}")
    return code
