"""What an import would do: how many are new, who may be there already, and which lines cannot be read."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.patient_list import (
    LineProblem,
    ListComparison,
    ListedPatient,
    ListReading,
    Match,
)
from dermlog.list_sentences import line_sentence, match_sentence
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.wording import _, date_text, ngettext

ACTION = 3


class CheckPage(QWidget):
    """CheckPage(): show_comparison(…); chosen() are the patients to add, skipped() tells how many are not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison = ListComparison((), ())
        self._reading = ListReading((), ())
        self._adding: set[int] = set()
        self.summary = Label("", role="strong", wrap=True)
        self._matches_title = Label(_("Probably in the logbook already"), role="title")
        self.add_all_button = Button(_("Add all that can be added"), small=True)
        self.matches: RecordTable[Match] = RecordTable(
            [
                Column(_("Line"), lambda match: str(match.listed.line), width=60),
                Column(_("Patient in the list"), _who, stretch=3),
                Column(_("Why"), match_sentence, stretch=5),
                Column(_("What to do"), self._action, width=120, end=True),
            ],
            name=_("Probably in the logbook already"),
            row_height=34,
        )
        self._problems_title = Label(_("Lines that cannot be read"), role="title")
        self.problems: RecordTable[LineProblem] = RecordTable(
            [
                Column(_("Line"), lambda problem: str(problem.line), width=60),
                Column(_("What is wrong"), line_sentence, stretch=1),
            ],
            name=_("Lines that cannot be read"),
            row_height=30,
        )
        self._lay_out()
        self.matches.button_pressed.connect(lambda match, _column: self._on_toggle(match))
        self.matches.row_opened.connect(self._on_toggle)
        self.add_all_button.clicked.connect(self._on_add_all)

    def show_comparison(self, reading: ListReading, comparison: ListComparison) -> None:
        """Show what an import would do; whoever may be there already is skipped at first."""
        self._reading, self._comparison = reading, comparison
        self._adding = set()
        self.matches.set_rows(comparison.matches)
        self.problems.set_rows(reading.problems)
        self._matches_title.setVisible(bool(comparison.matches))
        self.matches.setVisible(bool(comparison.matches))
        self.add_all_button.setVisible(any(match.may_be_added for match in comparison.matches))
        self._problems_title.setVisible(bool(reading.problems))
        self.problems.setVisible(bool(reading.problems))
        self._say()

    def chosen(self) -> tuple[ListedPatient, ...]:
        """The patients to add, in the order of the list."""
        wanted = [match.listed for match in self._comparison.matches if match.listed.line in self._adding]
        return tuple(sorted((*self._comparison.new, *wanted), key=lambda one: one.line))

    def skipped(self) -> int:
        """How many lines are not added: those that may be there already, and those that cannot be read."""
        faulty = len({problem.line for problem in self._reading.problems})
        return len(self._comparison.matches) - len(self._adding) + faulty

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.summary)
        head = QHBoxLayout()
        head.addWidget(self._matches_title, 1)
        head.addWidget(self.add_all_button)
        column.addLayout(head)
        column.addWidget(self.matches, 1)
        column.addWidget(self._problems_title)
        column.addWidget(self.problems, 1)
        # Where both lists are hidden, the words stay at the top.
        column.addStretch(0)

    def _say(self) -> None:
        faulty = len({problem.line for problem in self._reading.problems})
        parts = [
            ngettext("{n} patient will be added.", "{n} patients will be added.", len(self.chosen())).format(
                n=len(self.chosen())
            )
        ]
        left = len(self._comparison.matches) - len(self._adding)
        if left:
            parts.append(
                ngettext(
                    "{n} is skipped, probably in the logbook already.",
                    "{n} are skipped, probably in the logbook already.",
                    left,
                ).format(n=left)
            )
        if faulty:
            parts.append(
                ngettext(
                    "{n} line cannot be read and is left out.",
                    "{n} lines cannot be read and are left out.",
                    faulty,
                ).format(n=faulty)
            )
        self.summary.setText(" ".join(parts))

    def _action(self, match: Match) -> Cell:
        if not match.may_be_added:
            return Cell(_("Skipped"), muted=True)
        return Cell(_("Will be added") if match.listed.line in self._adding else _("Skipped"), button=True)

    def _on_toggle(self, match: Match) -> None:
        if match.may_be_added:
            self._adding ^= {match.listed.line}
            self._show_choice()

    def _on_add_all(self) -> None:
        self._adding = {match.listed.line for match in self._comparison.matches if match.may_be_added}
        self._show_choice()

    def _show_choice(self) -> None:
        self.matches.set_rows(self._comparison.matches)
        self._say()


def _who(match: Match) -> Cell:
    patient = match.listed.patient
    name = ", ".join(part for part in (patient.family_name, patient.given_name) if part)
    born = "" if patient.birth_date is None else date_text(patient.birth_date)
    number = "" if match.listed.needs_number else patient.chart_number
    detail = " · ".join(part for part in (number, born) if part)
    return Cell(" · ".join(part for part in (name, detail) if part))
