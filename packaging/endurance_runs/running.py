"""The run itself: cuts each test into pieces, gives them to the cores, and writes the report."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from endurance_runs.results import Result, report
from environment import ROOT, say
from tests.endurance import Outcome
from tests.endurance.plan import PLAN, Trial

_PASSED = re.compile(r"(\d+) passed")


@dataclass(frozen=True)
class Piece:
    """So many cases of a test from one seed; count 0 for a test that pytest runs whole."""

    trial: Trial
    count: int
    seed: int


def main(arguments: Sequence[str]) -> int:
    """0 when nothing failed."""
    options = _options(arguments)
    chosen = [trial for trial in PLAN if not options.only or trial.number in options.only]
    chosen.sort(key=lambda trial: int(trial.number.removeprefix("T")))
    results = [Result(trial, _wanted(trial, options)) for trial in chosen if _wanted(trial, options)]
    if not results:
        say(f"There is no such test; there are {', '.join(trial.number for trial in PLAN)}.")
        return 1
    until = time.monotonic() + options.minutes * 60 if options.minutes else float("inf")
    for number, result in enumerate(results, start=1):
        # What is left of the time is shared by the tests that are left.
        share = time.monotonic() + (until - time.monotonic()) / (len(results) - number + 1)
        _run(result, options.seed, options.jobs, min(until, share))
        say(
            f"  {result.verdict}: {result.cases:,} {result.trial.unit}, {len(result.bad)} bad, {result.worst}"
        )
    column = "every push" if options.push else "release"
    computer = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    text = report(results, column, computer, f"{datetime.now(UTC):%d %b %Y}")
    say("\n" + text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    return 1 if any(result.verdict == "FAIL" for result in results) else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="endure.py", description="Tries every promise as often as a release asks for; see --push."
    )
    parser.add_argument("--push", action="store_true", help="only as often as each push asks for")
    parser.add_argument(
        "--only", type=lambda text: set(text.upper().split(",")), help="these tests, for instance T1,T4"
    )
    parser.add_argument("--scale", type=float, default=1.0, help="a part of the figures, for instance 0.1")
    parser.add_argument("--minutes", type=float, help="stop after about so many minutes")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other cases")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="pieces at the same time")
    parser.add_argument("--out", type=Path, help="write the report to this file as well")
    options = parser.parse_args(arguments)
    if options.out:
        # This runs in packaging/; a path is meant from where the command was given.
        options.out = Path(os.environ.get("PWD", "."), options.out).resolve()
    return options


def _wanted(trial: Trial, options: argparse.Namespace) -> int:
    count = trial.push if options.push else trial.release
    return max(1, round(count * options.scale)) if count else 0


def _run(result: Result, seed: int, jobs: int, until: float) -> None:
    trial = result.trial
    say(f"{trial.number}: {trial.what} ({result.wanted:,} {trial.unit})")
    began = time.monotonic()
    pieces = _pieces(trial, result.wanted, seed)
    with ThreadPoolExecutor(max_workers=max(1, min(jobs, len(pieces)))) as pool:
        for found in pool.map(lambda piece: _do(piece, until), pieces):
            if found is None:
                continue
            result.cases += found.cases
            result.bad += found.bad
            result.worst = result.worst or found.worst
            result.not_run = found.not_run
            if len(pieces) > 1:
                sys.stdout.write("x" if found.bad else ".")
                sys.stdout.flush()
    if len(pieces) > 1:
        say()
    result.seconds = time.monotonic() - began


def _pieces(trial: Trial, wanted: int, seed: int) -> list[Piece]:
    if not trial.module:
        return [Piece(trial, 0, seed)]
    size = max(1, min(trial.push or wanted, wanted))
    counts = [size] * (wanted // size) + ([wanted % size] if wanted % size else [])
    return [Piece(trial, count, seed * 100_000 + number) for number, count in enumerate(counts)]


def _do(piece: Piece, until: float) -> Outcome | None:
    """What a piece found; None when there was no time left for it."""
    if time.monotonic() >= until and piece.seed % 100_000:
        return None
    if piece.count:
        command = ["endurance_runs.piece", piece.trial.path, str(piece.count), str(piece.seed)]
    else:
        command = ["pytest", "-q", "-p", "no:cacheprovider", *piece.trial.tests]
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT / "packaging" if piece.count else ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    lines = done.stdout.strip().splitlines() or [""]
    if piece.count:
        try:
            found = json.loads(lines[-1])
        except ValueError:
            return Outcome(0, (f"seed {piece.seed} ended with {done.returncode}: {done.stderr[-400:]}",))
        bad = tuple(f"{what} (seed {piece.seed})" for what in found["bad"])
        return Outcome(found["cases"], bad, found["worst"], found["not_run"])
    passed = _PASSED.search(lines[-1])
    bad = tuple(line for line in lines if line.startswith("FAILED"))
    if done.returncode and not bad:
        bad = (lines[-1],)
    return Outcome(piece.trial.push if passed else 0, bad, lines[-1] if passed else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
