"""packaging/test.py: every check runs, a failure is not lost, and pytest's closing line comes last."""

import os
import sys
from pathlib import Path

import pytest

import checking
from checking import Check, Outcome


@pytest.fixture(autouse=True)
def this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "PYTHON", Path(sys.executable))


def test_all_checks_and_the_tests_last() -> None:
    names = [check.name for check in checking._checks([], tests_only=False)]
    assert names[:3] == ["style", "format", "types"]
    assert names[-1] == "tests"


def test_arguments_go_to_pytest_and_to_nothing_else() -> None:
    checks = checking._checks(["-k", "photos"], tests_only=False)
    assert checks[-1].command[-2:] == ("-k", "photos")
    assert not [check for check in checks[:-1] if "photos" in check.command]


def test_the_whole_suite_uses_the_cores_and_a_part_of_it_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert checking._workers([]) == ("-n", "4")
    assert checking._workers(["tests/photos"]) == ()


def test_output_is_passed_on_as_it_comes_and_the_closing_line_is_kept(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    case = tmp_path / "test_case.py"
    case.write_text("def test_right(): pass\ndef test_wrong(): assert False\n", encoding="utf-8")
    command = ("pytest", "-p", "no:cacheprovider", "--color=yes", "--rootdir", str(tmp_path), str(case))
    outcome = checking._run(Check("tests", command))
    assert not outcome.passed
    assert outcome.closing.startswith("1 failed, 1 passed in ")
    assert b"test_wrong" in capfdbinary.readouterr().out


def test_one_failure_fails_the_whole_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [Outcome("types", False, 1.0), Outcome("tests", True, 2.0, "7 passed in 2.00s")]
    assert checking._summary(outcomes) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "Failed: types." in lines
    assert lines[-1] == "7 passed in 2.00s"


def test_everything_passed_is_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert checking._summary([Outcome("tests", True, 2.0, "7 passed in 2.00s")]) == 0
    assert "Every check passed." in capsys.readouterr().out
