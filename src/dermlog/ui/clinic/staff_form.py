"""The form of one member of staff."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dermlog.domain.staff import Role, Staff, same_name
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import DermlogError
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence, role_sentence, same_name_sentence
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class StaffForm(Dialog):
    """StaffForm(logbook, parent, person=None)."""

    def __init__(self, logbook: Logbook, parent: QWidget | None, person: Staff | None = None) -> None:
        super().__init__(parent, _("Add a person") if person is None else _("Edit person"))
        self._logbook = logbook
        self._person = person
        self._edited = False
        self.person_name = TextField(_("Name"), text="" if person is None else person.name)
        self.role = Combo(
            _("Role"),
            [Option(role, name_of(role)) for role in Role],
            value=Role.ASSISTANT if person is None else person.role,
        )
        self.active = SegmentedControl(
            [Option(True, _("Works here")), Option(False, _("No longer here"))],
            name=_("Whether this person works here"),
            allow_unset=False,
            value=True if person is None else person.active,
        )
        self.role_words = Label(role="small", wrap=True)
        for widget in (self.person_name, self.role, self.role_words, self.active):
            self.body.addWidget(widget)
        self.person_name.edited.connect(self._on_edited)
        self.role.value_changed.connect(self._on_edited)
        self.role.value_changed.connect(self._show_role)
        self._show_role(self.role.value())
        self.active.value_changed.connect(self._on_edited)
        self.add_cancel()
        self.add_accept(_("Save person")).clicked.connect(self._on_save)

    def holds_unsaved(self) -> bool:
        """Whether something was changed."""
        return self._edited

    def _show_role(self, role: object) -> None:
        self.role_words.setText(role_sentence(role) if isinstance(role, Role) else "")

    def _on_edited(self, _value: object) -> None:
        self._edited = True

    def _on_save(self) -> None:
        role = self.role.value()
        name = self.person_name.text().strip()
        made = Role.ASSISTANT if not isinstance(role, Role) else role
        active = bool(self.active.value())
        try:
            person = (
                Staff(name, made, active)
                if self._person is None
                else replace(self._person, name=name, role=made, active=active)
            )
        except InvalidRecord as error:
            self.person_name.set_error(problem_sentence(error.problems[0], self.person_name.label()))
            self.person_name.focus()
            return
        others = [other for other in self._logbook.staff.all() if other.id != person.id]
        if person.active and any(same_name(other.name, name) for other in others):
            self.person_name.set_error(same_name_sentence(name))
            self.person_name.focus()
            return
        if not person.may_sign and not any(other.may_sign for other in others):
            self.notice.tell(_("Somebody must be able to sign. Add another clinician first."), "caution")
            return
        try:
            # First the password: a leaver who keeps it could still come in.
            if not person.active and self._logbook.keys.locked:
                self._take_password(person)
            self._logbook.staff.save(person)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self._edited = False
        self.accept()

    def _take_password(self, person: Staff) -> None:
        """At once; NotUnlocked for the last person who can come in."""
        if self._logbook.keys.has_password(person.id):
            self._logbook.keys.remove(person.id)
