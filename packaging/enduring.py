"""What packaging/endure.py does: set up, then start the run in the environment that was made."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from environment import PYTHON, ROOT, SetUpFailed, clean_environment, prepare, say
from system_libraries import compiler, needed, provide


def main(arguments: Sequence[str]) -> int:
    """0 when every test that was run passed, else 1."""
    try:
        provide((*needed(has_display=False, for_tests=True), *compiler()))
        prepare("dev")
    except SetUpFailed as failed:
        say(f"\nThe tests could not be run.\n{failed}")
        return 1
    variables = clean_environment() | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }
    try:
        return subprocess.call(
            [str(PYTHON), "-m", "endurance_runs.running", *arguments], cwd=ROOT / "packaging", env=variables
        )
    except KeyboardInterrupt:
        return 130
