"""When something unexpected happens: log where (never whose), and say calmly what is kept."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QWidget

from dermlog.ui.kit import background
from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.wording import _

log = logging.getLogger(__name__)


class CrashDialog(Dialog):
    """Says that something went wrong, that drafts are kept, and where the log is."""

    def __init__(self, parent: QWidget | None, where: str, log_file: Path | None) -> None:
        super().__init__(
            parent,
            _("Something went wrong inside dermlog"),
            line=_("Your saved entries are safe and drafts are kept. You can go on working."),
        )
        self.body.addWidget(Label(_("It happened in {place}.").format(place=where), role="muted", wrap=True))
        if log_file is not None:
            told = _("If it happens again, send this file to your support: {file}").format(file=log_file)
            self.body.addWidget(Label(told, role="muted", wrap=True))
        self.add_accept(_("Go on"), Kind.PRIMARY).clicked.connect(self.accept)


class _State:
    """One crash dialog at a time: the next is only logged."""

    open = False


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
        show(place_of(trace), log_file)

    def on_thread_error(args: threading.ExceptHookArgs) -> None:
        write_to_log(args.exc_type, args.exc_traceback)
        place = place_of(args.exc_traceback)
        background.in_window(lambda: show(place, log_file))

    background.prepare()
    sys.excepthook = on_error
    threading.excepthook = on_thread_error


def show(where: str, log_file: Path | None = None) -> None:
    """Show the dialog, unless one is open already or no window can be shown."""
    if _State.open or QApplication.instance() is None:
        return
    _State.open = True
    try:
        dialog = CrashDialog(QApplication.activeWindow(), where, log_file)
        dialog.exec()
        dialog.deleteLater()
    finally:
        _State.open = False
