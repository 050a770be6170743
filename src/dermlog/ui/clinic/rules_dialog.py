"""RulesDialog: what each screening rule does here, and the questions that the clinic asks besides ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.screening import FIXED_RULES, Level, OwnQuestion, ScreeningRule
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import DermlogError
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence, rule_name
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.kit.theme import px
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class RulesDialog(Dialog):
    """RulesDialog(logbook, parent): every choice is kept at once and stands in the history."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            _("Screening rules"),
            line=_("Stop asks for a reason, and the reason stays with the treatment. Warn only says it."),
            width=620,
        )
        self._logbook = logbook
        self.levels: dict[ScreeningRule, SegmentedControl] = {}
        self.own: dict[str, SegmentedControl] = {}
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(7)
        area = ScrollArea(self._inside)
        area.setMinimumHeight(px(380))
        self.body.addWidget(area, 1)
        self.question = TextField(_("Another question to ask"), placeholder=_("Flying within 24 hours?"))
        self.add_question = Button(_("Add question"), small=True)
        row = QHBoxLayout()
        row.addWidget(self.question, 1)
        row.addWidget(self.add_question)
        self.body.addLayout(row)
        self.add_cancel(_("Close"))
        self.add_question.clicked.connect(self._on_add)
        self.question.edit.returnPressed.connect(self._on_add)
        self._fill()

    def holds_unsaved(self) -> bool:
        """Whether a question was typed and not added."""
        return bool(self.question.text().strip())

    def _fill(self) -> None:
        plan = self._logbook.screening_rules.plan()
        for rule in ScreeningRule:
            if rule not in FIXED_RULES:
                choice = _level_choice(rule_name(rule), plan.level(rule))
                choice.value_changed.connect(lambda level, rule=rule: self._on_level(rule, level))
                self.levels[rule] = choice
                self._add_row(rule_name(rule), choice)
        for question in plan.own:
            self._add_own(question)

    def _add_own(self, question: OwnQuestion) -> None:
        choice = _level_choice(question.text, question.level)
        choice.value_changed.connect(lambda level: self._on_own(question, level))
        self.own[question.text] = choice
        self._add_row(_("Yes to: {question}").format(question=question.text), choice)

    def _add_row(self, words: str, choice: SegmentedControl) -> None:
        row = QHBoxLayout()
        row.addWidget(Label(words, wrap=True), 1)
        row.addWidget(choice)
        self._column.addLayout(row)

    def _on_level(self, rule: ScreeningRule, level: object) -> None:
        if isinstance(level, Level):
            self._keep(lambda: self._logbook.screening_rules.set_level(rule, level))

    def _on_own(self, question: OwnQuestion, level: object) -> None:
        if isinstance(level, Level):
            self._keep(lambda: self._logbook.screening_rules.save_question(replace(question, level=level)))

    def _on_add(self) -> None:
        text = " ".join(self.question.text().split())
        if text in self.own:
            self.question.set_error(_("This question is asked already."))
            return
        try:
            question = OwnQuestion(text)
        except InvalidRecord as invalid:
            self.question.set_error(problem_sentence(invalid.problems[0], self.question.label()))
            return
        if self._keep(lambda: self._logbook.screening_rules.save_question(question)):
            self.question.set_text("")
            self._add_own(question)

    def _keep(self, save: Callable[[], object]) -> bool:
        try:
            save()
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return False
        self.notice.hush()
        return True


def _level_choice(name: str, level: Level) -> SegmentedControl:
    return SegmentedControl(
        [Option(one, name_of(one)) for one in Level], name=name, allow_unset=False, value=level
    )
