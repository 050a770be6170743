"""SideEffectRow: one reaction with four answers, none chosen at first, and its details once it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.course import Episode
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm
from dermlog.domain.validity import InvalidRecord
from dermlog.naming import name_of, reaction_text
from dermlog.ui.kit.card import separator
from dermlog.ui.kit.dot_choice import DotChoice
from dermlog.ui.kit.elided_label import ElidedLabel
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.theme import Tone, px
from dermlog.ui.visit_fields.side_effect_details import SideEffectDetails
from dermlog.wording import _

COLUMN = 60
TONES = {
    Severity.NONE: Tone.GOOD,
    Severity.MILD: Tone.CAUTION,
    Severity.MODERATE: Tone.CAUTION,
    Severity.SEVERE: Tone.DANGER,
}


class SideEffectRow(QWidget):
    """severity() is None while nobody has asked; known is the episode that this line follows up, if any."""

    edited = Signal()
    answered_by_key = Signal()
    another_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, term: SideEffectTerm, *, extra: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.term = term
        self.extra = extra
        self.known: Episode | None = None
        self._last: Severity | None = None
        self._read_only = False
        self.name = name_of(term)
        self._title = Label(_("Other…") if term is SideEffectTerm.OTHER else self.name, role="strong")
        self._state = ElidedLabel(role="small")
        self.dots = DotChoice(
            [Option(int(level), name_of(level), tone=TONES[level]) for level in Severity], name=self.name
        )
        self.dots.setFixedWidth(px(COLUMN) * len(Severity))
        words = QHBoxLayout()
        words.setSpacing(6)
        words.setContentsMargins(8, 0, 0, 0)
        words.addWidget(self._title)
        words.addWidget(self._state)
        words.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addLayout(words, 1)
        line.addWidget(self.dots)
        self.details = SideEffectDetails(term, self.name, removable=extra)
        self.details.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(line)
        column.addWidget(self.details)
        column.addWidget(separator())
        self.dots.value_changed.connect(self._on_chosen)
        self.dots.chosen_by_key.connect(self._on_key)
        self.details.edited.connect(self.edited)
        self.details.another_wanted.connect(self.another_wanted)
        self.details.removal_wanted.connect(self.removal_wanted)
        self._show_state()

    def severity(self) -> Severity | None:
        """The answer, None while not asked."""
        value = self.dots.value()
        return Severity(value) if isinstance(value, int) else None

    def set_severity(self, severity: Severity | None) -> None:
        """Show an answer; emits nothing."""
        self.dots.set_value(None if severity is None else int(severity))
        self._show_state()

    def set_known(self, episode: Episode | None, last: Severity | None) -> None:
        """Say what was told last time; an open episode fills in place, side and name in advance."""
        untouched = self.severity() is None
        self.known, self._last = episode, last
        if episode is not None and untouched:
            self.details.show_values(
                place=episode.place, side=episode.side, label=episode.label, began=_told(episode)
            )
        if self.term is SideEffectTerm.OTHER:
            self._title.setText(episode.label if episode is not None and episode.label else _("Other…"))
        self._show_state()

    def set_visit_day(self, day: date | None) -> None:
        """The day of the visit, from which short dates are counted."""
        self.details.set_visit_day(day)

    def show_effect(self, effect: SideEffect) -> None:
        """Show a recorded reaction; emits nothing."""
        self.details.show_values(
            place=effect.place,
            side=effect.side,
            label=effect.label,
            began=effect.began,
            ended=effect.ended,
            action=effect.action,
        )
        self.set_severity(effect.severity)

    def raw(self) -> dict[str, str]:
        """The answer and every detail as typed."""
        severity = self.severity()
        answer = "" if severity is None else str(int(severity))
        return {"term": self.term.value, "severity": answer, **self.details.raw()}

    def load_raw(self, raw: Mapping[str, object]) -> None:
        """Show what `raw` once returned, right or wrong."""
        self.details.load_raw(raw)
        typed = str(raw.get("severity", ""))
        self.set_severity(Severity(int(typed)) if typed in {"0", "1", "2", "3"} else None)

    def read(self, on: date | None, prefix: str) -> SideEffect | None:
        """The reaction, None when not asked; raises InvalidRecord with fields named prefix.field.

        An answer of none keeps place, side and name where the line follows up a known episode.
        """
        severity = self.severity()
        if severity is None:
            return None
        if severity is Severity.NONE:
            known = self.known
            return SideEffect(
                self.term,
                severity,
                place=known.place if known else None,
                side=known.side if known else None,
                label=known.label if known else "",
            )
        began, wrong = self.details.began.read("began", on)
        ended, wrong_too = self.details.ended.read("ended", on)
        problems = [*wrong, *wrong_too]
        effect = None
        try:
            effect = SideEffect(
                self.term,
                severity,
                place=self.details.chosen_place(),
                side=self.details.chosen_side(),
                began=began,
                ended=ended,
                label=self.details.label.text().strip() if self.details.label is not None else "",
                action=self.details.action.text().strip(),
            )
        except InvalidRecord as error:
            problems.extend(error.problems)
        if problems:
            raise InvalidRecord(
                tuple(replace(problem, field=f"{prefix}.{problem.field}") for problem in problems)
            )
        return effect

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anybody change anything."""
        self._read_only = read_only
        self._show_state()
        self.dots.setEnabled(not read_only)
        self.details.set_read_only(read_only)

    def _on_chosen(self, _value: object) -> None:
        self.details.clear_problems()
        self._show_state()
        self.edited.emit()

    def _on_key(self) -> None:
        severity = self.severity()
        needs_more = self.term in {SideEffectTerm.MUSCLE_WEAKNESS, SideEffectTerm.OTHER}
        if severity and needs_more:
            self.details.first().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.answered_by_key.emit()

    def _show_state(self) -> None:
        severity = self.severity()
        self.details.setVisible(bool(severity))
        self._state.setText(" · ".join(part for part in (self._before(), self._asked()) if part))
        self.dots.setAccessibleDescription(self._state.text())

    def _asked(self) -> str:
        if self.severity() is not None:
            return ""
        return _("not asked") if self._read_only else _("not asked yet")

    def _before(self) -> str:
        if not self._last:
            return ""
        where = ""
        if self.known is not None and self.known.place is not None:
            where = reaction_text(self.term, self.known.place, self.known.side, "") + ": "
        told = _("{severity} last time").format(severity=name_of(self._last).lower())
        if self.severity() is Severity.NONE:
            return where + _("{last} — resolved").format(last=told)
        return where + told


def _told(episode: Episode) -> date | None:
    """The day somebody told; the day of a visit that merely found it is not repeated as an answer."""
    return episode.began if episode.began < episode.last_seen else None
