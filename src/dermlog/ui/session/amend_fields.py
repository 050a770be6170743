"""AmendFields: everything of a signed session but its points, as fields to correct, with nothing left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.product import Product
from dermlog.domain.session import Diluent, Dilution, InjectionSession, InjectionSite, Technique
from dermlog.domain.staff import Staff
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.naming import name_of
from dermlog.sentences import problem_sentence
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.date_field import DateField
from dermlog.ui.kit.field import Field
from dermlog.ui.kit.note_field import NoteField
from dermlog.ui.kit.number_field import NumberField
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.session.expiry_text import ExpiryField, expiry_shown
from dermlog.wording import _

T = TypeVar("T")
NOBODY = ""
AFTERCARE: Mapping[str, bool | None] = {"": None, "yes": True, "no": False}


class AmendFields(QWidget):
    """set_choices, then show_session(session); read(sites, today) gives the session as it stands now."""

    edited = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: InjectionSession | None = None
        self.day = DateField(_("Date"), today=today)
        self.product = Combo(_("Product"))
        self.lot = TextField(_("Lot"))
        self.expiry = ExpiryField(_("Expiry"), today=today)
        self.vial_units = NumberField(_("Units in the vial"), suffix=_("U"))
        self.vials = NumberField(_("Vials"))
        self.diluent = Combo(_("Diluent"), [Option(one, name_of(one)) for one in Diluent])
        self.diluent_ml = NumberField(_("Per vial"), suffix=_("mL"), name=_("Diluent per vial"))
        self.technique = Combo(_("Technique"), [Option(one, name_of(one)) for one in Technique])
        self.needle = NumberField(_("Needle"), suffix=_("G"))
        self.wasted = NumberField(_("Wasted"), suffix=_("U"), name=_("Wasted units"))
        self.injector = Combo(_("Injected by"))
        self.prescriber = Combo(_("Prescribed by"))
        self.supervisor = Combo(_("Supervised by"))
        self.aftercare = Combo(
            _("Aftercare given"),
            [Option("", _("not recorded")), Option("yes", _("yes")), Option("no", _("no"))],
        )
        self.anaesthesia = TextField(_("Anaesthesia"))
        self.reaction = NoteField(_("Immediate reaction"), lines=2)
        self.plan = NoteField(_("Reason for the plan"), lines=2)
        self.note = NoteField(_("Treatment note"), lines=3)
        self._lay_out()
        for field in self.by_problem.values():
            changed = field.value_changed if isinstance(field, Combo) else None
            if changed is not None:
                changed.connect(lambda _value: self.edited.emit())
            elif isinstance(field, TextField | NoteField):
                field.edited.connect(self.edited)

    @property
    def by_problem(self) -> dict[str, Field]:
        """The field that shows the problem of each name, in the order of the screen."""
        return {
            "performed_on": self.day,
            "product_id": self.product,
            "lot": self.lot,
            "expiry": self.expiry,
            "vial_units": self.vial_units,
            "vials": self.vials,
            "diluent": self.diluent,
            "diluent_ml": self.diluent_ml,
            "technique": self.technique,
            "needle_gauge": self.needle,
            "wasted_units": self.wasted,
            "injector_id": self.injector,
            "prescriber_id": self.prescriber,
            "supervisor_id": self.supervisor,
            "aftercare_given": self.aftercare,
            "anaesthesia": self.anaesthesia,
            "immediate_reaction": self.reaction,
            "reason": self.plan,
            "note": self.note,
        }

    def set_choices(self, products: Iterable[Product], staff: Iterable[Staff]) -> None:
        """Offer these products and people."""
        self.product.set_options([Option(one.id, one.brand) for one in products])
        people = [Option(one.id, one.name) for one in staff]
        self.injector.set_options(people)
        for combo in (self.prescriber, self.supervisor):
            combo.set_options([Option(NOBODY, _("not recorded")), *people])

    def show_session(self, session: InjectionSession) -> None:
        """Show a session; emits nothing."""
        self._session = session
        self.day.set_date(session.performed_on)
        self.product.set_value(session.product_id)
        self.lot.set_text(session.lot)
        self.expiry.set_text(expiry_shown(session.expiry))
        self.vial_units.set_number(session.vial_units)
        self.vials.set_number(session.vials)
        self.diluent.set_value(session.diluent)
        self.diluent_ml.set_number(session.diluent_ml)
        self.technique.set_value(session.technique)
        self.needle.set_number(session.needle_gauge)
        self.wasted.set_number(session.wasted_units)
        self.injector.set_value(session.injector_id)
        self.prescriber.set_value(session.prescriber_id or NOBODY)
        self.supervisor.set_value(session.supervisor_id or NOBODY)
        self.aftercare.set_value({True: "yes", False: "no"}.get(session.aftercare_given, ""))  # type: ignore[arg-type]
        self.anaesthesia.set_text(session.anaesthesia)
        self.reaction.set_text(session.immediate_reaction)
        self.plan.set_text(session.reason)
        self.note.set_text(session.note)
        self.show_problems(())

    def rebase(self, session: InjectionSession) -> None:
        """Read from now on as a change of this version; what is typed stays."""
        self._session = session

    def dilution(self) -> Dilution | None:
        """How the vial was mixed, None while that cannot be read."""
        units, ml = self.vial_units.number(), self.diluent_ml.number()
        if units is None or ml is None or units <= 0 or ml <= 0:
            return None
        return Dilution(units, ml)

    def read(self, sites: tuple[InjectionSite, ...], today: date) -> InjectionSession:
        """The session with what is typed now. Raises InvalidRecord with the problems of all fields."""
        session = self._session
        if session is None:
            raise RuntimeError("no session is shown")
        problems: list[Problem] = []

        def needed(name: str, value: T | None, typed: str, fault: Fault, stand_in: T) -> T:
            if value is None:
                problems.append(Problem(name, fault if typed.strip() else Fault.MISSING))
                return stand_in
            return value

        def whole(field: NumberField) -> int | None:
            number = field.number()
            return int(number) if number is not None and number == number.to_integral_value() else None

        day = needed("performed_on", self.day.date(), self.day.text(), Fault.NOT_A_DATE, session.performed_on)
        if day > today:
            problems.append(Problem("performed_on", Fault.IN_FUTURE, today, day))
            day = session.performed_on
        optional: dict[str, Decimal | None] = {}
        for name, field in (("needle_gauge", self.needle), ("wasted_units", self.wasted)):
            optional[name] = field.number()
            if field.is_garbled() or (name == "needle_gauge" and not field.is_empty() and not whole(field)):
                problems.append(Problem(name, Fault.NOT_A_NUMBER))
                optional[name] = None
        gauge, product = optional["needle_gauge"], self.product.value()
        changes: dict[str, object] = {
            "performed_on": day,
            "product_id": product if isinstance(product, UUID) else session.product_id,
            "lot": self.lot.text().strip(),
            "expiry": needed("expiry", self.expiry.date(), self.expiry.text(), Fault.NOT_A_DATE, date.max),
            "vial_units": needed(
                "vial_units",
                self.vial_units.number(),
                self.vial_units.text(),
                Fault.NOT_A_NUMBER,
                session.vial_units,
            ),
            "vials": needed(
                "vials", whole(self.vials), self.vials.text(), Fault.NOT_A_WHOLE_NUMBER, session.vials
            ),
            "diluent": self.diluent.value(),
            "diluent_ml": needed(
                "diluent_ml",
                self.diluent_ml.number(),
                self.diluent_ml.text(),
                Fault.NOT_A_NUMBER,
                session.diluent_ml,
            ),
            "technique": self.technique.value(),
            "needle_gauge": None if gauge is None else int(gauge),
            "wasted_units": optional["wasted_units"],
            "injector_id": self.injector.value(),
            "prescriber_id": self.prescriber.value() or None,
            "supervisor_id": self.supervisor.value() or None,
            "aftercare_given": AFTERCARE[str(self.aftercare.value() or "")],
            "anaesthesia": self.anaesthesia.text().strip(),
            "immediate_reaction": self.reaction.text(),
            "reason": self.plan.text(),
            "note": self.note.text(),
            "sites": sites,
        }
        made = session
        try:
            made = replace(session, **changes)  # type: ignore[arg-type]
        except InvalidRecord as invalid:
            known = {problem.field for problem in problems}
            problems += [problem for problem in invalid.problems if problem.field not in known]
        if problems:
            raise InvalidRecord(tuple(problems))
        return made

    def show_problems(self, problems: Iterable[Problem]) -> Field | None:
        """Mark the fields that have a problem, unmark the others; the first of them on the screen."""
        fields = self.by_problem
        for field in fields.values():
            field.set_error(None)
        for problem in problems:
            found = fields.get(problem.field)
            if found is not None and not found.error():
                name = _("Diluent per vial") if found is self.diluent_ml else found.label()
                found.set_error(problem_sentence(problem, name))
        return next((field for field in fields.values() if field.error()), None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(11)
        for pair in (
            (self.day, self.product),
            (self.lot, self.expiry),
            (self.vial_units, self.vials),
            (self.diluent, self.diluent_ml),
            (self.technique, self.needle),
            (self.wasted, self.aftercare),
            (self.injector, self.prescriber),
            (self.supervisor, self.anaesthesia),
        ):
            row = QHBoxLayout()
            row.setSpacing(8)
            for field in pair:
                cell = QVBoxLayout()
                cell.addWidget(field)
                cell.addStretch(1)
                row.addLayout(cell, 1)
            column.addLayout(row)
        for note in (self.reaction, self.plan, self.note):
            column.addWidget(note)
        column.addStretch(1)
