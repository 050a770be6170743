"""DraftKeeper: saves what is typed within three seconds, says when, and tries again when it failed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from dermlog.domain.draft import Draft
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.kit.notice import SavedStatus
from dermlog.ui.kit.theme import Tone
from dermlog.wording import _

SAVE_AFTER_MS = 2_000
AGAIN_AFTER_MS = 5_000


class DraftKeeper(QObject):
    """touch() after each change; keep() saves now. make() gives the form as it stands.

    failed(sentence) is emitted when saving did not work; it is tried again until it does.
    """

    failed = Signal(str)
    recovered = Signal()

    def __init__(
        self, logbook: Logbook, status: SavedStatus, make: Callable[[], Draft], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._status = status
        self._make = make
        self._dirty = False
        self._in_trouble = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not in the file yet."""
        return self._dirty

    def touch(self) -> None:
        """Something changed. The timer is not started anew by each key, so it saves while one types, too."""
        self._dirty = True
        if not self._timer.isActive():
            self._timer.start(SAVE_AFTER_MS)

    def mark(self) -> None:
        """Something changed that only a person saves, such as a correction of a record."""
        self._dirty = True

    def forget(self) -> None:
        """What is shown now is safe or not ours to keep."""
        self._dirty = False
        self._in_trouble = False
        self._timer.stop()

    def keep(self, *, even_if_clean: bool = False) -> bool:
        """Save now; False when that failed, which was then said."""
        if not self._dirty and not even_if_clean:
            return True
        self._timer.stop()
        try:
            draft = self._make()
            self._logbook.drafts.save(draft)
        except DermlogError as error:
            self._in_trouble = True
            self._status.say(_("Draft not saved"), Tone.DANGER)
            self.failed.emit(error.sentence)
            self._timer.start(AGAIN_AFTER_MS)
            return False
        self._dirty = False
        self._status.saved(draft.saved_at)
        if self._in_trouble:
            self._in_trouble = False
            self.recovered.emit()
        return True
