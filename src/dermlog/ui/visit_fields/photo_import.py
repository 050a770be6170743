"""PhotoImport: adds pictures to a visit in the background, one after the other, and can be stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from uuid import UUID

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter

from dermlog.domain.key_fault import KeyFault
from dermlog.domain.photo import Photo, PhotoFault, PhotoView
from dermlog.errors import DermlogError, NotUnlocked, UnusablePhoto
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.wording import _

Source = Path | QImage
ENDINGS = ("jpg", "jpeg", "png", "tif", "tiff", "webp", "heic", "heif", "mpo")


@dataclass(frozen=True)
class Refusal:
    """One picture that was left out: what it is called, and why in a sentence."""

    name: str
    sentence: str


@dataclass(frozen=True)
class _Outcome:
    """What became of all pictures."""

    photos: list[Photo]
    refusals: list[Refusal]


class PhotoImport(QObject):
    """start(patient, visit, sources, view) once; progressed(done, total), then finished(photos, refusals)."""

    progressed = Signal(int, int)
    finished = Signal(list, list)

    def __init__(self, logbook: Logbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._stop = Event()
        self._task: background.Task[_Outcome] | None = None

    @property
    def is_running(self) -> bool:
        """Whether pictures are still being added."""
        return self._task is not None and not self._task.finished

    def cancel(self) -> None:
        """Stop after the picture at hand; what was added stays."""
        self._stop.set()

    def start(
        self, patient_id: UUID, visit_id: UUID, sources: Sequence[Source], view: PhotoView | None
    ) -> None:
        """Begin; call only while nothing is running."""
        self._stop.clear()
        stop, importer = self._stop, self._logbook.photos.importer()
        listed = tuple(sources)

        def work(task: background.Task[_Outcome]) -> _Outcome:
            outcome = _Outcome([], [])

            def note(source: Path | bytes, result: object) -> None:
                if isinstance(result, Photo):
                    outcome.photos.append(result)
                elif isinstance(result, DermlogError):
                    name = source.name if isinstance(source, Path) else _("Pasted picture")
                    outcome.refusals.append(Refusal(name, why_left_out(result)))

            given = [source if isinstance(source, Path) else png_bytes(source) for source in listed]
            with importer as hands:
                for _result in hands.add_files(
                    patient_id,
                    visit_id,
                    given,
                    view or PhotoView.OTHER,
                    progress=lambda done, of: task.report((done, of)),
                    cancelled=stop.is_set,
                    outcome=note,
                ):
                    pass
            return outcome

        self._task = background.run(
            work,
            done=self._on_done,
            failed=self._on_failed,
            progress=self._on_progress,
            receiver=self,
        )

    def _on_progress(self, value: object) -> None:
        if isinstance(value, tuple):
            self.progressed.emit(*value)

    def _on_done(self, outcome: _Outcome) -> None:
        self.finished.emit(outcome.photos, outcome.refusals)

    def _on_failed(self, error: Exception) -> None:
        known = isinstance(error, DermlogError)
        told = error if isinstance(error, DermlogError) else UnusablePhoto(PhotoFault.UNREADABLE)
        self.finished.emit([], [Refusal(_("The photos"), told.sentence)])
        if not known:
            raise error


def why_left_out(error: DermlogError) -> str:
    """One sentence, true when it is read: by then somebody has unlocked what was locked."""
    if isinstance(error, NotUnlocked) and error.fault is KeyFault.LOCKED:
        return _("It was not added, because the logbook was locked meanwhile. Please add it again.")
    return error.sentence


def sources_of(data: QMimeData) -> tuple[Source, ...]:
    """The files or the picture in a drop or on the clipboard; folders give their pictures."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return tuple(found for path in paths for found in _files(path))
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return (image,)
    return ()


def png_bytes(image: QImage) -> bytes:
    """A pasted picture as a file, without loss; safe in any thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(
        found
        for found in path.iterdir()
        if found.is_file() and found.suffix.lower().lstrip(".") in ENDINGS and not found.name.startswith(".")
    )
