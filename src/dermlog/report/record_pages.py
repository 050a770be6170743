"""The pages for the record: injection maps, visits, side effects; doses and photos follow in their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dermlog.domain.course import CourseEntry
from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.instrument import Instrument, Rater, Series
from dermlog.domain.session import InjectionSession
from dermlog.figures.face_drawing import face_height
from dermlog.naming import name_of
from dermlog.report.dose_pages import draw_dose_beside, draw_doses
from dermlog.report.facts import ReportFacts
from dermlog.report.paper import DANGER, INK, LEFT, LINE, MUTED, SMALL, TEXT, WIDTH, Paper
from dermlog.report.printed_face import put_face
from dermlog.report.record_words import (
    NOT_MEASURED,
    after_text,
    dose_line,
    episode_name,
    gone_text,
    no_episodes_line,
    score_text,
    side_effects_text,
    spots_text,
    staff_name,
    visit_remark,
    visit_title,
    warning_text,
    warnings_asked_line,
)
from dermlog.report.tables import Cell, Column, Row, draw_table
from dermlog.wording import _, date_text, ngettext, number_text

CARD_GAP = 12.0
CARD_PAD = 11.0
MAP_HIGHEST = 246.0


@dataclass(frozen=True)
class _Map:
    entry: CourseEntry
    session: InjectionSession
    view: FaceView


def draw_record_pages(paper: Paper, facts: ReportFacts) -> None:
    """Maps, visits, side effects, sebum, sites and doses of all treatments."""
    paper.begin(_("Treatments and visits"))
    if facts.unfinished:
        words = ngettext(
            "{count} unfinished entry is not in this report.",
            "{count} unfinished entries are not in this report.",
            facts.unfinished,
        ).format(count=facts.unfinished)
        paper.flow(paper.set(words, size=TEXT, bold=True, color=DANGER, width=WIDTH), gap=8)
    doses_told = _draw_maps(paper, facts)
    _draw_visits(paper, facts)
    _draw_side_effects(paper, facts)
    _draw_sebum(paper, facts)
    if not doses_told:
        draw_doses(paper, facts)


def _draw_maps(paper: Paper, facts: ReportFacts) -> bool:
    """Two maps beside each other; a treatment with points on another view has one more for it.

    A single map has its doses beside it; then the answer is True.
    """
    maps = [
        _Map(entry, entry.session, view)
        for entry in facts.course.sessions
        if entry.session is not None
        for view in FaceView
        if any(site.view is view for site in entry.session.sites)
    ]
    if not maps:
        paper.flow(paper.set(_("No treatment is recorded."), size=TEXT, width=WIDTH), gap=6)
        return True
    told = False
    for start in range(0, len(maps), 2):
        paper.y += CARD_GAP if start and not paper.is_fresh() else 0
        told = _draw_map_row(paper, facts, maps[start : start + 2])
    return told


def _draw_map_row(paper: Paper, facts: ReportFacts, maps: Sequence[_Map]) -> bool:
    width = (WIDTH - CARD_GAP) / 2
    inner = width - 2 * CARD_PAD
    titles = [paper.set(_map_title(one), size=TEXT, bold=True, width=inner, align="center") for one in maps]
    captions = [
        paper.set(dose_line(facts, one.session, one.view), size=SMALL + 0.3, width=inner, align="center")
        for one in maps
    ]
    map_width = min(inner, *(inner * MAP_HIGHEST / face_height(inner, one.view) for one in maps))
    tallest = max(face_height(map_width, one.view, one.session.map_version) for one in maps)
    above = max(block.height for block in titles) + 6
    below = max(block.height for block in captions) + 6
    height = 2 * CARD_PAD - 4 + above + tallest + below
    paper.need(height)
    for place, one in enumerate(maps):
        x, top = LEFT + place * (width + CARD_GAP), paper.y
        paper.pen.rect(x, top, width, height, stroke=LINE, width=0.8, radius=6)
        paper.put(titles[place], x + CARD_PAD, top + CARD_PAD - 2)
        face_top = top + CARD_PAD - 2 + above
        put_face(
            paper,
            one.session.sites,
            x + (width - map_width) / 2,
            face_top,
            width=map_width,
            view=one.view,
            version=one.session.map_version,
        )
        paper.put(captions[place], x + CARD_PAD, face_top + tallest + 6)
    alone = len(maps) == 1 and len(facts.course.sessions) == 1
    told = alone and draw_dose_beside(paper, facts, height)
    paper.y += height
    return told


def _map_title(one: _Map) -> str:
    title = _("Treatment {number} · {day}").format(
        number=one.entry.number, day=date_text(one.session.performed_on)
    )
    views = {site.view for site in one.session.sites}
    if views == {FaceView.FRONT}:
        return title
    return _("{title} · {view}").format(title=title, view=name_of(one.view).lower())


def _draw_visits(paper: Paper, facts: ReportFacts) -> None:
    course = facts.course
    paper.heading(_("Visits"), below=70)
    if not course.entries:
        paper.flow(paper.set(_("No visit is recorded."), size=TEXT, width=WIDTH))
        return
    measured = course.all_series
    kinds = {(series.instrument, series.rater) for series in measured}
    own = (Instrument.OILINESS, Rater.PATIENT) in kinds
    satisfied = (Instrument.SATISFACTION, Rater.PATIENT) in kinds
    sebum = _first_sebum(measured)
    columns = [
        Column(_("Date"), 62),
        Column(_("Week"), 33),
        Column(_("Visit"), 82),
        Column(_("Oiliness"), 44),
        *([Column(_("Own rating"), 42)] if own else []),
        Column(_("IGA"), 28),
        Column(_("Spots"), 46),
        *([Column(_("Pleased"), 44)] if satisfied else []),
        *([] if sebum is None else [Column(_("Sebum µg/cm²"), 46)]),
        Column(_("Side effects")),
    ]
    rows = []
    for entry in course.entries:
        visit = entry.visit
        warned = warning_text(visit)
        cells = [
            Cell(date_text(visit.on)),
            Cell(NOT_MEASURED if entry.week is None else str(entry.week)),
            Cell(visit_title(entry), detail=staff_name(facts, visit.recorded_by)),
            Cell(score_text(visit.scores, Instrument.OILINESS, Rater.CLINICIAN)),
            *([Cell(score_text(visit.scores, Instrument.OILINESS, Rater.PATIENT))] if own else []),
            Cell(score_text(visit.scores, Instrument.IGA)),
            Cell(spots_text(visit)),
            *([Cell(score_text(visit.scores, Instrument.SATISFACTION))] if satisfied else []),
            *([] if sebum is None else [Cell(_value(entry, sebum))]),
            Cell(side_effects_text(visit))
            if not warned
            else Cell(
                _("WARNING SIGN: {signs}; {effects}").format(signs=warned, effects=side_effects_text(visit)),
                bold=True,
                color=DANGER,
            ),
        ]
        rows.append(Row(tuple(cells), visit_remark(facts, entry)))
    draw_table(paper, columns, rows)
    paper.y += 4
    legend = _legend(sebum, treated=bool(course.sessions), own=own, satisfied=satisfied)
    paper.flow(paper.set(legend, size=SMALL - 0.6, color=MUTED, width=WIDTH))
    paper.flow(paper.set(warnings_asked_line(course), size=SMALL - 0.6, color=MUTED, width=WIDTH))


def _legend(sebum: Series | None, *, treated: bool, own: bool, satisfied: bool) -> str:
    """What the columns hold, and that a dash is not a nought."""
    parts = [_("Weeks count from the first treatment.")] if treated else []
    parts += [
        _("Oiliness 0–4 by the clinician; IGA 0–4."),
        _("Spots: inflamed + not inflamed."),
    ]
    if own:
        parts.append(_("Own rating: oiliness 0–4 by the patient."))
    if satisfied:
        parts.append(_("Pleased: 0–10 by the patient, higher is better."))
    if sebum is not None and sebum.zone is not None:
        parts.append(
            _("Sebum: {zone}, {device}, {method}.").format(
                zone=name_of(sebum.zone).lower(), device=sebum.device, method=name_of(sebum.variant)
            )
        )
    parts.append(_("“–” means not measured."))
    return " ".join(parts)


def _first_sebum(measured: Sequence[Series]) -> Series | None:
    """The sebum series that the table of visits shows: the forehead before other zones."""
    found = [series for series in measured if series.instrument is Instrument.SEBUM]
    return min(found, key=lambda series: series.zone is not Zone.FOREHEAD, default=None)


def _value(entry: CourseEntry, series: Series) -> str:
    score = entry.visit.score(series)
    return NOT_MEASURED if score is None else number_text(score.value)


def _draw_side_effects(paper: Paper, facts: ReportFacts) -> None:
    paper.heading(_("Side effects"), below=50)
    episodes = facts.course.episodes
    if not episodes:
        paper.flow(paper.set(no_episodes_line(facts.course), size=TEXT, width=WIDTH))
        return
    columns = [
        Column(_("Reaction")),
        Column(_("After"), 72),
        Column(_("Began"), 66),
        Column(_("Gone"), 84),
        Column(_("Severity"), 56),
        Column(_("What was done"), 110),
    ]
    rows = [
        Row(
            (
                Cell(episode_name(episode)),
                Cell(after_text(episode)),
                Cell(date_text(episode.began)),
                Cell(gone_text(episode), bold=episode.is_open, color=INK),
                Cell(name_of(episode.severity).lower()),
                Cell(episode.action or _("not recorded")),
            )
        )
        for episode in episodes
    ]
    draw_table(paper, columns, rows)


def _draw_sebum(paper: Paper, facts: ReportFacts) -> None:
    """Sebum by zone, a table for each device and method; nothing where one zone is all there is."""
    found = [series for series in facts.course.all_series if series.instrument is Instrument.SEBUM]
    if len(found) < 2:
        return
    methods = tuple(dict.fromkeys((series.device, series.variant) for series in found))
    for device, variant in methods:
        zones = sorted(
            (series for series in found if (series.device, series.variant) == (device, variant)),
            key=lambda series: list(Zone).index(series.zone or Zone.ELSEWHERE),
        )
        paper.heading(
            _("Sebum in µg/cm²: {device}, {method}").format(device=device, method=name_of(variant)), below=50
        )
        columns = [
            Column(_("Date"), 84),
            Column(_("Week"), 52),
            *(Column(name_of(series.zone)) for series in zones if series.zone is not None),
        ]
        rows = [
            Row(
                (
                    Cell(date_text(entry.visit.on)),
                    Cell(NOT_MEASURED if entry.week is None else str(entry.week)),
                    *(Cell(_value(entry, series)) for series in zones),
                )
            )
            for entry in facts.course.entries
            if any(entry.visit.score(series) is not None for series in zones)
        ]
        draw_table(paper, columns, rows)
