"""Photos as the logbook hands them out: those of the file, and the way in for new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from uuid import UUID

from dermlog.domain.photo import Photo, PhotoView
from dermlog.errors import DermlogError, UnusablePhoto
from dermlog.storage.database import Database
from dermlog.storage.photos import PhotoTable

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook

ImportResult = Photo | DermlogError
Source = Path | bytes


class PhotoBook(PhotoTable):
    """Photos of the logbook's patients, and the importer for new ones."""

    def __init__(self, database: Database, second_connection: Callable[[], Logbook]) -> None:
        super().__init__(database)
        self._second_connection = second_connection

    def importer(self) -> PhotoImporter:
        """The way in for new pictures, for a worker thread."""
        return PhotoImporter(self._second_connection)


class PhotoImporter:
    """Prepares pictures in child processes and stores each through a connection of its own.

    Use as a context manager in the thread that does the work.
    """

    def __init__(self, second_connection: Callable[[], Logbook]) -> None:
        self._second_connection = second_connection

    def __enter__(self) -> Self:
        from dermlog.photos.prepare import Preparer  # noqa: PLC0415

        self._logbook = self._second_connection()
        self._preparer = Preparer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._preparer.close()
        finally:
            self._logbook.close()

    def add_files(
        self,
        patient_id: UUID,
        visit_id: UUID,
        sources: Sequence[Source],
        view: PhotoView | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        outcome: Callable[[Source, ImportResult], None] | None = None,
    ) -> Iterator[ImportResult]:
        """Each source's outcome as it comes: the stored Photo, or the error whose sentence says why not.

        outcome(source, result) and progress(done, of) are called after each; cancelled() True stops before
        the next. What is stored stays stored.
        """
        done = 0
        preparations = self._preparer.prepare_many(sources)
        try:
            for preparation in preparations:
                if cancelled is not None and cancelled():
                    return
                result: ImportResult
                if preparation.photo is None:
                    assert preparation.fault is not None  # noqa: S101
                    result = UnusablePhoto(preparation.fault)
                else:
                    source = preparation.source
                    name = source.name if isinstance(source, Path) else ""
                    try:
                        result = self._logbook.photos.add(
                            patient_id,
                            visit_id,
                            preparation.photo,
                            view or PhotoView.FRONT,
                            _plain_name(name),
                        )
                    except DermlogError as error:
                        result = error
                done += 1
                if outcome is not None:
                    outcome(preparation.source, result)
                if progress is not None:
                    progress(done, len(sources))
                yield result
        finally:
            preparations.close()


def _plain_name(name: str) -> str:
    """A file name as text: what cannot be shown becomes a question mark."""
    return "".join(character if character.isprintable() else "?" for character in name)[:1000]
