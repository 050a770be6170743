"""Missing parts of the system: installed where we may, else one line to run and a clear stop."""

import sys
from collections.abc import Sequence

import pytest

import system_libraries
from environment import SetUpFailed
from system_libraries import Part, provide


class _System:
    """A Debian with some packages; apt-get installs those it has, if it has rights."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.installed: set[str] = set()
        self.known: set[str] = set()
        self.fetchable: set[str] = set()
        self.rights: list[str] | None = []
        self.ran: list[str] = []
        self.is_debian = True
        monkeypatch.setattr(system_libraries, "has_apt", lambda: self.is_debian)
        monkeypatch.setattr(system_libraries, "_rights", lambda: self.rights)
        monkeypatch.setattr(system_libraries, "_is_known", self.known.__contains__)
        monkeypatch.setattr(system_libraries, "_apt", self._apt)

    def _apt(self, arguments: Sequence[str], _rights: Sequence[str]) -> list[str]:
        self.ran.append(arguments[0])
        if arguments[0] == "update":
            self.known |= self.fetchable
            return []
        wanted = {name for name in arguments if not name.startswith("-")} - {"install"}
        if wanted <= self.known:
            self.installed |= wanted
        return [f"E: Unable to locate package {name}" for name in sorted(wanted - self.known)]

    def part(self, what: str, *packages: str, is_essential: bool = True) -> Part:
        return Part(what, packages, lambda: bool(self.installed & set(packages)), is_essential)


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> _System:
    return _System(monkeypatch)


def test_nothing_is_run_when_nothing_is_missing(system: _System, capsys: pytest.CaptureFixture[str]) -> None:
    system.installed.add("libgl1")
    provide([system.part("libGL", "libgl1")])
    assert not system.ran
    assert not capsys.readouterr().out


def test_what_is_missing_is_installed_without_fetching_lists(system: _System) -> None:
    system.known.add("libgl1")
    provide([system.part("libGL", "libgl1")])
    assert system.ran == ["install"]


def test_lists_are_fetched_when_apt_knows_no_package_and_the_newer_name_wins(system: _System) -> None:
    system.fetchable |= {"libglib2.0-0t64"}
    provide([system.part("glib", "libglib2.0-0t64", "libglib2.0-0")])
    assert system.ran == ["install", "update", "install"]
    assert system.installed == {"libglib2.0-0t64"}


def test_without_rights_the_line_to_run_is_printed_and_all_stops(system: _System) -> None:
    system.rights = None
    parts = [system.part("the library libGL", "libgl1"), system.part("the program xauth", "xauth")]
    with pytest.raises(SetUpFailed, match="the library libGL and the program xauth") as stopped:
        provide(parts)
    line = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1 xauth"
    assert line in str(stopped.value).splitlines()[-1]
    assert not system.ran


def test_missing_fonts_are_told_and_do_not_stop(system: _System, capsys: pytest.CaptureFixture[str]) -> None:
    system.rights = None
    provide([system.part("fonts for most scripts", "fonts-noto-core", is_essential=False)])
    assert "fonts-noto-core" in capsys.readouterr().out


def test_what_apt_cannot_provide_is_named_with_what_apt_said(system: _System) -> None:
    with pytest.raises(SetUpFailed, match="apt-get could not install it") as stopped:
        provide([system.part("the library libGL", "libgl1")])
    assert "Unable to locate package libgl1" in str(stopped.value)


def test_on_another_linux_the_libraries_are_named_and_no_apt_line(system: _System) -> None:
    system.is_debian = False
    with pytest.raises(SetUpFailed, match="the library libGL") as stopped:
        provide([system.part("the library libGL", "libgl1")])
    assert "apt-get" not in str(stopped.value)


def test_tests_need_a_test_display_and_running_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_libraries, "has_apt", lambda: True)
    running = {
        part.packages[-1]: part for part in system_libraries.needed(has_display=False, for_tests=False)
    }
    testing = {part.packages[-1]: part for part in system_libraries.needed(has_display=False, for_tests=True)}
    assert testing.keys() - running.keys() > {"xvfb", "xauth", "poppler-utils", "libxcb-cursor0"}
    assert not running["fonts-noto-core"].is_essential
    assert testing["fonts-noto-core"].is_essential


def test_other_systems_bring_their_libraries_with_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert system_libraries.needed(has_display=True, for_tests=True) == ()
