"""What packaging/bench.py does: set up, then run the topics of packaging/benchmarks, one after the other."""

from __future__ import annotations

import argparse
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from environment import BUILD, PYTHON, SetUpFailed, clean_environment, prepare, say
from system_libraries import needed, provide

BENCHMARKS = Path(__file__).with_name("benchmarks")
HELPERS = ("side_by_side", "crowd", "charting_journeys", "charting_drag", "trust_costs")


def topics() -> list[str]:
    """The names of what can be measured: each file in packaging/benchmarks that is no helper."""
    names = (path.stem for path in BENCHMARKS.glob("*.py"))
    return sorted(name for name in names if name not in HELPERS and not name.startswith("_"))


def main(arguments: Sequence[str]) -> int:
    """0 when every topic could be measured, 1 when not; a missed goal is a figure, not a failure."""
    parser = argparse.ArgumentParser(
        prog="bench.py",
        description="Prints one line for each figure: topic.name = value (goal ...), with its quartiles.",
    )
    parser.add_argument(
        "topic", nargs="*", help=f"what to measure, all when none is named: {', '.join(topics())}"
    )
    chosen = parser.parse_args(arguments).topic or topics()
    if unknown := [name for name in chosen if name not in topics()]:
        parser.error(f"there is no topic {', '.join(unknown)}; there are {', '.join(topics())}")
    try:
        provide(needed(has_display=False, for_tests=False))
        prepare("dev")
        failed = [name for name in chosen if _measure(name) != 0]
    except SetUpFailed as reason:
        say(f"\nNothing could be measured.\n{reason}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    if failed:
        say(f"Could not be measured: {', '.join(failed)}.")
    return 1 if failed else 0


def _measure(topic: str) -> int:
    variables = clean_environment() | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    # Measured windows must not become the logbook that the person opens next.
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        variables[name] = str(BUILD / "bench" / "home" / name.lower())
    # From the folder above, so that a topic can say `from benchmarks.side_by_side import ...`.
    return subprocess.call([str(PYTHON), "-m", f"benchmarks.{topic}"], cwd=BENCHMARKS.parent, env=variables)
