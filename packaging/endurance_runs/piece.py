"""One piece of a test in its own process: `python -m endurance_runs.piece MODULE COUNT SEED` prints JSON.

A process of its own, so that a crash is a finding and not the end of the run.
"""

from __future__ import annotations

import json
import sys
import traceback
from importlib import import_module

from tests.endurance import Outcome


def main(module: str, count: str, seed: str) -> None:
    """Run it and print {cases, bad, worst, not_run} as the last line."""
    try:
        outcome: Outcome = import_module(module).run(int(count), int(seed))
    except Exception:
        outcome = Outcome(0, ("it stopped: " + " | ".join(traceback.format_exc().splitlines()[-5:]),))
    print("\n" + json.dumps(vars(outcome)))


if __name__ == "__main__":
    main(*sys.argv[1:])
