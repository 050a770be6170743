"""Photos of the sample patients: drawn faces whose shine and spots follow the scores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from types import TracebackType
from typing import Self
from uuid import UUID
from zlib import crc32

from dermlog.demo.courses import PlannedVisit
from dermlog.demo.people import Person
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.logbook import Logbook
from dermlog.photos.prepare import Preparer
from dermlog.photos.sample_faces import draw_face

SIZE = (960, 1200)
STANDARD = (PhotoView.FRONT, PhotoView.RIGHT_45, PhotoView.LEFT_45)


@dataclass(frozen=True)
class _Wanted:
    """One picture to draw and add."""

    visit_id: UUID
    day: date
    view: PhotoView
    jpeg: bytes


class PhotoAlbum:
    """Collects the pictures of one patient and adds them together, so that two decoders share the work."""

    def __init__(self, logbook: Logbook) -> None:
        self._logbook = logbook
        self._preparer = Preparer()
        self._wanted: list[_Wanted] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._preparer.close()

    def draw(self, who: Person, visit_id: UUID, planned: PlannedVisit, *, every_view: bool) -> None:
        """Draw the pictures of one visit: the front, and both obliques where every view is wanted."""
        for view in STANDARD if every_view else STANDARD[:1]:
            jpeg = draw_face(
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
            self._wanted.append(_Wanted(visit_id, planned.on, view, jpeg))

    def add_to(self, patient: Patient, at: Callable[[date], None]) -> None:
        """Import what was drawn, in order; at moves the clock to the day of the visit."""
        prepared = {
            done.position: done.photo
            for done in self._preparer.prepare_many([one.jpeg for one in self._wanted])
        }
        for position, one in enumerate(self._wanted):
            photo = prepared.get(position)
            if photo is None:
                continue
            at(one.day)
            name = f"{one.day.isoformat()}-{one.view.value}.jpg"
            self._logbook.photos.add(patient.id, one.visit_id, photo, one.view, name)
        self._wanted = []
