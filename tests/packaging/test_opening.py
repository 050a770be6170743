"""packaging/run.py: the sample in a window, or its pictures in a folder where there is no display."""

import sys
from pathlib import Path

import pytest

import opening
from environment import SetUpFailed


class _Desk:
    """Where run.py is called: with or without a display; dermlog calls are recorded, not made."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sample = folder / "sample.dermlog"
        self.pictures = folder / "screenshots"
        self.calls: list[list[str]] = []
        self.code = 0
        self.fault: str | None = None
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(sys, "platform", "linux")
        for name, value in (
            ("BUILD", folder),
            ("SAMPLE", self.sample),
            ("PICTURES", self.pictures),
            ("provide", lambda _parts: None),
            ("prepare", lambda _purpose: None),
            ("_dermlog", self._dermlog),
            ("_display_fault", lambda: self.fault),
        ):
            monkeypatch.setattr(opening, name, value)

    def _dermlog(self, call: list[str], *, drawn: bool = False) -> int:
        self.calls.append([Path(part).name for part in call])
        if call[0] == "demo" and self.code == 0:
            Path(call[1]).write_bytes(b"a sample")
        if call[0] == "screenshots" and self.code == 0:
            (Path(call[2]) / "today.png").touch()
        return self.code


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Desk:
    return _Desk(tmp_path, monkeypatch)


def test_the_first_call_writes_the_sample_and_the_second_only_opens_it(
    desk: _Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert opening.main([]) == 0
    assert opening.main([]) == 0
    assert desk.calls == [["demo", "sample-begun.dermlog"], ["sample.dermlog"], ["sample.dermlog"]]


def test_without_a_display_the_screens_are_drawn_and_the_place_is_said(
    desk: _Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert opening.main([]) == 0
    assert desk.calls[-1] == ["screenshots", "sample.dermlog", "screenshots"]
    said = capsys.readouterr().out
    assert "no display" in said
    assert said.endswith(f"are in {desk.pictures}\n")
    assert (desk.pictures / "today.png").exists()


def test_a_display_that_does_not_answer_is_no_display(
    desk: _Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    desk.fault = "could not connect to display :99"
    assert opening.main([]) == 0
    assert desk.calls[-1][0] == "screenshots"
    assert "could not connect to display :99" in capsys.readouterr().out


@pytest.mark.parametrize("platform", ["offscreen", "minimal"])
def test_a_platform_without_windows_is_no_display(
    desk: _Desk, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    opening.main([])
    assert desk.calls[-1][0] == "screenshots"


def test_a_logbook_and_a_command_are_passed_on(desk: _Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert opening.main(["clinic.dermlog"]) == 0
    assert opening.main(["report", "clinic.dermlog", "--patient", "A 1", "--out", "x.pdf"]) == 0
    assert desk.calls == [
        ["clinic.dermlog"],
        ["report", "clinic.dermlog", "--patient", "A 1", "--out", "x.pdf"],
    ]


def test_a_sample_that_failed_leaves_none_behind(desk: _Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.code = 1
    assert opening.main([]) == 1
    assert not desk.sample.exists()
    assert "sample logbook could not be written" in capsys.readouterr().out


def test_a_new_sample_replaces_the_old_one_and_what_belonged_to_it(desk: _Desk) -> None:
    desk.sample.write_bytes(b"an old sample")
    log = desk.sample.with_name("sample.dermlog-wal")
    log.touch()
    assert opening.main(["--new-sample"]) == 0
    assert desk.sample.read_bytes() == b"a sample"
    assert not log.exists()


def test_a_failed_set_up_is_a_sentence_and_exit_code_1(
    desk: _Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_purpose: str) -> None:
        raise SetUpFailed("The disk is full.")

    monkeypatch.setattr(opening, "prepare", fail)
    assert opening.main([]) == 1
    assert "dermlog could not be set up.\nThe disk is full." in capsys.readouterr().out
