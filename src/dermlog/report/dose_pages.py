"""Sites and doses: for each treatment the vial, who injected, and points, units and volume by zone."""

from __future__ import annotations

from dataclasses import dataclass

from dermlog.domain.course import CourseEntry
from dermlog.domain.session import InjectionSession, ZoneTotal, total, totals_by_zone
from dermlog.naming import name_of
from dermlog.report.facts import ReportFacts
from dermlog.report.paper import INK, LEFT, LINE, MUTED, SMALL, TEXT, WIDTH, Paper
from dermlog.report.record_words import brand_of, session_lines, volume_text
from dermlog.report.typesetting import TextBlock
from dermlog.wording import _, date_text, number_text

GAP, PAD = 12.0, 11.0
CARD = (WIDTH - GAP) / 2
INNER = CARD - 2 * PAD
ROW = 13.0


@dataclass(frozen=True)
class _Card:
    """One treatment laid out: title, lines, and the rows of its table."""

    title: TextBlock
    lines: tuple[TextBlock, ...]
    rows: tuple[tuple[str, str, str, str], ...]

    @property
    def height(self) -> float:
        words = self.title.height + sum(block.height for block in self.lines)
        return 2 * PAD - 2 + words + 6 + ROW * len(self.rows)


def draw_dose_beside(paper: Paper, facts: ReportFacts, height: float) -> bool:
    """The card of the only treatment on the right half of a row so high; False when it does not fit."""
    entry = facts.course.sessions[0]
    if entry.session is None:
        return False
    card = _card(paper, facts, entry, entry.session)
    if card.height > height:
        return False
    _draw_card(paper, card, LEFT + CARD + GAP, height)
    return True


def draw_doses(paper: Paper, facts: ReportFacts) -> None:
    """A card for each treatment, two beside each other; a very long note goes over the full width instead."""
    cards = [
        _card(paper, facts, entry, entry.session)
        for entry in facts.course.sessions
        if entry.session is not None
    ]
    if not cards:
        return
    paper.heading(_("Sites and doses"), below=min(cards[0].height, 200))
    waiting: list[_Card] = []
    for card in cards:
        if card.height > paper.page_room() - 40:
            _draw_row(paper, waiting)
            waiting = []
            _draw_long(paper, card)
            continue
        waiting.append(card)
        if len(waiting) == 2:
            _draw_row(paper, waiting)
            waiting = []
    _draw_row(paper, waiting)


def _card(paper: Paper, facts: ReportFacts, entry: CourseEntry, session: InjectionSession) -> _Card:
    title = _("Treatment {number} · {day}").format(number=entry.number, day=date_text(session.performed_on))
    zones = totals_by_zone(session.sites, session.dilution)
    whole = total(None, session.sites, session.dilution)
    head = (
        _("Zone"),
        _("Points"),
        _("{product}, units").format(product=brand_of(facts, session)),
        _("mL"),
    )
    return _Card(
        paper.set(title, size=TEXT, bold=True, width=INNER),
        tuple(
            paper.set(line, size=SMALL, width=INNER, leading=11.2) for line in session_lines(facts, session)
        ),
        (head, *(_row(zone) for zone in zones), _row(whole)),
    )


def _row(zone: ZoneTotal) -> tuple[str, str, str, str]:
    name = _("All") if zone.zone is None else name_of(zone.zone)
    return name, str(zone.points), number_text(zone.units), volume_text(zone.ml)


def _draw_row(paper: Paper, cards: list[_Card]) -> None:
    if not cards:
        return
    height = max(card.height for card in cards)
    paper.need(height)
    for place, card in enumerate(cards):
        _draw_card(paper, card, LEFT + place * (CARD + GAP), height)
    paper.y += height + GAP


def _draw_card(paper: Paper, card: _Card, x: float, height: float) -> None:
    y = paper.y
    paper.pen.rect(x, y, CARD, height, stroke=LINE, width=0.8, radius=6)
    y += PAD - 2
    for block in (card.title, *card.lines):
        paper.put(block, x + PAD, y)
        y += block.height
    _draw_zones(paper, card, x + PAD, y + 8)


def _draw_long(paper: Paper, card: _Card) -> None:
    paper.flow(card.title)
    for block in card.lines:
        paper.flow(block)
    paper.need(ROW * len(card.rows) + 20)
    _draw_zones(paper, card, LEFT, paper.y + 6)
    paper.y += 6 + ROW * len(card.rows) + GAP


def _draw_zones(paper: Paper, card: _Card, x: float, y: float) -> None:
    """The small table: zone on the left, the three figures set to the right under their titles."""
    ends = (x + INNER * 0.56, x + INNER * 0.86, x + INNER)
    last = len(card.rows) - 1
    for number, row in enumerate(card.rows):
        bold = number in {0, last}
        color = MUTED if number == 0 else INK
        paper.put(paper.set(row[0], size=SMALL, bold=bold, color=color, width=INNER * 0.4, max_lines=1), x, y)
        starts = (x + INNER * 0.4, *ends)
        for words, start, end in zip(row[1:], starts, ends, strict=False):
            block = paper.set(
                words,
                size=SMALL,
                bold=bold,
                color=color,
                width=end - start - 4,
                align="right",
                max_lines=1,
            )
            paper.put(block, start + 4, y)
        y += ROW
        paper.pen.rect(x, y - 1.6, INNER, 0.5, fill=LINE)
