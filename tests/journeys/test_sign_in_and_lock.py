"""A day with a locked logbook: sign in, chart, be called away, let a colleague in, forget a password."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from dermlog import app as application
from dermlog.domain.access import AccessKind
from dermlog.logbook import Logbook, is_locked, unlock
from dermlog.ui import preferences
from dermlog.ui.kit import background, crash
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.main_window import MainWindow
from dermlog.ui.sign_in.new_owner_dialog import NewOwnerDialog
from dermlog.ui.sign_in.recovery_dialog import RecoveryDialog
from dermlog.ui.sign_in.sign_in_dialog import SignInDialog
from dermlog.ui.start.start_dialog import StartDialog
from tests.makers import DOCTOR, NURSE, make_logbook, make_patient
from tests.ui.locked_logbook import CODE, PASSWORDS, make_cheap, make_locked

Step = Callable[[], bool]
LONGEST_STEPS = 600
W = TypeVar("W", bound=QWidget)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    """No crash hook, no log file, no wish to quit left behind, no backup at the end."""
    before = list(logging.getLogger().handlers)
    monkeypatch.setattr(crash, "install", lambda *_rest: None)
    monkeypatch.setattr(application, "back_up_at_close", lambda *_rest: None)
    quits = qapp.quitOnLastWindowClosed()
    qapp.setQuitOnLastWindowClosed(False)
    yield
    background.shutdown()
    QCoreApplication.removePostedEvents(qapp, QEvent.Type.Quit.value)
    qapp.setQuitOnLastWindowClosed(quits)
    for handler in [one for one in logging.getLogger().handlers if one not in before]:
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A locked logbook with one patient, shut."""
    make_cheap(monkeypatch)
    made = make_locked(tmp_path)
    made.patients.save(make_patient())
    made.close()
    return made.path


def shown(kind: type[W]) -> list[W]:
    """The visible windows of a kind."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]


class Day:
    """Runs the program and does one step after the other, each as soon as it can be done."""

    def __init__(self, qapp: QApplication, *steps: Step) -> None:
        self._qapp = qapp
        self._steps = list(steps)
        self._looks = 0
        self.failed: BaseException | None = None

    def run(self, path: Path | None) -> int:
        """The code the program ends with."""
        timer = QTimer()
        timer.timeout.connect(self._look)
        timer.start(30)
        code = application.run_app(None if path is None else str(path))
        timer.stop()
        assert self.failed is None, self.failed
        assert not self._steps
        return code

    def _look(self) -> None:
        self._looks += 1
        try:
            if self._steps and self._steps[0]():
                self._steps.pop(0)
        except (AssertionError, AttributeError, IndexError, RuntimeError) as error:
            self.failed = error
        if self.failed is not None or self._looks > LONGEST_STEPS:
            self.failed = self.failed or AssertionError("a step never came")
            for one in QApplication.topLevelWidgets():
                if isinstance(one, SignInDialog | StartDialog | NewOwnerDialog):
                    one.done(0)
            self._leave()

    def _leave(self) -> None:
        for window in shown(MainWindow):
            window.covered = True
            window.close()
        self._qapp.exit(0)


def sign_in(who: object, password: str) -> Step:
    """Answer the sign-in, once it is there."""

    def step() -> bool:
        found = shown(SignInDialog)
        if not found:
            return False
        dialog = found[0]
        dialog.people.set_value(who)
        dialog.password.edit.setText(password)
        dialog.open_button.click()
        return True

    return step


def in_window(act: Callable[[MainWindow], object]) -> Step:
    """Do something once the window is open and no sign-in lies over it."""

    def step() -> bool:
        windows = shown(MainWindow)
        if not windows or shown(SignInDialog) or windows[0].covered or windows[0].screen_shown() is None:
            return False
        act(windows[0])
        return True

    return step


def leave(qapp: QApplication) -> Step:
    """Close the window and end."""

    def act(window: MainWindow) -> None:
        window.close()
        window.deleteLater()
        qapp.exit(0)

    return in_window(act)


def test_a_password_opens_and_ctrl_l_locks(path: Path, qapp: QApplication) -> None:
    titles: list[str] = []
    day = Day(
        qapp,
        sign_in(NURSE.id, PASSWORDS[NURSE.id]),
        in_window(lambda window: titles.append(f"{window.windowTitle()}, {window.rail().person.name()}")),
        in_window(lambda window: window.rail().lock_requested.emit()),
        sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id]),
        in_window(lambda window: titles.append(f"{window.windowTitle()}, {window.rail().person.name()}")),
        leave(qapp),
    )
    assert day.run(path) == 0
    assert titles == ["Today · Clinic, Ana Ruiz", "Today · Clinic, Dr Sato"]
    assert preferences.remembered("writer") == str(DOCTOR.id)
    with Logbook.open(path, key=unlock(path, DOCTOR.id, PASSWORDS[DOCTOR.id]).key) as logbook:
        kinds = [(line.kind, line.staff_id) for line in reversed(logbook.accesses.page())]
    assert [one for one in kinds if one[0] in {AccessKind.UNLOCKED, AccessKind.LOCKED}] == [
        (AccessKind.UNLOCKED, NURSE.id),
        (AccessKind.LOCKED, NURSE.id),
        (AccessKind.UNLOCKED, DOCTOR.id),
    ]


def test_leaving_the_sign_in_opens_nothing(path: Path, qapp: QApplication) -> None:
    before = path.read_bytes()

    def give_up() -> bool:
        found: list[Dialog] = [*shown(SignInDialog), *shown(StartDialog)]
        if not found:
            return False
        found[0].reject()
        return isinstance(found[0], StartDialog)

    assert Day(qapp, give_up).run(path) == 1
    assert is_locked(path)
    assert path.read_bytes() == before


def test_a_forgotten_password_is_replaced_with_the_sheet(path: Path, qapp: QApplication) -> None:
    new = "eleven quiet otters"

    def to_sheet() -> bool:
        found = shown(SignInDialog)
        if found:
            found[0].sheet_button.click()
        return bool(found)

    def type_sheet() -> bool:
        found = shown(RecoveryDialog)
        if found:
            found[0].groups.fill(CODE.text)
            found[0].open_button.click()
        return bool(found)

    def choose() -> bool:
        found = shown(NewOwnerDialog)
        if found:
            found[0].fields.first.edit.setText(new)
            found[0].fields.again.edit.setText(new)
            found[0].set_button.click()
        return bool(found)

    assert Day(qapp, to_sheet, type_sheet, choose, leave(qapp)).run(path) == 0
    told: list[str] = []

    def read_notice(window: MainWindow) -> None:
        screen = window.screen_shown()
        told.append(screen.notice.text())  # type: ignore[union-attr]

    day = Day(qapp, sign_in(NURSE.id, PASSWORDS[NURSE.id]), in_window(read_notice), leave(qapp))
    assert day.run(path) == 0
    assert told[0].startswith("The recovery sheet was used on")
    assert Day(qapp, sign_in(DOCTOR.id, new), leave(qapp)).run(path) == 0


def test_an_open_logbook_asks_nothing_and_says_that_it_is_open(tmp_path: Path, qapp: QApplication) -> None:
    made = make_logbook(tmp_path)
    made.close()
    seen: list[tuple[str, bool]] = []
    look = in_window(lambda window: seen.append((window.rail().badge.text(), window.rail().lock.isVisible())))
    assert Day(qapp, look, leave(qapp)).run(made.path) == 0
    assert seen == [("Not encrypted", False)]
