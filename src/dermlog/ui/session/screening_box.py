"""ScreeningBox: what stops or cautions this injection, and the reason asked for going on all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dermlog.domain.screening import ScreeningFinding, ScreeningRule
from dermlog.domain.validity import Problem
from dermlog.sentences import problem_sentence, screening_sentence
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _


class ScreeningBox(QWidget):
    """show_findings(findings) draws one box for stops and one for cautions; reasons() are kept by finding.

    consent_requested: somebody wants to record the missing consent right here; questions_requested: to answer
    the screening questions.
    """

    edited = Signal()
    consent_requested = Signal()
    questions_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[ScreeningFinding, ...] = ()
        self._reasons: dict[str, str] = {}
        self._fields: dict[str, TextField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.hide()

    @property
    def findings(self) -> tuple[ScreeningFinding, ...]:
        """What applies."""
        return self._findings

    @property
    def fields(self) -> Mapping[str, TextField]:
        """The reason fields by the key of their finding."""
        return self._fields

    def show_findings(self, findings: Iterable[ScreeningFinding]) -> None:
        """Draw anew when something else applies; what was typed for a rule stays with it."""
        found = tuple(findings)
        if found == self._findings:
            return
        self._reasons = self.reasons()
        self._findings = found
        self._fields.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        stops = [finding for finding in found if finding.is_stop]
        cautions = [finding for finding in found if not finding.is_stop]
        if stops:
            self._column.addWidget(self._stops(stops))
        if cautions:
            self._column.addWidget(self._cautions(cautions))
        self.setVisible(bool(found))

    def reasons(self) -> dict[str, str]:
        """Every reason typed so far by rule, those of rules that no longer apply too."""
        typed = {rule: field.text() for rule, field in self._fields.items()}
        return {rule: text for rule, text in (self._reasons | typed).items() if text}

    def set_reasons(self, reasons: Mapping[str, str]) -> None:
        """Show reasons of a draft."""
        self._reasons = dict(reasons)
        for rule, field in self._fields.items():
            field.set_text(self._reasons.get(rule, ""))

    def show_problems(self, problems: Iterable[Problem]) -> TextField | None:
        """Mark reasons that are missing or cannot stay; the first of them."""
        for field in self._fields.values():
            field.set_error(None)
        first: TextField | None = None
        for problem in problems:
            found = self._fields.get(problem.field.removeprefix("reason_"))
            if found is not None and problem.field.startswith("reason_"):
                found.set_error(problem_sentence(problem, found.label()))
                first = first or found
        return first

    def _stops(self, findings: list[ScreeningFinding]) -> Card:
        card = Card(_("Stop"), panel="danger")
        for finding in findings:
            card.add(Label(screening_sentence(finding), tone="danger", wrap=True))
            rule = finding.key
            if finding.rule is ScreeningRule.NO_OFF_LABEL_CONSENT:
                self.consent = Button(_("Record consent…"), small=True)
                self.consent.clicked.connect(self.consent_requested)
                card.add(self.consent)
            field = TextField(
                _("Reason for going on"),
                text=self._reasons.get(rule, ""),
                name=_("Reason for going on: {sentence}").format(sentence=screening_sentence(finding)),
            )
            field.edited.connect(lambda _text: self.edited.emit())
            self._fields[rule] = field
            card.add(field)
        return card

    def _cautions(self, findings: list[ScreeningFinding]) -> Card:
        card = Card(_("Check"), panel="caution")
        card.body.setSpacing(4)
        for finding in findings:
            card.add(Label(screening_sentence(finding), tone="caution", wrap=True))
            if finding.rule is ScreeningRule.QUESTIONS_NOT_ANSWERED:
                self.ask = Button(_("Answer now"), small=True)
                self.ask.clicked.connect(self.questions_requested)
                card.add(self.ask)
        return card
