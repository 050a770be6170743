"""T3: the disk refuses the n-th thing it is asked, once or from then on: nothing acknowledged is lost.

Each error reaches the person as one sentence, and the program goes on when the disk does.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.endurance import Outcome
from tests.endurance.preloading import ROOT, build, environment, why_not
from tests.endurance.scene import quick_place


def run(count: int, seed: int) -> Outcome:
    """So many refusals, over all steps in turn."""
    if reason := why_not():
        return Outcome(0, not_run=reason)
    with tempfile.TemporaryDirectory(
        prefix="dermlog-refusals-", dir=quick_place(), ignore_cleanup_errors=True
    ) as name:
        place = Path(name)
        command = [sys.executable, "-m", "tests.endurance.refused", name, str(count), str(seed)]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(build(place), place / "clinic"),
            capture_output=True,
            text=True,
            check=False,
        )
    cases = [json.loads(line) for line in done.stdout.splitlines()]
    bad = [f"{case['case']}: {what}" for case in cases for what in case["bad"]]
    if done.returncode:
        bad.append(f"the program of the cases ended: {done.stderr[-2000:]}")
    shown = sum(bool(case["told"]) for case in cases)
    return Outcome(len(cases), tuple(bad), f"{shown} shown as a sentence, the others did no harm")
