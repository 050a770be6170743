"""PictureLoader: thumbnails and previews read and decoded away from the window, the newest ones kept."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from dermlog.changes import Change, Noun
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.logbook_signals import LogbookSignals

log = logging.getLogger(__name__)


class PictureSize(Enum):
    """Which stored copy: at most 320 or at most 1500 pixels long. Originals are never shown."""

    THUMBNAIL = "thumbnail"
    PREVIEW = "preview"


# A preview of 1500 x 1200 pixels takes 7 MB, a thumbnail 0.3 MB.
KEPT = {PictureSize.THUMBNAIL: 300, PictureSize.PREVIEW: 14}


class PictureLoader(QObject):
    """want(id, size) loads in the background, then loaded(id, size, image); null images are damaged photos.

    image(id, size) is what is there already, None when it is not. The bytes of a photo never change, so
    nothing that was loaded can be stale - but for a damaged one, which may come back from a backup.
    """

    loaded = Signal(object, object, QImage)

    def __init__(self, logbook: Logbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.logbook = logbook
        self._kept: dict[PictureSize, OrderedDict[UUID, QImage]] = {
            size: OrderedDict() for size in PictureSize
        }
        self._wanted: OrderedDict[tuple[UUID, PictureSize], None] = OrderedDict()
        self._task: background.Task[None] | None = None
        signals = LogbookSignals(logbook.changes, self)
        signals.changed.connect(self._on_news)

    def image(self, photo_id: UUID, size: PictureSize) -> QImage | None:
        """What is loaded already; asking keeps it longer."""
        kept = self._kept[size]
        if photo_id not in kept:
            return None
        kept.move_to_end(photo_id)
        return kept[photo_id]

    def want(self, photo_id: UUID, size: PictureSize) -> QImage | None:
        """The picture when it is loaded already, else None, and `loaded` follows."""
        image = self.image(photo_id, size)
        if image is None:
            self._wanted[(photo_id, size)] = None
            self._start()
        return image

    def read_again(self, photo_ids: Iterable[UUID]) -> None:
        """Load these anew: their pictures may have come back."""
        for photo_id in photo_ids:
            for size in PictureSize:
                self._kept[size].pop(photo_id, None)
                self._wanted[(photo_id, size)] = None
        self._start()

    def _on_news(self, news: frozenset[Change]) -> None:
        """Another window, or another list of this one, may have brought a damaged picture back."""
        if any(change.noun is Noun.PHOTO for change in news):
            for kept in self._kept.values():
                for photo_id in [one for one, image in kept.items() if image.isNull()]:
                    del kept[photo_id]

    def forget_wishes(self) -> None:
        """What was wanted but not begun is not needed any more: another patient is shown."""
        self._wanted.clear()

    def _start(self) -> None:
        if self._wanted and (self._task is None or self._task.finished):
            self._task = background.run(
                _reading(self.logbook, tuple(sorted(self._wanted, key=_small_last))),
                done=self._on_done,
                failed=self._on_failed,
                progress=self._on_read,
                receiver=self,
            )

    def _on_read(self, value: object) -> None:
        if not isinstance(value, _Read):
            return
        self._wanted.pop((value.photo_id, value.size), None)
        kept = self._kept[value.size]
        kept[value.photo_id] = value.image
        while len(kept) > KEPT[value.size]:
            kept.popitem(last=False)
        self.loaded.emit(value.photo_id, value.size, value.image)

    def _on_done(self, _nothing: None) -> None:
        self._start()

    def _on_failed(self, error: Exception) -> None:
        # The file itself could not be read; every picture that waits is shown as missing.
        log.warning("pictures could not be read: %s", type(error).__name__)
        for photo_id, size in tuple(self._wanted):
            self._on_read(_Read(photo_id, size, QImage()))
        if not isinstance(error, DermlogError):
            raise error


@dataclass(frozen=True)
class _Read:
    """One picture read by the worker."""

    photo_id: UUID
    size: PictureSize
    image: QImage


def _small_last(wish: tuple[UUID, PictureSize]) -> bool:
    """The large picture is what somebody looks at; thumbnails come after it."""
    return wish[1] is PictureSize.THUMBNAIL


def _reading(
    logbook: Logbook, wanted: tuple[tuple[UUID, PictureSize], ...]
) -> Callable[[background.Task[None]], None]:
    """The work: every wanted picture through a connection of the worker's own."""

    def work(task: background.Task[None]) -> None:
        with logbook.second_connection() as own:
            for photo_id, size in wanted:
                task.report(_Read(photo_id, size, _decode(own, photo_id, size)))

    return work


def _decode(own: Logbook, photo_id: UUID, size: PictureSize) -> QImage:
    try:
        read = own.photos.thumbnail if size is PictureSize.THUMBNAIL else own.photos.preview
        image = QImage.fromData(read(photo_id))
    except DermlogError:
        return QImage()
    if image.isNull():
        return QImage()
    return image.convertToFormat(QImage.Format.Format_RGB32)
