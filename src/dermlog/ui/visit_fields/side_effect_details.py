"""SideEffectDetails: what is asked once a reaction is there: where, which side, since when, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.side_effect import BodySide, SideEffectTerm, WeaknessPlace
from dermlog.domain.validity import Problem
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.choice_chips import ChoiceChips
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.kit.theme import Tone, px
from dermlog.ui.visit_fields.onset_field import OnsetField
from dermlog.wording import _


class SideEffectDetails(QFrame):
    """The soft panel under a reaction; which questions it holds follows from the term."""

    edited = Signal()
    another_wanted = Signal()
    removal_wanted = Signal()

    def __init__(
        self, term: SideEffectTerm, reaction: str, *, removable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.term = term
        self.setProperty("panel", "caution")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        flow_box = QWidget()
        flow = FlowLayout(flow_box, gap=10)
        self.place: ChoiceChips | None = None
        self.side: ChoiceChips | None = None
        self.label: TextField | None = None
        if term is SideEffectTerm.MUSCLE_WEAKNESS:
            self.place = ChoiceChips(
                [Option(place, name_of(place), tone=Tone.CAUTION) for place in WeaknessPlace],
                name=_("Where"),
            )
            self.side = ChoiceChips(
                [Option(side, name_of(side), tone=Tone.CAUTION) for side in BodySide], name=_("Side")
            )
            for chips in (self.place, self.side):
                chips.value_changed.connect(self._on_chips)
            flow.addWidget(self.place)
            flow.addWidget(_beside(_("Side"), self.side))
        if term is SideEffectTerm.OTHER:
            self.label = TextField("", name=_("Which reaction"), placeholder=_("Which reaction?"))
            self.label.edit.setMinimumWidth(px(200))
            self.label.edited.connect(lambda _text: self.edited.emit())
            flow.addWidget(self.label)
        self.began = OnsetField(_("{reaction}: began").format(reaction=reaction))
        self.ended = OnsetField(_("{reaction}: ended").format(reaction=reaction))
        self.action = TextField(
            "", name=_("{reaction}: what was done").format(reaction=reaction), placeholder=_("What was done")
        )
        self.action.edit.setMinimumWidth(px(120))
        flow.addWidget(_beside(_("Began"), self.began))
        flow.addWidget(_beside(_("Ended"), self.ended))
        flow.addWidget(self.action)
        for field in (self.began, self.ended, self.action):
            field.edited.connect(lambda _text: self.edited.emit())
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        if term in {SideEffectTerm.MUSCLE_WEAKNESS, SideEffectTerm.OTHER}:
            weak = term is SideEffectTerm.MUSCLE_WEAKNESS
            another = Button(
                _("Add another place") if weak else _("Add another reaction"), Kind.QUIET, small=True
            )
            another.clicked.connect(self.another_wanted)
            buttons.addWidget(another)
        if removable:
            remove = Button(_("Remove this line"), Kind.QUIET, small=True)
            remove.clicked.connect(self.removal_wanted)
            buttons.addWidget(remove)
        if buttons.count():
            flow.addWidget(self._buttons)
        column.addWidget(flow_box)
        self._error = Label(role="error", wrap=True)
        self._error.hide()
        column.addWidget(self._error)

    def first(self) -> QWidget:
        """Where the cursor goes when the reaction was just chosen."""
        if self.place is not None:
            return self.place.chips()[0]
        return self.label if self.label is not None else self.began

    def chosen_place(self) -> WeaknessPlace | None:
        """Which muscle."""
        value = self.place.value() if self.place is not None else None
        return value if isinstance(value, WeaknessPlace) else None

    def chosen_side(self) -> BodySide | None:
        """Which side."""
        value = self.side.value() if self.side is not None else None
        return value if isinstance(value, BodySide) else None

    def show_values(
        self,
        *,
        place: WeaknessPlace | None = None,
        side: BodySide | None = None,
        label: str = "",
        began: date | None = None,
        ended: date | None = None,
        action: str = "",
    ) -> None:
        """Show recorded values; emits nothing."""
        if self.place is not None and self.side is not None:
            self.place.set_value(place)
            self.side.set_value(side)
        if self.label is not None:
            self.label.set_text(label)
        self.began.set_date(began)
        self.ended.set_date(ended)
        self.action.set_text(action)

    def raw(self) -> dict[str, str]:
        """Everything as typed."""
        place, side = self.chosen_place(), self.chosen_side()
        return {
            "place": place.value if place else "",
            "side": side.value if side else "",
            "label": self.label.text() if self.label is not None else "",
            "began": self.began.text(),
            "ended": self.ended.text(),
            "action": self.action.text(),
        }

    def load_raw(self, raw: Mapping[str, object]) -> None:
        """Show what `raw` once returned, right or wrong."""
        if self.place is not None and self.side is not None:
            self.place.set_value(next((p for p in WeaknessPlace if p.value == raw.get("place")), None))
            self.side.set_value(next((s for s in BodySide if s.value == raw.get("side")), None))
        if self.label is not None:
            self.label.set_text(str(raw.get("label", "")))
        self.began.set_text(str(raw.get("began", "")))
        self.ended.set_text(str(raw.get("ended", "")))
        self.action.set_text(str(raw.get("action", "")))

    def set_visit_day(self, day: date | None) -> None:
        """Dates without a year are counted from this day."""
        self.began.set_visit_day(day)
        self.ended.set_visit_day(day)

    def show_problem(self, problem: Problem, field: str) -> QWidget:
        """Mark one field of this panel; the widget that can take the cursor."""
        if field in {"place", "side"}:
            chips = self.place if field == "place" else self.side
            sentence = problem_sentence(problem, _("Where it is weak") if field == "place" else _("The side"))
            shown = self._error.text()
            self._error.setText(f"{shown} {sentence}".strip())
            self._error.show()
            return chips.chips()[0] if chips is not None else self
        box = {"began": self.began, "ended": self.ended, "label": self.label}.get(field) or self.action
        names = {
            "began": _("The beginning"),
            "ended": _("The end"),
            "label": _("The name of the reaction"),
        }
        box.set_error(problem_sentence(problem, names.get(field, _("What was done"))))
        return box

    def clear_problems(self) -> None:
        """Take all marks away."""
        self._error.setText("")
        self._error.hide()
        for field in (self.label, self.began, self.ended, self.action):
            if field is not None:
                field.set_error(None)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anybody change anything."""
        for chips in (self.place, self.side):
            if chips is not None:
                chips.setEnabled(not read_only)
        for field in (self.label, self.began, self.ended, self.action):
            if field is not None:
                field.set_read_only(read_only)
        self._buttons.setEnabled(not read_only)

    def _on_chips(self, _value: object) -> None:
        self._error.setText("")
        self._error.hide()
        self.edited.emit()


def _beside(words: str, widget: QWidget) -> QWidget:
    """A few words and what they ask for, kept on one line."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(Label(words, role="caption"))
    row.addWidget(widget)
    return pair
