"""VialFields: when the vial was mixed, until when it may be used, and what became of its units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.product import Product
from dermlog.domain.validity import Problem
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.field import Field
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.number_field import NumberField, read_number
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.session.entry import SessionEntry
from dermlog.wording import _, date_text, time_text, units_text


class VialFields(QWidget):
    """apply(entry), merged(entry); show(...) says what follows from them. edited after a change by hand."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mixed = TextField(_("Mixed at"), placeholder="09:30")
        self.wasted = NumberField(_("Thrown away"), suffix=_("U"))
        self.use_by = Label(role="small", wrap=True)
        self.balance = Label(wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.mixed, 1)
        row.addWidget(self.wasted, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.use_by)
        column.addWidget(self.balance)
        self.mixed.edited.connect(lambda _text: self.edited.emit())
        self.wasted.edited.connect(lambda *_args: self.edited.emit())

    @property
    def by_problem(self) -> dict[str, Field]:
        """The field that shows the problem of each name."""
        return {"mixed_at": self.mixed, "wasted_units": self.wasted}

    def apply(self, entry: SessionEntry) -> None:
        """Show what an entry holds; emits nothing."""
        self.mixed.set_text(entry.mixed_at)
        self.wasted.set_text(entry.wasted)
        self.show_problems(())

    def merged(self, entry: SessionEntry) -> SessionEntry:
        """The entry with the texts of these fields."""
        return replace(entry, mixed_at=self.mixed.text(), wasted=self.wasted.text())

    def show_vial(
        self,
        product: Product | None,
        *,
        holds: Decimal | None,
        used: Decimal,
        use_by: datetime | None,
        shares: bool,
        opened: bool,
    ) -> None:
        """holds: what was in it before, None when not known; opened: it is the vial of an earlier session."""
        self.mixed.set_read_only(opened)
        self.wasted.setVisible(shares)
        words = ""
        if use_by is not None:
            words = _("Use by {day}, {time}.").format(day=date_text(use_by.date()), time=time_text(use_by))
        elif product is not None and product.hours_of_use is None:
            words = _("The catalogue does not state how long {brand} may be used once mixed.").format(
                brand=product.brand
            )
        self.use_by.setText(words)
        self.use_by.setVisible(bool(words))
        if product is None or holds is None:
            self.balance.setText(_("Choose the product to see what is left."))
            return
        wasted = (read_number(self.wasted.text()) or Decimal(0)) if shares else max(holds - used, Decimal(0))
        left = holds - used - wasted
        facts = {
            "brand": product.brand,
            "holds": units_text(holds),
            "used": units_text(used),
            "wasted": units_text(wasted),
            "left": units_text(left),
            "over": units_text(-left),
        }
        if left < 0:
            self.balance.setText(
                _("{brand} {holds}: {used} used, {wasted} thrown away – {over} too many.").format(**facts)
            )
            return
        self.balance.setText(
            _("{brand} {holds} = {used} used + {wasted} thrown away + {left} left.").format(**facts)
        )

    def show_problems(self, problems: Iterable[Problem]) -> Field | None:
        """Mark what cannot stay; the first marked field."""
        fields = self.by_problem
        for field in fields.values():
            field.set_error(None)
        for problem in problems:
            found = fields.get(problem.field)
            if found is not None and not found.error():
                found.set_error(problem_sentence(problem, found.label()))
        return next((field for field in fields.values() if field.error()), None)
