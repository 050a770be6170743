"""Everything the progress report says, frozen before the first line is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dermlog.domain.clinic import Clinic
from dermlog.domain.course import Course
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.domain.product import Product
from dermlog.domain.schedule import FollowUpDue
from dermlog.domain.visit import Acknowledgement


@dataclass(frozen=True)
class ReportPhoto:
    """One photo for print: the day and week of its visit, and its print copy (JPEG bytes, no metadata)."""

    on: date
    week: int | None
    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class PhotoPair:
    """Before and now in the same view; now is None where only one visit has this view."""

    view: PhotoView
    before: ReportPhoto
    now: ReportPhoto | None


@dataclass(frozen=True)
class ReportFacts:
    """The facts of one patient's report. course holds recorded visits only.

    products and staff_names resolve the ids of sessions and visits; photo_pairs is empty when there are none
    or when photo consent is missing (then photos_withheld is True). chain_head stands in every footer, as
    "#14212 · 7F3A-91C2": it proves later what the record was when this was printed.
    """

    clinic: Clinic
    patient: Patient
    course: Course
    products: Mapping[UUID, Product]
    staff_names: Mapping[UUID, str]
    acknowledgements: Mapping[UUID, Acknowledgement]
    due: FollowUpDue | None
    photo_pairs: tuple[PhotoPair, ...]
    photos_withheld: bool
    unfinished: int
    prepared_at: datetime
    prepared_by: str
    chain_head: str = ""
