"""After the recovery sheet opened the logbook: an owner chooses a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from dermlog.domain.staff import Role
from dermlog.errors import DermlogError
from dermlog.ui.kit.choice_chips import ChoiceChips
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.sign_in.new_password_fields import NewPasswordFields
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook, Unlocked


class NewOwnerDialog(Dialog):
    """NewOwnerDialog(logbook, unlocked, parent): staff_id is who set a password, None when left."""

    def __init__(self, logbook: Logbook, unlocked: Unlocked, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            _("Set a new password"),
            line=_(
                "The sheet opened the logbook. Choose who you are; other people’s passwords stay as they are."
            ),
            width=520,
        )
        self.staff_id: UUID | None = None
        self._logbook = logbook
        self._unlocked = unlocked
        staff = logbook.staff.all()
        # Where a clinic has no owner, a clinician does what an owner may.
        owners = [person for person in staff if person.role is Role.OWNER] or [
            person for person in staff if person.may_sign
        ]
        self.people = ChoiceChips(
            [Option(person.id, person.name) for person in owners],
            name=_("Who you are"),
            allow_unset=False,
        )
        if len(owners) == 1:
            self.people.set_value(owners[0].id)
        self.fields = NewPasswordFields()
        only_owners = all(person.role is Role.OWNER for person in owners)
        who = _("Who you are (owners only)") if only_owners else _("Who you are (clinicians only)")
        self.body.addWidget(Label(who, role="label"))
        self.body.addWidget(self.people)
        self.body.addWidget(self.fields)
        self.add_cancel()
        self.set_button = self.add_accept(_("Set password"))
        self.set_button.clicked.connect(self._on_set)
        self.fields.setFocus()

    def holds_unsaved(self) -> bool:
        """Whoever leaves now types the whole sheet once more."""
        return self.staff_id is None and not self.fields.is_empty()

    def done(self, result: int) -> None:
        """Leave nothing of the password behind."""
        self.fields.clear()
        super().done(result)

    def _on_set(self) -> None:
        who = self.people.value()
        if not isinstance(who, UUID):
            self.notice.tell(_("Choose your name first."), "caution")
            return
        person = self._logbook.staff.get(who)
        password = self.fields.read((person.name, self._logbook.clinic.get().name))
        if password is None:
            return
        try:
            self._logbook.act_as(who)
            self._logbook.keys.set_password(who, password, self._unlocked)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.staff_id = who
        self.accept()
