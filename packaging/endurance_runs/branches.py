"""T25: how many branches of the storage room its tests take; at least 95 of 100.

Needs the package `coverage`, which dermlog's environment does not bring; without it the test is not run.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from environment import ROOT
from tests.endurance import Outcome

LEAST = 95.0
_TESTS = ("tests/storage", "tests/logbook")


def run(count: int, _seed: int) -> Outcome:
    """Run the tests of the room once; count is not used beyond that."""
    if importlib.util.find_spec("coverage") is None:
        return Outcome(0, not_run="the package coverage is not in the environment: pip install coverage")
    with tempfile.TemporaryDirectory(prefix="dermlog-branches-", ignore_cleanup_errors=True) as name:
        variables = dict(os.environ) | {"COVERAGE_FILE": str(Path(name, "data"))}
        python = [sys.executable, "-m"]
        room = f"--source={ROOT / 'src' / 'dermlog' / 'storage'}"
        tests = [*python, "coverage", "run", "--branch", room, "-m", "pytest", "-q", *_TESTS]
        done = subprocess.run(tests, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
        report = Path(name, "report.json")
        subprocess.run(
            [*python, "coverage", "json", "-o", str(report)],
            cwd=ROOT,
            env=variables,
            capture_output=True,
            check=False,
        )
        if not report.exists():
            return Outcome(count, (f"the tests could not be counted: {done.stderr[-300:]}",))
        totals = json.loads(report.read_text(encoding="utf-8"))["totals"]
    share = 100 * totals["covered_branches"] / totals["num_branches"]
    bad = [] if share >= LEAST else [f"{share:.1f} % of the branches are taken, {LEAST:g} % are wanted"]
    if done.returncode:
        bad.append(f"the tests failed: {done.stdout.strip().splitlines()[-1]}")
    return Outcome(count, tuple(bad), f"{share:.1f} % of {totals['num_branches']} branches")
