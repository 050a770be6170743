"""The start, as a person sees it: the command opens a logbook and paints, with nothing heavy before that."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "sqlite_utils",
    "reportlab",
    "PIL",
    "pikepdf",
    "pillow_heif",
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
}
NOISE = "propagateSizeHints"


def _dermlog(*arguments: str, python: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the command on whatever display the tests run on; the home is the test's own."""
    return subprocess.run(
        [sys.executable, *python, "-m", "dermlog", *arguments],
        capture_output=True, text=True, check=False, timeout=100, env=dict(os.environ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def logbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("start") / "clinic.dermlog"
    written = _dermlog("demo", str(path), "--patients", "2")
    assert written.returncode == 0, written.stderr
    return path


@pytest.mark.smoke
def test_the_window_of_a_logbook_paints_and_says_nothing(logbook: Path) -> None:
    shown = _dermlog("--exit-on-first-paint", str(logbook))
    assert shown.returncode == 0, shown.stderr
    assert not [line for line in shown.stderr.splitlines() if NOISE not in line]


def test_nothing_heavy_is_imported_before_the_first_paint(logbook: Path) -> None:
    shown = _dermlog("--exit-on-first-paint", str(logbook), python=("-X", "importtime"))
    imported = {
        line.split("|")[-1].strip() for line in shown.stderr.splitlines() if line.startswith("import time:")
    }
    assert "dermlog.app" in imported
    assert not imported & HEAVY
