"""DraftKeeper: saves what is on a screen by itself, soon after each change, and again when saving failed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from dermlog.errors import DermlogError

SOON_MS = 1500
AGAIN_MS = 5000


class DraftKeeper(QObject):
    """DraftKeeper(content, save): content() is the form as text, save(text) writes it and returns when.

    saved(datetime) and failed(sentence) tell how it went. The wait is counted from the first change that is
    not saved, so steady typing cannot put saving off.
    """

    saved = Signal(object)
    failed = Signal(str)

    def __init__(
        self, content: Callable[[], str], save: Callable[[str], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._content = content
        self._save = save
        self._kept = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)
        self._active = False

    @property
    def is_started(self) -> bool:
        """Whether changes are saved."""
        return self._active

    def start(self) -> None:
        """What stands on the screen now is the saved state."""
        self._timer.stop()
        self._kept = self._content()
        self._active = True

    def stop(self) -> None:
        """The form is done: nothing is saved any more."""
        self._timer.stop()
        self._active = False

    def touch(self) -> None:
        """Something changed."""
        if self._active and not self._timer.isActive():
            self._timer.start(SOON_MS)

    def holds_unsaved(self) -> bool:
        """Whether the screen differs from what was saved last."""
        return self._active and self._content() != self._kept

    def flush(self, *, even_unchanged: bool = False) -> bool:
        """Save now what is not saved yet; False when that failed and was told."""
        self._timer.stop()
        if not self._active:
            return True
        content = self._content()
        if content == self._kept and not even_unchanged:
            return True
        try:
            at = self._save(content)
        except DermlogError as error:
            self._timer.start(AGAIN_MS)
            self.failed.emit(error.sentence)
            return False
        self._kept = content
        self.saved.emit(at)
        return True
