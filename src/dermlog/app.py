"""Start: paint a bare window at once, then open the logbook, fill the window and keep it at rest.

Only what the bare window needs is imported at the top: everything else would make the person wait for it.
"""

from __future__ import annotations

import builtins
import gc
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pathlib import Path

    from dermlog.domain.backup import BackupSet
    from dermlog.logbook import Logbook
    from dermlog.ui.backup.automatic import AutomaticBackup
    from dermlog.ui.main_window import MainWindow
    from dermlog.ui.single_instance import Bell

REST_AFTER_MS = 2000


def run_app(path: str | None, *, choose: bool = False, exit_when: str = "") -> int:
    """Open the logbook of that path, or the last one, and run the window; 1 when none was opened.

    choose: ask which, even where the last one could be opened. exit_when "painted" or "filled" ends the
    process there, for measuring.
    """
    # Importing Qt makes every later import search its source for a switch that dermlog does not use.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    from dermlog.ui.main_window import MainWindow  # noqa: PLC0415 - after the line above

    app = QApplication.instance() or QApplication(sys.argv[:1])
    name_application(app)
    if not exit_when and not choose and is_open_already(path):
        return 0
    while True:
        window = MainWindow()
        start = _Start(window, path, choose=choose, exit_when=exit_when)
        window.first_painted.connect(start.go_on)
        window.show()
        code = app.exec()
        start.close()
        if start.logbook is None:
            return 1
        if window.restore_wish is None:
            return code
        restore_in_place(window.restore_wish, start.logbook)
        path, choose = str(start.logbook.path), False
        window.deleteLater()


def make_application() -> QApplication:
    """The one QApplication with its names, font and theme."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    name_application(app)
    dress_application(app)
    return app


def name_application(app: object) -> None:
    """Under which name settings and logs are kept."""
    if isinstance(app, QApplication):
        app.setApplicationName("dermlog")
        app.setApplicationDisplayName("dermlog")


def dress_application(app: QApplication) -> None:
    """The look that was chosen on this PC."""
    from PySide6.QtCore import QLoggingCategory  # noqa: PLC0415 - after the first paint

    from dermlog.ui import preferences  # noqa: PLC0415
    from dermlog.ui.kit import theme  # noqa: PLC0415

    # Scripts that the font of the screen lacks are drawn in another one; Qt need not say so each time.
    QLoggingCategory.setFilterRules("qt.text.font.db.warning=false")
    theme.apply(app, preferences.theme_mode(), scale=preferences.text_scale())


class _Start:
    """What comes after the first paint, in order: look, log, logbook, screens."""

    def __init__(self, window: MainWindow, path: str | None, *, choose: bool, exit_when: str) -> None:
        self.logbook: Logbook | None = None
        self._window = window
        self._path = path
        self._choose = choose
        self._exit_when = exit_when
        self._automatic: AutomaticBackup | None = None
        self._bell: Bell | None = None

    def go_on(self) -> None:
        """Open and fill; leaves the application when no logbook was chosen."""
        if self._exit_when == "painted":
            _leave()
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        from dermlog.ui import preferences  # noqa: PLC0415 - after the first paint, all of these
        from dermlog.ui.kit import crash  # noqa: PLC0415

        dress_application(app)
        crash.install(start_log())
        self.logbook = self._open()
        if self.logbook is None:
            app.exit(1)
            return
        if self.logbook.viewing is not None:
            from dermlog.ui.start.moving_dialog import offer_move  # noqa: PLC0415 - rarely needed

            self.logbook = offer_move(self.logbook, self._window)
        preferences.remember_logbook(self.logbook.path)
        write_as_before(self.logbook)
        remember_here(self.logbook)
        self._window.fill(self.logbook)
        verify_weekly(self._window, self.logbook)
        keep_locked(self._window, self.logbook)
        keep_at_rest(self._window, self.logbook)
        self._automatic = keep_backed_up(self._window, self.logbook)
        self._bell = hang_bell(self._window, self.logbook)
        gc.enable()
        if self._exit_when == "filled":
            self._window.repaint()
            _leave()

    def close(self) -> None:
        """Let everything under way end, then fold the file."""
        if self.logbook is None:
            return
        from dermlog.ui.kit import background  # noqa: PLC0415 - after everything else

        if self._automatic is not None:
            self._automatic.stop()
        if self._bell is not None:
            self._bell.close()
        back_up_at_close(self.logbook)
        # What is still being read or written uses connections of its own to the same file.
        background.shutdown()
        self.logbook.close()

    def _open(self) -> Logbook | None:
        from pathlib import Path  # noqa: PLC0415

        from dermlog.errors import DermlogError  # noqa: PLC0415
        from dermlog.logbook import Logbook, is_locked  # noqa: PLC0415
        from dermlog.ui import preferences  # noqa: PLC0415

        last = None if self._choose else preferences.last_logbook()
        wanted = Path(self._path) if self._path else last
        if wanted is not None and not self._choose and not is_locked(wanted):
            try:
                return Logbook.open(wanted)
            except DermlogError:
                pass  # the start dialog opens it once more and says what is wrong
        # A locked one too: it asks who comes in.
        from dermlog.ui.start.start_dialog import choose_logbook  # noqa: PLC0415 - rarely needed

        return choose_logbook(self._path, last)


def is_open_already(path: str | None) -> bool:
    """Whether a window of this PC has the logbook that would be opened; it is in front now."""
    from pathlib import Path  # noqa: PLC0415 - as above

    from dermlog.ui import preferences  # noqa: PLC0415
    from dermlog.ui.single_instance import ring  # noqa: PLC0415

    wanted = Path(path) if path else preferences.last_logbook()
    return wanted is not None and ring(wanted)


def hang_bell(window: MainWindow, logbook: Logbook) -> Bell | None:
    """Let a second start with this logbook bring the window to the front."""
    if logbook.read_only:
        return None
    from dermlog.ui.single_instance import Bell, bring_to_front  # noqa: PLC0415 - after the first paint

    bell = Bell(logbook.path)
    bell.rung.connect(lambda: bring_to_front(window))
    return bell


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
    automatic.damaged.connect(lambda: window.rail().entry("backup").set_count(1))
    automatic.start()
    return automatic


def back_up_at_close(logbook: Logbook) -> None:
    """The last backup of the day; a failure is said and asked about, and can always be passed by.

    None while the logbook is locked: the key that would read it is gone, and the next start makes up for it.
    """
    if logbook.is_locked or logbook.read_only:
        return
    if not logbook.backups.is_wanted() and not logbook.backups.asks_at_close():
        return
    from dermlog.ui.backup.closing_dialog import ClosingDialog  # noqa: PLC0415 - at the end only

    dialog = ClosingDialog(logbook)
    dialog.exec()
    dialog.deleteLater()
    logbook.backups.wait()


def restore_in_place(wish: BackupSet | Path, closed: Logbook) -> None:
    """Put another file in place of a logbook that was just closed; stopped or failed, it stays as it is.

    A backup is restored, a file that was set aside taken back; the logbook's own path: save what it gives.
    """
    from dermlog.domain.backup import BackupSet  # noqa: PLC0415 - rarely needed, all of these
    from dermlog.ui.backup.restore_run_dialog import RestoreRunDialog  # noqa: PLC0415
    from dermlog.ui.backup.salvage_dialog import SalvageDialog  # noqa: PLC0415
    from dermlog.ui.backup.taking_back import take_back_or_say  # noqa: PLC0415

    if not isinstance(wish, BackupSet) and wish != closed.path:
        take_back_or_say(wish, closed.path, key=closed.backups.key)
        return
    dialog = (
        RestoreRunDialog(wish, closed.path, closed.backups.key)
        if isinstance(wish, BackupSet)
        else SalvageDialog(closed.path, closed.backups.key)
    )
    dialog.exec()
    dialog.deleteLater()


def keep_locked(window: MainWindow, logbook: Logbook) -> None:
    """An encrypted logbook locks by itself; what is not says so in the rail."""
    from dermlog.ui.lock.protection import protect  # noqa: PLC0415 - after the first paint

    protect(window, logbook)


def remember_here(logbook: Logbook) -> None:
    """Notice an older file in the place of the one that this PC has used, and remember this one."""
    from pathlib import Path  # noqa: PLC0415 - after the first paint

    from PySide6.QtCore import QStandardPaths  # noqa: PLC0415

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    logbook.remember_on_this_pc(Path(folder) / "seen")


def verify_weekly(window: MainWindow, logbook: Logbook) -> None:
    """Read the chain of the whole record once a week."""
    from dermlog.ui.activity.weekly_verification import WeeklyVerification  # noqa: PLC0415 - as above

    WeeklyVerification(logbook, window).start()


def write_as_before(logbook: Logbook) -> None:
    """Who wrote last on this PC goes on writing, where they still work here and nobody had to sign in."""
    from dermlog.ui import preferences  # noqa: PLC0415 - after the first paint

    if logbook.keys.locked:
        return
    last = preferences.remembered("writer")
    for person in logbook.staff.all():
        if str(person.id) == last:
            logbook.act_as(person.id)


def start_log() -> Path | None:
    """A small rotating log of ids and codes, never of names; None where it cannot be written."""
    import logging  # noqa: PLC0415 - after the first paint, all of these
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    from PySide6.QtCore import QStandardPaths  # noqa: PLC0415

    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    file = folder / "dermlog.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=500_000, backupCount=2)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    return file


def _leave() -> None:
    sys.stdout.write("there\n")
    sys.stdout.flush()
    os._exit(0)
