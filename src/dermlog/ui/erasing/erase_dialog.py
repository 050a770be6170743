"""EraseDialog: erase a patient in two steps - what goes and what stays, then the chart number once more."""

from __future__ import annotations

import math
from collections.abc import Iterable
from threading import Event
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dermlog.domain.erasure import Erased
from dermlog.domain.key_fault import KeyFault
from dermlog.errors import DermlogError, NotUnlocked
from dermlog.logbook import Logbook
from dermlog.ui.erasing.plan_words import goes, keeping, stays
from dermlog.ui.kit import background
from dermlog.ui.kit.button import Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.check_list import CheckList
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.meter import Meter
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.password_field import PasswordField
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _, ngettext

NO_DUTY = "no_duty"


class EraseDialog(Dialog):
    """EraseDialog(logbook, patient id, which, parent); erased tells what went, None when nothing did."""

    def __init__(self, logbook: Logbook, patient_id: UUID, which: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Erase for ever"), line=which, width=620)
        self._logbook = logbook
        self.erased: Erased | None = None
        self._plan = logbook.erasing.plan(patient_id)
        self._task: background.Task[Erased] | None = None
        self._stop = Event()
        self.chart_number = TextField(_("Type the chart number to be sure"))
        self.password = PasswordField(_("Your password"))
        self.no_duty = CheckList(
            [Option(NO_DUTY, _("I have checked: no duty to keep these records applies."))],
            name=_("No duty to keep"),
        )
        self._meter = Meter()
        # Not in a stack: that would not ask the wrapped lines how high they are.
        self._first, self._second = self._first_page(), self._second_page()
        self._second.hide()
        self.body.addWidget(self._first)
        self.body.addWidget(self._second)
        self.body.addWidget(self._meter)
        self._meter.hide()
        self.cancel_button = self.add_cancel()
        self.next_button = self.add_accept(_("Continue"), Kind.DANGER)
        self.next_button.clicked.connect(self._on_next)

    def holds_unsaved(self) -> bool:
        """Nothing typed here is worth keeping: leaving is always safe."""
        return False

    def reject(self) -> None:
        """Stop the backup, and nothing is erased; once the erasure runs it cannot be stopped any more."""
        self._stop.set()
        if self._task is None:
            super().reject()

    def _first_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(_listing(_("This goes for ever"), goes(self._plan), "danger_soft"))
        column.addWidget(_listing(_("This stays"), stays(self._plan), "card"))
        column.addWidget(Label(keeping(self._plan), wrap=True))
        column.addStretch(1)
        return page

    def _second_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        words = _(
            "Chart number: {number}. A backup is made first. Then nobody can bring this patient back."
        ).format(number=self._plan.chart_number)
        column.addWidget(Label(words, role="strong", wrap=True))
        column.addWidget(self.chart_number)
        column.addWidget(self.password)
        self.password.setVisible(self._logbook.erasing.asks_password)
        column.addWidget(self.no_duty)
        self.no_duty.setVisible(self._plan.keep_until is None)
        column.addStretch(1)
        return page

    def _on_next(self) -> None:
        if self._first.isVisible():
            self._first.hide()
            self._second.show()
            self.next_button.set_label(_("Erase for ever"))
            self.fit()
            self.chart_number.focus()
        elif self._is_complete():
            self._erase()

    def _is_complete(self) -> bool:
        right = self.chart_number.text().strip() == self._plan.chart_number.strip()
        self.chart_number.set_error(
            None if right else _("That is not this patient’s chart number. Type it as it stands above.")
        )
        sure = self._plan.keep_until is not None or NO_DUTY in self.no_duty.values()
        if right and not sure:
            self.notice.tell(_("Tick that no duty to keep these records applies, or cancel."), "caution")
        if not right:
            self.chart_number.focus()
        return right and sure and self._may_try()

    def _may_try(self) -> bool:
        """After a wrong password, here or anywhere else, the next try comes later."""
        keys = self._logbook.keys
        wait = math.ceil(keys.patience.remaining) if keys.locked else 0
        if wait:
            words = ngettext("Try again in {count} second.", "Try again in {count} seconds.", wait)
            self.notice.tell(words.format(count=wait), "caution")
        return not wait

    def _erase(self) -> None:
        self.notice.hush()
        self.next_button.setEnabled(False)
        self._second.setEnabled(False)
        self._meter.show_part(_("Backing up first…"), 0.0)
        self._meter.show()
        erasing, patient_id = self._logbook.erasing, self._plan.patient_id
        number, password = self.chart_number.text(), self.password.text()
        no_duty = NO_DUTY in self.no_duty.values()

        def work(task: background.Task[Erased]) -> Erased:
            return erasing.erase(
                patient_id,
                chart_number=number,
                password=password,
                no_duty=no_duty,
                progress=lambda done, of: task.report((done, of)),
                cancelled=self._stop.is_set,
            )

        self._task = background.run(
            work, done=self._on_done, failed=self._on_failed, progress=self._on_progress, receiver=self
        )

    def _on_progress(self, value: object) -> None:
        if isinstance(value, tuple) and value[1]:
            self._meter.show_part(_("Backing up first…"), value[0] / value[1])

    def _on_done(self, erased: Erased) -> None:
        self._task = None
        self._logbook.keys.patience.succeeded()
        self.erased = erased
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        if self._stop.is_set():
            self.reject()
            return
        self._meter.hide()
        self._second.setEnabled(True)
        self.next_button.setEnabled(True)
        self.password.clear()
        if not isinstance(error, DermlogError):
            raise error
        if isinstance(error, NotUnlocked) and error.fault is KeyFault.WRONG_PASSWORD:
            self._logbook.keys.patience.failed()
            self.password.set_error(error.sentence)
            self.password.focus()
            return
        self.notice.tell(error.sentence, "danger")


def _listing(title: str, lines: Iterable[str], panel: str) -> Card:
    card = Card(title, panel=panel)
    for line in lines:
        card.add(Label(_("• {line}").format(line=line), wrap=True))
    return card
