"""Long work off the window's thread: results, failures, cancelling, and receivers that are gone."""

import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from dermlog.ui.kit import background
from dermlog.ui.kit.background import Task


@pytest.fixture(autouse=True)
def finished_pool() -> Iterator[None]:
    """No work outlives its test."""
    yield
    background.shutdown()


def test_the_result_arrives_in_the_thread_of_the_window(qtbot: QtBot) -> None:
    seen: list[tuple[int, bool]] = []
    here = threading.get_ident()
    background.run(
        lambda _task: threading.get_ident(), done=lambda there: seen.append((there, QThread.isMainThread()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != here
    assert seen[0][1]


def test_a_failure_is_told(qtbot: QtBot) -> None:
    seen: list[Exception] = []

    def work(_task: Task[int]) -> int:
        raise ValueError("damaged")

    background.run(work, done=lambda _result: None, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert str(seen[0]) == "damaged"


def test_a_failure_that_nobody_takes_is_not_swallowed(qtbot: QtBot) -> None:
    def work(_task: Task[int]) -> int:
        raise ValueError("unexpected")

    with qtbot.captureExceptions() as caught:
        background.run(work, done=lambda _result: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert str(caught[0][1]) == "unexpected"


def test_progress_comes_in_order_and_before_the_end(qtbot: QtBot) -> None:
    seen: list[object] = []

    def work(task: Task[str]) -> str:
        for step in range(5):
            task.report(step)
        return "end"

    background.run(work, done=seen.append, progress=seen.append)
    qtbot.waitUntil(lambda: "end" in seen)
    assert seen == [0, 1, 2, 3, 4, "end"]


def test_cancelled_work_stops_and_says_nothing(qtbot: QtBot) -> None:
    started, stopped = threading.Event(), threading.Event()
    seen: list[object] = []

    def work(task: Task[int]) -> int:
        started.set()
        try:
            while True:
                task.check()
        finally:
            stopped.set()

    task = background.run(work, done=seen.append, failed=seen.append)
    qtbot.waitUntil(started.is_set)
    task.cancel()
    qtbot.waitUntil(stopped.is_set)
    qtbot.wait(20)
    assert not seen


class _Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []

    def hear(self, value: int) -> None:
        self.heard.append(value)


def test_a_receiver_that_is_gone_is_not_called(qtbot: QtBot) -> None:
    gate = threading.Event()
    receiver = _Receiver()

    def work(_task: Task[int]) -> int:
        gate.wait(5)
        return 1

    background.run(work, done=receiver.hear)
    ended: list[int] = []
    background.run(lambda _task: 2, done=ended.append)
    shiboken6.delete(receiver)
    gate.set()
    qtbot.waitUntil(lambda: bool(ended))
    background.shutdown()
    qtbot.wait(20)
    assert receiver.heard == []


def test_a_living_receiver_is_called(qtbot: QtBot) -> None:
    receiver = _Receiver()
    task = background.run(lambda _task: 7, done=receiver.hear)
    qtbot.waitUntil(lambda: receiver.heard == [7])
    assert task.finished


def test_it_is_known_whether_work_is_under_way(qtbot: QtBot) -> None:
    may_end = threading.Event()
    done: list[bool] = []
    background.run(lambda _task: may_end.wait(10), done=done.append)
    assert background.is_busy()
    may_end.set()
    qtbot.waitUntil(lambda: done == [True])
    qtbot.waitUntil(lambda: not background.is_busy())
