"""start.*: how long until the first painted window, and how much memory, against a bare PySide6 window."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.side_by_side import report_ratio, side_by_side, side_by_side_of
from environment import BUILD, say

PATIENTS = 20_000
LOGBOOK = BUILD / "bench" / f"patients-{PATIENTS}.dermlog"
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


def sample_of(patients: int, path: Path) -> Path:
    """A logbook of that many invented patients, written once and kept in build/bench."""
    if not path.exists():
        say(f"Writing a logbook of {patients} patients (once) ...")
        path.parent.mkdir(parents=True, exist_ok=True)
        begun = path.with_name(f"begun-{path.name}")
        for leftover in path.parent.glob(f"{begun.name}*"):
            leftover.unlink()
        demo = [sys.executable, "-m", "dermlog", "demo", str(begun), "--patients", str(patients)]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
        begun.replace(path)
    return path


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def _settled_memory(*arguments: str) -> float:
    """Proportional share of memory (bytes) of a program whose window has stood for a while."""
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL) as running:
        try:
            time.sleep(SETTLED_SECONDS)
            rollup = Path(f"/proc/{running.pid}/smaps_rollup").read_text(encoding="ascii")
        finally:
            running.terminate()
    return next(float(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024


def main() -> None:
    """Measure and print."""
    logbook = str(sample_of(PATIENTS, LOGBOOK))
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
    if sys.platform != "linux":
        say("start.memory: not measured, only Linux tells the share of memory")
        return
    memory = side_by_side_of(
        lambda: _settled_memory("-c", BARE_WINDOW, "stay"),
        lambda: _settled_memory("-m", "dermlog", logbook),
        rounds=5,
        limit=10,
    )
    report_ratio("start.memory", memory, at_most=1.4, unit="MB", scale=1 / 1_000_000)


if __name__ == "__main__":
    main()
