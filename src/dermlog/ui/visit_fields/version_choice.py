"""Two versions of one record side by side, when somebody saved it while a form had it open: choose one."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from dermlog.domain.patient import Patient
from dermlog.domain.visit import Visit
from dermlog.errors import ChangedMeanwhile
from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import px
from dermlog.ui.visit_fields.version_words import differences
from dermlog.wording import _


class Chosen(Enum):
    """Which version stands."""

    SAVED = "saved"
    MINE = "mine"


class VersionChoice(Dialog):
    """VersionChoice(error, mine, parent): chosen says which, None when the person goes on editing."""

    def __init__(self, error: ChangedMeanwhile, mine: Patient | Visit, parent: QWidget | None) -> None:
        super().__init__(parent, _("Two versions of this entry"), line=error.sentence, width=640)
        self.chosen: Chosen | None = None
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, words in ((1, _("Saved meanwhile")), (2, _("Typed by you"))):
            grid.addWidget(Label(words, role="label"), 0, column)
            grid.setColumnStretch(column, 1)
        for row, line in enumerate(differences(error.stored, mine), start=1):
            for column, words in enumerate(line):
                label = Label(words or "–", role="muted" if column == 0 else "", wrap=True)
                grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        scroll = ScrollArea(rows)
        scroll.setMinimumHeight(px(180))
        self.body.addWidget(scroll)
        self.body.addWidget(
            Label(_("The history keeps both versions, whichever stands."), role="small", wrap=True)
        )
        self.add_cancel(_("Go on editing"))
        saved = self.add_button(_("Keep what was saved"))
        saved.clicked.connect(lambda: self._on_chosen(Chosen.SAVED))
        mine_button = self.add_button(_("Save what I typed"), Kind.PRIMARY)
        mine_button.clicked.connect(lambda: self._on_chosen(Chosen.MINE))

    def _on_chosen(self, chosen: Chosen) -> None:
        self.chosen = chosen
        self.accept()


def choose_version(error: ChangedMeanwhile, mine: Patient | Visit, parent: QWidget | None) -> Chosen | None:
    """Ask which version stands; None to go on editing."""
    dialog = VersionChoice(error, mine, parent)
    dialog.exec()
    chosen = dialog.chosen
    dialog.deleteLater()
    return chosen
