"""FillBar: fill a zone of the map with points - which zone, how far apart in cm, how many units each."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.face_map import Zone
from dermlog.domain.zone_filling import GREATEST_SPACING_CM, LEAST_SPACING_CM
from dermlog.naming import name_of
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.number_field import NumberField
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.theme import px
from dermlog.wording import _, ngettext, number_text, units_text

USUAL_SPACING = Decimal(1)
WIDE = 500


class FillBar(QWidget):
    """FillBar(board): fill() fills the chosen zone, fill_zone(zone) another; closed when the person is done.

    The units are those of the next point, here as on the map.
    """

    closed = Signal()

    def __init__(self, board: SiteBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self.zone = Combo(_("Zone"), name=_("Zone to fill"))
        self.spacing = NumberField(
            _("Spacing"), number=USUAL_SPACING, suffix=_("cm"), name=_("Spacing of the points")
        )
        self.units = NumberField(_("Each"), suffix=_("U"), name=_("Units of each point"))
        self.words = Label(role="small", wrap=True)
        self.fill_button = Button(_("Fill"), Kind.PRIMARY)
        self.done = Button(_("Done"), key="Esc")
        self._lay_out()
        self.zone.value_changed.connect(self.refresh)
        self.spacing.edited.connect(self.refresh)
        self.units.edited.connect(self._on_units)
        for field in (self.spacing, self.units):
            field.edit.returnPressed.connect(self.fill)
        self.fill_button.clicked.connect(lambda _on: self.fill())
        self.done.clicked.connect(self.closed)
        board.settings_changed.connect(self._on_settings)
        board.sites_changed.connect(self.refresh)

    def open(self, zone: Zone | None) -> None:
        """Show the bar, with a zone chosen where one is known."""
        self._on_settings()
        if zone is not None:
            self.zone.set_value(zone)
        self.show()
        self.refresh()
        self.zone.focus()

    def fill_zone(self, zone: Zone) -> None:
        """Fill a zone that was picked on the map."""
        self.zone.set_value(zone)
        self.fill()

    def fill(self) -> None:
        """Fill the chosen zone; what is missing is said and nothing is done."""
        chosen, spacing = self.zone.value(), self._spacing()
        if not isinstance(chosen, Zone):
            self.zone.set_error(_("Choose a zone, or click one on the face."))
        elif spacing is None:
            self.spacing.set_error(
                _("Type {least} to {greatest}.").format(
                    least=number_text(Decimal(str(LEAST_SPACING_CM))),
                    greatest=number_text(Decimal(str(GREATEST_SPACING_CM))),
                )
            )
        elif self.units.number() != self._board.next_units:
            self.units.set_error(_("Type the units."))
        else:
            self._board.fill(chosen, spacing)

    def refresh(self) -> None:
        """Say how many points it would be."""
        if self.isHidden():
            return
        self.spacing.set_error(None)
        zone, spacing = self.zone.value(), self._spacing()
        if not isinstance(zone, Zone) or spacing is None:
            self.words.setText(_("or click zones on the face"))
            return
        count = self._board.fill_count(zone, spacing)
        words = ngettext("{count} point, {units}", "{count} points, {units}", count)
        self.words.setText(words.format(count=count, units=units_text(count * self._board.next_units)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow bar has no room for the words."""
        super().resizeEvent(event)
        self.words.setVisible(self.width() >= px(WIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _spacing(self) -> float | None:
        """The spacing in cm, None when it is no possible one."""
        typed = self.spacing.number()
        spacing = None if typed is None else float(typed)
        return spacing if spacing and LEAST_SPACING_CM <= spacing <= GREATEST_SPACING_CM else None

    def _on_units(self) -> None:
        """Units typed here are those of the next point; half a number waits."""
        number = self.units.number()
        self.units.set_error(None)
        if number is not None and number > 0:
            self._board.set_next_units(number)

    def _on_settings(self) -> None:
        zones = [zone for zone in Zone if zone in self._board.face_map.zones]
        if [option.value for option in self.zone.options()] != zones:
            self.zone.set_options([Option(zone, name_of(zone)) for zone in zones])
        self.units.set_number(self._board.next_units)
        self.refresh()

    def _lay_out(self) -> None:
        self.spacing.setFixedWidth(px(92))
        self.units.setFixedWidth(px(78))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part, share in ((self.zone, 1), (self.spacing, 0), (self.units, 0)):
            row.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        self.words.setMinimumWidth(1)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignBottom)
        buttons = QVBoxLayout()
        buttons.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.fill_button)
        line.addWidget(self.done)
        buttons.addLayout(line)
        row.addLayout(buttons)
