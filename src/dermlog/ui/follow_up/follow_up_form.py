"""FollowUpForm: everything that is asked at a follow-up, as typed for a draft, as read for the record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.instrument import Score
from dermlog.domain.side_effect import SideEffect
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.domain.visit import Visit
from dermlog.sentences import problem_sentence
from dermlog.ui.follow_up.visit_line import VisitLine
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.note_field import NoteField
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.visit_fields.last_time import LastTime
from dermlog.ui.visit_fields.photo_strip import PhotoStrip
from dermlog.ui.visit_fields.side_effect_fields import SideEffectFields
from dermlog.ui.visit_fields.skin_fields import SkinFields
from dermlog.wording import _

LEFT, RIGHT, GAP = 31, 30, 16
BESIDE, UNDER = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


@dataclass(frozen=True)
class Writer:
    """Who writes which visit of whom, and when."""

    visit_id: UUID
    patient_id: UUID
    staff_id: UUID
    at: datetime
    patient_born: date | None = None


class FollowUpForm(ScrollArea):
    """line: date and manner; skin, effects, note: the questions; strip: the photos."""

    edited = Signal()

    def __init__(self, line: VisitLine, strip: PhotoStrip, parent: QWidget | None = None) -> None:
        inside = QWidget()
        super().__init__(inside, parent)
        self.line = line
        self.strip = strip
        self.skin = SkinFields()
        self.effects = SideEffectFields()
        self.note = NoteField(_("Note"), lines=3)
        self._left = left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.skin)
        left.addWidget(strip)
        left.addStretch(1)
        self._card = card = Card()
        card.add(self.effects)
        card.add(self.note)
        card.body.addStretch(1)
        self._columns = columns = QBoxLayout(BESIDE, inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(GAP)
        columns.addLayout(left, LEFT)
        columns.addWidget(card, RIGHT)
        for part in (self.line, self.skin, self.effects, self.note):
            part.edited.connect(self.edited)
        self.skin.answered_last.connect(self.effects.focus_first)
        self.effects.answered_last.connect(self.note.focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where both columns do not fit, the side effects go under the skin: no answer is out of sight."""
        super().resizeEvent(event)
        needed = self._left.minimumSize().width() + GAP + self._card.minimumSizeHint().width()
        direction = BESIDE if self.viewport().width() >= needed else UNDER
        if direction is not self._columns.direction():
            self._columns.setDirection(direction)

    def focus_first(self) -> None:
        """Put the cursor where the answers begin."""
        self.skin.focus_first()

    def set_last(self, last: LastTime) -> None:
        """Show what earlier visits said beside each field."""
        self.skin.set_last(last)
        self.effects.set_last(last)

    def set_visit_day(self, day: date | None, *, after_treatment: bool) -> None:
        """The day of the visit has changed, and with it perhaps whether there was a treatment before."""
        self.effects.set_visit_day(day)
        self.effects.set_title(_("Side effects since treatment") if after_treatment else _("Side effects"))

    def is_blank(self) -> bool:
        """Whether nothing was answered, typed or photographed."""
        return self.is_unanswered() and not self.strip.photos() and not self.strip.is_busy

    def is_unanswered(self) -> bool:
        """Whether nothing was answered or typed."""
        return self.skin.is_empty() and self.effects.is_empty() and not self.note.text().strip()

    def content(self) -> str:
        """Everything as typed, right or wrong, as JSON for a draft."""
        raw = {
            "form": 1,
            "line": self.line.raw(),
            "skin": self.skin.raw(),
            "effects": self.effects.raw(),
            "note": self.note.text(),
        }
        return json.dumps(raw, ensure_ascii=True)

    def load_content(self, content: str) -> bool:
        """Show what `content` once gave; False when it cannot be read, and the form is left as it was."""
        try:
            raw = json.loads(content)
        except ValueError:
            return False
        if not isinstance(raw, dict):
            return False
        self.load_raw(raw)
        return True

    def load_raw(self, raw: Mapping[str, object]) -> None:
        """Show the parts of a draft; what is missing is shown empty."""
        self.line.load_raw(_part(raw, "line"))
        self.skin.load_raw(_part(raw, "skin"))
        self.effects.load_raw(_part(raw, "effects"))
        self.note.set_text(str(raw.get("note", "")))

    def load_visit(self, visit: Visit) -> None:
        """Show a recorded visit."""
        self.line.show_visit(visit.on, visit.mode)
        self.skin.load_scores(visit.scores)
        self.effects.load_effects(visit.side_effects, visit.warning_signs)
        self.note.set_text(visit.note)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anybody change anything."""
        for part in (self.line, self.skin, self.effects, self.note, self.strip):
            part.set_read_only(read_only)

    def read(self, writer: Writer) -> Visit:
        """The visit as answered; raises InvalidRecord with the problems of every field at once."""
        problems: list[Problem] = []
        on = self.line.day()
        if on is None:
            empty = self.line.is_date_empty()
            fault = Fault.MISSING if empty else Fault.NOT_A_DATE
            problems.append(Problem("on", fault, None, self.line.date_text()[:40]))
        elif writer.patient_born is not None and on < writer.patient_born:
            problems.append(Problem("on", Fault.BEFORE_BIRTH, writer.patient_born, on))
        scores: tuple[Score, ...] = ()
        effects: tuple[SideEffect, ...] = ()
        try:
            scores = self.skin.read()
        except InvalidRecord as error:
            problems.extend(error.problems)
        try:
            effects = self.effects.read(on)
        except InvalidRecord as error:
            problems.extend(error.problems)
        visit = None
        try:
            visit = Visit(
                patient_id=writer.patient_id,
                on=on or writer.at.date(),
                recorded_by=writer.staff_id,
                entered_at=writer.at,
                mode=self.line.mode(),
                scores=scores,
                side_effects=effects,
                warning_signs=self.effects.warning_signs(),
                note=self.note.text(),
                id=writer.visit_id,
            )
        except InvalidRecord as error:
            problems.extend(error.problems)
        if problems or visit is None:
            raise InvalidRecord(tuple(problems))
        return visit

    def show_problems(self, problems: tuple[Problem, ...]) -> QWidget | None:
        """Mark every field that has a problem; the first of them in the order of the form."""
        self.line.set_date_error(None)
        self.note.set_error(None)
        first: QWidget | None = None
        for problem in problems:
            if problem.field == "on":
                self.line.set_date_error(problem_sentence(problem, _("The date of the visit")))
                first = first or self.line.date_field
        for fields in (self.skin, self.effects):
            marked = fields.show_problems(problems)
            first = first or marked
        for problem in problems:
            if problem.field == "note":
                self.note.set_error(problem_sentence(problem, _("The note")))
                first = first or self.note
        return first


def _part(raw: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = raw.get(name)
    return part if isinstance(part, dict) else {}
