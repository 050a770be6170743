"""Commands on an encrypted logbook: by name and password on a terminal, by the recovery code without one."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dermlog.__main__ import main
from dermlog.commands import COULD_NOT, DONE, unlocking
from dermlog.demo import SAMPLE_PASSWORDS, write_sample
from dermlog.domain.access import AccessKind
from dermlog.domain.recovery import RecoveryCode
from dermlog.logbook import Logbook, unlock_with_code
from tests.endurance.keys import cheap_passwords

Said = pytest.CaptureFixture[str]
CODE = RecoveryCode(bytes(range(16)))


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An encrypted sample of one patient."""
    path = tmp_path_factory.mktemp("locked") / "Sample.dermlog"
    with cheap_passwords():
        write_sample(path, patients=1, photos=False, today=date(2026, 4, 17), code=CODE)
    yield path


class Terminal(io.StringIO):
    """Standard input as somebody types it."""

    def isatty(self) -> bool:
        return True


def typed(monkeypatch: pytest.MonkeyPatch, lines: str, password: str = "") -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(lines))
    monkeypatch.setattr(unlocking, "getpass", lambda _question: password)


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_check_takes_name_and_password(locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    typed(monkeypatch, "dr sato\n", SAMPLE_PASSWORDS["Dr Sato"])
    assert call("check", locked) == DONE
    said = capsys.readouterr()
    assert said.out.endswith("The logbook is in order.\n")
    assert "Dr Brandt, Dr Sato, Nurse Okafor" in said.err


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Dr Sato", "That password doesn't match."),
        ("Dr Nobody", "This person has no password for this logbook."),
    ],
)
def test_a_wrong_answer_is_one_sentence(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, name: str, sentence: str
) -> None:
    typed(monkeypatch, name + "\n", "wrong password")
    assert call("check", locked) == COULD_NOT
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.out == ""


def test_an_empty_name_leads_to_the_code(locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    typed(monkeypatch, f"\n{CODE.text.lower()}\n")
    assert call("check", locked) == DONE
    assert "Recovery code: " in capsys.readouterr().err


def test_without_a_terminal_the_code_is_read_from_standard_input(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, tmp_path: Path
) -> None:
    with Logbook.open(locked, key=unlock_with_code(locked, CODE.text).key, viewing=True) as logbook:
        number = logbook.patients.search("").rows[0].chart_number
    out = tmp_path / "report.pdf"
    piped(monkeypatch, CODE.text + "\n")
    assert call("report", locked, "--patient", number, "--out", out) == DONE
    assert out.read_bytes().startswith(b"%PDF")


def kinds(path: Path) -> list[AccessKind]:
    """What the access log tells, the newest first, once what was noted beside the file is in it."""
    with Logbook.open(path, key=unlock_with_code(path, CODE.text).key) as logbook:
        return [line.kind for line in logbook.accesses.page(limit=3)]


def test_a_report_that_a_command_wrote_and_the_use_of_the_sheet_are_on_record(
    locked: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = unlock_with_code(locked, CODE.text).key
    with Logbook.open(locked, key=key, viewing=True) as logbook:
        number = logbook.patients.search("").rows[0].chart_number
    piped(monkeypatch, CODE.text + "\n")
    assert call("report", locked, "--patient", number, "--out", tmp_path / "one.pdf") == DONE
    assert kinds(locked)[:2] == [AccessKind.EXPORTED, AccessKind.RECOVERED]
    with Logbook.open(locked, key=key):  # a window has it
        piped(monkeypatch, CODE.text + "\n")
        assert call("report", locked, "--patient", number, "--out", tmp_path / "two.pdf") == DONE
    assert kinds(locked)[:2] == [AccessKind.EXPORTED, AccessKind.RECOVERED]
    piped(monkeypatch, CODE.text + "\n")
    assert call("check", locked) == DONE
    assert kinds(locked)[0] is AccessKind.RECOVERED


def test_a_command_lets_no_leaver_in(locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    with Logbook.open(locked, key=unlock_with_code(locked, CODE.text).key) as logbook:
        leaver = next(one for one in logbook.staff.all() if one.name == "Nurse Okafor")
        logbook.staff.save(replace(leaver, active=False))
    typed(monkeypatch, "nurse okafor\n", SAMPLE_PASSWORDS["Nurse Okafor"])
    assert call("check", locked) == COULD_NOT
    assert "has no password" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The code is not complete"),
        (CODE.text[:-1] + "0", "Group 7 of the code does not match"),
        (RecoveryCode(bytes(16)).text, "it belongs to another logbook"),
    ],
)
def test_a_wrong_code_is_one_sentence(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, text: str, sentence: str
) -> None:
    piped(monkeypatch, text)
    assert call("check", locked) == COULD_NOT
    assert sentence in capsys.readouterr().err


def test_a_windowed_build_has_no_standard_input(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert call("check", locked) == COULD_NOT


def test_the_encrypted_sample_says_what_opens_it(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "New.dermlog"
    with cheap_passwords():
        assert call("demo", path, "--patients", 1, "--encrypted", "--on", "2026-04-17") == DONE
    lines = capsys.readouterr().out.splitlines()
    code = next(line for line in lines if line.startswith("Recovery code: ")).split(": ")[1]
    assert unlock_with_code(path, code)
    for name, password in SAMPLE_PASSWORDS.items():
        assert f"Password of {name}: {password}" in lines
    assert not path.read_bytes().startswith(b"SQLite")


def test_help_says_how_a_locked_logbook_is_opened(capsys: Said) -> None:
    for name in ("check", "report", "screenshots"):
        assert call(name, "--help") == DONE
        assert "read from standard input" in " ".join(capsys.readouterr().out.split())


def test_a_sample_that_cannot_be_written_leaves_no_slots(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "Notes.dermlog"
    path.write_text("mine")
    assert call("demo", path, "--encrypted") == COULD_NOT
    assert list(tmp_path.iterdir()) == [path]
