"""Allergies, conditions or drugs of a patient: not asked, none known, or some with a detail each."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.patient import Allergy, Condition, Drug, Flag
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.choice_chips import ChoiceChips
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _

FlagKind = Allergy | Condition | Drug


class Known(Enum):
    """The two answers; unset is not asked."""

    NONE = "none"
    SOME = "some"


class FlagFields(QWidget):
    """FlagFields("Allergies", Allergy): flags() gives None for not asked, () for none known."""

    edited = Signal()

    def __init__(self, title: str, kinds: Sequence[FlagKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marked = False
        self._answer = SegmentedControl(
            [Option(Known.NONE, _("None known")), Option(Known.SOME, _("Yes"))], name=title
        )
        self._state = Label(_("not asked yet"), role="small")
        self._chips = ChoiceChips(
            [Option(kind, name_of(kind)) for kind in kinds],
            name=_("{title}: which").format(title=title),
            several=True,
        )
        self._details = QGridLayout()
        self._details.setHorizontalSpacing(12)
        self._details.setVerticalSpacing(8)
        self._details.setColumnStretch(0, 1)
        self._details.setColumnStretch(1, 1)
        self._fields: dict[FlagKind, TextField] = {}
        for kind in kinds:
            field = TextField(name_of(kind), placeholder=_("detail, dose or date"))
            field.edited.connect(self._on_edited)
            field.hide()
            self._fields[kind] = field
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(title, role="strong"))
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(self._answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._chips)
        column.addLayout(self._details)
        self._answer.value_changed.connect(self._on_answer)
        self._chips.value_changed.connect(self._on_chips)
        self._show()

    def set_flags(self, flags: tuple[Flag, ...] | None) -> None:
        """Show what is recorded."""
        self._answer.set_value(None if flags is None else Known.SOME if flags else Known.NONE)
        self._chips.set_values([flag.kind for flag in flags or ()])
        for kind, field in self._fields.items():
            # Two of one kind, such as two other allergies, share the one line.
            details = [flag.detail for flag in flags or () if flag.kind is kind and flag.detail]
            field.set_text("; ".join(details))
        self._show()

    def is_marked(self) -> bool:
        """Whether "Yes" was answered without saying which, and that was complained of."""
        return self._marked

    def focus(self) -> None:
        """Put the cursor on the first choice, as after a mistake was found."""
        self._chips.chips()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def flags(self) -> tuple[Flag, ...] | None:
        """What was answered; InvalidRecord when a detail cannot stay, or after "Yes" without saying which."""
        for field in self._fields.values():
            field.set_error(None)
        if self._answer.value() is Known.NONE:
            return ()
        if self._answer.is_unset():
            return None
        if not self._chips.values():
            self._marked = True
            self._show()
            raise InvalidRecord((Problem("flags", Fault.NOT_ANSWERED),))
        flags: list[Flag] = []
        problems: list[Problem] = []
        for kind in self._chosen():
            try:
                flags.append(Flag(kind, self._fields[kind].text().strip()))
            except InvalidRecord as error:
                problems.extend(error.problems)
                self._fields[kind].set_error(problem_sentence(error.problems[0], name_of(kind)))
        if problems:
            raise InvalidRecord(tuple(problems))
        return tuple(flags)

    def _chosen(self) -> list[FlagKind]:
        chosen = self._chips.values()
        return [kind for kind in self._fields if kind in chosen]

    def _on_answer(self, _value: object) -> None:
        self._on_edited()

    def _on_chips(self, _values: object) -> None:
        self._on_edited()

    def _on_edited(self, _text: str = "") -> None:
        self._marked = False
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        some = self._answer.value() is Known.SOME
        self._state.setVisible(self._answer.is_unset() or (some and not self._chosen()))
        if self._marked:
            self._state.setText(_("Please choose which, or “None known”."))
        else:
            self._state.setText(_("choose which") if some else _("not asked yet"))
        self._state.set_tone("danger" if self._marked else "")
        self._chips.setVisible(some)
        shown = self._chosen() if some else []
        for kind, field in self._fields.items():
            field.setVisible(kind in shown)
            self._details.removeWidget(field)
        for place, kind in enumerate(shown):
            self._details.addWidget(self._fields[kind], place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
