"""LockKeeper: locks a window full of records at once, and lets the same or another person in again."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from dermlog.changes import Noun
from dermlog.domain.access import AccessKind
from dermlog.errors import DermlogError
from dermlog.ui import preferences
from dermlog.ui.kit.dialog import Dialog, ask, say
from dermlog.ui.lock.clipboard import clear_own
from dermlog.ui.lock.idle_watch import IdleWatch
from dermlog.ui.lock.last_backup import LastBackup
from dermlog.ui.lock.standstill import Standstill
from dermlog.ui.lock.system_watch import system_watch
from dermlog.ui.lock.veil import Veil
from dermlog.ui.logbook_signals import LogbookSignals
from dermlog.ui.sign_in.arriving import arrive
from dermlog.ui.sign_in.lock_door import LockDoor, door_of
from dermlog.ui.sign_in.sign_in_dialog import SignInDialog
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.changes import Change
    from dermlog.logbook import Logbook, Unlocked
    from dermlog.ui.main_window import MainWindow

LOCK_KEYS = "Ctrl+L"
BUSY_MS = 300
log = logging.getLogger(__name__)


class LockKeeper(QObject):
    """LockKeeper(window, logbook): start() once the window is filled; lock() covers, saves and drops the key.

    dialog is the sign-in over a locked window, None while it is open. locked() tells that the key is gone,
    unlocked() that somebody is in. last_backup: made behind the cover, while the sign-in is there already;
    the key goes when it ends, or with the call where there is none. door replaces how the file is opened.
    """

    locked = Signal()
    unlocked = Signal()

    def __init__(
        self,
        window: MainWindow,
        logbook: Logbook,
        *,
        door: LockDoor | None = None,
        last_backup: LastBackup | None = None,
    ) -> None:
        super().__init__(window)
        self.dialog: SignInDialog | None = None
        self.idle = IdleWatch(logbook.clinic_rules.get().idle_lock_minutes, self)
        self.system = system_watch(window)
        self._window = window
        self._logbook = logbook
        self._door = door
        self._last_backup = last_backup
        self._veils: list[Veil] = []
        self._standstill = Standstill(self._cover, self)
        self._unsaved = False
        self._locking = False
        self._who: UUID | None = None
        self._patience = logbook.keys.patience
        self.idle.idle.connect(self.lock)
        self.idle.slept.connect(self.lock)
        self.idle.lock_pressed.connect(self.lock)
        self.system.locked.connect(self.lock)
        QShortcut(QKeySequence(LOCK_KEYS), window).activated.connect(self.lock)
        window.rail().lock_requested.connect(self.lock)
        window.person_wanted.connect(self.lock_for)
        if last_backup is not None:
            last_backup.ended.connect(self._let_key_go)
        signals = LogbookSignals(logbook.changes, self)
        signals.changed.connect(self._on_news)

    def start(self) -> None:
        """Show the way to lock in the rail, and listen from now on."""
        self._window.rail().show_lock()
        self._window.asks_password = True
        self.idle.start()
        if not self.system.start():
            log.info("no signal of this system tells when it locks")

    @property
    def is_locked(self) -> bool:
        """Whether the window is covered."""
        return bool(self._veils)

    def lock_for(self, staff_id: object) -> None:
        """Lock, and offer somebody else to sign in."""
        self.lock(staff_id if isinstance(staff_id, UUID) else None)

    def lock(self, who: UUID | None = None) -> None:
        """Cover every window, keep the draft, drop the key, ask who comes in; a second call does nothing."""
        if self._locking or self.is_locked:
            return
        self._locking = True
        self.idle.stop()
        self._who = self._logbook.me.id
        _close_what_floats()
        self._veils = [Veil(window) for window in _windows()]
        self._window.covered = True
        self._drop_key(who)

    def _drop_key(self, who: UUID | None) -> None:
        """Save, take away what lies under the covers and the key; work that needs the key ends first."""
        if any(dialog.holds_key() for dialog in self._dialogs()):
            self._standstill.begin()
            QTimer.singleShot(BUSY_MS, self, lambda: self._drop_key(who))
            return
        self._standstill.end()
        self._unsaved = self._keep()
        for veil in self._standing():
            veil.hide_content()
        clear_own(QGuiApplication.clipboard())
        with suppress(DermlogError):  # a full disk keeps nobody from locking
            self._logbook.accesses.note(AccessKind.LOCKED)
        self._locking = False
        if self._last_backup is None:
            self._let_key_go()
            self._ask(who or self._who)
            return
        # Nobody waits for the backup: whoever signs in meanwhile comes in, and it stops.
        self._ask(who or self._who)
        self._last_backup.make()

    def _let_key_go(self) -> None:
        self._logbook.rest()
        self._logbook.lock()
        self.locked.emit()

    def _cover(self, window: QWidget) -> None:
        """What work that ended only now brings up, such as a new recovery sheet, comes up covered."""
        if all(veil.window_beneath is not window for veil in self._standing()):
            self._veils.append(Veil(window))

    def _standing(self) -> list[Veil]:
        """The covers whose windows are still there: work that ends takes its dialog away."""
        return [veil for veil in self._veils if shiboken6.isValid(veil)]

    def _keep(self) -> bool:
        """Save the draft of what is under way; whether something is left that only this window holds."""
        front = self._window.screen_shown()
        kept = front is None or front.may_leave()
        typed = any(dialog.holds_unsaved() for dialog in self._dialogs())
        return typed or not kept

    def _dialogs(self) -> list[Dialog]:
        return [veil.window_beneath for veil in self._standing() if isinstance(veil.window_beneath, Dialog)]

    def _ask(self, who: UUID | None) -> None:
        door = self._door or door_of(self._logbook.path)
        parent = QApplication.activeModalWidget() or self._window
        self.dialog = SignInDialog(
            door,
            parent,
            who=who,
            title=_("Locked"),
            line=_("What was under way is kept. Sign in to go on."),
            leave="",
            closing=_("Close dermlog"),
            patience=self._patience,
        )
        self.dialog.close_button.clicked.connect(self._on_close)
        self.dialog.finished.connect(self._on_finished)
        self.dialog.destroyed.connect(self._on_gone)
        self.dialog.show()

    def _on_gone(self) -> None:
        QTimer.singleShot(0, self, self._ask_again)

    def _ask_again(self) -> None:
        """A dialog whose work ended under its cover takes the sign-in over it away: nobody is kept out."""
        if self.dialog is not None and not shiboken6.isValid(self.dialog):
            self._ask(self._who)

    def _on_close(self) -> None:
        if self._unsaved and self.dialog is not None:
            self.dialog.notice.tell(
                _("Something here is not saved yet. Sign in to save it before you close dermlog."), "caution"
            )
            return
        self._stop_backup()  # it is made once more, and waited for, while dermlog closes
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.finished.disconnect(self._on_finished)
            dialog.done(0)
            dialog.deleteLater()
        for typed in reversed(self._dialogs()):
            typed.done(0)
        self._window.close()

    def _on_finished(self, _result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        dialog.deleteLater()
        if dialog.unlocked is None:
            self._ask(self._who)
            return
        self._stop_backup()
        try:
            self._logbook.unlock(dialog.unlocked)
            told = self._arrive(dialog.unlocked)
        except DermlogError as error:
            self._lock_again(error.sentence)
            return
        if told is None:
            self._lock_again()
            return
        self._open(told)

    def _stop_backup(self) -> None:
        if self._last_backup is not None:
            self._last_backup.stop()

    def _arrive(self, unlocked: Unlocked) -> tuple[str, ...] | None:
        """Let the person in; None when what the one before left unsaved shall not be dropped."""
        if unlocked.staff_id not in {None, self._who} and self._unsaved and not self._may_drop():
            return None
        return arrive(self._logbook, unlocked, QApplication.activeModalWidget() or self._window)

    def _may_drop(self) -> bool:
        name = "" if self._who is None else self._logbook.staff.get(self._who).name
        return ask(
            QApplication.activeModalWidget() or self._window,
            _("Drop what {name} was typing?").format(name=name),
            _("{name} left something open here that is not saved. Going on drops it.").format(name=name),
            _("Drop it and go on"),
        )

    def _lock_again(self, why: str = "") -> None:
        if not self._logbook.is_locked:
            self._logbook.lock()
        self._ask(self._who)
        if why and self.dialog is not None:
            self.dialog.notice.tell(why, "danger")

    def _open(self, told: tuple[str, ...]) -> None:
        """Take the covers away: the same person finds the same place, another one Today."""
        me = self._logbook.me.id
        preferences.remember("writer", str(me))
        if me == self._who:
            self._lift(told, same=True)
            return
        for dialog in reversed(self._dialogs()):
            dialog.done(0)
        # Only after the dialogs that were open have let go of their screens. Until then the covers stay: the
        # one who came in must not see, even for a moment, what the one before had in front.
        QTimer.singleShot(0, self, lambda: self._begin_anew(told))

    def _begin_anew(self, told: tuple[str, ...]) -> None:
        self._window.show_today_to_another()
        self._lift(told, same=False)

    def _lift(self, told: tuple[str, ...], *, same: bool) -> None:
        self._window.covered = False
        for veil in self._standing():
            veil.lift(to_focus=same)
        self._veils = []
        self._unsaved = False
        self.idle.start()
        self._window.show_signed_in()
        front = self._window.screen_shown()
        if not same and front is not None:
            front.on_shown()
        self.unlocked.emit()
        if told:
            say(self._window, _("The recovery sheet was used"), "\n\n".join(told))

    def _on_news(self, news: frozenset[Change]) -> None:
        if not self._logbook.is_locked and any(change.noun is Noun.CLINIC for change in news):
            self.idle.minutes = self._logbook.clinic_rules.get().idle_lock_minutes


def _windows() -> list[QWidget]:
    """Every window that shows something, those in front last."""
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]


def _close_what_floats() -> None:
    """Menus, lists, tips, and the system's own dialogs, which hold nothing that was typed."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
    for window in _windows():
        if isinstance(window, QDialog) and not isinstance(window, Dialog):
            window.reject()
