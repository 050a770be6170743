"""The progress report as a PDF: page 1 for the patient, the others for the record."""

from __future__ import annotations

from threading import Lock

from dermlog.report.facts import ReportFacts
from dermlog.report.paper import Paper
from dermlog.report.patient_page import draw_patient_page
from dermlog.report.photo_pages import draw_photos
from dermlog.report.record_pages import draw_record_pages

_ONE_AT_A_TIME = Lock()
"""Typesetting remembers what it laid out, for one thread at a time."""


def write_pdf(facts: ReportFacts) -> bytes:
    """Write the report; the same facts give the same bytes. May be called in any thread."""
    with _ONE_AT_A_TIME:
        return _written(facts)


def _written(facts: ReportFacts) -> bytes:
    paper = Paper(facts)
    draw_patient_page(paper, facts)
    if facts.course.entries or facts.unfinished:
        draw_record_pages(paper, facts)
        draw_photos(paper, facts)
    return paper.finish()
