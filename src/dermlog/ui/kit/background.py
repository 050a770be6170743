"""Long work off the window's thread: run(work, done=…); results come back by a queued signal."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from threading import Event
from typing import Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject

from dermlog.ui.kit.window_post import WindowPost

T = TypeVar("T")
WORKERS = 2
log = logging.getLogger(__name__)
_under_way: set[Future[None]] = set()


class Cancelled(Exception):
    """Work stopped because nobody waits for it any more."""


class Task(Generic[T]):
    """One piece of work under way: cancel() asks it to stop; work calls check() and report() as it goes."""

    def __init__(self) -> None:
        self._cancel = Event()
        self.finished = False
        self._report: Callable[[object], None] = lambda _value: None

    def cancel(self) -> None:
        """Ask the work to stop; no callback is called any more."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._cancel.is_set()

    def check(self) -> None:
        """Raise Cancelled when somebody asked it to stop; call between steps of the work."""
        if self.cancelled:
            raise Cancelled

    def report(self, value: object) -> None:
        """Tell the window how far it is; any value, given to `progress` there."""
        self.check()
        self._report(value)


@cache
def _post() -> WindowPost:
    return WindowPost()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="background")


def run(
    work: Callable[[Task[T]], T],
    *,
    done: Callable[[T], object],
    failed: Callable[[Exception], object] | None = None,
    progress: Callable[[object], object] | None = None,
    receiver: QObject | None = None,
) -> Task[T]:
    """Run work(task) on a thread and give its result to done, in the thread of the window.

    failed gets the exception (else it is raised there and ends in the crash dialog). Callbacks that are
    methods of a QObject, or those of receiver, are dropped once that object is gone. Call from the window's
    thread only; the work must touch neither widgets nor the database of the window.
    """
    task: Task[T] = Task()
    post = _post()
    owner = receiver if receiver is not None else _owner(done)

    def call(back: Callable[[], object], *, last: bool = False) -> None:
        def here() -> None:
            if task.cancelled or (owner is not None and not shiboken6.isValid(owner)):
                return
            task.finished = task.finished or last
            back()

        post.arrived.emit(here)

    def on_report(value: object) -> None:
        if progress is not None:
            call(lambda: progress(value))

    task._report = on_report

    def job() -> None:
        try:
            task.check()
            result = work(task)
        except Cancelled:
            return
        except Exception as error:  # whatever it is, the window decides
            caught = error
            call(lambda: _fail(caught, failed), last=True)
        else:
            call(lambda: done(result), last=True)

    future = _pool().submit(job)
    _under_way.add(future)
    future.add_done_callback(_under_way.discard)
    return task


def is_busy() -> bool:
    """Whether any work is still waiting or running."""
    return bool(_under_way)


def shutdown() -> None:
    """Let running work end and take no more; for the end of the application and of tests."""
    if _pool.cache_info().currsize:
        _pool().shutdown(wait=True, cancel_futures=True)
        _pool.cache_clear()


def _owner(callback: Callable[..., object]) -> QObject | None:
    bound = getattr(callback, "__self__", None)
    return bound if isinstance(bound, QObject) else None


def _fail(error: Exception, failed: Callable[[Exception], object] | None) -> None:
    if failed is None:
        raise error
    log.info("background work failed: %s", type(error).__name__)
    failed(error)
