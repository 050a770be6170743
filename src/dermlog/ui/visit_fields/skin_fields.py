"""SkinFields: oiliness, breakouts, lesion counts, satisfaction and sebum of one visit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from dermlog.domain.instrument import SCALES, Instrument, Rater, Score, Series, Variant
from dermlog.domain.validity import Problem
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card, separator
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.number_field import NumberField
from dermlog.ui.kit.theme import px
from dermlog.ui.visit_fields.iga_words import iga_meaning
from dermlog.ui.visit_fields.last_time import LastTime, nothing_before
from dermlog.ui.visit_fields.score_row import ScoreRow
from dermlog.ui.visit_fields.sebum_fields import SebumFields
from dermlog.ui.visit_fields.typed_score import ScoreReader
from dermlog.wording import _, number_text

IGA_SETS = (Variant.IGA_EXTENT, Variant.IGA_LESION)


class SkinFields(QWidget):
    """Two cards: skin today, and sebum.

    read() gives the scores, each of them optional, or raises InvalidRecord naming every field. A number key
    in a grade answers it and moves on; answered_last is emitted after the last field by Enter.
    """

    edited = Signal()
    answered_last = Signal()

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = nothing_before()
        self._iga_set = self._iga_offered = Variant.IGA_EXTENT
        self.oiliness_clinician = ScoreRow(_("Oiliness, clinician"), Instrument.OILINESS, Rater.CLINICIAN)
        self.oiliness_patient = ScoreRow(_("Oiliness, patient"), Instrument.OILINESS, Rater.PATIENT)
        self.iga = ScoreRow(_("Breakouts, IGA"), Instrument.IGA, Rater.CLINICIAN)
        self.rows = (self.oiliness_clinician, self.oiliness_patient, self.iga)
        self.inflammatory = NumberField(_("Inflammatory lesions"))
        self.non_inflammatory = NumberField(
            _("Non-inflammatory"), name=_("Non-inflammatory lesions (comedones)")
        )
        self.satisfaction = NumberField(_("Satisfaction 0–10"))
        self.numbers = (
            (self.inflammatory, Instrument.INFLAMMATORY_LESIONS, Rater.CLINICIAN),
            (self.non_inflammatory, Instrument.NON_INFLAMMATORY_LESIONS, Rater.CLINICIAN),
            (self.satisfaction, Instrument.SATISFACTION, Rater.PATIENT),
        )
        self.sebum = SebumFields()
        self.skin_card = Card(title or _("Skin today"))
        self._lay_out()
        self._connect()
        self._show_iga_words()

    def _lay_out(self) -> None:
        body = self.skin_card.body
        body.setSpacing(8)
        for row in self.rows:
            body.addWidget(row)
            if row is self.iga:
                body.addLayout(self._iga_line())
            body.addWidget(separator())
        numbers = QHBoxLayout()
        numbers.setSpacing(12)
        for field, _instrument, _rater in self.numbers:
            field.edit.setMinimumWidth(px(84))
            column = QVBoxLayout()
            column.addWidget(field)
            column.addStretch(1)
            numbers.addLayout(column, 1)
        body.addLayout(numbers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.skin_card)
        column.addWidget(self.sebum)

    def _iga_line(self) -> QHBoxLayout:
        self._iga_words = Label("", role="small", wrap=True)
        self._iga_button = Button("", Kind.QUIET, small=True, name=_("Which IGA words to use"))
        menu = QMenu(self._iga_button)
        group = QActionGroup(menu)
        self._iga_actions: dict[Variant, QAction] = {}
        for variant in IGA_SETS:
            action = menu.addAction(_("IGA {words}").format(words=name_of(variant)))
            action.setCheckable(True)
            action.triggered.connect(lambda _on=False, chosen=variant: self._on_iga_set(chosen))
            group.addAction(action)
            self._iga_actions[variant] = action
        self._iga_button.setMenu(menu)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._iga_words, 1)
        line.addWidget(self._iga_button, 0, Qt.AlignmentFlag.AlignRight)
        return line

    def _connect(self) -> None:
        for row, following in zip(self.rows, (*self.rows[1:], self.inflammatory), strict=True):
            row.edited.connect(self.edited)
            row.answered_by_key.connect(following.setFocus)
        self.iga.edited.connect(self._show_iga_words)
        boxes = [field for field, _instrument, _rater in self.numbers] + list(self.sebum.zones.values())
        for index, box in enumerate(boxes):
            box.edit.returnPressed.connect(
                self.answered_last if index + 1 == len(boxes) else boxes[index + 1].setFocus
            )
        for field, _instrument, _rater in self.numbers:
            field.edited.connect(lambda _text: self.edited.emit())
        self.sebum.edited.connect(self.edited)

    def focus_first(self) -> None:
        """Put the cursor into the first question."""
        self.oiliness_clinician.choice.setFocus(Qt.FocusReason.TabFocusReason)

    def is_empty(self) -> bool:
        """Whether nothing was answered or typed."""
        return (
            all(row.grade() is None for row in self.rows)
            and all(field.is_empty() for field, _instrument, _rater in self.numbers)
            and self.sebum.is_empty()
        )

    def set_last(self, last: LastTime) -> None:
        """Show what earlier visits said beside each field."""
        if self.iga.grade() is None and self._iga_set is self._iga_offered:
            self._iga_set = self._iga_offered = last.iga or Variant.IGA_EXTENT
        self._last = last
        self.sebum.set_last(last)
        self._show_last()
        self._show_iga_words()

    def load_raw(self, raw: Mapping[str, object]) -> None:
        """Show what `raw` once returned, right or wrong."""
        for row in self.rows:
            typed = str(raw.get(_row_name(row), ""))
            row.set_grade(int(typed) if typed in {"0", "1", "2", "3", "4"} else None)
        for field, instrument, _rater in self.numbers:
            field.set_text(str(raw.get(instrument.value, "")))
        self._iga_set = next(
            (variant for variant in IGA_SETS if variant.value == raw.get("iga_variant")), self._iga_offered
        )
        self.sebum.load_raw(raw)
        self._after_loading()

    def raw(self) -> dict[str, str]:
        """Every field exactly as chosen or typed, for a draft."""
        typed = {_row_name(row): "" if (grade := row.grade()) is None else str(grade) for row in self.rows}
        typed["iga_variant"] = self._iga_set.value
        typed.update({instrument.value: field.text() for field, instrument, _rater in self.numbers})
        return typed | self.sebum.raw()

    def load_scores(self, scores: Iterable[Score]) -> None:
        """Show the scores of a recorded visit."""
        scores = tuple(scores)
        for row in self.rows:
            found = next(
                (
                    score
                    for score in scores
                    if score.instrument is row.instrument and score.rater is row.rater
                ),
                None,
            )
            row.set_grade(None if found is None else int(found.value))
            if found is not None and row is self.iga:
                self._iga_set = found.variant
        for field, instrument, _rater in self.numbers:
            number = next((score.value for score in scores if score.instrument is instrument), None)
            field.set_number(number)
        self.sebum.load_scores(scores)
        self._after_loading()

    def read(self) -> tuple[Score, ...]:
        """The scores; what was left empty is not among them. Raises InvalidRecord naming each wrong field."""
        reader = ScoreReader()
        for row in self.rows:
            reader.grade(row.instrument, row.rater, self._variant(row), row.grade())
        for field, instrument, rater in self.numbers:
            reader.number(field, instrument.value, instrument, rater)
        self.sebum.read_into(reader)
        return reader.result()

    def show_problems(self, problems: Iterable[Problem]) -> QWidget | None:
        """Mark each field that has a problem, unmark the others; the first marked field, or None."""
        for field, _instrument, _rater in self.numbers:
            field.set_error(None)
        self.sebum.clear_problems()
        first: QWidget | None = None
        for problem in problems:
            marked = self._mark(problem) or self.sebum.show_problem(problem)
            first = first or marked
        return first

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anybody change anything."""
        for row in self.rows:
            row.choice.setEnabled(not read_only)
        for field, _instrument, _rater in self.numbers:
            field.set_read_only(read_only)
        self._iga_button.setVisible(not read_only)
        self.sebum.set_read_only(read_only)

    def _mark(self, problem: Problem) -> QWidget | None:
        for field, instrument, _rater in self.numbers:
            if problem.field == instrument.value:
                field.set_error(problem_sentence(problem, field.label()))
                return field
        return None

    def _variant(self, row: ScoreRow) -> Variant:
        return self._iga_set if row is self.iga else Variant.STANDARD

    def _on_iga_set(self, variant: Variant) -> None:
        self._iga_set = variant
        self._show_last()
        self._show_iga_words()
        self.edited.emit()

    def _after_loading(self) -> None:
        self.show_problems(())
        self._show_last()
        self._show_iga_words()

    def _show_iga_words(self) -> None:
        self._iga_actions[self._iga_set].setChecked(True)
        self._iga_button.set_label(name_of(self._iga_set))
        grade = self.iga.grade()
        meaning = ""
        if grade is not None:
            meaning = _("{grade}: {meaning}").format(grade=grade, meaning=iga_meaning(self._iga_set, grade))
        self._iga_words.setText(meaning)

    def _show_last(self) -> None:
        for row in self.rows:
            series = Series(
                row.instrument,
                row.rater,
                self._variant(row),
                SCALES[row.instrument].unit,
                None,
                "",
            )
            row.set_last(self._last.score(series))
        for field, instrument, rater in self.numbers:
            series = Series(instrument, rater, Variant.STANDARD, SCALES[instrument].unit, None, "")
            score = self._last.score(series)
            field.set_hint(_("was {value}").format(value=number_text(score.value) if score else "–"))


def _row_name(row: ScoreRow) -> str:
    if row.instrument is Instrument.IGA:
        return "iga"
    return f"{row.instrument.value}_{row.rater.value}"
