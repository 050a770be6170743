"""News of the logbook as a Qt signal in the window's thread, and the habit of refreshing on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

import shiboken6
from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from dermlog.changes import Change, Changes, Noun


class LogbookSignals(QObject):
    """LogbookSignals(logbook.changes, parent): changed(frozenset[Change]), in the parent's thread.

    Announcements from other threads are queued. It stops listening when it is destroyed.
    """

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, changes: Changes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Automatic connection: at once in our own thread, queued from any other.
        self._heard.connect(self._forward)

        def hear(news: frozenset[Change]) -> None:
            if shiboken6.isValid(self):
                self._heard.emit(news)
            else:
                unlisten()

        unlisten = changes.listen(hear)
        self.destroyed.connect(unlisten)

    @Slot(object)
    def _forward(self, news: frozenset[Change]) -> None:
        self.changed.emit(news)


class RefreshOnNews(QObject):
    """RefreshOnNews(screen, logbook.changes, {Noun.VISIT}, self.refresh, patient=lambda: self._patient_id).

    Calls refresh when news touches these nouns (and this patient, where news is about one): at once while the
    screen is visible, else when it is shown next. touch() marks it stale, is_stale() tells.
    """

    def __init__(
        self,
        screen: QWidget,
        changes: Changes,
        nouns: Iterable[Noun],
        refresh: Callable[[], object],
        *,
        patient: Callable[[], UUID | None] | None = None,
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._nouns = frozenset(nouns)
        self._refresh = refresh
        self._patient = patient
        self._stale = False
        self._signals = LogbookSignals(changes, self)
        self._signals.changed.connect(self._on_news)
        screen.installEventFilter(self)

    def is_stale(self) -> bool:
        """Whether news came while the screen was hidden."""
        return self._stale

    def touch(self) -> None:
        """Refresh now if visible, else at the next showing."""
        if self._screen.isVisible():
            self._stale = False
            self._refresh()
        else:
            self._stale = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch up when the screen is shown."""
        if event.type() == QEvent.Type.Show and self._stale:
            self._stale = False
            self._refresh()
        return super().eventFilter(watched, event)

    def _on_news(self, news: frozenset[Change]) -> None:
        patient = self._patient() if self._patient is not None else None
        if any(self._touches(change, patient) for change in news):
            self.touch()

    def _touches(self, change: Change, patient: UUID | None) -> bool:
        if change.noun not in self._nouns:
            return False
        return self._patient is None or change.patient_id is None or change.patient_id == patient
