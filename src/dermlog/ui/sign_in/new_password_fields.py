"""A new password, typed twice: long enough, and none that everybody tries."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.password import SHORTEST, password_fault
from dermlog.errors import not_unlocked
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.password_field import PasswordField
from dermlog.wording import _


class NewPasswordFields(QWidget):
    """NewPasswordFields(name): read(names) is the password, None after the field that is wrong was marked."""

    edited = Signal()

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PasswordField(_("New password"))
        self.again = PasswordField(_("The same again"))
        self.set_name(name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in (self.first, self.again):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            field.edited.connect(lambda _text: self.edited.emit())
        outer.addLayout(row)
        outer.addWidget(
            Label(
                _("At least {count} characters. A sentence is easy to remember.").format(count=SHORTEST),
                role="small",
                wrap=True,
            )
        )
        self.setFocusProxy(self.first)
        # Both are typed one after the other; looking at them comes after.
        order = (self.first.edit, self.again.edit, self.first.show_button, self.again.show_button)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def set_name(self, name: str) -> None:
        """Whose password it is, for who listens rather than looks; "" where only one can be meant."""
        of = _("New password of {name}").format(name=name) if name else _("New password")
        again = _("The same again, {name}").format(name=name) if name else _("The same again")
        self.first.edit.setAccessibleName(of)
        self.again.edit.setAccessibleName(again)

    def is_empty(self) -> bool:
        """Whether nothing is typed in either."""
        return not self.first.text() and not self.again.text()

    def read(self, names: Iterable[str] = ()) -> str | None:
        """The password; None when it will not do, and then that was said under its field."""
        self.first.set_error(None)
        self.again.set_error(None)
        fault = password_fault(self.first.text(), names)
        if fault is not None:
            self.first.set_error(not_unlocked(fault).sentence)
            self.first.focus()
            return None
        if self.again.text() != self.first.text():
            self.again.set_error(_("This is not the same. Type the new password once more."))
            self.again.focus()
            return None
        return self.first.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()
