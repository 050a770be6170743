"""Start: log, crash hook, open the logbook, show the window; heavy libraries come after the first paint."""

from __future__ import annotations

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui import preferences
from dermlog.ui.kit import crash, theme
from dermlog.ui.main_window import MainWindow

if TYPE_CHECKING:
    from dermlog.domain.backup import BackupSet
    from dermlog.ui.backup.automatic import AutomaticBackup

REST_AFTER_MS = 2000


def run_app(path: str | None, *, exit_on_first_paint: bool = False) -> int:
    """Open the logbook of that path, or the last one, and run the window; 1 when none was opened."""
    app = make_application()
    _start_log()
    crash.install()
    logbook = _open_first(path)
    if logbook is None:
        from dermlog.ui.start.start_dialog import choose_logbook  # noqa: PLC0415 - rarely needed

        logbook = choose_logbook(path, preferences.last_logbook())
    if logbook is None:
        return 1
    preferences.remember_logbook(logbook.path)
    while True:
        _write_as_before(logbook)
        window = MainWindow(logbook)
        keep_at_rest(window, logbook)
        automatic = keep_backed_up(window, logbook)
        window.show()
        if exit_on_first_paint:
            _exit_after_first_paint(window)
        code = app.exec()
        automatic.stop()
        back_up_at_close(logbook)
        wish = window.restore_wish
        logbook.close()
        if wish is None:
            return code
        reopened = restore_and_open(wish, logbook)
        if reopened is None:
            return 1
        window.deleteLater()
        logbook = reopened


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


def keep_backed_up(window: MainWindow, logbook: Logbook) -> AutomaticBackup:
    """Back up while the clinic works; the rail shows when somebody should look at the backups."""
    from dermlog.ui.backup.automatic import AutomaticBackup, waits  # noqa: PLC0415 - after the first paint

    automatic = AutomaticBackup(logbook)
    window.logbook_changed.connect(automatic.note_change)
    automatic.looked.connect(lambda state: window.rail().entry("backup").set_count(waits(state)))
    automatic.failed.connect(lambda _sentence: window.rail().entry("backup").set_count(1))
    automatic.start()
    return automatic


def back_up_at_close(logbook: Logbook) -> None:
    """The last backup of the day; a failure is said and asked about, and can always be passed by."""
    if logbook.read_only or not logbook.backups.is_wanted():
        return
    from dermlog.ui.backup.closing_dialog import ClosingDialog  # noqa: PLC0415 - at the end only

    dialog = ClosingDialog(logbook)
    dialog.exec()
    dialog.deleteLater()
    logbook.backups.wait()


def restore_and_open(wish: BackupSet, closed: Logbook) -> Logbook | None:
    """Restore a backup in place of a logbook that was just closed, and open what is there then."""
    from dermlog.ui.backup.restore_run_dialog import RestoreRunDialog  # noqa: PLC0415 - rarely needed

    dialog = RestoreRunDialog(wish, closed.path, closed.backups.key)
    dialog.exec()
    dialog.deleteLater()
    try:
        return Logbook.open(closed.path, key=closed.backups.key)
    except DermlogError:
        from dermlog.ui.start.start_dialog import choose_logbook  # noqa: PLC0415 - rarely needed

        return choose_logbook(str(closed.path), closed.path)


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
