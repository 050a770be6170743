"""start.*: how long until the first painted window, and how much memory, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.crowd import logbook_of
from benchmarks.side_by_side import report_ratio, side_by_side, side_by_side_of
from environment import say

PATIENTS = 20_000
SETTLED_SECONDS = 4.0

BARE_WINDOW = """
import os, sys
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        if "stay" not in sys.argv:
            os._exit(0)
application = QApplication(sys.argv)
window = Window()
window.resize(1440, 900)
window.show()
application.exec()
"""


def _run(*arguments: str) -> None:
    if subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=False).returncode:
        raise SystemExit(f"start: {' '.join(arguments[:3])} ... failed; the reason stands above")


def _settled_memory(*arguments: str) -> float:
    """Proportional share of memory (bytes) of a program whose window has stood for a while."""
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL) as running:
        try:
            time.sleep(SETTLED_SECONDS)
            rollup = Path(f"/proc/{running.pid}/smaps_rollup").read_text(encoding="ascii")
        finally:
            running.terminate()
    return next(float(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024


def _peak_memory(*arguments: str) -> float:
    """The most memory (bytes) that a program held until it ended by itself."""
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL) as running:
        _pid, status, usage = os.wait4(running.pid, 0)
        running.returncode = status
    return float(usage.ru_maxrss) * 1024


def main() -> None:
    """Measure and print."""
    logbook = str(logbook_of(PATIENTS))
    _run("-c", BARE_WINDOW)
    _run("-m", "dermlog", "--exit-on-first-paint", logbook)
    report_ratio(
        "start.first_paint",
        side_by_side(
            lambda: _run("-c", BARE_WINDOW),
            lambda: _run("-m", "dermlog", "--exit-on-first-paint", logbook),
        ),
        at_most=1.4,
    )
    # The first picture is the bare window; this is when Today stands in it, with its names and dates.
    report_ratio(
        "start.today",
        side_by_side(
            lambda: _run("-c", BARE_WINDOW),
            lambda: _run("-m", "dermlog", "--exit-when-filled", logbook),
        ),
        at_most=None,
    )
    if sys.platform != "linux":
        say("start.memory: not measured, only Linux tells the share of memory")
        return
    # At the first painted window, and later with Today standing in it and the logbook open.
    report_ratio(
        "start.memory",
        side_by_side_of(
            lambda: _peak_memory("-c", BARE_WINDOW),
            lambda: _peak_memory("-m", "dermlog", "--exit-on-first-paint", logbook),
            rounds=5,
            limit=10,
        ),
        at_most=1.4,
        unit="MB",
        scale=1 / 1_000_000,
    )
    report_ratio(
        "start.memory_of_today",
        side_by_side_of(
            lambda: _settled_memory("-c", BARE_WINDOW, "stay"),
            lambda: _settled_memory("-m", "dermlog", logbook),
            rounds=5,
            limit=10,
        ),
        at_most=1.4,
        unit="MB",
        scale=1 / 1_000_000,
    )


if __name__ == "__main__":
    main()
