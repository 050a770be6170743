"""Setting up: done once, mended when half made, explained when it fails."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import environment


class _Workshop:
    """A checkout in a temporary folder whose commands are recorded; `pip install` and `venv` do as told."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.commands: list[str] = []
        self.version: str | None = "3.11.7"
        self.python = root / ".venv" / "python"
        for name, value in (
            ("ROOT", root),
            ("BUILD", root / "build"),
            ("LOG", root / "build" / "setup.log"),
            ("VENV", root / ".venv"),
            ("PYTHON", self.python),
            ("UNFINISHED", root / ".venv" / "dermlog-unfinished"),
            ("_STAMP", root / ".venv" / "dermlog-ready.json"),
            ("_logged", self._logged),
            ("_ask", self._ask),
        ):
            monkeypatch.setattr(environment, name, value)
        (root / "requirements").mkdir()
        for name in ("requirements/run.txt", "requirements/dev.txt", "pyproject.toml"):
            (root / name).write_text(name, encoding="utf-8")

    def _logged(self, command: Sequence[str], _failure: str, tell: object = None) -> None:
        self.commands.append(" ".join(command).replace(str(self.root), "."))
        if "venv" in command:
            self.python.touch()

    def _ask(self, program: str) -> list[str]:
        if not self.python.exists() or self.version is None:
            return []
        if "dermlog" in program:
            return [str(self.root / "src" / "dermlog" / "__init__.py")]
        return [f"{self.version} True"]

    def prepare(self, purpose: environment.Purpose) -> list[str]:
        """The last words of the commands that this set-up ran."""
        self.commands.clear()
        assert environment.prepare(purpose) == self.python
        return [command.split()[-1].removeprefix("./") for command in self.commands]


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Workshop:
    return _Workshop(tmp_path, monkeypatch)


def test_the_first_time_makes_everything_and_the_second_time_nothing(workshop: _Workshop) -> None:
    assert workshop.prepare("run") == [".venv", "requirements/run.txt", "."]
    assert workshop.prepare("run") == []


def test_packages_come_by_hash_and_never_from_source(workshop: _Workshop) -> None:
    workshop.prepare("run")
    assert "--require-hashes --only-binary :all:" in workshop.commands[1]
    assert "--no-index" in workshop.commands[2]


def test_an_environment_for_tests_is_good_for_running(workshop: _Workshop) -> None:
    workshop.prepare("dev")
    assert workshop.prepare("run") == []


def test_an_environment_for_running_is_completed_for_tests(workshop: _Workshop) -> None:
    workshop.prepare("run")
    assert workshop.prepare("dev")[0] == "requirements/dev.txt"


def test_new_pins_are_installed_into_the_same_environment(workshop: _Workshop) -> None:
    workshop.prepare("run")
    for name in ("run", "dev"):
        (workshop.root / "requirements" / f"{name}.txt").write_text("other pins", encoding="utf-8")
    assert workshop.prepare("run") == ["requirements/run.txt", "."]


def test_a_changed_project_file_only_renews_the_command(workshop: _Workshop) -> None:
    workshop.prepare("run")
    (workshop.root / "pyproject.toml").write_text("version = 2", encoding="utf-8")
    assert workshop.prepare("run") == ["."]


def test_a_set_up_that_was_killed_starts_again(
    workshop: _Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    workshop.prepare("run")
    leftover = workshop.root / ".venv" / "half_a_package"
    leftover.touch()
    (workshop.root / ".venv" / "dermlog-unfinished").touch()
    assert workshop.prepare("run") == [".venv", "requirements/run.txt", "."]
    assert not leftover.exists()
    assert "did not finish" in capsys.readouterr().out


def test_an_environment_whose_python_is_gone_is_made_anew(workshop: _Workshop) -> None:
    workshop.prepare("run")
    workshop.python.unlink()
    assert workshop.prepare("run") == [".venv", "requirements/run.txt", "."]


def test_another_python_in_the_environment_installs_again(workshop: _Workshop) -> None:
    workshop.prepare("run")
    workshop.version = "3.13.0"
    assert workshop.prepare("run") == ["requirements/run.txt", "."]


def test_an_unreadable_stamp_costs_an_install_and_no_error(workshop: _Workshop) -> None:
    workshop.prepare("run")
    stamp = workshop.root / ".venv" / "dermlog-ready.json"
    stamp.write_text("[", encoding="utf-8")
    assert workshop.prepare("run") == ["requirements/run.txt", "."]
    assert set(json.loads(stamp.read_text(encoding="utf-8"))) == {"run", "command"}


def test_a_folder_that_cannot_be_written_is_said(workshop: _Workshop) -> None:
    (workshop.root / ".venv").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(environment.SetUpFailed, match="Setting up stopped"):
        environment.prepare("run")


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("ERROR: Could not install packages due to an OSError: No space left on device", "disk is full"),
        ("WARNING: Retrying ... timed out\\nERROR: No matching distribution found", "did not answer in time"),
        ("ERROR: No matching distribution found for PySide6", "no ready-made package"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE", "not the one that was pinned"),
    ],
)  # fmt: skip
def test_a_failed_install_says_why_and_where_to_read_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: str, reason: str
) -> None:
    monkeypatch.setattr(environment, "BUILD", tmp_path)
    monkeypatch.setattr(environment, "LOG", tmp_path / "setup.log")
    failing = [sys.executable, "-c", f"print({printed!r}); raise SystemExit(1)"]
    with pytest.raises(environment.SetUpFailed, match=reason) as failed:
        environment._logged(failing, "The packages could not be installed.")
    assert "The packages could not be installed." in str(failed.value)
    assert str(tmp_path / "setup.log") in str(failed.value)
    assert "ERROR" in (tmp_path / "setup.log").read_text(encoding="utf-8")
