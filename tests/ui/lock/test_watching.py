"""What asks for the lock: nobody there, a clock that jumped, and the signals of three systems."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dermlog.ui.lock.idle_watch import IdleWatch
from dermlog.ui.lock.linux_bus import LinuxBus
from dermlog.ui.lock.mac_session import MacSession
from dermlog.ui.lock.system_watch import system_watch
from dermlog.ui.lock.windows_session import (
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_SESSION_LOCK,
    WindowsSession,
)

UNLOCK = 0x0008
RESUME = 0x0012


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_idle_after_the_minutes_and_not_before(qtbot: QtBot) -> None:
    clock, wall = Clock(), Clock()
    watch = IdleWatch(2, clock=clock, wall=wall)
    told: list[str] = []
    watch.idle.connect(lambda: told.append("idle"))
    watch.slept.connect(lambda: told.append("slept"))
    for _second in range(119):
        clock.now += 1
        wall.now += 1
        watch.look()
    assert told == []
    clock.now += 1
    wall.now += 1
    watch.look()
    assert told == ["idle"]


def test_a_clock_that_jumped_means_that_the_computer_slept() -> None:
    clock, wall = Clock(), Clock()
    watch = IdleWatch(10, clock=clock, wall=wall)
    told: list[str] = []
    watch.slept.connect(lambda: told.append("slept"))
    wall.now += 59
    watch.look()
    assert told == []
    wall.now += 3600
    watch.look()
    assert told == ["slept"]


def test_keys_and_mouse_begin_the_count_anew(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    handle = window.windowHandle()
    assert handle is not None
    clock = Clock()
    watch = IdleWatch(1, clock=clock, wall=Clock())
    watch.hear(handle)
    told: list[int] = []
    watch.idle.connect(lambda: told.append(1))
    for press in (
        lambda: QTest.keyClick(handle, Qt.Key.Key_A),
        lambda: QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, 5)),
        lambda: QTest.mouseMove(handle, QPoint(9, 9)),
    ):
        clock.now += 59
        press()  # type: ignore[no-untyped-call]
        watch.look()
        assert told == []
    clock.now += 60
    watch.look()
    assert told == [1]


def test_linux_tells_of_a_locked_screen_a_locked_session_and_sleep() -> None:
    bus = LinuxBus()
    told: list[int] = []
    bus.locked.connect(lambda: told.append(1))
    bus.on_active(False)
    bus.on_sleep(False)
    assert told == []
    bus.on_active(True)
    bus.on_lock()
    bus.on_sleep(True)
    assert told == [1, 1, 1]


@pytest.mark.parametrize(
    ("message", "parameter", "locks"),
    [
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, True),
        (WM_POWERBROADCAST, PBT_APMSUSPEND, True),
        (WM_WTSSESSION_CHANGE, UNLOCK, False),
        (WM_POWERBROADCAST, RESUME, False),
        (0x0100, WTS_SESSION_LOCK, False),
    ],
)
def test_windows_tells_by_messages(message: int, parameter: int, locks: bool) -> None:
    watch = WindowsSession(0)
    told: list[int] = []
    watch.locked.connect(lambda: told.append(1))
    sent = wintypes.MSG()
    sent.message, sent.wParam = message, parameter
    passed = watch.listener.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(sent))
    assert passed == (False, 0)
    assert bool(told) is locks


def test_macos_tells_by_a_call() -> None:
    watch = MacSession()
    told: list[int] = []
    watch.locked.connect(lambda: told.append(1))
    watch.callback(None, None, None, None, None)
    assert told == [1]


@pytest.mark.parametrize(
    ("system", "kind"), [("linux", LinuxBus), ("win32", WindowsSession), ("darwin", MacSession)]
)
def test_each_system_has_its_own(system: str, kind: type, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    watch = system_watch(window, system)
    assert isinstance(watch, kind)
    if system != sys.platform:
        assert watch.start() is False
