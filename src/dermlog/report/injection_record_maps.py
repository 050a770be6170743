"""The maps of an injection record, and the table of every point with its place, units, volume and depth."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.session import InjectionSession, InjectionSite, total, totals_by_zone
from dermlog.figures.face_drawing import face_height
from dermlog.naming import name_of
from dermlog.report.facts import ReportFacts
from dermlog.report.paper import LEFT, MUTED, SMALL, TEXT, WIDTH, Paper
from dermlog.report.printed_face import put_face
from dermlog.report.record_words import brand_of, volume_text
from dermlog.report.tables import Cell, Column, Row, draw_table
from dermlog.wording import _, ngettext, number_text

GAP = 14.0
HIGHEST = 250.0


def draw_maps(paper: Paper, facts: ReportFacts, session: InjectionSession) -> None:
    """The views that have points, up to three beside each other."""
    views = [view for view in FaceView if any(site.view is view for site in session.sites)]
    width = min((WIDTH - GAP * (len(views) - 1)) / len(views), 240.0)
    tallest = max(face_height(width, view, session.map_version) for view in views)
    if tallest > HIGHEST:
        width *= HIGHEST / tallest
        tallest = HIGHEST
    paper.heading(
        _("Maps, numbers are units of {product}").format(product=brand_of(facts, session)), below=tallest + 20
    )
    x = LEFT + (WIDTH - width * len(views) - GAP * (len(views) - 1)) / 2
    for view in views:
        put_face(paper, session.sites, x, paper.y, width=width, view=view, version=session.map_version)
        count = sum(site.view is view for site in session.sites)
        words = ngettext("{view}: {count} point", "{view}: {count} points", count)
        block = paper.set(
            words.format(view=name_of(view), count=count),
            size=SMALL,
            color=MUTED,
            width=width,
            align="center",
        )
        paper.put(block, x, paper.y + tallest + 2)
        x += width + GAP
    paper.y += tallest + 16
    words = _("Right and left are the patient’s own. Map version {version}.").format(
        version=session.map_version
    )
    paper.flow(paper.set(words, size=SMALL, color=MUTED, width=WIDTH))


def draw_points(paper: Paper, facts: ReportFacts, session: InjectionSession) -> None:
    """Every point in the order of charting, then the totals by zone and of all."""
    brand = brand_of(facts, session)
    paper.heading(_("Every point"), below=70)
    columns = [
        Column(_("No."), 28, end=True),
        Column(_("Zone")),
        Column(_("Side"), 44),
        Column(_("View"), 44),
        Column(_("Across, down in %"), 62, end=True),
        Column(_("Units of {product}").format(product=brand), 62, end=True),
        Column(_("mL"), 40, end=True),
        Column(_("Depth"), 84),
        Column(_("Note"), 96),
    ]
    rows = [_point(number, site, session) for number, site in enumerate(session.sites, start=1)]
    draw_table(paper, columns, rows)
    paper.y += 3
    words = _("Across and down are percent of the map’s width and height, from its upper left corner.")
    paper.flow(paper.set(words, size=SMALL - 0.6, color=MUTED, width=WIDTH))
    paper.heading(_("By zone"), below=50)
    zones = [
        Column(_("Zone")),
        Column(_("Points"), 60, end=True),
        Column(_("Units of {product}").format(product=brand), 110, end=True),
        Column(_("mL"), 60, end=True),
    ]
    whole = total(None, session.sites, session.dilution)
    totals = []
    for one in (*totals_by_zone(session.sites, session.dilution), whole):
        bold = one.zone is None
        name = _("All") if one.zone is None else name_of(one.zone)
        texts = (name, str(one.points), number_text(one.units), volume_text(one.ml))
        totals.append(Row(tuple(Cell(text, bold=bold) for text in texts)))
    draw_table(paper, zones, totals)
    if session.sites:
        paper.y += 2
        paper.flow(
            paper.set(
                _("Units belong to {product} and to no other product.").format(product=brand),
                size=TEXT - 1.4,
                color=MUTED,
                width=WIDTH,
            )
        )


def _point(number: int, site: InjectionSite, session: InjectionSession) -> Row:
    place = _("{across}, {down}").format(across=f"{site.x * 100:.1f}", down=f"{site.y * 100:.1f}")
    texts = (
        str(number),
        name_of(site.zone),
        side_text(site),
        name_of(site.view),
        place,
        number_text(site.units),
        f"{session.dilution.ml(site.units).quantize(Decimal('0.001'), rounding=ROUND_HALF_UP):f}",
        name_of(site.depth).lower(),
        site.note,
    )
    return Row(tuple(Cell(text) for text in texts))


def side_text(site: InjectionSite) -> str:
    """The patient's own side of a point: right, left, or middle within 1 % of the map."""
    if site.zone in {Zone.TEMPLE_RIGHT, Zone.CHEEK_RIGHT, Zone.JAW_RIGHT} or site.view is FaceView.RIGHT:
        return _("right")
    if site.zone in {Zone.TEMPLE_LEFT, Zone.CHEEK_LEFT, Zone.JAW_LEFT} or site.view is FaceView.LEFT:
        return _("left")
    if abs(site.x - 0.5) <= 0.01:
        return _("middle")
    # The patient looks at the reader: the own right is on the left of the map.
    return _("right") if site.x < 0.5 else _("left")
