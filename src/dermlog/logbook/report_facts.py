"""Gathers what the printed report of one patient says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.domain.consent import ConsentKind, in_force
from dermlog.domain.course import Course, CourseEntry
from dermlog.domain.photo import Photo, PhotoView
from dermlog.errors import UnusablePhoto
from dermlog.report.facts import PhotoPair, ReportFacts, ReportPhoto

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook


def gather(logbook: Logbook, patient_id: UUID) -> ReportFacts:
    """The facts of one patient's report, frozen; photos only where the patient agreed to have them taken."""
    patient = logbook.patients.get(patient_id)
    course = logbook.course(patient_id)
    consents = logbook.consents.of_patient(patient_id)
    photos = logbook.photos.of_patient(patient_id)
    agreed = in_force(consents, ConsentKind.PHOTO_RECORD, logbook.today()) is not None
    return ReportFacts(
        clinic=logbook.clinic.get(),
        patient=patient,
        course=course,
        products={product.id: product for product in logbook.products.all(include_retired=True)},
        staff_names={member.id: member.name for member in logbook.staff.all(include_inactive=True)},
        acknowledgements=logbook.visits.acknowledgements(patient_id),
        due=logbook.follow_up_due(patient_id),
        photo_pairs=_pairs(logbook, course, photos) if agreed else (),
        photos_withheld=bool(photos) and not agreed,
        unfinished=len(logbook.drafts.of_patient(patient_id)),
        prepared_at=logbook.now(),
        prepared_by=logbook.me.name,
        chain_head=logbook.history.head().text,
    )


def texts_of(facts: object) -> Iterator[str]:
    """Every text in the facts, however deep."""
    if isinstance(facts, str):
        yield facts
    elif is_dataclass(facts):
        for field in fields(facts):
            yield from texts_of(getattr(facts, field.name))
    elif isinstance(facts, tuple | list | frozenset):
        for item in facts:
            yield from texts_of(item)
    elif hasattr(facts, "values"):
        yield from texts_of(tuple(facts.values()))


def _pairs(logbook: Logbook, course: Course, photos: tuple[Photo, ...]) -> tuple[PhotoPair, ...]:
    """For each view: the photo of the baseline, and the newest of a later visit."""
    entries = {entry.visit.id: entry for entry in course.entries}
    start = course.start
    pairs = []
    for view in PhotoView:
        shown = [photo for photo in photos if photo.view is view and photo.visit_id in entries]
        if not shown or start is None:
            continue
        early = [photo for photo in shown if entries[photo.visit_id].visit.on <= start]
        before = early[-1] if early else shown[0]
        now = shown[-1] if shown[-1].visit_id != before.visit_id else None
        first = _printed(logbook, before, entries[before.visit_id])
        last = None if now is None else _printed(logbook, now, entries[now.visit_id])
        if first is not None:
            pairs.append(PhotoPair(view, first, last))
    return tuple(pairs)


def _printed(logbook: Logbook, photo: Photo, entry: CourseEntry) -> ReportPhoto | None:
    """A photo for paper; None when its bytes are damaged, which must not stop the page."""
    with suppress(UnusablePhoto):
        return ReportPhoto(
            on=entry.visit.on,
            week=entry.week,
            jpeg=logbook.photos.print_copy(photo.id),
            width=photo.width,
            height=photo.height,
        )
    return None
