"""The clinical injection record of one treatment as a PDF: what was done, by whom, and every correction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from dermlog.domain.consent import Consent
from dermlog.domain.course import CourseEntry
from dermlog.domain.photo import PhotoView
from dermlog.domain.session import InjectionSession
from dermlog.domain.vial import Vial
from dermlog.report.facts import ReportFacts
from dermlog.report.injection_record_maps import draw_maps, draw_points
from dermlog.report.injection_record_trail import draw_answers, draw_signatures, draw_versions
from dermlog.report.injection_record_words import product_rows, status_sentences, treatment_rows
from dermlog.report.paper import DANGER, TEXT, WIDTH, Paper
from dermlog.report.progress_report import ONE_AT_A_TIME
from dermlog.report.tables import Cell, Column, Row, draw_table
from dermlog.wording import _, date_text

NAME_WIDTH = 150.0


@dataclass(frozen=True)
class InjectionRecord:
    """The facts of one treatment. versions are all of it, the first first; the last one stands, or is void.

    entry is its visit as it stands (entry.session is None when void). consents are those of the patient.
    photos counts the pictures of the visit by view. moved_from and moved_to are chart numbers, or "".
    findings are the sentences of the screening rules that were overridden, in the order of the overrides;
    vial is the opened vial, where it was recorded.
    """

    report: ReportFacts
    entry: CourseEntry
    versions: tuple[InjectionSession, ...]
    consents: tuple[Consent, ...]
    photos: Mapping[PhotoView, int]
    findings: tuple[str, ...]
    vial: Vial | None = None
    moved_from: str = ""
    moved_to: str = ""

    @property
    def session(self) -> InjectionSession:
        """The version that stands, or the last one of a void treatment."""
        return self.versions[-1]

    @property
    def names(self) -> Mapping[UUID, str]:
        """Staff by id."""
        return self.report.staff_names


def write_injection_record(record: InjectionRecord) -> bytes:
    """Write the record; the same facts give the same bytes. May be called in any thread."""
    with ONE_AT_A_TIME:
        return _written(record)


def _written(record: InjectionRecord) -> bytes:
    paper = Paper(record.report, subject=_("Injection record"))
    paper.begin(_("Injection record · {day}").format(day=date_text(record.session.performed_on)))
    for sentence in status_sentences(record):
        paper.flow(paper.set(sentence, size=TEXT + 0.6, bold=True, color=DANGER, width=WIDTH), gap=6)
    _draw_rows(paper, _("Treatment"), treatment_rows(record))
    _draw_rows(paper, _("Product"), product_rows(record))
    draw_maps(paper, record.report, record.session)
    draw_points(paper, record.report, record.session)
    draw_answers(paper, record)
    draw_signatures(paper, record)
    draw_versions(paper, record)
    return paper.finish()


def _draw_rows(paper: Paper, title: str, rows: tuple[tuple[str, str], ...]) -> None:
    paper.heading(title, below=70)
    columns = [Column(_("Field"), NAME_WIDTH), Column(_("On record"))]
    draw_table(paper, columns, [Row((Cell(name), Cell(value))) for name, value in rows])
