"""The trail of an injection record: screening answers, reasons for going on, signatures, every version."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dermlog.amendment_words import difference_lines, question_text, signature_text, version_title
from dermlog.domain.amendment import SiteChange, SiteDifference, site_differences
from dermlog.domain.face_map import FaceView
from dermlog.domain.session import InjectionSession
from dermlog.figures.face_drawing import face_height
from dermlog.figures.map_difference import LIGHT_DIFFERENCE, draw_difference, draw_difference_mark
from dermlog.naming import name_of
from dermlog.report.paper import LEFT, MUTED, SMALL, TEXT, WIDTH, Paper
from dermlog.report.tables import Cell, Column, Row, draw_table
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.report.injection_record import InjectionRecord

MAP_WIDTH = 168.0
GAP = 16.0


def draw_answers(paper: Paper, record: InjectionRecord) -> None:
    """Each question of the screening with its answer, and each reason for going on."""
    session = record.session
    paper.heading(_("Screening before the needle"), below=50)
    if not session.screening_answers:
        paper.flow(paper.set(_("No answers are recorded."), size=TEXT, width=WIDTH), gap=4)
    else:
        columns = [Column(_("Question")), Column(_("Answer"), 70), Column(_("Note"), 200)]
        rows = [
            Row(
                (
                    Cell(question_text(answer)),
                    Cell(name_of(answer.answer)),
                    Cell(answer.note),
                )
            )
            for answer in session.screening_answers
        ]
        draw_table(paper, columns, rows)
    if not session.overrides:
        paper.y += 4
        paper.flow(paper.set(_("No stop was overridden."), size=TEXT, width=WIDTH))
        return
    paper.heading(_("Went on although"), below=50)
    columns = [Column(_("The screening said stop")), Column(_("Reason given"), 250)]
    rows = [
        Row((Cell(finding), Cell(override.reason)))
        for finding, override in zip(record.findings, session.overrides, strict=True)
    ]
    draw_table(paper, columns, rows)


def draw_signatures(paper: Paper, record: InjectionRecord) -> None:
    """Who signed which version, when and what for."""
    paper.heading(_("Signatures"), below=50)
    columns = [Column(_("Version"), 150), Column(_("Signed by, when, meaning"))]
    rows = []
    for version in record.versions:
        signed = [*([version.signature] if version.signature else []), *version.reviews]
        rows += [
            Row((Cell(version_title(version)), Cell(signature_text(signature, record.names))))
            for signature in signed
        ]
    draw_table(paper, columns, rows)


def draw_versions(paper: Paper, record: InjectionRecord) -> None:
    """Every amendment with its reason and what it changed, the maps with added and removed points marked."""
    for before, after in pairwise(record.versions):
        paper.heading(version_title(after), below=70)
        lines = [
            _("Reason: {reason}").format(reason=after.amendment_reason),
            *difference_lines(before, after, record.names, record.report.products),
        ]
        for line in lines:
            paper.flow(paper.set(line, size=TEXT, width=WIDTH), gap=2)
        differences = site_differences(before.sites, after.sites)
        if any(one.change is not SiteChange.SAME for one in differences):
            _draw_changed_maps(paper, after, differences)


def _draw_changed_maps(
    paper: Paper, after: InjectionSession, differences: tuple[SiteDifference, ...]
) -> None:
    views = [
        view
        for view in FaceView
        if any(one.site.view is view and one.change is not SiteChange.SAME for one in differences)
    ]
    tallest = max(face_height(MAP_WIDTH, view, after.map_version) for view in views)
    paper.need(tallest + 26)
    paper.y += 4
    for place, view in enumerate(views):
        with paper.pen.placed(LEFT + place * (MAP_WIDTH + GAP), paper.y):
            draw_difference(paper.pen, differences, width=MAP_WIDTH, view=view, version=after.map_version)
    paper.y += tallest + 6
    _draw_legend(paper, differences)


def _draw_legend(paper: Paper, differences: tuple[SiteDifference, ...]) -> None:
    x = LEFT + 6
    words = {
        SiteChange.ADDED: _("added"),
        SiteChange.REMOVED: _("removed"),
        SiteChange.CHANGED: _("changed"),
        SiteChange.SAME: _("the same"),
    }
    for change, name in words.items():
        example = next((one for one in differences if one.change is change), None)
        if example is None:
            continue
        draw_difference_mark(paper.pen, example, (x, paper.y + 6), 4.6, LIGHT_DIFFERENCE)
        block = paper.set(name, size=SMALL, color=MUTED)
        paper.put(block, x + 10, paper.y)
        x += 10 + block.width + 18
    paper.y += 16
