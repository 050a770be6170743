"""Gathers what the injection record of one treatment says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.domain.course import CourseEntry
from dermlog.domain.photo import PhotoView
from dermlog.logbook.report_facts import gather
from dermlog.report.injection_record import InjectionRecord
from dermlog.sentences import override_sentence

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook


def gather_record(logbook: Logbook, session_id: UUID) -> InjectionRecord:
    """The facts of one treatment, from any of its versions; void ones too."""
    versions = logbook.sessions.versions(session_id)
    session = versions[-1]
    report = gather(logbook, session.patient_id)
    entry = next((one for one in report.course.entries if one.visit.id == session.visit_id), None)
    if entry is None:
        entry = CourseEntry(logbook.visits.get(session.visit_id), None, None, None, None)
    views = Counter(photo.view for photo in logbook.photos.of_visit(session.visit_id))
    product = report.products.get(session.product_id)
    return InjectionRecord(
        # The pictures themselves are no part of this record, only how many there are.
        report=replace(report, photo_pairs=()),
        entry=entry,
        versions=versions,
        consents=logbook.consents.of_patient(session.patient_id),
        photos={view: views[view] for view in PhotoView if views[view]},
        vial=None if session.vial_id is None else logbook.vials.get(session.vial_id),
        findings=tuple(
            override_sentence(override, product.brand if product else None) for override in session.overrides
        ),
        moved_from=logbook.sessions.number_moved_from(session),
        moved_to=logbook.sessions.number_moved_to(session),
    )
