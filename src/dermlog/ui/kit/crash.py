"""When something unexpected happens: log where (never whose), and say calmly what is kept."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from dermlog.ui.kit.window_post import WindowPost

log = logging.getLogger(__name__)


class _State:
    """One crash dialog at a time, and each place is told once: what fails at every paint must not nag."""

    open = False
    told: ClassVar[set[str]] = set()


def place_of(trace: TracebackType | None) -> str:
    """The last place in our own code that a traceback names, such as "today_screen.py, line 40"."""
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if "dermlog" in Path(frame.filename).parts] or list(frames)
    return f"{Path(ours[-1].filename).name}, line {ours[-1].lineno}" if ours else "unknown place"


def write_to_log(kind: type[BaseException], trace: TracebackType | None) -> None:
    """Log the kind of the error and where it was; its message may hold a name and is left out."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    log.error("unexpected %s at %s", kind.__name__, " > ".join(places))


def install(log_file: Path | None = None) -> None:
    """Take over unexpected errors of all threads; call once, after the QApplication was made."""

    def on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        write_to_log(kind, trace)
        place = place_of(trace)
        # Not now: the error may come from the middle of painting.
        QTimer.singleShot(0, lambda: show(place, log_file))

    def on_thread_error(args: threading.ExceptHookArgs) -> None:
        write_to_log(args.exc_type, args.exc_traceback)
        place = place_of(args.exc_traceback)
        post.arrived.emit(lambda: show(place, log_file))

    post = WindowPost()
    sys.excepthook = on_error
    threading.excepthook = on_thread_error


def show(where: str, log_file: Path | None = None) -> None:
    """Show the dialog, unless one is open already or no window can be shown."""
    if _State.open or where in _State.told or QApplication.instance() is None:
        return
    _State.told.add(where)
    # Here, so that the start does not wait for what is hardly ever seen.
    from dermlog.ui.kit.crash_dialog import CrashDialog  # noqa: PLC0415

    _State.open = True
    try:
        dialog = CrashDialog(QApplication.activeWindow(), where, log_file)
        dialog.exec()
        dialog.deleteLater()
    finally:
        _State.open = False
