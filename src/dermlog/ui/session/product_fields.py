"""ProductFields: the left panel - product, vial, dilution, technique, who injected, when, and the note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.product import Product
from dermlog.domain.session import Diluent, InjectionSession, Technique
from dermlog.domain.staff import Staff
from dermlog.domain.validity import Problem
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.date_field import DateField
from dermlog.ui.kit.field import Field
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.note_field import NoteField
from dermlog.ui.kit.number_field import NumberField, read_number
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.session.entry import SessionEntry
from dermlog.ui.session.expiry_text import ExpiryField
from dermlog.ui.session.on_offer import Vial, vial_key
from dermlog.ui.session.reading import read_dilution
from dermlog.wording import _, date_text

GAUGES = (27, 29, 30, 31, 32, 33, 34)


class ProductFields(QWidget):
    """apply(entry) shows texts, merged(entry) takes them up; edited after every change by hand.

    settled is emitted when what follows from the fields (strength, screening) may be worked out anew.
    """

    edited = Signal()
    settled = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._products: dict[str, Product] = {}
        self.product = Combo(_("Product"))
        self.lot = TextField(_("Lot"))
        self.expiry = ExpiryField(_("Expiry"), today=today)
        self.vials = NumberField(_("Vials"))
        self.diluent = Combo(_("Diluent"), [Option(one.value, name_of(one)) for one in Diluent])
        self.diluent_ml = NumberField(_("Per vial"), suffix=_("mL"), name=_("Diluent per vial"))
        self.strength = TextField(_("Strength"), suffix=_("U / 0.1 mL"))
        self.technique = Combo(_("Technique"), [Option(one.value, name_of(one)) for one in Technique])
        self.needle = Combo(_("Needle"))
        self._show_needle("")
        self.injector = Combo(_("Injected by"))
        self.day = DateField(_("Date"), today=today)
        self.note = NoteField(_("Notes"), lines=4)
        self.screening_place = QVBoxLayout()
        self._late = Label(role="small", tone="caution", wrap=True)
        self._late.hide()
        self._lay_out()
        self._connect()

    @property
    def by_problem(self) -> dict[str, Field]:
        """The field that shows the problem of each name, in the order of the screen."""
        return {
            "product": self.product,
            "product_id": self.product,
            "vial_units": self.product,
            "lot": self.lot,
            "expiry": self.expiry,
            "vials": self.vials,
            "diluent": self.diluent,
            "diluent_ml": self.diluent_ml,
            "technique": self.technique,
            "needle_gauge": self.needle,
            "injector": self.injector,
            "on": self.day,
            "performed_on": self.day,
            "note": self.note,
        }

    def set_choices(self, vials: Iterable[Vial], staff: Iterable[Staff]) -> None:
        """Offer these vials and these people."""
        offered = tuple(vials)
        self._products = {vial.key: vial.product for vial in offered}
        self.product.set_options([Option(vial.key, vial.words) for vial in offered])
        self.injector.set_options([Option(str(one.id), one.name) for one in staff])

    def chosen_product(self) -> Product | None:
        """The chosen product, None when none is."""
        return self._products.get(str(self.product.value()))

    def set_today(self, today: date) -> None:
        """The day dates are typed from; the application may stay open over midnight."""
        self._today = self.expiry.today = today
        self.day.set_today(today)

    def apply(self, entry: SessionEntry) -> None:
        """Show what an entry holds, right or wrong; emits nothing."""
        self.product.set_value(vial_key(entry.product, read_number(entry.vial_units)))
        self.lot.set_text(entry.lot)
        self.expiry.set_text(entry.expiry)
        self.vials.set_text(entry.vials)
        self.diluent.set_value(entry.diluent)
        self.diluent_ml.set_text(entry.diluent_ml)
        self.technique.set_value(entry.technique)
        self._show_needle(entry.needle_gauge)
        self.injector.set_value(entry.injector)
        self.day.set_text(entry.on)
        self.note.set_text(entry.note)
        self.show_problems(())
        self._show_computed()

    def merged(self, entry: SessionEntry) -> SessionEntry:
        """The entry with the texts of these fields."""
        product, _slash, units = str(self.product.value() or "").partition("/")
        return replace(
            entry,
            product=product,
            vial_units=units,
            lot=self.lot.text(),
            expiry=self.expiry.text(),
            vials=self.vials.text(),
            diluent=str(self.diluent.value() or Diluent.SALINE.value),
            diluent_ml=self.diluent_ml.text(),
            technique=str(self.technique.value() or Technique.INTRADERMAL.value),
            needle_gauge=str(self.needle.value() or ""),
            injector=str(self.injector.value() or ""),
            on=self.day.text(),
            note=self.note.text(),
        )

    def take_over(self, last: InjectionSession) -> None:
        """Product, dilution, technique and needle of another session; never its lot or its expiry."""
        self.product.set_value(vial_key(str(last.product_id), last.vial_units))
        self.diluent.set_value(last.diluent.value)
        self.diluent_ml.set_number(last.diluent_ml)
        self.technique.set_value(last.technique.value)
        self._show_needle("" if last.needle_gauge is None else str(last.needle_gauge))
        self._on_edited()

    def show_problems(self, problems: Iterable[Problem]) -> Field | None:
        """Mark the fields that have a problem, unmark the others; the first of them on the screen."""
        fields = self.by_problem
        for field in fields.values():
            field.set_error(None)
        named = [problem for problem in problems if problem.field in fields]
        for problem in named:
            field = fields[problem.field]
            if not field.error():
                # "Per vial" is plain only beside the field before it.
                name = _("Diluent per vial") if field is self.diluent_ml else field.label()
                field.set_error(problem_sentence(problem, name))
        return next((field for field in fields.values() if field.error()), None)

    def _lay_out(self) -> None:
        self.strength.set_read_only(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(11)
        column.addWidget(self.product)
        column.addLayout(_side_by_side((self.lot, 3), (self.expiry, 3)))
        column.addLayout(_side_by_side((self.diluent, 3), (self.diluent_ml, 3)))
        column.addLayout(_side_by_side((self.strength, 4), (self.vials, 2)))
        column.addLayout(_side_by_side((self.technique, 3), (self.needle, 3)))
        column.addLayout(_side_by_side((self.injector, 3), (self.day, 3)))
        column.addWidget(self._late)
        column.addLayout(self.screening_place)
        column.addWidget(self.note)
        column.addStretch(1)

    def _connect(self) -> None:
        for text in (self.lot, self.expiry):
            text.edited.connect(self.edited)
            text.committed.connect(self.edited)
        for number in (self.vials, self.diluent_ml):
            number.edited.connect(self._on_edited)
        # Half a date is another date ("18 Apr 20"): what follows from it waits until it is typed to the end.
        self.day.edited.connect(self.edited)
        self.day.committed.connect(self._on_edited)
        for combo in (self.diluent, self.technique, self.needle, self.injector):
            combo.value_changed.connect(self._on_edited)
        self.product.value_changed.connect(self._on_product)
        self.note.edited.connect(self.edited)

    def _on_edited(self, _value: object = None) -> None:
        self._show_computed()
        self.settled.emit()
        self.edited.emit()

    def _on_product(self) -> None:
        product = self.chosen_product()
        if product is not None and self.diluent_ml.is_empty():
            self.diluent_ml.set_number(product.usual_diluent_ml)
        self._on_edited()

    def _show_needle(self, gauge: str) -> None:
        """Choose a needle, an unusual one too."""
        usual = [str(number) for number in GAUGES]
        offered = [*usual, gauge] if gauge and gauge not in usual else usual
        self.needle.set_options(
            [Option("", "–"), *(Option(one, _("{gauge} G").format(gauge=one)) for one in offered)]
        )
        self.needle.set_value(gauge)

    def _show_computed(self) -> None:
        dilution = read_dilution(self.merged(SessionEntry()))
        strength = None if dilution is None else dilution.units_per_tenth_ml
        self.strength.set_text("–" if strength is None else strength_text(strength))
        day = self.day.date()
        late = day is not None and (self._today - day).days > 1
        self._late.setVisible(late)
        if late and day is not None:
            self._late.setText(_("Late entry: this is about {day}.").format(day=date_text(day)))


def strength_text(units: Decimal) -> str:
    """Units in 0.1 mL with one decimal at least: 4.0, 2.25."""
    rounded = round(units, 2)
    return f"{rounded:.1f}" if rounded == round(rounded, 1) else f"{rounded:.2f}"


def _side_by_side(*fields: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for field, share in fields:
        # An error line under one field must not stretch the box of its neighbour.
        cell = QVBoxLayout()
        cell.addWidget(field)
        cell.addStretch(1)
        row.addLayout(cell, share)
    return row
