"""SebumFields: sebum by zone with the device and the method, and what the same device gave last time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.face_map import Zone
from dermlog.domain.instrument import SCALES, SEBUM_ZONES, Instrument, Rater, Score, Series, Variant
from dermlog.domain.validity import Problem
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui import preferences
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.number_field import NumberField
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.kit.theme import px
from dermlog.ui.visit_fields.last_time import LastTime, nothing_before
from dermlog.ui.visit_fields.typed_score import ScoreReader
from dermlog.wording import _, number_text

UNIT = SCALES[Instrument.SEBUM].unit
USUAL_DEVICE = "Sebumeter SM 815"
HABIT = "sebum_device"
ROOM = 118
METHODS = (Variant.SEBUM_CASUAL, Variant.SEBUM_EXCRETION)


def _zone_label(zone: Zone) -> str:
    short = {Zone.CHEEK_RIGHT: _("R cheek"), Zone.CHEEK_LEFT: _("L cheek")}
    return short.get(zone) or name_of(zone)


class SebumFields(Card):
    """Five optional numbers; the device typed last on this computer is offered again."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Sebum, {unit}").format(unit=UNIT), note=_("optional"), parent=parent)
        self._last = nothing_before()
        self.device = TextField("", name=_("Sebum device"), placeholder=_("Device"))
        self.device.setMinimumWidth(130)
        self.method = SegmentedControl(
            [
                Option(Variant.SEBUM_CASUAL, _("Casual"), key="c"),
                Option(Variant.SEBUM_EXCRETION, _("Degreased"), key="d"),
            ],
            name=_("Sebum method"),
            allow_unset=False,
            value=Variant.SEBUM_CASUAL,
        )
        self.method.setToolTip(
            _("Casual: skin as it is. Degreased: cleaned first, then measured after a set time.")
        )
        how = QWidget()
        row = QHBoxLayout(how)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.device, 1)
        row.addWidget(self.method)
        self.add_trailing(how)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        self.zones: dict[Zone, NumberField] = {}
        self._below = {zone: Label(role="small") for zone in SEBUM_ZONES}
        self._narrow = False
        for column, zone in enumerate(SEBUM_ZONES):
            field = NumberField(
                _zone_label(zone), name=_("Sebum, {zone}, {unit}").format(zone=name_of(zone), unit=UNIT)
            )
            field.edit.setMinimumWidth(px(84))
            field.edited.connect(lambda _text: self.edited.emit())
            self.zones[zone] = field
            column_box = QVBoxLayout()
            column_box.setSpacing(2)
            column_box.addWidget(field)
            column_box.addWidget(self._below[zone])
            column_box.addStretch(1)
            grid.addLayout(column_box, 0, column)
            grid.setColumnStretch(column, 1)
        self.add_layout(grid)
        self.device.edited.connect(self._on_how_changed)
        self.method.value_changed.connect(self._on_how_changed)
        self._offered = ("", Variant.SEBUM_CASUAL)
        self._offer(self._last)

    def set_last(self, last: LastTime) -> None:
        """Show what earlier visits gave, and offer their device where nothing was typed yet."""
        self._last = last
        if self.is_empty() and (self.device.text(), self._variant()) == self._offered:
            self._offer(last)
        self.device.edit.setCompleter(QCompleter(list(last.devices), self.device.edit))
        self._show_last()

    def is_empty(self) -> bool:
        """Whether no zone has anything typed."""
        return all(field.is_empty() for field in self.zones.values())

    def raw(self) -> dict[str, str]:
        """Everything as typed."""
        typed = {f"sebum_{zone.value}": field.text() for zone, field in self.zones.items()}
        typed["sebum_device"] = self.device.text()
        typed["sebum_method"] = self._variant().value
        return typed

    def load_raw(self, raw: Mapping[str, object]) -> None:
        """Show what `raw` once returned; missing parts are as they would be at first."""
        for zone, field in self.zones.items():
            field.set_text(str(raw.get(f"sebum_{zone.value}", "")))
        self._offer(self._last)
        if "sebum_device" in raw:
            self.device.set_text(str(raw["sebum_device"]))
        method = next((variant for variant in METHODS if variant.value == raw.get("sebum_method")), None)
        if method is not None:
            self.method.set_value(method)
        self._show_last()

    def load_scores(self, scores: Iterable[Score]) -> None:
        """Show recorded scores; others than sebum are ignored."""
        sebum = {score.zone: score for score in scores if score.instrument is Instrument.SEBUM and score.zone}
        for zone, field in self.zones.items():
            score = sebum.get(zone)
            field.set_number(score.value if score else None)
        if sebum:
            first = next(iter(sebum.values()))
            self.device.set_text(first.device)
            self.method.set_value(first.variant)
        self._show_last()

    def read_into(self, reader: ScoreReader) -> None:
        """Give the scores, or what is wrong with them, to a reader."""
        device = self._device()
        for zone, field in self.zones.items():
            reader.number(
                field,
                f"sebum_{zone.value}",
                Instrument.SEBUM,
                Rater.DEVICE,
                self._variant(),
                zone=zone,
                device=device,
            )
        if device and not self.is_empty():
            preferences.remember(HABIT, device)

    def show_problem(self, problem: Problem) -> QWidget | None:
        """Mark the field of a problem and return it; None when it is not one of these."""
        if problem.field == "device":
            self.device.set_error(problem_sentence(problem, _("The sebum device")))
            return self.device
        for zone, field in self.zones.items():
            if problem.field == f"sebum_{zone.value}":
                field.set_error(problem_sentence(problem, _zone_label(zone)))
                return field
        return None

    def clear_problems(self) -> None:
        """Take all marks away."""
        for field in (self.device, *self.zones.values()):
            field.set_error(None)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anybody type."""
        for field in (self.device, *self.zones.values()):
            field.set_read_only(read_only)
        self.method.setEnabled(not read_only)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where five boxes have no room for both, last time's value goes under its box."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(ROOM) * len(self.zones)
        if narrow != self._narrow:
            self._narrow = narrow
            self._show_last()

    def _variant(self) -> Variant:
        value = self.method.value()
        return value if isinstance(value, Variant) else Variant.SEBUM_CASUAL

    def _device(self) -> str:
        # "sebumeter" and "Sebumeter" are one device: a chart must not break over a capital letter.
        typed = self.device.text().strip()
        known = (name for name in self._last.devices if name.casefold() == typed.casefold())
        return next(known, typed)

    def _offer(self, last: LastTime) -> None:
        """Fill in device and method of last time, else those of this computer."""
        usual = (preferences.remembered(HABIT) or USUAL_DEVICE, Variant.SEBUM_CASUAL)
        self._offered = last.sebum or usual
        self.device.set_text(self._offered[0])
        self.method.set_value(self._offered[1])

    def _on_how_changed(self, _value: object) -> None:
        self._show_last()
        self.edited.emit()

    def _show_last(self) -> None:
        device = self._device()
        for zone, field in self.zones.items():
            series = Series(Instrument.SEBUM, Rater.DEVICE, self._variant(), UNIT, zone, device)
            score = self._last.score(series)
            was = _("was {value}").format(value=number_text(score.value) if score else "–")
            field.set_hint("" if self._narrow else was)
            self._below[zone].setText(was)
            self._below[zone].setVisible(self._narrow)
