"""The commands as a person calls them: exit codes, one sentence, and files that stay as they are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from dermlog.__main__ import main
from dermlog.commands import COULD_NOT, DONE, WRONG_CALL
from dermlog.domain.access import AccessKind
from dermlog.logbook import Logbook

Said = pytest.CaptureFixture[str]


def call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def as_process(arguments: Sequence[object], **more: str) -> subprocess.CompletedProcess[str]:
    """The same through python -m dermlog, as on a machine without a display."""
    environment = {name: text for name, text in os.environ.items() if name != "QT_QPA_PLATFORM"} | more
    return subprocess.run(
        [sys.executable, "-m", "dermlog", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=100,
    )


def test_a_sample_is_written_and_in_order(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "New.dermlog"
    assert call("demo", path, "--patients", 1, "--on", "2026-04-17") == DONE
    assert capsys.readouterr().out.splitlines()[-1] == f"Sample logbook written to {path}"
    assert call("check", path) == DONE
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("1 patient, 2 sessions, ")
    assert out[-1] == "The logbook is in order."


def test_an_existing_file_is_never_written_over(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "Notes.dermlog"
    path.write_text("mine")
    assert call("demo", path) == COULD_NOT
    assert capsys.readouterr().err.startswith("“Notes.dermlog” exists already.")
    assert path.read_text() == "mine"


def test_a_sample_that_stops_half_way_leaves_nothing(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dermlog.commands.demo._progress", stop)
    assert call("demo", tmp_path / "Half.dermlog", "--patients", 2) == COULD_NOT
    assert capsys.readouterr().err == "Stopped.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("demo",), "PATH"),
        (("demo", "x.dermlog", "--patients", "0"), "a whole number from 1 to 200000 is needed"),
        (("demo", "x.dermlog", "--patients", "-3"), "--patients"),
        (("demo", "x.dermlog", "--patients", "many"), "a whole number from 1 to 200000 is needed"),
        (("demo", "x.dermlog", "--on", "1500-01-01"), "a day from 2000-01-01 to 2100-01-01 is needed"),
        (("demo", "x.dermlog", "--on", "soon"), "a day from 2000-01-01 to 2100-01-01 is needed"),
        (("check",), "LOGBOOK"),
        (("check", "a", "b"), "b"),
        (("report", "x.dermlog", "--out", "a.pdf"), "--patient"),
        (("report", "x.dermlog", "--patient", "1"), "--out"),
        (("report", "x.dermlog", "--patient", "1", "--out", "x.dermlog"), "ends in .pdf"),
        (("report", "x.dermlog", "--patient", "1", "--out", "."), "ends in .pdf"),
        (("screenshots", "x.dermlog"), "FOLDER"),
        (("--nonsense",), "dermlog does not understand this call."),
        (("a.dermlog", "b.dermlog"), "dermlog does not understand this call."),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    arguments: tuple[str, ...], said: str, capsys: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(*arguments) == WRONG_CALL
    shown = capsys.readouterr().err
    assert said in shown
    assert "usage: dermlog" in shown
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(option: str, capsys: Said) -> None:
    assert call(option) == DONE
    out = capsys.readouterr().out
    assert all(f"dermlog {name}" in out for name in ("demo", "report", "check", "screenshots"))
    assert call("report", option) == DONE


@pytest.mark.parametrize("command", ["check", "report", "screenshots"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "is not there."),
        (b"", "is empty, so it is not a logbook."),
        (b"dear diary, " * 3000, "is not a dermlog file."),
    ],
)
def test_a_file_that_is_no_logbook_is_said_and_left(
    command: str, content: bytes | None, said: str, tmp_path: Path, capsys: Said
) -> None:
    path = tmp_path / "Odd.dermlog"
    if content is not None:
        path.write_bytes(content)
    more = {"report": ("--patient", "1", "--out", tmp_path / "a.pdf"), "screenshots": (tmp_path / "out",)}
    assert call(command, path, *more.get(command, ())) == COULD_NOT
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    left = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert left == ({} if content is None else {"Odd.dermlog": content})


def test_a_name_that_is_too_long_is_said(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / ("x" * 300 + ".dermlog")
    for command in ("demo", "check"):
        assert call(command, path) == COULD_NOT
        assert "could not be read" in capsys.readouterr().err


def test_the_logbook_is_only_looked_at_and_a_report_is_put_on_record(
    written: Path, tmp_path: Path, capsys: Said
) -> None:
    before = written.read_bytes()
    assert call("check", written) == DONE
    assert written.read_bytes() == before
    with Logbook.open(written, viewing=True) as logbook:
        digest, last = logbook.leaving.digest(), logbook.history.newest()
    assert call("report", written, "--patient", "dl-0142", "--out", tmp_path / "a.pdf") == DONE
    with Logbook.open(written, viewing=True) as logbook:
        assert (logbook.leaving.digest(), logbook.history.newest()) == (digest, last)
        (line,) = logbook.accesses.page(limit=1)
    assert (line.kind, line.detail) == (AccessKind.EXPORTED, "report")
    assert [one.name for one in written.parent.iterdir()] == [written.name]
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert capsys.readouterr().out.splitlines()[-1] == f"Report written to {tmp_path / 'a.pdf'}"


def test_it_works_while_somebody_writes(written: Path, tmp_path: Path) -> None:
    copy = tmp_path / "Open.dermlog"
    copy.write_bytes(written.read_bytes())
    with Logbook.open(copy):
        assert call("check", copy) == DONE
        assert call("report", copy, "--patient", "DL-0142", "--out", tmp_path / "a.pdf") == DONE


def test_a_report_that_cannot_be_made_says_why(written: Path, tmp_path: Path, capsys: Said) -> None:
    assert call("report", written, "--patient", "nobody", "--out", tmp_path / "a.pdf") == COULD_NOT
    assert capsys.readouterr().err == "No patient has the chart number nobody.\n"
    nowhere = tmp_path / "none" / "a.pdf"
    assert call("report", written, "--patient", "DL-0142", "--out", nowhere) == COULD_NOT
    assert capsys.readouterr().err.startswith("“a.pdf” could not be written")
    assert list(tmp_path.iterdir()) == []


def test_damage_is_found(written: Path, tmp_path: Path, capsys: Said) -> None:
    copy = tmp_path / "Torn.dermlog"
    content = bytearray(written.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40_000] = bytes(40_000)
    copy.write_bytes(content)
    assert call("check", copy) == COULD_NOT
    shown = capsys.readouterr()
    assert shown.out + shown.err


def test_the_module_is_the_same_command(written: Path, tmp_path: Path) -> None:
    done = as_process(["report", written, "--patient", "DL-0142", "--out", tmp_path / "a.pdf"])
    assert (done.returncode, done.stderr) == (DONE, "")
    gone = as_process(["check", tmp_path / "none.dermlog"])
    assert (gone.returncode, gone.stdout) == (COULD_NOT, "")
    assert "is not there" in gone.stderr
    wrong = as_process(["check"])
    assert wrong.returncode == WRONG_CALL
    version = as_process(["--version"])
    assert version.stdout.startswith("dermlog ")


def test_a_terminal_without_unicode_still_reads_the_sentence(tmp_path: Path) -> None:
    done = as_process(["check", tmp_path / "none.dermlog"], PYTHONIOENCODING="ascii")
    assert done.returncode == COULD_NOT
    assert "is not there" in done.stderr
