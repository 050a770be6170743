"""The recovery sheet: one page for the safe that opens the logbook when every password is forgotten.

It carries the code in large letters and as a QR code, what it opens, and how to restore on a new PC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfgen.canvas import Canvas

from dermlog.backup_sentences import restore_steps
from dermlog.report.canvas_pen import CanvasPen
from dermlog.report.single_page import (
    ACCENT,
    INK,
    LEFT,
    LINE,
    MUTED,
    PAGE_HEIGHT,
    RIGHT,
    WIDTH,
    single_page,
)
from dermlog.report.typesetting import TextBlock, Typesetter
from dermlog.wording import _, date_text, isolated

TOP = 48.0
DANGER = "#B91C1C"
_BOX, _BOX_HEIGHT, _GAP, _IN_ROW = 116.0, 52.0, 9.76, 4
_QR = 104.0
_QUIET = 4
"""Empty modules around a QR code, without which a camera does not find it."""


@dataclass(frozen=True)
class SheetFacts:
    """What the sheet says: the clinic, the name of the file, the day, and the groups of the code."""

    clinic: str
    file_name: str
    made_on: date
    groups: tuple[str, ...] = field(repr=False)


def write_recovery_sheet(facts: SheetFacts) -> bytes:
    """The sheet as a PDF of one page; the same facts give the same bytes."""
    return single_page(_("Recovery sheet"), facts.clinic, lambda canvas: _Sheet(canvas).draw(facts))


class _Sheet:
    """The one page; y is where the next thing goes, from the top."""

    def __init__(self, canvas: Canvas) -> None:
        self._typesetter = Typesetter(canvas)
        self._pen = CanvasPen(self._typesetter, 0, PAGE_HEIGHT)
        self._y = TOP

    def draw(self, facts: SheetFacts) -> None:
        """Everything, from the top to the bottom."""
        self._line(facts.clinic, size=11, color=MUTED, gap=2)
        self._line(_("Recovery sheet"), size=24, bold=True, gap=3)
        made = _("for the logbook {file} · made {day}").format(
            file=isolated(facts.file_name), day=date_text(facts.made_on)
        )
        self._line(made, size=10.5, color=MUTED, gap=9)
        self._pen.rect(LEFT, self._y, WIDTH, 1.5, fill=ACCENT)
        self._y += 16
        self._line(
            _(
                "These letters open the logbook and its backups when every password is forgotten, on this PC "
                "or any other. Whoever has this sheet can read every record."
            ),
            size=11.5,
            gap=14,
        )
        self._groups(facts.groups)
        beside = self._y
        self._qr("-".join(facts.groups), LEFT, beside)
        self._hints(LEFT + _QR + 18, beside + 4)
        self._y = max(self._y, beside + _QR) + 14
        self._line(_("How to restore the logbook on a new PC"), size=13.5, bold=True, gap=6)
        self._steps(restore_steps(locked=True))

    def _groups(self, groups: Sequence[str]) -> None:
        for place, group in enumerate(groups):
            row, column = divmod(place, _IN_ROW)
            x = LEFT + column * (_BOX + _GAP)
            y = self._y + row * (_BOX_HEIGHT + _GAP)
            self._pen.rect(x, y, _BOX, _BOX_HEIGHT, stroke=LINE, width=1.0)
            number = self._typesetter.lay_out(str(place + 1), size=9, color=MUTED)
            self._put(number, x + 6, y + 4)
            letters = self._typesetter.lay_out(" ".join(group), size=25, bold=True)
            self._put(
                letters, x + (_BOX - letters.text_width) / 2, y + (_BOX_HEIGHT - letters.height) / 2 + 3
            )
        self._y += -(-len(groups) // _IN_ROW) * (_BOX_HEIGHT + _GAP) + 6

    def _qr(self, text: str, x: float, y: float) -> None:
        code: Any = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(text)
        code.make()
        count = code.getModuleCount()
        step = _QR / (count + 2 * _QUIET)
        for row in range(count):
            for column in range(count):
                if code.isDark(row, column):
                    across, down = x + (column + _QUIET) * step, y + (row + _QUIET) * step
                    # A hair larger than its place, so that no light line stays between two dark ones.
                    self._pen.rect(across, down, step * 1.02, step * 1.02, fill="#000000")

    def _hints(self, x: float, y: float) -> None:
        for text, color in (
            (_("Keep this sheet in the safe, not with the PC and not with the backup drive."), INK),
            (
                _(
                    "There is no other copy: dermlog cannot print it without a password, and nobody can open "
                    "the logbook without a password or this sheet."
                ),
                INK,
            ),
            (_("There are no letters I, L, O and U: what looks like one of them is 1 or 0."), MUTED),
            (
                _("Lost, or seen by somebody who should not? Change the key of the clinic at once."),
                DANGER,
            ),
        ):
            block = self._typesetter.lay_out(text, size=10, color=color, width=RIGHT - x)
            self._put(block, x, y)
            y += block.height + 4
        self._y = y

    def _steps(self, steps: Sequence[str]) -> None:
        for number, step in enumerate(steps, start=1):
            place = self._typesetter.lay_out(
                _("{number}.").format(number=number), size=11, bold=True, color=ACCENT
            )
            self._put(place, LEFT, self._y)
            block = self._typesetter.lay_out(step, size=11, width=WIDTH - 22)
            self._put(block, LEFT + 22, self._y)
            self._y += block.height + 4

    def _line(self, text: str, *, size: float, bold: bool = False, color: str = INK, gap: float) -> None:
        block = self._typesetter.lay_out(text, size=size, bold=bold, color=color, width=WIDTH)
        self._put(block, LEFT, self._y)
        self._y += block.height + gap

    def _put(self, block: TextBlock, x: float, y: float) -> None:
        block.draw(x, PAGE_HEIGHT - y)
