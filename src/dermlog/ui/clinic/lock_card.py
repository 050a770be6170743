"""LockCard: who has a password, when the logbook locks by itself, and the recovery sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.domain.permission import Action
from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.staff import Staff
from dermlog.errors import DermlogError
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.sign_in.sheet_check_dialog import SheetCheckDialog
from dermlog.ui.sign_in.sheet_dialog import SheetDialog
from dermlog.wording import _, date_text, ngettext

if TYPE_CHECKING:
    from dermlog.logbook import Logbook

MINUTES = (1, 2, 3, 5, 10, 15, 20, 30)


class LockCard(Card):
    """LockCard(logbook): refresh() asks anew. In a logbook that is not encrypted it says only that."""

    def __init__(self, logbook: Logbook, parent: QWidget | None = None) -> None:
        super().__init__(_("Passwords and lock"), parent=parent)
        self._logbook = logbook
        self.line = Label(role="small", wrap=True)
        self.table = self._make_table()
        self.minutes = Combo(_("Locks by itself when nobody is there for"), [])
        self.minutes.value_changed.connect(self._on_minutes)
        self.check_button = Button(_("Check the sheet…"), small=True)
        self.print_button = Button(_("Print it again…"), small=True)
        self.change_button = Button(_("Change the clinic key…"), small=True)
        self.check_button.clicked.connect(self._on_check)
        self.print_button.clicked.connect(self._on_print)
        self.change_button.clicked.connect(self._on_change)
        self.sheet_line = Label(wrap=True)
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons)
        for button in (self.check_button, self.print_button, self.change_button):
            flow.addWidget(button)
        self.add(self.line)
        if logbook.keys.locked:
            self.add(self.table)
            self.add(self.minutes)
            self.add(self.sheet_line)
            self.add(self._buttons)
        self.refresh()

    def refresh(self) -> None:
        """Show what the logbook says."""
        keys = self._logbook.keys
        if not keys.locked:
            sample = self._logbook.clinic.get().is_sample
            self.line.setText(
                _("This is a sample: it opens without a password.")
                if sample
                else _(
                    "This logbook is not encrypted. Whoever has the file, a copy or a backup can read it. "
                    "A new clinic is locked with passwords unless somebody chooses otherwise."
                )
            )
            return
        self.line.setText("")
        self.line.hide()
        self.table.set_rows(self._logbook.staff.all())
        self.table.fit_height()
        chosen = self._logbook.clinic_rules.get().idle_lock_minutes
        self.minutes.set_options(
            [
                Option(count, ngettext("{count} minute", "{count} minutes", count).format(count=count))
                for count in sorted({*MINUTES, chosen})
            ]
        )
        self.minutes.set_value(chosen)
        self.minutes.setEnabled(self._logbook.may(Action.EDIT_CLINIC_RULES))
        checked = keys.sheet_checked_on
        self.sheet_line.setText(
            _("Recovery sheet: never checked.")
            if checked is None
            else _("Recovery sheet: checked on {day}.").format(day=date_text(checked))
        )
        sheet = self._logbook.may(Action.PRINT_RECOVERY_SHEET)
        self.check_button.setEnabled(sheet)
        self.print_button.setEnabled(sheet)
        self.change_button.setEnabled(self._logbook.may(Action.CHANGE_CLINIC_KEY))

    def _make_table(self) -> RecordTable[Staff]:
        table: RecordTable[Staff] = RecordTable(
            [
                Column(_("Name"), self._person_cell, stretch=1),
                Column("", self._verb_cell, width=110, end=True),
            ],
            name=_("Passwords"),
            empty=_("Nobody is entered yet."),
            header=False,
            row_height=50,
        )
        table.row_opened.connect(self.set_password)
        table.button_pressed.connect(lambda person, _column: self.set_password(person))
        return table

    def _person_cell(self, person: Staff) -> Cell:
        keys = self._logbook.keys
        if keys.has_password(person.id):
            return Cell(person.name, detail=_("has a password"), strong=True)
        lost = any(other.staff_id == person.id for other in keys.people())
        words = (
            _("must set a new password: the key was changed") if lost else _("no password, cannot sign in")
        )
        return Cell(person.name, detail=words, strong=True)

    def _verb_cell(self, person: Staff) -> Cell:
        if not self._may_set(person):
            return Cell("")
        known = self._logbook.keys.has_password(person.id)
        return Cell(_("Change…") if known else _("Set…"), button=True)

    def _may_set(self, person: Staff) -> bool:
        own = person.id == self._logbook.me.id
        return self._logbook.may(Action.SET_OWN_PASSWORD if own else Action.SET_OTHERS_PASSWORD)

    def set_password(self, person: Staff) -> None:
        """Ask for a new password of a person."""
        from dermlog.ui.clinic.password_dialog import PasswordDialog  # noqa: PLC0415 - opened by hand only

        if not self._may_set(person):
            return
        dialog = PasswordDialog(self._logbook, person, self.window())
        dialog.exec()
        dialog.deleteLater()
        self.refresh()

    def _on_minutes(self, minutes: object) -> None:
        if not isinstance(minutes, int):
            return
        rules = self._logbook.clinic_rules.get()
        try:
            self._logbook.clinic_rules.save(replace(rules, idle_lock_minutes=minutes))
        except DermlogError as error:
            self.line.setText(error.sentence)
            self.line.show()
            self.minutes.set_value(rules.idle_lock_minutes)

    def _on_check(self) -> None:
        dialog = SheetCheckDialog(self._logbook, self.window())
        dialog.exec()
        dialog.deleteLater()
        self.refresh()

    def _on_print(self) -> None:
        from dermlog.ui.clinic.key_dialog import SheetAgainDialog  # noqa: PLC0415 - opened by hand only

        dialog = SheetAgainDialog(self._logbook, self.window())
        dialog.exec()
        self._hand_out(dialog.code, _("Older sheets of this key open the logbook too."))
        dialog.deleteLater()

    def _on_change(self) -> None:
        from dermlog.ui.clinic.key_dialog import KeyChangeDialog  # noqa: PLC0415 - opened by hand only

        dialog = KeyChangeDialog(self._logbook, self.window())
        dialog.exec()
        self._hand_out(
            dialog.code,
            _(
                "The logbook has a new key. The old sheet opens only the backups made before: mark it, and "
                "destroy it when none of them is wanted any more."
            ),
        )
        dialog.deleteLater()

    def _hand_out(self, code: RecoveryCode | None, line: str) -> None:
        if code is not None:
            sheet = SheetDialog(self._logbook, code, self.window(), line=line)
            sheet.exec()
            sheet.deleteLater()
        self.refresh()
