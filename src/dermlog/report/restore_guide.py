"""How to restore, on one page of paper: for the safe, beside the backup drive or the recovery sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from dermlog.backup_sentences import restore_hints, restore_steps
from dermlog.report.canvas_pen import CanvasPen
from dermlog.report.single_page import (
    ACCENT,
    INK,
    LEFT,
    LINE,
    MUTED,
    PAGE_HEIGHT,
    WIDTH,
    single_page,
)
from dermlog.report.typesetting import TextBlock, Typesetter
from dermlog.wording import _, date_text, isolated

TOP = 56.0
_NUMBER = 34.0


@dataclass(frozen=True)
class GuideFacts:
    """What the page says: the clinic, the name of the file, the day, whether it is encrypted, and where.

    places: folders that backups go to, as they are written on this PC.
    """

    clinic: str
    file_name: str
    made_on: date
    locked: bool
    places: tuple[str, ...] = ()


def write_restore_guide(facts: GuideFacts) -> bytes:
    """The page as a PDF; the same facts give the same bytes."""
    return single_page(
        _("How to restore the logbook"), facts.clinic, lambda canvas: _Guide(canvas).draw(facts)
    )


class _Guide:
    """The one page; y is where the next thing goes, from the top."""

    def __init__(self, canvas: Canvas) -> None:
        self._typesetter = Typesetter(canvas)
        self._pen = CanvasPen(self._typesetter, 0, PAGE_HEIGHT)
        self._y = TOP

    def draw(self, facts: GuideFacts) -> None:
        """Everything, from the top to the bottom."""
        self._words(facts.clinic, size=11, color=MUTED, gap=2)
        self._words(_("How to restore the logbook"), size=24, bold=True, gap=3)
        made = _("for the logbook {file} · printed {day}").format(
            file=isolated(facts.file_name), day=date_text(facts.made_on)
        )
        self._words(made, size=10.5, color=MUTED, gap=9)
        self._pen.rect(LEFT, self._y, WIDTH, 1.5, fill=ACCENT)
        self._y += 18
        for number, step in enumerate(restore_steps(locked=facts.locked), start=1):
            self._step(number, step)
        self._pen.rect(LEFT, self._y, WIDTH, 0.75, fill=LINE)
        self._y += 14
        if facts.places:
            self._words(_("Where the backups are"), size=13, bold=True, gap=6)
            for place in facts.places:
                self._words(place, size=10.5, gap=3)
            self._y += 8
        self._words(_("Good to know"), size=13, bold=True, gap=6)
        for hint in restore_hints():
            self._words(hint, size=10.5, color=MUTED, gap=5)

    def _step(self, number: int, step: str) -> None:
        mark = self._typesetter.lay_out(str(number), size=15, bold=True, color=ACCENT)
        words = self._typesetter.lay_out(step, size=12.5, width=WIDTH - _NUMBER, color=INK)
        self._put(mark, LEFT, self._y - 2)
        self._put(words, LEFT + _NUMBER, self._y)
        self._y += max(mark.height, words.height) + 13

    def _words(self, text: str, *, size: float, gap: float, bold: bool = False, color: str = INK) -> None:
        block = self._typesetter.lay_out(text, size=size, bold=bold, width=WIDTH, color=color)
        self._put(block, LEFT, self._y)
        self._y += block.height + gap

    def _put(self, block: TextBlock, x: float, y: float) -> None:
        block.draw(x, PAGE_HEIGHT - y)
