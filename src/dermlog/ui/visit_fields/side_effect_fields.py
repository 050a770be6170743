"""SideEffectFields: the warning question, then every reaction by name, each unset until somebody asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.course import Episode
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm, WarningSign
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.naming import name_of
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import separator
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.theme import px
from dermlog.ui.visit_fields.last_time import LastTime, nothing_before
from dermlog.ui.visit_fields.side_effect_row import COLUMN, SideEffectRow
from dermlog.ui.visit_fields.warning_question import WarningQuestion
from dermlog.wording import _

REPEATED = (SideEffectTerm.MUSCLE_WEAKNESS, SideEffectTerm.OTHER)


class SideEffectFields(QWidget):
    """read(on) gives what was asked, or raises InvalidRecord; warning_signs() is None while not asked.

    Ctrl+0 answers "none" for every reaction that was not asked yet, never the warning question.
    """

    edited = Signal()
    answered_last = Signal()

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = nothing_before()
        self._day: date | None = None
        self._read_only = False
        self.rest_button = Button(_("Mark the rest “none”"), key="Ctrl 0")
        self.rest_button.clicked.connect(self.mark_rest_none)
        head = QHBoxLayout()
        self._title = Label(title or _("Side effects"), role="title")
        head.addWidget(self._title, 1)
        head.addWidget(self.rest_button)
        self.warning = WarningQuestion()
        self._column = QVBoxLayout()
        self._column.setSpacing(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.warning)
        column.addLayout(_headings())
        column.addWidget(separator())
        column.addLayout(self._column)
        self.rows: list[SideEffectRow] = []
        for term in SideEffectTerm:
            self._insert(len(self.rows), SideEffectRow(term))
        self.warning.edited.connect(self.edited)
        self.warning.answered_by_key.connect(self._on_warning_answered)
        shortcut = QShortcut(QKeySequence("Ctrl+0"), self)
        shortcut.activated.connect(self.mark_rest_none)

    def set_title(self, title: str) -> None:
        """Change the words above."""
        self._title.setText(title)

    def focus_first(self) -> None:
        """Put the cursor into the warning question."""
        self.warning.answer.setFocus(Qt.FocusReason.TabFocusReason)

    def is_empty(self) -> bool:
        """Whether nothing was asked yet."""
        return self.warning.is_unset() and all(row.severity() is None for row in self.rows)

    def mark_rest_none(self) -> None:
        """Answer "none" for every reaction not asked yet; then the cursor goes to the unanswered warning."""
        if self._read_only:
            return
        changed = False
        for row in self.rows:
            if row.severity() is None:
                row.set_severity(Severity.NONE)
                changed = True
        if self.warning.is_unset():
            self.focus_first()
        if changed:
            self.edited.emit()

    def warning_signs(self) -> tuple[WarningSign, ...] | None:
        """None: not asked; (): asked and none."""
        return self.warning.signs()

    def set_last(self, last: LastTime) -> None:
        """Show what was told last time; each weakness or other reaction still open gets a line of its own."""
        self._last = last
        for term in SideEffectTerm:
            episodes = last.open_episodes(term)
            if term in REPEATED:
                self._ensure(term, max(1, len(episodes)))
            rows = self._rows_of(term)
            for index, row in enumerate(rows):
                episode = episodes[index] if index < len(episodes) else None
                row.set_known(episode, self._told(term, episode) if index == 0 or episode else None)

    def set_visit_day(self, day: date | None) -> None:
        """The day of the visit; short dates such as "30 Mar" are counted from it."""
        self._day = day
        for row in self.rows:
            row.set_visit_day(day)

    def raw(self) -> dict[str, object]:
        """Everything as chosen or typed, for a draft."""
        return {**self.warning.raw(), "effects": [row.raw() for row in self.rows]}

    def load_raw(self, raw: Mapping[str, object]) -> None:
        """Show what `raw` once returned, right or wrong; an empty one clears everything."""
        self.warning.load_raw(raw)
        self._clear_rows()
        effects = raw.get("effects")
        typed = [item for item in effects if isinstance(item, dict)] if isinstance(effects, list) else []
        for term in SideEffectTerm:
            mine = [item for item in typed if item.get("term") == term.value]
            self._ensure(term, max(1, len(mine)))
            for row, item in zip(self._rows_of(term), mine, strict=False):
                row.load_raw(item)

    def load_effects(
        self, effects: Iterable[SideEffect], warning_signs: tuple[WarningSign, ...] | None
    ) -> None:
        """Show what a recorded visit says."""
        self.warning.set_signs(warning_signs)
        effects = tuple(effects)
        for term in SideEffectTerm:
            mine = [effect for effect in effects if effect.term is term]
            if len(mine) == 1 and mine[0].severity is Severity.NONE and mine[0].place is None:
                for row in self._rows_of(term):
                    row.set_severity(Severity.NONE)
                continue
            self._load_term(term, mine)

    def read(self, on: date | None) -> tuple[SideEffect, ...]:
        """What was asked, in the order of the table. Raises InvalidRecord; fields are term.line.field."""
        found: list[SideEffect] = []
        problems: list[Problem] = []
        for term in SideEffectTerm:
            rows = self._rows_of(term)
            if all(row.severity() is Severity.NONE for row in rows):
                # Every line of this reaction says none: one plain "none" that ends whatever was open.
                found.append(SideEffect(term, Severity.NONE))
                continue
            for index, row in enumerate(rows):
                try:
                    effect = row.read(on, f"{term.value}.{index}")
                except InvalidRecord as error:
                    problems.extend(error.problems)
                    continue
                if effect is None or _says_nothing(effect):
                    continue
                if any(_same(effect, other) for other in found):
                    field = "place" if term is SideEffectTerm.MUSCLE_WEAKNESS else "label"
                    problems.append(Problem(f"{term.value}.{index}.{field}", Fault.DUPLICATE))
                    continue
                found.append(effect)
        if problems:
            raise InvalidRecord(tuple(problems))
        return tuple(found)

    def show_problems(self, problems: Iterable[Problem]) -> QWidget | None:
        """Mark each field that has a problem, unmark the others; the first marked one, or None."""
        for row in self.rows:
            row.details.clear_problems()
        first: QWidget | None = None
        for problem in problems:
            parts = problem.field.split(".")
            if len(parts) != 3:
                continue
            rows = [row for row in self.rows if row.term.value == parts[0]]
            if parts[1].isdecimal() and int(parts[1]) < len(rows):
                marked = rows[int(parts[1])].details.show_problem(problem, parts[2])
                first = first or marked
        return first

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anybody change anything."""
        self._read_only = read_only
        self.rest_button.setVisible(not read_only)
        self.warning.set_read_only(read_only)
        for row in self.rows:
            row.set_read_only(read_only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from line to line."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        stops = [self.warning.answer, *(row.dots for row in self.rows)]
        at = next((index for index, stop in enumerate(stops) if stop.hasFocus()), -1)
        if step and at >= 0 and 0 <= at + step < len(stops):
            stops[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _clear_rows(self) -> None:
        """Every reaction once, unset and without a past: the form may have shown another patient."""
        for row in [row for row in self.rows if row.extra]:
            self._drop(row)
        for row in self.rows:
            row.load_raw({})
            row.set_known(None, None)

    def _drop(self, row: SideEffectRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _rows_of(self, term: SideEffectTerm) -> list[SideEffectRow]:
        return [row for row in self.rows if row.term is term]

    def _ensure(self, term: SideEffectTerm, count: int) -> None:
        while len(self._rows_of(term)) < count:
            place = max(index for index, row in enumerate(self.rows) if row.term is term) + 1
            self._insert(place, SideEffectRow(term, extra=True))

    def _insert(self, place: int, row: SideEffectRow) -> None:
        self.rows.insert(place, row)
        self._column.insertWidget(place, row)
        row.set_visit_day(self._day)
        row.set_read_only(self._read_only)
        row.edited.connect(self.edited)
        row.answered_by_key.connect(lambda: self._on_answered(row))
        row.another_wanted.connect(lambda: self._on_another(row))
        row.removal_wanted.connect(lambda: self._on_removal(row))
        before = self.warning.answer if place == 0 else self.rows[place - 1].details.action.edit
        QWidget.setTabOrder(before, row.dots)

    def _on_another(self, row: SideEffectRow) -> None:
        place = max(index for index, other in enumerate(self.rows) if other.term is row.term) + 1
        added = SideEffectRow(row.term, extra=True)
        self._insert(place, added)
        added.dots.setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()

    def _on_removal(self, row: SideEffectRow) -> None:
        place = self.rows.index(row)
        self._drop(row)
        self.rows[place - 1].dots.setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()

    def _on_warning_answered(self) -> None:
        unset = next((row for row in self.rows if row.severity() is None), None)
        if unset is not None:
            unset.dots.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.answered_last.emit()

    def _on_answered(self, row: SideEffectRow) -> None:
        place = self.rows.index(row) + 1
        if place < len(self.rows):
            self.rows[place].dots.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.answered_last.emit()

    def _load_term(self, term: SideEffectTerm, mine: list[SideEffect]) -> None:
        free = self._rows_of(term)
        later: list[SideEffect] = []
        for effect in mine:
            known = next((row for row in free if row.known is not None and _follows(effect, row.known)), None)
            if known is None:
                later.append(effect)
            else:
                known.show_effect(effect)
                free.remove(known)
        missing = len(later) - len(free)
        if missing > 0:
            self._ensure(term, len(self._rows_of(term)) + missing)
            free += self._rows_of(term)[-missing:]
        for row, effect in zip(free, later, strict=False):
            row.show_effect(effect)

    def _told(self, term: SideEffectTerm, episode: Episode | None) -> Severity | None:
        if episode is not None and term in REPEATED:
            return episode.severity
        return self._last.severity(term)


def _headings() -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(8, 0, 0, 0)
    line.setSpacing(0)
    line.addWidget(Label(_("Reaction"), role="label"), 1)
    for level in Severity:
        words = Label(name_of(level), role="label")
        words.setFixedWidth(px(COLUMN))
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.addWidget(words)
    return line


def _says_nothing(effect: SideEffect) -> bool:
    """A "none" that cannot say which of several open episodes it means."""
    if effect.severity is not Severity.NONE:
        return False
    needs = {SideEffectTerm.MUSCLE_WEAKNESS: effect.place, SideEffectTerm.OTHER: effect.label}
    return effect.term in needs and not needs[effect.term]


def _same(effect: SideEffect, other: SideEffect) -> bool:
    key = (effect.term, effect.place, effect.side, effect.label.casefold())
    return key == (other.term, other.place, other.side, other.label.casefold())


def _follows(effect: SideEffect, episode: Episode) -> bool:
    return (effect.place, effect.side, effect.label.strip().casefold()) == (
        episode.place,
        episode.side,
        episode.label.strip().casefold(),
    )
