"""Warning signs on top of the page: each stays until a named doctor says to have seen it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.course import CourseEntry
from dermlog.domain.permission import Action
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.note_field import NoteField
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.ui.patient.visit_words import alarm_sentence
from dermlog.wording import _


class WarningBanner(QWidget):
    """WarningBanner(logbook).show_facts(facts): hidden without an unacknowledged sign.

    visit_opened(visit id) by "Open"; the acknowledgement is saved here and heard as news like any other.
    """

    visit_opened = Signal(object)

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._cards: list[Card] = []
        self.acknowledge_buttons: list[Button] = []
        self.hide()

    def show_facts(self, facts: PatientFacts) -> None:
        """One red panel for each visit with a sign that nobody has acknowledged."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards, self.acknowledge_buttons = [], []
        for entry in facts.warned:
            card = self._card(facts, entry)
            self._column.addWidget(card)
            self._cards.append(card)
        self.setVisible(bool(self._cards))

    def sentences(self) -> list[str]:
        """What is shown."""
        return [card.accessibleName() for card in self._cards]

    def _card(self, facts: PatientFacts, entry: CourseEntry) -> Card:
        card = Card(panel="danger")
        sentence = alarm_sentence(facts, entry)
        row = QHBoxLayout()
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(_("Needs the doctor"), role="strong", tone="danger"))
        words.addWidget(Label(sentence, wrap=True))
        row.addLayout(words, 1)
        opening = Button(_("Open"), name=_("Open the visit with the warning sign"))
        opening.clicked.connect(lambda: self.visit_opened.emit(entry.visit.id))
        row.addWidget(opening)
        if self._logbook.may(Action.ACKNOWLEDGE_WARNING):
            seen = Button(_("Acknowledge…"), Kind.DANGER, name=_("Acknowledge the warning sign"))
            seen.clicked.connect(lambda: self._on_acknowledge(entry, sentence))
            row.addWidget(seen)
            self.acknowledge_buttons.append(seen)
        else:
            why = self._logbook.read_only_reason or _("A doctor must acknowledge this.")
            row.addWidget(Label(why, role="small", tone="danger"))
        card.add_layout(row)
        card.setAccessibleName(sentence)
        return card

    def _on_acknowledge(self, entry: CourseEntry, sentence: str) -> None:
        dialog = AcknowledgeDialog(self._logbook, entry, sentence, self.window())
        dialog.exec()
        dialog.deleteLater()


class AcknowledgeDialog(Dialog):
    """Names who acknowledges, takes a note, and saves; a refusal is said and the note stays."""

    def __init__(
        self, logbook: Logbook, entry: CourseEntry, sentence: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, _("Acknowledge the warning sign"), line=sentence)
        self._logbook = logbook
        self._visit_id = entry.visit.id
        who = _("You acknowledge as {name}. The name, the time and the note stay on record.")
        self.body.addWidget(Label(who.format(name=logbook.me.name), wrap=True))
        self.note = NoteField(_("What was done or decided"), lines=4)
        self.body.addWidget(self.note)
        self.add_cancel()
        self.accept_button = self.add_accept(_("Acknowledge"))
        self.accept_button.clicked.connect(self._on_accept)

    def holds_unsaved(self) -> bool:
        """A typed note would be lost."""
        return bool(self.note.text().strip())

    def _on_accept(self) -> None:
        self.accept_button.setEnabled(False)
        try:
            self._logbook.visits.acknowledge(self._visit_id, self.note.text())
        except InvalidRecord as error:
            self.note.set_error(problem_sentence(error.problems[0], _("Note")))
            self.note.focus()
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
        else:
            self.accept()
        self.accept_button.setEnabled(True)
