"""Whether a new logbook is locked with passwords; one that is not takes words typed on purpose."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _


class ProtectionFields(QWidget):
    """ProtectionFields(): is_locked() at first; changed() when somebody chooses."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = SegmentedControl(
            [Option(True, _("Locked with passwords")), Option(False, _("Not encrypted"))],
            name=_("Protection of the file"),
            allow_unset=False,
            value=True,
        )
        self.line = Label(role="small", wrap=True)
        self.typed = TextField(
            _("Type “{words}” to go without").format(words=words_to_type()), placeholder=words_to_type()
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addWidget(Label(_("Protection of the file"), role="label"))
        outer.addWidget(self.choice)
        outer.addWidget(self.line)
        outer.addWidget(self.typed)
        self.choice.value_changed.connect(lambda _value: self._show())
        self._show()

    def is_locked(self) -> bool:
        """Whether passwords are wanted."""
        return bool(self.choice.value())

    def is_decided(self) -> bool:
        """Locked, or the words were typed; else the field is marked."""
        self.typed.set_error(None)
        if self.is_locked() or self.typed.text().strip().casefold() == words_to_type().casefold():
            return True
        self.typed.set_error(_("Type “{words}” here, or choose passwords.").format(words=words_to_type()))
        self.typed.focus()
        return False

    def _show(self) -> None:
        locked = self.is_locked()
        self.typed.setVisible(not locked)
        self.line.setText(
            _("A stolen PC or stick reveals nothing. Next you choose passwords and print a recovery sheet.")
            if locked
            else _(
                "Whoever has this PC, a copy or a backup can read every record and see every photo. "
                "Right only where the whole disk is encrypted already, and the backup drives too."
            )
        )
        self.line.set_tone("" if locked else "danger")
        self.changed.emit()


def words_to_type() -> str:
    """What somebody types who wants no lock."""
    return _("not encrypted")
