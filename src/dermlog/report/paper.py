"""Paper: A4 pages one after the other, with the patient in the header and "Page x of y" in the footer.

Lengths are points; y runs down from the top edge of the page, x from its left edge.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from dermlog.report.canvas_pen import CanvasPen
from dermlog.report.facts import ReportFacts
from dermlog.report.plain_sentence import Sentence
from dermlog.report.typesetting import Span, TextAlign, TextBlock, Typesetter
from dermlog.wording import _, date_text, isolated, time_text

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT = 39.0, 556.28
WIDTH = RIGHT - LEFT
TOP, BOTTOM = 33.0, 796.0
INK, MUTED, LINE = "#1B2530", "#66757F", "#E1E6EA"
ACCENT, HEADING = "#0F766E", "#0B5D56"
CAUTION, DANGER = "#8A4B00", "#B91C1C"
TEXT, SMALL = 9.4, 8.1
CLINIC_WIDTH = 200.0

# JPEGs go into the file as they are; written as text they would grow by a quarter and cost half a second.
rl_config.useA85 = 0


class Paper:
    """One document being written. y is where the next thing goes; room() says how much fits below it."""

    def __init__(self, facts: ReportFacts, subject: str = "") -> None:
        """Begin a document about a patient; subject names what it is, else it is the progress report."""
        self._facts = facts
        self._subject = subject
        self._target = io.BytesIO()
        self.canvas = Canvas(
            self._target,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang="en",
        )
        self.typesetter = Typesetter(self.canvas)
        self.pen = CanvasPen(self.typesetter, 0, PAGE_HEIGHT)
        self.y = TOP
        self._title = ""
        self._pages = 0
        self._start = TOP
        self.embedded_photos: dict[bytes, str | None] = {}
        """JPEG bytes to their name in the document; None for those that are none."""
        self.shared_drawings: set[str] = set()
        self._describe()

    def begin(self, title: str) -> None:
        """A new page under a title; the pages after it carry the title on."""
        self._title = title
        self.turn()

    def turn(self) -> None:
        """A new page under the same title."""
        if self._pages:
            self.canvas.showPage()
        self._pages += 1
        self.y = TOP
        self._draw_header()
        self._start = self.y

    def room(self) -> float:
        """How much fits on what is left of the page."""
        return BOTTOM - self.y

    def page_room(self) -> float:
        """How much fits on a whole page under its header."""
        return BOTTOM - self._start

    def is_fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y == self._start

    def need(self, height: float) -> None:
        """Turn the page unless so much fits; nothing is gained by turning a fresh one."""
        if height > self.room() + 0.01 and not self.is_fresh():
            self.turn()

    def set(
        self,
        text: str | Sequence[Span],
        *,
        size: float = TEXT,
        width: float | None = None,
        bold: bool = False,
        color: str = INK,
        align: TextAlign = "start",
        leading: float | None = None,
        max_lines: int | None = None,
    ) -> TextBlock:
        """Lay out a text for this paper."""
        return self.typesetter.lay_out(
            text,
            size=size,
            width=width,
            bold=bold,
            color=color,
            align=align,
            leading=leading,
            max_lines=max_lines,
        )

    def put(self, block: TextBlock, x: float, y: float) -> None:
        """Draw a text; x, y is its upper left corner."""
        block.draw(x, PAGE_HEIGHT - y)

    def flow(self, block: TextBlock, x: float = LEFT, *, gap: float = 0) -> None:
        """Write a text below what stands there, on as many pages as it needs, with a gap after it."""
        rest: TextBlock | None = block
        while rest is not None:
            self.need(rest.lines[0].height if rest.lines else 0)
            part, rest = rest.split(self.room())
            if not part.lines:
                # One line higher than a whole page: rather over the edge than never.
                part, rest = (rest or part), None
            self.put(part, x, self.y)
            self.y += part.height
            if rest is not None:
                self.turn()
        self.y += gap

    def heading(self, text: str, *, below: float = 60) -> None:
        """A section heading that stays with `below` points of what follows."""
        block = self.set(text, size=11.2, bold=True, color=HEADING, width=WIDTH)
        above = 0.0 if self.is_fresh() else 12.0
        self.need(above + block.height + 5 + below)
        self.y += 0.0 if self.is_fresh() else 12.0
        self.put(block, LEFT, self.y)
        self.y += block.height + 5

    def finish(self) -> bytes:
        """Number the pages and return the document."""
        self.canvas.showPage()
        canvas: Any = self.canvas
        for number, page in enumerate(canvas._doc.Pages.pages, start=1):
            canvas._code = []
            self._draw_footer(number)
            page.stream += "\n".join(canvas._code) + "\n"
        canvas._code = []
        canvas.save()
        return self._target.getvalue()

    def _describe(self) -> None:
        patient = self._facts.patient
        words = _("Treatment progress, chart no. {number}").format(number=patient.chart_number)
        if self._subject:
            words = _("{subject}, chart no. {number}").format(
                subject=self._subject, number=patient.chart_number
            )
        self.canvas.setTitle(words)
        self.canvas.setAuthor(self._facts.clinic.name or self._facts.prepared_by)
        self.canvas.setSubject(self._subject or _("Treatment progress report"))
        self.canvas.setCreator("dermlog")
        # The window of a viewer then says what this is, not what the file is called.
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def _draw_header(self) -> None:
        clinic = self._facts.clinic
        beside = self._clinic_blocks()
        column = WIDTH - (CLINIC_WIDTH + 16 if beside else 0)
        y = self.y
        if clinic.is_sample:
            words = _("Sample: invented patient, drawn photos")
            mark = self.set(words, size=SMALL, bold=True, color=CAUTION, width=column)
            self.put(mark, LEFT, y - mark.height)
        title = self.set(self._title, size=16.5, bold=True, width=column, leading=20)
        self.put(title, LEFT, y + 1)
        who = self.set(patient_line(self._facts), size=TEXT, color=MUTED, width=column)
        self.put(who, LEFT, y + title.height + 4)
        bottom = y + title.height + 4 + who.height
        for block in beside:
            self.put(block, RIGHT - CLINIC_WIDTH, y)
            y += block.height
        bottom = max(bottom, y) + 9
        self.pen.rect(LEFT, bottom, WIDTH, 1.5, fill=ACCENT)
        self.y = bottom + 13

    def _clinic_blocks(self) -> list[TextBlock]:
        clinic = self._facts.clinic
        contact = " · ".join(part for part in (clinic.address, clinic.phone) if part)
        return [
            self.set(line, size=SMALL + 0.2, bold=bold, width=CLINIC_WIDTH, align="right", leading=12.4)
            for line, bold in ((clinic.name, True), (contact, False), (clinic.doctor, False))
            if line
        ]

    def _draw_footer(self, number: int) -> None:
        facts = self._facts
        y = BOTTOM + 12.5
        self.pen.rect(LEFT, y, WIDTH, 0.6, fill=LINE)
        page = self.set(
            _("Page {number} of {count}").format(number=number, count=self._pages), size=SMALL, color=MUTED
        )
        self.put(page, RIGHT - page.width, y + 5)
        prepared = _("{chart} · prepared {day} {time} by {name} · Confidential").format(
            chart=isolated(facts.patient.chart_number),
            day=date_text(facts.prepared_at.date()),
            time=time_text(facts.prepared_at),
            name=isolated(facts.prepared_by),
        )
        if facts.chain_head:
            prepared = _("{prepared} · {head}").format(prepared=prepared, head=isolated(facts.chain_head))
        block = self.set(prepared, size=SMALL, color=MUTED, width=WIDTH - page.width - 20, max_lines=2)
        self.put(block, LEFT, y + 5)


def patient_line(facts: ReportFacts) -> list[Span]:
    """Name, birth date and chart number, as every page says them."""
    patient = facts.patient
    name = " ".join(part for part in (patient.given_name, patient.family_name) if part)
    born = (
        _("birth date not recorded")
        if patient.birth_date is None
        else _("born {day}").format(day=date_text(patient.birth_date))
    )
    number = _("chart no. {number}").format(number=patient.chart_number)
    return [Span(name, isolated=True), Span(f" · {born} · "), Span(number, isolated=True)]


def spans(sentences: Sequence[Sentence]) -> list[Span]:
    """Sentences as one running text."""
    parts: list[Span] = []
    for sentence in sentences:
        if parts:
            parts.append(Span(" "))
        parts += [Span(part.text, part.bold, isolated=part.isolated) for part in sentence.parts]
    return parts
