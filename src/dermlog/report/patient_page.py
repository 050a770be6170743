"""Page 1, for the patient: in short, three boxes, the course chart, before and now, what comes next."""

from __future__ import annotations

from dermlog.domain.photo import PhotoView
from dermlog.figures.chart_facts import chart_facts
from dermlog.figures.course_chart import PAPER_COLORS, draw_course_chart
from dermlog.report.box_words import Box, boxes_of
from dermlog.report.canvas_pen import CanvasPen
from dermlog.report.facts import PhotoPair, ReportFacts, ReportPhoto
from dermlog.report.paper import (
    DANGER,
    HEADING,
    LEFT,
    LINE,
    MUTED,
    PAGE_HEIGHT,
    SMALL,
    TEXT,
    WIDTH,
    Paper,
    spans,
)
from dermlog.report.plain_next import call_at_once, next_check, still_studied
from dermlog.report.plain_side_effects import warning_sentences
from dermlog.report.plain_words import in_short
from dermlog.report.printed_photo import fitted, put_photo
from dermlog.report.typesetting import TextBlock
from dermlog.wording import _, date_text

BOX_GAP, BOX_PAD = 12.0, 11.0
PHOTO_WIDTH, PHOTO_HEIGHT = 112.5, 150.0
CHART_LOWEST, CHART_HIGHEST = 175.0, 262.0
LEADING = 13.9


def draw_patient_page(paper: Paper, facts: ReportFacts) -> None:
    """Write the page; what does not fit goes on under the same title."""
    paper.begin(_("Your treatment progress"))
    _warnings(paper, facts)
    paper.heading(_("In short"), below=30)
    for paragraph in in_short(facts):
        paper.flow(paper.set(spans(paragraph), size=TEXT, width=WIDTH, leading=LEADING), gap=4)
    paper.y += 6
    ending = _Ending(paper, facts)
    if facts.course.entries:
        _boxes(paper, boxes_of(facts.course))
        _chart(paper, facts, ending.height)
    ending.draw()


def _warnings(paper: Paper, facts: ReportFacts) -> None:
    """Warning signs come first and cannot be overlooked."""
    told = warning_sentences(facts)
    if not told:
        return
    title = paper.set(_("Warning signs"), size=11.2, bold=True, color=DANGER)
    words = paper.set(spans(told), size=TEXT, width=WIDTH - 30, leading=LEADING)
    height = title.height + words.height + 20
    if height > paper.room():
        paper.put(title, LEFT, paper.y)
        paper.y += title.height + 4
        paper.flow(words, gap=12)
        return
    paper.pen.rect(LEFT, paper.y, WIDTH, height, fill="#FDF1F1", stroke=DANGER, width=1, radius=6)
    paper.pen.rect(LEFT, paper.y, 5, height, fill=DANGER)
    paper.put(title, LEFT + 16, paper.y + 8)
    paper.put(words, LEFT + 16, paper.y + title.height + 11)
    paper.y += height + 2


def _boxes(paper: Paper, boxes: tuple[Box, ...]) -> None:
    width = (WIDTH - BOX_GAP * (len(boxes) - 1)) / len(boxes)
    inner = width - 2 * BOX_PAD
    columns = [
        [
            paper.set(box.label, size=SMALL, color=MUTED, width=inner),
            paper.set(box.value, size=13.6, bold=True, color=box.color, width=inner, leading=19, max_lines=3),
            *(paper.set(line, size=SMALL, width=inner, leading=11.6, max_lines=4) for line in box.lines),
        ]
        for box in boxes
    ]
    height = max(sum(block.height for block in column) for column in columns) + 2 * BOX_PAD - 2
    paper.need(height)
    for place, column in enumerate(columns):
        x, y = LEFT + place * (width + BOX_GAP), paper.y
        paper.pen.rect(x, y, width, height, stroke=LINE, width=0.8, radius=6)
        y += BOX_PAD - 1
        for block in column:
            paper.put(block, x + BOX_PAD, y)
            y += block.height
    paper.y += height


def _chart(paper: Paper, facts: ReportFacts, below: float) -> None:
    """As high as the page allows beside what still has to stand on it."""
    chart = chart_facts(facts.course, facts.products)
    if not (chart.lines or chart.sessions or chart.bars):
        return
    words = _("Lower is better. A triangle marks a treatment.") if chart.sessions else _("Lower is better.")
    caption = paper.set(words, size=SMALL, color=MUTED, width=WIDTH)
    room = paper.room() - below - caption.height - 12 - 22 - 4
    is_course = any(len(line.points) > 1 for line in chart.lines)
    height = min(max(room, CHART_LOWEST), CHART_HIGHEST if is_course else CHART_LOWEST)
    paper.heading(_("How your skin changed"), below=height + caption.height)
    pen = CanvasPen(paper.typesetter, LEFT, PAGE_HEIGHT - paper.y)
    draw_course_chart(pen, chart, width=WIDTH, height=height, colors=PAPER_COLORS, size=SMALL)
    paper.y += height + 4
    paper.flow(caption)


class _Ending:
    """Before and now beside what comes next; measured first, because the chart takes what is left."""

    def __init__(self, paper: Paper, facts: ReportFacts) -> None:
        self._paper, self._facts = paper, facts
        self._pair = _chosen(facts.photo_pairs)
        photos = [] if self._pair is None else [self._pair.before, self._pair.now]
        self._photos = [fitted(photo, PHOTO_WIDTH, PHOTO_HEIGHT) for photo in photos if photo is not None]
        self._captions = [
            paper.set(_caption(facts, one.photo), size=SMALL, width=PHOTO_WIDTH, align="center")
            for one in self._photos
        ]
        self._columns = len(self._photos)
        taken = self._columns * (PHOTO_WIDTH + BOX_GAP)
        self._box_left = LEFT + taken
        self._box_width = WIDTH - taken
        self._words = self._next_words(self._box_width - 2 * BOX_PAD)
        self._note = paper.set(_photo_note(facts, self._pair), size=SMALL, color=MUTED, width=WIDTH)
        self._box_height = sum(block.height + gap for block, gap in self._words) + 2 * BOX_PAD - 2
        photo_height = max((one.height for one in self._photos), default=0)
        self._photo_height = photo_height
        captions = max((block.height for block in self._captions), default=0)
        self._row = max(self._box_height, photo_height + captions + 4 if self._photos else 0)
        note = self._note.height + 6 if self._note.lines and _photo_note(facts, self._pair) else 0
        self.height = 12 + 20 + self._row + note

    def _next_words(self, width: float) -> list[tuple[TextBlock, float]]:
        facts, paper = self._facts, self._paper
        return [
            (paper.set(_("What comes next"), size=11.2, bold=True, color=HEADING, width=width), 4),
            (paper.set(spans(next_check(facts)), size=TEXT, width=width, leading=LEADING), 6),
            (paper.set(spans(call_at_once(facts)), size=TEXT, width=width, leading=LEADING), 6),
            (
                paper.set(
                    spans(still_studied()), size=SMALL + 0.2, width=width, leading=LEADING - 1.4, color=MUTED
                ),
                0,
            ),
        ]

    def draw(self) -> None:
        """Put it on the page."""
        paper = self._paper
        if self._photos:
            paper.heading(_("Before and now"), below=self._row)
        else:
            paper.need(self._row + 12)
            paper.y += 12
        top = paper.y
        for place, (one, caption) in enumerate(zip(self._photos, self._captions, strict=True)):
            left = LEFT + place * (PHOTO_WIDTH + BOX_GAP)
            put_photo(paper, one, left + (PHOTO_WIDTH - one.width) / 2, top)
            paper.put(caption, left, top + self._photo_height + 4)
        paper.pen.rect(
            self._box_left, top, self._box_width, self._box_height, stroke=LINE, width=0.8, radius=6
        )
        y = top + BOX_PAD - 1
        for block, gap in self._words:
            paper.put(block, self._box_left + BOX_PAD, y)
            y += block.height + gap
        paper.y = top + self._row
        if _photo_note(self._facts, self._pair):
            paper.y += 6
            paper.flow(self._note)


def _chosen(pairs: tuple[PhotoPair, ...]) -> PhotoPair | None:
    """The pair for page 1: from the front and complete if there is one."""
    return min(pairs, key=lambda pair: (pair.now is None, pair.view is not PhotoView.FRONT), default=None)


def _caption(facts: ReportFacts, photo: ReportPhoto) -> str:
    """Before · 20 Mar 2026; Week 28 · 2 Oct 2026."""
    return _("{when} · {day}").format(when=photo_moment(facts, photo), day=date_text(photo.on))


def photo_moment(facts: ReportFacts, photo: ReportPhoto) -> str:
    """Before, or the week after the first treatment; a first photo taken later is not called before."""
    start = facts.course.start
    if not facts.course.sessions:
        return _("First visit") if photo.on == start else _("Visit")
    if start is not None and photo.on <= start:
        return _("Before")
    return _("Week {week}").format(week=photo.week)


def _photo_note(facts: ReportFacts, pair: PhotoPair | None) -> str:
    if facts.photos_withheld:
        return _("Photos are not printed: there is no consent for photos on record.")
    if pair is None:
        return _("There are no photos yet.")
    return _("There is no later photo of this view yet.") if pair.now is None else ""
