"""PhotoMending: beside a damaged photo one click brings its picture back from a backup."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QObject

from dermlog.domain.permission import Action
from dermlog.errors import DermlogError
from dermlog.logbook import restore_photo
from dermlog.ui.kit import background
from dermlog.ui.kit.notice import Notice
from dermlog.ui.visit_fields.picture_loader import PictureLoader
from dermlog.wording import _, ngettext


class PhotoMending(QObject):
    """PhotoMending(loader, notice): offer(ids) tells of damaged photos and restores them by a button.

    The loader reads again whatever came back, so that it shows wherever it is shown.
    """

    def __init__(self, loader: PictureLoader, notice: Notice, parent: QObject | None = None) -> None:
        super().__init__(notice if parent is None else parent)
        self._loader = loader
        self._notice = notice
        self._damaged: tuple[UUID, ...] = ()
        self._wanted: tuple[UUID, ...] = ()
        self._task: background.Task[None] | None = None

    def offer(self, damaged: Iterable[UUID]) -> None:
        """These photos that are shown now are damaged; none of them: nothing is said any more."""
        ids = tuple(dict.fromkeys(damaged))
        if ids == self._damaged:
            return
        self._damaged = ids
        if not ids:
            self._notice.hush()
            return
        self._tell(
            ngettext("This photo is damaged.", "{count} of these photos are damaged.", len(ids)).format(
                count=len(ids)
            )
        )

    def restore(self) -> None:
        """Look for them in the backups, off the window's thread."""
        if self._task is not None:
            return
        logbook, wanted = self._loader.logbook, self._damaged
        self._wanted = wanted

        def work(task: background.Task[None]) -> None:
            for photo_id in wanted:
                task.check()
                restore_photo(logbook, photo_id)

        self._notice.tell(_("Looking in the backups…"))
        self._task = background.run(work, done=self._on_done, failed=self._on_failed, receiver=self)

    def _tell(self, words: str) -> None:
        logbook = self._loader.logbook
        why = logbook.why_not(Action.ADD_PHOTO)
        self._notice.tell(_("{words} {why}").format(words=words, why=why) if why else words, "danger")
        if not why:
            self._notice.add_button(_("Restore from backup"), self.restore)

    def _on_done(self, _nothing: None) -> None:
        self._end()
        self._notice.hush()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, DermlogError):
            raise error
        # What cannot be brought back is not offered anew by the picture that is read again.
        self._damaged = self._wanted
        self._tell(error.sentence)

    def _end(self) -> None:
        self._task = None
        self._damaged = ()
        self._loader.read_again(self._wanted)
