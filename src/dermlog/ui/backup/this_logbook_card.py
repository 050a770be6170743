"""The card of the logbook as a whole: checking it, taking everything out, the page for the safe."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dermlog.domain.permission import Action
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.label import Label
from dermlog.wording import _


class ThisLogbookCard(Card):
    """ThisLogbookCard(logbook): says what was pressed; show_rights() when another person acts."""

    check_pressed = Signal()
    guide_pressed = Signal()
    export_pressed = Signal()
    take_back_pressed = Signal()

    def __init__(self, logbook: Logbook) -> None:
        super().__init__(_("This logbook"))
        self._logbook = logbook
        self.words = Label(
            _("A copy in one file is for the safe or for another PC; it opens by itself, with all photos."),
            wrap=True,
        )
        self.copy_button = Button(_("Copy everything to a stick…"), small=True)
        self.check_button = Button(_("Check everything now"), small=True)
        self.export_button = Button(_("Export everything…"), small=True)
        self.guide_button = Button(_("How to restore (PDF)…"), small=True)
        self.take_back_button = Button(_("Undo a restore…"), small=True)
        for button, pressed in (
            (self.check_button, self.check_pressed),
            (self.export_button, self.export_pressed),
            (self.guide_button, self.guide_pressed),
            (self.take_back_button, self.take_back_pressed),
        ):
            button.clicked.connect(pressed)
        holder = QWidget()
        row = FlowLayout(holder, gap=8)
        for button in (
            self.copy_button,
            self.export_button,
            self.check_button,
            self.guide_button,
            self.take_back_button,
        ):
            row.addWidget(button)
        self.add(self.words)
        self.add(holder)
        self.take_back_button.hide()
        self.show_rights()

    def show_rights(self) -> None:
        """What may not be done is not offered."""
        may = self._logbook.may
        self.check_button.setEnabled(may(Action.CHECK_FILE))
        self.export_button.setEnabled(may(Action.EXPORT_EVERYTHING))
        self.take_back_button.setEnabled(may(Action.RESTORE))

    def show_set_aside(self, *, there: bool) -> None:
        """Whether a file was set aside that could be taken back."""
        self.take_back_button.setVisible(there)
