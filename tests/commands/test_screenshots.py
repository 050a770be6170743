"""dermlog screenshots: every screen in both looks, the report, and what a wrong call gets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dermlog.demo import write_sample
from dermlog.domain.recovery import RecoveryCode

SCREENS = (
    "today",
    "patients",
    "clinic",
    "lots",
    "logbook",
    "activity",
    "patient-course",
    "patient-maps",
    "patient-photos",
    "patient-history",
    "amend",
    "session",
    "checks",
    "follow-up",
    "report",
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample logbook of one patient."""
    path = tmp_path_factory.mktemp("sample") / "Sample.dermlog"
    write_sample(path, patients=1)
    return path


def _call(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """In a process of its own: the command chooses Qt's platform before Qt is loaded."""
    return subprocess.run(
        [sys.executable, "-m", "dermlog", "screenshots", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


def test_every_screen_and_the_report_are_drawn(sample: Path, tmp_path: Path) -> None:
    before = sample.read_bytes()
    called = _call(str(sample), str(tmp_path / "new" / "folder"))
    assert called.returncode == 0, called.stderr
    drawn = [Path(line) for line in called.stdout.splitlines()]
    names = [path.name for path in drawn]
    wanted = [f"{name}-{mode}.png" for mode in ("light", "dark") for name in SCREENS] + ["report.pdf"]
    assert names[: len(wanted)] == wanted
    assert names[len(wanted) :] == [
        f"report-page-{page}.png" for page in range(1, len(names) - len(wanted) + 1)
    ]
    assert len(names) > len(wanted)
    assert all(path.stat().st_size > 2000 for path in drawn)
    assert len({path.read_bytes() for path in drawn}) == len(drawn)
    assert sample.read_bytes() == before


def test_of_a_locked_sample_signing_in_and_the_lock_are_drawn_too(tmp_path: Path) -> None:
    path, code = tmp_path / "Sample.dermlog", RecoveryCode.new()
    write_sample(path, patients=1, code=code)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    called = _call(str(path), str(tmp_path / "drawn"), typed=code.text + "\n")
    assert called.returncode == 0, called.stderr
    drawn = [Path(line) for line in called.stdout.splitlines()]
    last = [path.name for path in drawn[-4:]]
    assert last == ["sign-in-light.png", "lock-light.png", "sign-in-dark.png", "lock-dark.png"]
    assert len({path.read_bytes() for path in drawn}) == len(drawn)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()} == before


def test_a_missing_logbook_is_said(tmp_path: Path) -> None:
    called = _call(str(tmp_path / "none.dermlog"), str(tmp_path))
    assert called.returncode == 1
    assert "none.dermlog" in called.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_said(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    called = _call(str(sample), str(tmp_path / "taken" / "folder"))
    assert called.returncode == 1
    assert "cannot be written" in called.stderr


def test_a_wrong_call_ends_with_two() -> None:
    assert _call().returncode == 2
