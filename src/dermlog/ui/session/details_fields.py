"""DetailsFields: what else the record of a session needs - who answers for it, why, what came at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.staff import Staff
from dermlog.domain.validity import Problem
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.field import Field
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.note_field import NoteField
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.session.entry import SessionEntry
from dermlog.wording import _

YES, NO = "yes", "no"


class DetailsFields(QWidget):
    """apply(entry) shows texts, merged(entry) takes them up; edited after every change by hand."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = NoteField(_("Why this plan"), lines=2)
        self.anaesthesia = TextField(_("Anaesthesia"), placeholder=_("none, cream, ice …"))
        self.prescriber = Combo(_("Prescribed by"))
        self.supervisor = Combo(_("Supervised by"))
        self.aftercare = SegmentedControl(
            [Option(YES, _("Given")), Option(NO, _("Not given"))], name=_("Advice for afterwards")
        )
        self.reaction = NoteField(_("Reaction right after"), lines=2)
        people = QHBoxLayout()
        people.setSpacing(8)
        people.addWidget(self.prescriber, 1)
        people.addWidget(self.supervisor, 1)
        advice = QHBoxLayout()
        advice.addWidget(Label(_("Advice for afterwards")), 1)
        advice.addWidget(self.aftercare)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(11)
        column.addWidget(self.reason)
        column.addWidget(self.anaesthesia)
        column.addLayout(people)
        column.addLayout(advice)
        column.addWidget(self.reaction)
        for text in (self.reason, self.anaesthesia, self.reaction):
            text.edited.connect(lambda *_args: self.edited.emit())
        for choice in (self.prescriber, self.supervisor, self.aftercare):
            choice.value_changed.connect(lambda *_args: self.edited.emit())

    @property
    def by_problem(self) -> dict[str, Field]:
        """The field that shows the problem of each name."""
        return {
            "reason": self.reason,
            "anaesthesia": self.anaesthesia,
            "prescriber_id": self.prescriber,
            "supervisor_id": self.supervisor,
            "immediate_reaction": self.reaction,
        }

    def set_staff(self, staff: Iterable[Staff]) -> None:
        """Offer these people, and nobody."""
        options = [Option("", "–"), *(Option(str(one.id), one.name) for one in staff)]
        self.prescriber.set_options(options)
        self.supervisor.set_options(options)

    def apply(self, entry: SessionEntry) -> None:
        """Show what an entry holds; emits nothing."""
        self.reason.set_text(entry.reason)
        self.anaesthesia.set_text(entry.anaesthesia)
        self.prescriber.set_value(entry.prescriber)
        self.supervisor.set_value(entry.supervisor)
        self.aftercare.set_value(entry.aftercare or None)
        self.reaction.set_text(entry.immediate_reaction)
        self.show_problems(())

    def merged(self, entry: SessionEntry) -> SessionEntry:
        """The entry with the texts of these fields."""
        return replace(
            entry,
            reason=self.reason.text(),
            anaesthesia=self.anaesthesia.text(),
            prescriber=str(self.prescriber.value() or ""),
            supervisor=str(self.supervisor.value() or ""),
            aftercare=str(self.aftercare.value() or ""),
            immediate_reaction=self.reaction.text(),
        )

    def show_problems(self, problems: Iterable[Problem]) -> Field | None:
        """Mark what cannot stay; the first marked field."""
        fields = self.by_problem
        for field in fields.values():
            field.set_error(None)
        for problem in problems:
            found = fields.get(problem.field)
            if found is not None and not found.error():
                found.set_error(problem_sentence(problem, found.label()))
        return next((field for field in fields.values() if field.error()), None)
