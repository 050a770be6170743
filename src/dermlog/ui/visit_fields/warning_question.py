"""WarningQuestion: the signs that need a doctor at once, asked at every visit and unanswered at first."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.side_effect import WarningSign
from dermlog.naming import name_of
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.choice_chips import ChoiceChips
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.theme import Tone, px
from dermlog.wording import _

ASKED = tuple(sign for sign in WarningSign if sign is not WarningSign.UNSPECIFIED)


class _YesNo(SegmentedControl):
    """No or Yes; digits do nothing here, for "1" must not mean No to one person and Yes to another."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and arrows only."""
        if event.text().isdecimal():
            event.ignore()
        else:
            super().keyPressEvent(event)


class WarningQuestion(Card):
    """signs() is None until it is answered, () for No, else the signs chosen."""

    edited = Signal()
    answered_by_key = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(panel="danger", parent=parent)
        question = _(
            "Trouble swallowing, speaking or breathing, double vision, weakness all over, "
            "or swelling of the face or throat?"
        )
        self.setAccessibleName(question)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(question, role="strong", tone="danger", wrap=True))
        self._line = Label(_("Ask every time. “Yes” alerts the doctor at once."), role="small", wrap=True)
        self._line.set_tone("danger")
        words.addWidget(self._line)
        self.answer = _YesNo(
            [Option(False, _("No"), key="n"), Option(True, _("Yes"), tone=Tone.DANGER, key="y")],
            name=question,
        )
        self.answer.setMinimumWidth(px(104))
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(words, 1)
        top.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add_layout(top)
        self._which = QWidget()
        which = QVBoxLayout(self._which)
        which.setContentsMargins(0, 0, 0, 0)
        which.setSpacing(6)
        which.addWidget(Label(_("Which? Choose all that apply."), role="strong", tone="danger"))
        self.signs_chips = ChoiceChips(
            [Option(sign, name_of(sign).capitalize(), tone=Tone.DANGER) for sign in ASKED],
            name=_("Warning signs"),
            several=True,
        )
        which.addWidget(self.signs_chips)
        self.add(self._which)
        self._which.hide()
        self.answer.value_changed.connect(self._on_answered)
        self.answer.chosen_by_key.connect(self._on_key)
        self.signs_chips.value_changed.connect(lambda _signs: self.edited.emit())
        self.setFocusProxy(self.answer)

    def is_unset(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answer.is_unset()

    def signs(self) -> tuple[WarningSign, ...] | None:
        """None: not asked; (): asked, none. A yes without a choice is UNSPECIFIED, for it must alert."""
        if self.answer.is_unset():
            return None
        if self.answer.value() is False:
            return ()
        chosen = tuple(sign for sign in self.signs_chips.values() if isinstance(sign, WarningSign))
        return chosen or (WarningSign.UNSPECIFIED,)

    def set_signs(self, signs: tuple[WarningSign, ...] | None) -> None:
        """Show a recorded answer; emits nothing."""
        self.answer.set_value(None if signs is None else bool(signs))
        self.signs_chips.set_values(signs or ())
        self._show_which()

    def raw(self) -> dict[str, object]:
        """Answer and signs, for a draft."""
        answer = {None: "", False: "no", True: "yes"}[self._answered()]
        chosen = [sign.value for sign in self.signs_chips.values() if isinstance(sign, WarningSign)]
        return {"warning": answer, "warning_signs": chosen}

    def load_raw(self, raw: Mapping[str, object]) -> None:
        """Show what `raw` once returned."""
        self.answer.set_value({"no": False, "yes": True}.get(str(raw.get("warning", ""))))
        chosen = raw.get("warning_signs")
        wanted = chosen if isinstance(chosen, list) else []
        self.signs_chips.set_values(sign for sign in ASKED if sign.value in wanted)
        self._show_which()

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anybody change the answer."""
        self.answer.setEnabled(not read_only)
        self.signs_chips.setEnabled(not read_only)

    def _answered(self) -> bool | None:
        value = self.answer.value()
        return value if isinstance(value, bool) else None

    def _on_answered(self, _value: object) -> None:
        self._show_which()
        self.edited.emit()

    def _on_key(self) -> None:
        if self._answered():
            self.signs_chips.chips()[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.answered_by_key.emit()

    def _show_which(self) -> None:
        self._which.setVisible(self._answered() is True)
