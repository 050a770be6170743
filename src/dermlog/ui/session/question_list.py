"""QuestionList: the screening questions of a session, each with its last answer beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.screening import Answer, ScreeningAnswer
from dermlog.domain.validity import InvalidRecord
from dermlog.naming import name_of
from dermlog.sentences import screening_question
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _, date_text


class _Row(QWidget):
    """One question: words, last answer, yes / no / not known, and a remark once it is not no."""

    edited = Signal()

    def __init__(self, item: str) -> None:
        super().__init__()
        words = screening_question(item)
        self.item = item
        self.question = Label(words, wrap=True)
        self.last = Label(role="small")
        self.choice = SegmentedControl(
            [Option(one.value, name_of(one)) for one in (Answer.NO, Answer.YES, Answer.UNKNOWN)], name=words
        )
        self.note = TextField(_("Remark"), name=_("Remark: {question}").format(question=words))
        self.note.hide()
        line = QHBoxLayout()
        text = QVBoxLayout()
        text.setSpacing(1)
        text.addWidget(self.question)
        text.addWidget(self.last)
        line.addLayout(text, 1)
        line.addWidget(self.choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.note)
        self.last.hide()
        self.choice.value_changed.connect(self._on_chosen)
        self.note.edited.connect(self.edited)

    def show_answer(self, answer: str, note: str) -> None:
        """Show an answer, "" for none; emits nothing."""
        known = answer in {one.value for one in Answer}
        self.choice.set_value(answer if known else None)
        self.note.set_text(note)
        self._fit()

    def show_last(self, words: str) -> None:
        """What was answered before."""
        self.last.setText(words)
        self.last.setVisible(bool(words))

    def _on_chosen(self) -> None:
        self._fit()
        self.edited.emit()

    def _fit(self) -> None:
        self.note.setVisible(self.choice.value() in {Answer.YES.value, Answer.UNKNOWN.value})


class QuestionList(QWidget):
    """set_items(items) draws the list; raw() and apply() keep the answers by question as a draft does."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._raw: dict[str, list[str]] = {}
        self._last: dict[str, ScreeningAnswer] = {}
        self.all_no = Button(_("All others: no"), small=True)
        self.as_last = Button(_("As last time"), small=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.all_no)
        buttons.addWidget(self.as_last)
        buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addLayout(buttons)
        self.all_no.clicked.connect(self._on_all_no)
        self.as_last.clicked.connect(self._on_as_last)
        self.as_last.setEnabled(False)

    @property
    def rows(self) -> tuple[_Row, ...]:
        """The rows in the order of the list."""
        return tuple(self._rows)

    def set_items(self, items: Iterable[str]) -> None:
        """Draw the list anew where it differs; answers stay with their questions."""
        wanted = tuple(items)
        if wanted == tuple(row.item for row in self._rows):
            return
        self._raw = self.raw()
        for row in self._rows:
            row.hide()
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [_Row(item) for item in wanted]
        for row in self._rows:
            self._column.addWidget(row)
            row.edited.connect(self.edited)
            row.show_answer(*self._raw.get(row.item, ["", ""]))
        self._show_last_words()

    def set_last(self, answers: Iterable[ScreeningAnswer], on: date | None) -> None:
        """What was answered before the last session."""
        self._last = {answer.item: answer for answer in answers}
        self._last_day = on
        self._show_last_words()

    def apply(self, raw: Mapping[str, object]) -> None:
        """Show the answers of a draft; emits nothing."""
        self._raw = {
            item: [str(part) for part in value]
            for item, value in raw.items()
            if isinstance(value, list) and len(value) == 2
        }
        for row in self._rows:
            row.show_answer(*self._raw.get(row.item, ["", ""]))

    def raw(self) -> dict[str, list[str]]:
        """Answer and remark of every answered question."""
        shown = {row.item: [str(row.choice.value() or ""), row.note.text()] for row in self._rows}
        return {item: pair for item, pair in (self._raw | shown).items() if pair[0]}

    def answers(self) -> tuple[ScreeningAnswer, ...]:
        """The answers to what is asked now, in the order of the list."""
        raw = self.raw()
        return tuple(read_answers({row.item: raw[row.item] for row in self._rows if row.item in raw}))

    def is_answered(self) -> bool:
        """Whether no question is open."""
        return all(not row.choice.is_unset() for row in self._rows)

    def focus_first(self) -> None:
        """Put the keyboard to the first open question."""
        target = next((row for row in self._rows if row.choice.is_unset()), None)
        (target.choice if target is not None else self.all_no).setFocus()

    def _on_all_no(self) -> None:
        for row in self._rows:
            if row.choice.is_unset():
                row.show_answer(Answer.NO.value, row.note.text())
        self.edited.emit()

    def _on_as_last(self) -> None:
        for row in self._rows:
            last = self._last.get(row.item)
            if row.choice.is_unset() and last is not None:
                row.show_answer(last.answer.value, last.note)
        self.edited.emit()

    def _show_last_words(self) -> None:
        day = getattr(self, "_last_day", None)
        for row in self._rows:
            last = self._last.get(row.item)
            words = ""
            if last is not None and day is not None:
                words = _("{day}: {answer}").format(day=date_text(day), answer=name_of(last.answer))
            row.show_last(words)
        self.as_last.setEnabled(bool(self._last))


def read_answers(raw: Mapping[str, object]) -> Iterable[ScreeningAnswer]:
    """The answers of a draft; what cannot be read is not answered."""
    for item, value in raw.items():
        if not isinstance(value, list) or len(value) != 2:
            continue
        try:
            yield ScreeningAnswer(item, Answer(value[0]), str(value[1]).strip())
        except (ValueError, InvalidRecord):
            continue
