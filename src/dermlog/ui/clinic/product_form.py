"""The form of one product: what its label says, and where that was read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from dermlog.domain.product import Product
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.errors import DermlogError
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.date_field import DateField
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.field import Field
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.number_field import NumberField, read_number
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.text_field import TextField
from dermlog.wording import _, number_text

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class ProductForm(Dialog):
    """ProductForm(logbook, parent, product=None)."""

    def __init__(self, logbook: Logbook, parent: QWidget | None, product: Product | None = None) -> None:
        super().__init__(parent, _("Add a product") if product is None else _("Edit product"), width=640)
        self._logbook = logbook
        self._product = product
        self._edited = False
        self.brand = TextField(_("Brand"))
        self.generic = TextField(_("Generic name"))
        self.vials = TextField(_("Vial sizes"), placeholder="50; 100", suffix=_("U"))
        self.interval = NumberField(_("Minimum interval"), suffix=_("days"))
        self.diluent = NumberField(_("Usual diluent"), suffix=_("mL"))
        self.labelled = TextField(
            _("Reconstitution on the label"), placeholder=_("2.5 mL plain saline for 100 U")
        )
        self.hours = NumberField(_("Use within, after mixing"), suffix=_("hours"))
        self.source = TextField(_("Source of these facts"))
        self.source_date = DateField(_("Date of the source"), today=logbook.today())
        self.milk = _yes_no(_("Contains cow’s-milk protein"))
        self.albumin = _yes_no(_("Contains human albumin"))
        self.retired = SegmentedControl(
            [Option(False, _("In use")), Option(True, _("Retired"))],
            name=_("Whether the clinic uses it"),
            allow_unset=False,
            value=False,
        )
        self._lay_out()
        self._fill()
        for field in self._fields().values():
            if isinstance(field, TextField):
                field.edited.connect(self._on_edited)
        for choice in (self.milk, self.albumin, self.retired):
            choice.value_changed.connect(self._on_edited)
        self.add_cancel()
        self.add_accept(_("Save product")).clicked.connect(self._on_save)

    def holds_unsaved(self) -> bool:
        """Whether something was changed."""
        return self._edited

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for place, field in enumerate(self._fields().values()):
            grid.addWidget(field, place // 2, place % 2)
        self.body.addLayout(grid)
        for label, choice in (
            (_("Cow’s-milk protein"), self.milk),
            (_("Human albumin"), self.albumin),
            (_("In the clinic"), self.retired),
        ):
            row = QHBoxLayout()
            row.addWidget(Label(label, role="strong"))
            row.addStretch(1)
            row.addWidget(choice)
            self.body.addLayout(row)

    def _fields(self) -> dict[str, Field]:
        return {
            "brand": self.brand,
            "generic": self.generic,
            "vial_units": self.vials,
            "minimum_interval_days": self.interval,
            "usual_diluent_ml": self.diluent,
            "labelled_reconstitution": self.labelled,
            "hours_of_use": self.hours,
            "label_source": self.source,
            "label_date": self.source_date,
        }

    def _fill(self) -> None:
        product = self._product
        if product is None:
            self.interval.set_number(Decimal(84))
            return
        self.brand.set_text(product.brand)
        self.generic.set_text(product.generic)
        self.vials.set_text("; ".join(number_text(units) for units in product.vial_units))
        self.interval.set_number(Decimal(product.minimum_interval_days))
        self.diluent.set_number(product.usual_diluent_ml)
        self.hours.set_number(None if product.hours_of_use is None else Decimal(product.hours_of_use))
        self.labelled.set_text(product.labelled_reconstitution)
        self.source.set_text(product.label_source)
        self.source_date.set_date(product.label_date)
        self.milk.set_value(product.has_cow_milk_protein)
        self.albumin.set_value(product.has_albumin)
        self.retired.set_value(product.retired)

    def _on_edited(self, _value: object) -> None:
        self._edited = True

    def _on_save(self) -> None:
        for field in self._fields().values():
            field.set_error(None)
        try:
            self._logbook.products.save(self._read())
        except InvalidRecord as error:
            self._mark(error.problems)
            return
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self._edited = False
        self.accept()

    def _read(self) -> Product:
        problems = [
            Problem(name, Fault.NOT_A_NUMBER)
            for name, field in (
                ("minimum_interval_days", self.interval),
                ("usual_diluent_ml", self.diluent),
                ("hours_of_use", self.hours),
            )
            if field.is_garbled()
        ]
        if self.interval.is_empty():
            problems.append(Problem("minimum_interval_days", Fault.MISSING))
        if self.source_date.is_garbled():
            problems.append(Problem("label_date", Fault.NOT_A_DATE))
        parts = [part for part in self.vials.text().replace(";", " ").split() if part]
        sizes = [read_number(part) for part in parts]
        if None in sizes:
            problems.append(Problem("vial_units", Fault.NOT_A_NUMBER))
        for name, number in (
            ("minimum_interval_days", self.interval.number()),
            ("hours_of_use", self.hours.number()),
        ):
            if number is not None and number != number.to_integral_value():
                problems.append(Problem(name, Fault.NOT_A_WHOLE_NUMBER, None, number))
        if problems:
            raise InvalidRecord(tuple(problems))
        hours, milk, albumin = self.hours.number(), self.milk.value(), self.albumin.value()
        base = self._product or Product("–", "–", (Decimal(1),))
        return replace(
            base,
            generic=self.generic.text().strip(),
            brand=self.brand.text().strip(),
            vial_units=tuple(size for size in sizes if size is not None),
            has_cow_milk_protein=milk if isinstance(milk, bool) else None,
            has_albumin=albumin if isinstance(albumin, bool) else None,
            minimum_interval_days=int(self.interval.number() or 0),
            usual_diluent_ml=self.diluent.number(),
            labelled_reconstitution=self.labelled.text().strip(),
            hours_of_use=None if hours is None else int(hours),
            label_source=self.source.text().strip(),
            label_date=self.source_date.date(),
            retired=self.retired.value() is True,
        )

    def _mark(self, problems: tuple[Problem, ...]) -> None:
        fields = self._fields()
        for problem in problems:
            field = fields[problem.field]
            field.set_error(problem_sentence(problem, field.label()))
        fields[problems[0].field].focus()


def _yes_no(name: str) -> SegmentedControl:
    """Yes, no, or not stated by the source."""
    return SegmentedControl([Option(True, _("Yes")), Option(False, _("No"))], name=name)
