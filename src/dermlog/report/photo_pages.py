"""Photos for the record: before and now of each view beside each other, large where there are few."""

from __future__ import annotations

from dermlog.naming import name_of
from dermlog.report.facts import PhotoPair, ReportFacts, ReportPhoto
from dermlog.report.paper import LEFT, MUTED, SMALL, TEXT, WIDTH, Paper
from dermlog.report.patient_page import photo_moment
from dermlog.report.printed_photo import PrintedPhoto, fitted, put_photo
from dermlog.wording import _, date_text

GAP = 12.0
WIDEST, TITLE, CAPTION = 227.0, 18.0, 30.0
"""80 mm wide: what the print copies are made for; the height that the words around a photo take."""
LOWEST, COMFORTABLE = 150.0, 200.0
HEADING_ROOM = 36.0


def draw_photos(paper: Paper, facts: ReportFacts) -> None:
    """A page of pairs; nothing where there are none, one line where they are withheld."""
    if facts.photos_withheld:
        paper.heading(_("Photos"), below=20)
        words = _("Photos are not printed: there is no consent for photos on record.")
        paper.flow(paper.set(words, size=TEXT, width=WIDTH))
    pairs = facts.photo_pairs
    if not pairs or (len(pairs) == 1 and pairs[0].now is None):
        return  # page 1 shows the only photo
    count = len(facts.photo_pairs)
    if (paper.room() - HEADING_ROOM) / count - TITLE - CAPTION >= COMFORTABLE:
        paper.heading(_("Photos"))
    else:
        paper.begin(_("Photos"))
    height = min(WIDEST * 4 / 3, paper.room() / count - TITLE - CAPTION)
    if height >= LOWEST:
        for pair in facts.photo_pairs:
            _draw_row(paper, facts, [pair], WIDTH, (WIDEST, height))
        return
    column = (WIDTH - 2 * GAP) / 2
    small = (column - GAP / 2) / 2
    for start in range(0, count, 2):
        _draw_row(paper, facts, facts.photo_pairs[start : start + 2], column, (small, small * 4 / 3))


def _draw_row(
    paper: Paper,
    facts: ReportFacts,
    pairs: tuple[PhotoPair, ...] | list[PhotoPair],
    column: float,
    room: tuple[float, float],
) -> None:
    titles = [paper.set(name_of(pair.view), size=TEXT, bold=True, width=column) for pair in pairs]
    photos = [
        [fitted(photo, *room) for photo in (pair.before, pair.now) if photo is not None] for pair in pairs
    ]
    tallest = max(one.height for pair in photos for one in pair)
    captions = [[_caption(facts, one.photo) for one in pair] for pair in photos]
    title = max(block.height for block in titles) + 4
    paper.need(title + tallest + 16)
    step = max(one.width for pair in photos for one in pair) + GAP / 2
    for place, pair in enumerate(photos):
        x, y = LEFT + place * (column + 2 * GAP), paper.y
        paper.put(titles[place], x, y)
        for number, one in enumerate(pair):
            _draw_one(paper, one, captions[place][number], x + number * step, y + title)
        if len(pair) == 1:
            words = paper.set(_("No later photo of this view."), size=SMALL, color=MUTED, width=room[0] - 12)
            paper.put(words, x + step + GAP / 2, y + title + 4)
    paper.y += title + tallest + CAPTION - 4


def _draw_one(paper: Paper, one: PrintedPhoto, caption: str, x: float, y: float) -> None:
    put_photo(paper, one, x, y)
    paper.put(paper.set(caption, size=SMALL, width=one.width, align="center"), x, y + one.height + 3)


def _caption(facts: ReportFacts, photo: ReportPhoto) -> str:
    return _("{when} · {day}").format(when=photo_moment(facts, photo), day=date_text(photo.on))
