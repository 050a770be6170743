"""Start: log, crash hook, open the logbook, show the window; heavy libraries come after the first paint."""

from __future__ import annotations

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui import preferences
from dermlog.ui.kit import crash, theme
from dermlog.ui.main_window import MainWindow

REST_AFTER_MS = 2000


def run_app(path: str | None, *, choose: bool = False, exit_on_first_paint: bool = False) -> int:
    """Open the logbook of that path, or the last one, and run the window; 1 when none was opened.

    choose: ask which, even where the last one could be opened.
    """
    app = make_application()
    _start_log()
    crash.install()
    logbook = None if choose else _open_first(path)
    if logbook is None:
        from dermlog.ui.start.start_dialog import choose_logbook  # noqa: PLC0415 - rarely needed

        logbook = choose_logbook(path, None if choose else preferences.last_logbook())
    if logbook is None:
        return 1
    preferences.remember_logbook(logbook.path)
    _write_as_before(logbook)
    window = MainWindow(logbook)
    keep_at_rest(window, logbook)
    window.show()
    if exit_on_first_paint:
        _exit_after_first_paint(window)
    code = app.exec()
    from dermlog.ui.kit import background  # noqa: PLC0415 - after everything else

    # What is still being read or written uses connections of its own to the same file.
    background.shutdown()
    logbook.close()
    return code


def make_application() -> QApplication:
    """The one QApplication with its names, font and theme."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("dermlog")
    app.setApplicationDisplayName("dermlog")
    theme.apply(app, preferences.theme_mode(), scale=preferences.text_scale())
    return app


def keep_at_rest(window: MainWindow, logbook: Logbook) -> None:
    """Fold what was written back into the one file when nothing has been saved for two seconds."""
    timer = QTimer(window)
    timer.setSingleShot(True)
    timer.setInterval(REST_AFTER_MS)
    timer.timeout.connect(logbook.rest)
    window.logbook_changed.connect(timer.start)


def _open_first(path: str | None) -> Logbook | None:
    chosen = Path(path) if path else preferences.last_logbook()
    if chosen is None:
        return None
    try:
        return Logbook.open(chosen)
    except DermlogError:
        return None  # the start dialog opens it once more and says what is wrong


def _write_as_before(logbook: Logbook) -> None:
    """Who wrote last on this PC goes on writing, where they still work here."""
    last = preferences.remembered("writer")
    for person in logbook.staff.all():
        if str(person.id) == last:
            logbook.act_as(person.id)


def _start_log() -> None:
    """A small rotating log of ids and codes, never of names."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "dermlog.log", maxBytes=500_000, backupCount=2)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def _exit_after_first_paint(window: MainWindow) -> None:
    def leave() -> None:
        sys.stdout.write("first paint\n")
        sys.stdout.flush()
        os._exit(0)

    window.first_painted.connect(leave)
