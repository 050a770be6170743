"""What packaging/test.py does: set up, then run each check and all tests, and say at the end what passed."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from environment import PYTHON, ROOT, SetUpFailed, clean_environment, prepare, say
from system_libraries import compiler, needed, provide

ABOUT = """Sets up dermlog in this folder (once; again in seconds), then runs every check and test:
style, types, the shape of the program, the built wheel, a real window where there is one, and all tests."""

_CLOSING = re.compile(r"\d+ (passed|failed|error|skipped|deselected)|no tests ran")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_MOST_WORKERS = 4


@dataclass(frozen=True)
class Check:
    """One thing to run: `command` follows the Python of the environment; `before` stands in front of it."""

    name: str
    command: tuple[str, ...]
    before: tuple[str, ...] = ()
    platform: str = "offscreen"


@dataclass(frozen=True)
class Outcome:
    """How a check went; `closing` is the last line of pytest, where there is one."""

    name: str
    passed: bool
    seconds: float
    closing: str = ""


def main(arguments: Sequence[str]) -> int:
    """0 when everything passed, else 1."""
    parser = argparse.ArgumentParser(
        prog="test.py", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Any other argument goes to pytest, for instance: test.py --tests-only tests/report -x",
    )  # fmt: skip
    parser.add_argument(
        "--tests-only", action="store_true", help="run pytest alone, without the other checks"
    )
    options, for_pytest = parser.parse_known_args(arguments)
    try:
        provide((*needed(has_display=False, for_tests=True), *compiler()))
        prepare("dev")
        return _summary([_run(check) for check in _checks(for_pytest, tests_only=options.tests_only)])
    except SetUpFailed as failed:
        say(f"\nThe tests could not be run.\n{failed}")
    except KeyboardInterrupt:
        say("\nStopped.")
    return 1


def _checks(for_pytest: Sequence[str], *, tests_only: bool) -> list[Check]:
    colour = ("--color=yes",) if sys.stdout.isatty() else ()
    tests = Check("tests", ("pytest", *colour, *_workers(for_pytest), *for_pytest))
    if tests_only:
        return [tests]
    return [
        Check("style", ("ruff", "check", ".")),
        Check("format", ("ruff", "format", "--check", ".")),
        Check("types", ("mypy",)),
        *_window(colour),
        tests,
    ]


def _workers(for_pytest: Sequence[str]) -> tuple[str, ...]:
    """One process for each core for the whole suite; a chosen part is mostly quicker in one."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return ("-n", str(min(cores, _MOST_WORKERS))) if cores > 1 and not for_pytest else ()


def _window(colour: tuple[str, ...]) -> list[Check]:
    """The smoke tests once more in a real window: on Linux of a display of their own."""
    command = ("pytest", *colour, "-m", "smoke")
    if sys.platform != "linux":
        return [Check("real window", command, platform="windows" if os.name == "nt" else "cocoa")]
    if shutil.which("xvfb-run") is None or shutil.which("xauth") is None:
        say("xvfb-run is not installed: the tests see no real window, only an offscreen one.")
        return []
    return [Check("real window", command, ("xvfb-run", "-a", "-s", "-screen 0 1440x900x24"), platform="xcb")]


def _run(check: Check) -> Outcome:
    say(f"\n=== {check.name}: {' '.join(check.command)}")
    started = time.monotonic()
    closing = ""
    variables = clean_environment() | {"QT_QPA_PLATFORM": check.platform, "PYTHONUNBUFFERED": "1"}
    if check.platform == "xcb":
        variables.pop("WAYLAND_DISPLAY", None)
    with subprocess.Popen(
        [*check.before, str(PYTHON), "-m", *check.command],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, env=variables, bufsize=0,
    ) as running:  # fmt: skip
        assert running.stdout is not None  # noqa: S101 - asked for above
        tail = b""
        # As it comes, not line by line: pytest's dots are the sign that it lives.
        while piece := running.stdout.read(4096):
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            tail = (tail + piece)[-4096:]
    if check.command[0] == "pytest":
        lines = _COLOUR.sub("", tail.decode("utf-8", errors="replace")).splitlines()
        closing = next((line.strip("= ") for line in reversed(lines) if _CLOSING.search(line)), "")
    return Outcome(check.name, running.returncode == 0, time.monotonic() - started, closing)


def _summary(outcomes: Sequence[Outcome]) -> int:
    say("\n=== summary")
    for outcome in outcomes:
        verdict = "passed" if outcome.passed else "FAILED"
        say(f"  {outcome.name:<12} {verdict}  {outcome.seconds:6.1f} s  {outcome.closing}".rstrip())
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    say(f"Failed: {', '.join(failed)}." if failed else "Every check passed.")
    say(outcomes[-1].closing)
    return 1 if failed else 0
