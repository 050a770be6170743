"""SafetyCard: the screening rules of the clinic, whether vials are shared, and the way to a lot recall."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.domain.permission import Action
from dermlog.errors import DermlogError
from dermlog.ui.allowing import allow
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.dialog import ask
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class SafetyCard(Card):
    """SafetyCard(logbook): refresh() asks anew; recall_requested leads to the recall of a lot."""

    recall_requested = Signal()

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(_("Safety"), parent=parent)
        self._logbook = logbook
        self.rules = Button(_("Screening rules…"), small=True)
        self.recall = Button(_("Lot recall…"), small=True)
        self.sharing = SegmentedControl(
            [Option(False, _("One patient")), Option(True, _("Shared"))],
            name=_("What is left in a vial"),
            allow_unset=False,
            value=False,
        )
        self.line = Label(role="small", wrap=True)
        row = QHBoxLayout()
        row.addWidget(Label(_("One vial is for")))
        row.addStretch(1)
        row.addWidget(self.sharing)
        self.add_layout(row)
        self.add(self.line)
        buttons = QHBoxLayout()
        buttons.addWidget(self.rules)
        buttons.addWidget(self.recall)
        buttons.addStretch(1)
        self.add_layout(buttons)
        self.sharing.value_changed.connect(self._on_sharing)
        self.rules.clicked.connect(self._on_rules)
        self.recall.clicked.connect(self.recall_requested)
        self.refresh()

    def refresh(self) -> None:
        """Show what the logbook says."""
        allow(self._logbook, Action.EDIT_LETTERHEAD, self.sharing)
        allow(self._logbook, Action.EDIT_SCREENING, self.rules)
        shares = self._logbook.clinic.get().shares_vials
        self.sharing.set_value(shares)
        self.line.setText(
            _("Shared: what is left is offered to the next treatment within the hours of use.")
            if shares
            else _("As the labels say: one vial, one patient, one session. What is left is thrown away.")
        )

    def _on_sharing(self, shares: object) -> None:
        """Switched on knowingly only; off at once."""
        wanted = shares is True
        if wanted and not ask(
            self.window(),
            _("Share vials between patients?"),
            _(
                "The labels say one vial, one patient, one session. Sharing a vial is the clinic’s own "
                "decision and needs its own hygiene rules. Each treatment then asks when the vial was mixed."
            ),
            _("Share vials"),
        ):
            self.refresh()
            return
        try:
            clinic = self._logbook.clinic.get()
            self._logbook.clinic.save(replace(clinic, shares_vials=wanted))
        except DermlogError as error:
            self.line.setText(error.sentence)
            self.sharing.set_value(not wanted)
            return
        self.refresh()

    def _on_rules(self) -> None:
        from dermlog.ui.clinic.rules_dialog import RulesDialog  # noqa: PLC0415 - opened by hand only

        dialog = RulesDialog(self._logbook, self.window())
        dialog.exec()
        dialog.deleteLater()
