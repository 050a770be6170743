"""SelectedPoint: zone, units, volume and depth of the selected point or points, to read and to change."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.session import Dilution, Technique
from dermlog.domain.validity import InvalidRecord
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.key_hint import KeyHint
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.number_field import NumberField
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _, ml_text, ngettext

DEPTHS = tuple(technique for technique in Technique if technique is not Technique.MIXED)


class SelectedPoint(QWidget):
    """SelectedPoint(board): follows the selection and is hidden without one."""

    def __init__(self, board: SiteBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._dilution: Dilution | None = None
        self._title = Label(_("Selected point"), role="title")
        self._zone = Label(wrap=True)
        self._volume = Label()
        self.units = NumberField("", suffix=_("U"), name=_("Units of the selected point"))
        self.less = Button("−", small=True, name=_("Half a unit less"))
        self.more = Button("+", small=True, name=_("Half a unit more"))
        self.depth_choice = Combo(
            "", [Option(depth, name_of(depth)) for depth in DEPTHS], name=_("Depth of the selected point")
        )
        self.note = TextField("", placeholder=_("none"), name=_("Note on the selected point"))
        self.remove = Button(_("Remove"), Kind.PLAIN, key="Del", small=True)
        self._facts = QWidget()
        self._lay_out()
        self.units.committed.connect(self._on_units)
        self.less.clicked.connect(lambda: self._board.step_units(-1))
        self.more.clicked.connect(lambda: self._board.step_units(1))
        self.depth_choice.value_changed.connect(self._on_depth)
        self.note.committed.connect(self._on_note)
        self.remove.clicked.connect(self._board.remove)
        board.selection_changed.connect(self.refresh)
        board.sites_changed.connect(self.refresh)
        self.refresh()

    def set_dilution(self, dilution: Dilution | None) -> None:
        """How the vial was mixed, for the volume."""
        self._dilution = dilution
        self.refresh()

    def refresh(self) -> None:
        """Show the selected points as they are now."""
        chosen = self._board.selected
        self._facts.setVisible(bool(chosen))
        self._title.setVisible(bool(chosen))
        self.units.set_error(None)
        if not chosen:
            return
        count = len(chosen)
        self._title.setText(ngettext("Selected point", "{count} selected points", count).format(count=count))
        zones = list(dict.fromkeys(name_of(site.zone) for site in chosen))
        partners = len(self._board.touched) - count
        if partners:
            zones.append(
                ngettext("with its mirror point", "with {n} mirror points", partners).format(n=partners)
            )
        self._zone.setText(", ".join(zones))
        doses = {site.units for site in chosen}
        depths = {site.depth for site in chosen}
        self.units.set_number(next(iter(doses)) if len(doses) == 1 else None)
        self.units.edit.setPlaceholderText("" if len(doses) == 1 else _("various"))
        self.depth_choice.set_value(next(iter(depths)) if len(depths) == 1 else None)
        notes = {site.note for site in chosen}
        if not self.note.edit.hasFocus():
            self.note.set_error(None)
            self.note.set_text(next(iter(notes)) if len(notes) == 1 else "")
        self.note.edit.setPlaceholderText(_("none") if len(notes) == 1 else _("various"))
        self._volume.setText(self._volume_words(sum((site.units for site in chosen), Decimal(0))))

    def _volume_words(self, units: Decimal) -> str:
        if self._dilution is None:
            return _("dilution not given")
        return _("{ml} mL").format(ml=ml_text(self._dilution.ml(units)))

    def _on_units(self) -> None:
        """Take what was typed; what is no dose stays in the box with a sentence under it."""
        if self.units.is_empty() or not self._board.selected:
            return
        number = self.units.number()
        if number is None:
            self.units.set_error(_("Units are a number. Type them like 2.5."))
        elif any(site.units != number for site in self._board.selected) and not self._board.set_units(number):
            self.units.set_error(_("Units of one point must be above 0 and at most 100."))

    def _on_depth(self, depth: object) -> None:
        if isinstance(depth, Technique):
            self._board.set_depth(depth)

    def _on_note(self) -> None:
        """Keep what was typed; a text that cannot be kept stays in the box with a sentence under it."""
        typed, chosen = self.note.text().strip(), self._board.selected
        various = len({site.note for site in chosen}) > 1
        if not chosen or (various and not typed) or all(site.note == typed for site in chosen):
            return
        try:
            self._board.set_note(typed)
        except InvalidRecord as invalid:
            self.note.set_error(problem_sentence(invalid.problems[0], _("Note")))

    def _lay_out(self) -> None:
        grid = QGridLayout(self._facts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        step = QHBoxLayout()
        step.setSpacing(6)
        step.addWidget(self.units, 1)
        for button in (self.less, self.more):
            step.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            (_("Zone"), self._zone),
            (_("Units"), step),
            (_("Volume"), self._volume),
            (_("Depth"), self.depth_choice),
            (_("Note"), self.note),
        )
        for line, (words, part) in enumerate(rows):
            label = Label(words, role="muted")
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignVCenter)
            if isinstance(part, QHBoxLayout):
                grid.addLayout(part, line, 1)
            else:
                grid.addWidget(part, line, 1)
        grid.addWidget(self.remove, len(rows), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._facts)


def key_hints() -> QWidget:
    """How to work on the map, in one small paragraph of words and key caps."""
    hints = QWidget()
    flow = FlowLayout(hints, gap=5)
    for words, *keys in (
        (_("Click adds · drag moves ·"),),
        (_("removes ·"), "Del"),
        (_("units ·"), "1", "2.5"),
        (_("half a unit ·"), "+", "−"),
        (_("mirror ·"), "M"),
        (_("fill ·"), "Z"),
        (_("template ·"), "T"),
        (_("view ·"), "F", "R", "L"),
        (_("next point ·"), "Tab"),
        (_("nudge ·"), "→"),
        (_("by keys"), "Enter", "↑"),
    ):
        for key in keys:
            flow.addWidget(KeyHint(key))
        flow.addWidget(Label(words, role="small"))
    return hints
