"""The start of the application: which logbook opens, who writes, what is remembered, and the way out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog import app as application
from dermlog.logbook import Logbook
from dermlog.ui import preferences
from dermlog.ui.kit import crash
from dermlog.ui.main_window import MainWindow
from dermlog.ui.start import start_dialog
from tests.makers import NURSE, make_logbook, make_patient


@pytest.fixture(autouse=True)
def quiet_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The crash hook stays the tests' own, and handlers of a log are taken away again."""
    before = list(logging.getLogger().handlers)
    monkeypatch.setattr(crash, "install", lambda *_rest: None)
    yield
    for handler in [one for one in logging.getLogger().handlers if one not in before]:
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.fixture(autouse=True)
def quit_once(qapp: QApplication) -> Iterator[None]:
    """The application ends by exit alone: a wish to quit that the last window leaves behind would end every
    event loop of the tests that come after."""
    before = qapp.quitOnLastWindowClosed()
    qapp.setQuitOnLastWindowClosed(False)
    yield
    QCoreApplication.removePostedEvents(qapp, QEvent.Type.Quit.value)
    qapp.setQuitOnLastWindowClosed(before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed logbook."""
    made = make_logbook(tmp_path)
    made.close()
    return made.path


def run(path: str | None, qapp: QApplication, *, choose: bool = False) -> tuple[int, list[str]]:
    """Start, look at the window once it stands, and close it."""
    seen: list[str] = []

    def look() -> None:
        for window in qapp.topLevelWidgets():
            if isinstance(window, MainWindow) and window.screen_shown() is not None:
                seen.extend([window.windowTitle(), window.rail().person.name()])
                window.close()
                window.deleteLater()
                qapp.exit(0)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    code = application.run_app(path, choose=choose)
    timer.stop()
    return code, seen


def test_the_logbook_of_the_call_is_opened_and_remembered(path: Path, qapp: QApplication) -> None:
    assert run(str(path), qapp) == (0, ["Today · Clinic", "Dr Sato"])
    assert preferences.last_logbook() == path
    with Logbook.open(path):  # it was let go of
        pass
    assert sorted(one.name for one in path.parent.iterdir()) == ["Clinic backups", path.name]


def test_without_a_call_the_last_one_is_opened(path: Path, qapp: QApplication) -> None:
    preferences.remember_logbook(path)
    assert run(None, qapp)[1] == ["Today · Clinic", "Dr Sato"]


def test_who_wrote_last_on_this_pc_goes_on_writing(path: Path, qapp: QApplication) -> None:
    preferences.remember("writer", str(NURSE.id))
    assert run(str(path), qapp)[1] == ["Today · Clinic", NURSE.name]


@pytest.mark.parametrize("choose", [False, True])
def test_where_none_opens_the_person_is_asked(
    path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, choose: bool
) -> None:
    asked: list[tuple[str | None, Path | None]] = []

    def leave(wanted: str | None, last: Path | None) -> None:
        asked.append((wanted, last))

    monkeypatch.setattr(start_dialog, "choose_logbook", leave)
    preferences.remember_logbook(path)
    wanted = None if choose else str(path.with_name("Gone.dermlog"))
    assert application.run_app(wanted, choose=choose) == 1
    assert asked == [(wanted, None if choose else path)]
    assert preferences.last_logbook() == path


def test_the_file_is_folded_when_nothing_was_saved_for_a_while(
    path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "REST_AFTER_MS", 20)
    with Logbook.open(path) as logbook:
        window = MainWindow(logbook)
        qtbot.addWidget(window)
        application.keep_at_rest(window, logbook)
        log = path.with_name(path.name + "-wal")
        logbook.patients.save(make_patient())
        assert log.stat().st_size > 0
        qtbot.waitUntil(lambda: not log.exists() or log.stat().st_size == 0)


def test_a_log_that_cannot_be_written_does_not_stop_the_start(
    path: Path, qapp: QApplication, home_of_its_own: Path
) -> None:
    (home_of_its_own / ".local").write_text("in the way")
    assert run(str(path), qapp)[0] == 0
