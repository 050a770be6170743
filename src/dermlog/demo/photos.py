"""Photos of the sample patients: drawn faces whose shine and spots follow the scores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from types import TracebackType
from typing import Self
from uuid import UUID
from zlib import crc32

from dermlog.demo.courses import PlannedVisit
from dermlog.demo.people import Person
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView, PreparedPhoto
from dermlog.domain.visit import VisitMode
from dermlog.logbook import Logbook
from dermlog.photos.prepare import Preparer
from dermlog.photos.sample_faces import draw_face

SIZE = (960, 1200)
STANDARD = (PhotoView.FRONT, PhotoView.RIGHT_45, PhotoView.LEFT_45)
Picture = tuple[PhotoView, PreparedPhoto]


class PhotoAlbum:
    """Draws the pictures of a whole course at once, so that two decoders share the work."""

    def __init__(self, logbook: Logbook) -> None:
        self._logbook = logbook
        self._preparer = Preparer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._preparer.close()

    def pictures(self, who: Person, visits: Sequence[PlannedVisit]) -> dict[int, list[Picture]]:
        """The pictures of each visit in person, by its place in the course.

        The front each time; of those who teach, both obliques too at the first and at the last visit.
        """
        wanted: list[tuple[int, PhotoView, bytes]] = []
        for place, planned in enumerate(visits):
            if planned.mode is not VisitMode.IN_PERSON:
                continue
            every_view = who.teaching and place in {0, len(visits) - 1}
            wanted += [
                (place, view, _draw(who, planned, view))
                for view in (STANDARD if every_view else STANDARD[:1])
            ]
        prepared = {
            done.position: done.photo
            for done in self._preparer.prepare_many([jpeg for _place, _view, jpeg in wanted])
        }
        pictures: dict[int, list[Picture]] = {}
        for position, (place, view, _jpeg) in enumerate(wanted):
            photo = prepared.get(position)
            if photo is not None:
                pictures.setdefault(place, []).append((view, photo))
        return pictures

    def add(self, patient: Patient, visit_id: UUID, on: date, pictures: Sequence[Picture]) -> None:
        """Put pictures into a visit, like any other photos."""
        for view, photo in pictures:
            name = f"{on.isoformat()}-{view.value}.jpg"
            self._logbook.photos.add(patient.id, visit_id, photo, view, name)


def _draw(who: Person, planned: PlannedVisit, view: PhotoView) -> bytes:
    return draw_face(
        crc32(who.chart_number.encode()),
        view=view,
        oiliness=planned.skin.oiliness,
        spots=planned.skin.inflammatory + planned.skin.non_inflammatory // 2,
        redness=planned.skin.iga,
        skin_type=who.fitzpatrick,
        sex=who.sex,
        taken_at=datetime.combine(planned.on, time(9, 20)),
        size=SIZE,
    )
