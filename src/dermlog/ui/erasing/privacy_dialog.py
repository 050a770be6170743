"""PrivacyDialog: who may see a patient - restrict access at once, lift that, or go on to erasing."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.domain.erasure import Erased, Restriction
from dermlog.domain.permission import Action
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.erasing.erase_dialog import EraseDialog
from dermlog.ui.erasing.plan_words import keeping
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.date_field import DateField
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _, date_text


class PrivacyDialog(Dialog):
    """PrivacyDialog(logbook, patient id, parent); erased tells what was done, None when nobody was."""

    def __init__(self, logbook: Logbook, patient_id: UUID, parent: QWidget | None = None) -> None:
        patient = logbook.patients.get(patient_id)
        name = ", ".join(part for part in (patient.family_name, patient.given_name) if part)
        which = _("{name} · chart no. {number}").format(name=name, number=patient.chart_number)
        super().__init__(parent, _("Restrict or erase"), line=which, width=600)
        self._logbook = logbook
        self._patient_id = patient_id
        self._which = which
        self.erased: Erased | None = None
        self.reason = TextField(_("Why is access restricted?"))
        self.until = DateField(_("Look again on (may be empty)"))
        self.restrict_button = Button(_("Restrict access now"))
        self.lift_button = Button(_("Lift the restriction"))
        self.erase_button = Button(_("Erase for ever…"), Kind.DANGER)
        self._state = Label("", wrap=True)
        self._keeping = Label("", wrap=True)
        self._lay_out()
        self.restrict_button.clicked.connect(self._on_restrict)
        self.lift_button.clicked.connect(self._on_lift)
        self.erase_button.clicked.connect(self._on_erase)
        self.add_cancel(_("Close"))
        self._show_state()

    def holds_unsaved(self) -> bool:
        """A typed reason is not lost by Esc."""
        return self.reason.isVisible() and bool(self.reason.text().strip())

    def _lay_out(self) -> None:
        restrict = Card(_("Restrict access"))
        words = _(
            "Hidden at once from lists, search, Today, reports and exports, for everybody but owners. "
            "Nothing is lost, and an owner can lift it."
        )
        restrict.add(Label(words, role="muted", wrap=True))
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for field in (self.reason, self.until):
            fields.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        restrict.add(self._state)
        restrict.add_layout(fields)
        for button in (self.restrict_button, self.lift_button):
            restrict.add(button)
        erase = Card(_("Erase"))
        erase.add(self._keeping)
        erase.add(self.erase_button)
        self.body.addWidget(restrict)
        self.body.addWidget(erase)

    def _show_state(self) -> None:
        restriction = self._logbook.erasing.restriction(self._patient_id)
        for part in (self.reason, self.until, self.restrict_button):
            part.setVisible(restriction is None)
        self._state.setVisible(restriction is not None)
        self.lift_button.setVisible(restriction is not None)
        if restriction is not None:
            self._state.setText(self._restriction_words(restriction))
        allowed = self._logbook.may(Action.RESTRICT_PATIENT) and self._logbook.may(Action.ERASE_PATIENT)
        for button in (self.restrict_button, self.lift_button, self.erase_button):
            button.setEnabled(allowed)
        if not allowed:
            self._keeping.setText(_("Only an owner can restrict or erase."))
            return
        plan = self._logbook.erasing.plan(self._patient_id)
        self._keeping.setText(keeping(plan))
        self.erase_button.setEnabled(not plan.must_be_kept)

    def _restriction_words(self, restriction: Restriction) -> str:
        who = self._logbook.staff.get(restriction.staff_id).name
        lines = [
            _("Restricted on {day} by {name}: {reason}").format(
                day=date_text(restriction.at.date()), name=who, reason=restriction.reason
            )
        ]
        if restriction.until is not None:
            lines.append(_("To be looked at again on {day}.").format(day=date_text(restriction.until)))
        return "\n".join(lines)

    def _on_restrict(self) -> None:
        missing = not self.reason.text().strip()
        words = _("The reason is missing. Say in a few words why access is restricted.")
        self.reason.set_error(words if missing else None)
        garbled = self.until.is_garbled()
        self.until.set_error(_("This is not a date. Type it like 20 Mar 2027.") if garbled else None)
        if missing or garbled:
            (self.reason if missing else self.until).focus()
            return
        try:
            self._logbook.erasing.restrict(self._patient_id, self.reason.text(), self.until.date())
        except InvalidRecord:
            self.reason.set_error(_("The reason is too long for one line. Shorten it."))
            self.reason.focus()
            return
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.reason.set_text("")
        self.notice.tell(_("Access is restricted now."), "info")
        self._show_state()
        self.fit()

    def _on_lift(self) -> None:
        try:
            self._logbook.erasing.lift(self._patient_id)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.notice.tell(_("Everybody may see this patient again."), "info")
        self._show_state()
        self.fit()

    def _on_erase(self) -> None:
        dialog = EraseDialog(self._logbook, self._patient_id, self._which, self)
        dialog.exec()
        dialog.deleteLater()
        if dialog.erased is not None:
            self.erased = dialog.erased
            self.accept()
