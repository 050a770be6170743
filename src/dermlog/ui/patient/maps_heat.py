"""Where the doses of one product went over all treatments: each zone with its units."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.session import InjectionSession
from dermlog.figures.dose_heat import DARK_HEAT, LIGHT_HEAT, cumulative_units, draw_heat
from dermlog.figures.pen import Pen
from dermlog.naming import name_of
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import px, theme
from dermlog.ui.patient.drawn_map import DrawnMap, face_colors, view_title, views_with_zones
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.wording import _, date_text, ngettext, units_text


class MapsHeat(QWidget):
    """MapsHeat().show_facts(facts): one product at a time, for units of different products do not add up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: PatientFacts | None = None
        self.product = Combo(_("Product"))
        self.product.setMaximumWidth(px(280))
        self.words = Label(role="strong", wrap=True)
        self._scroll = ScrollArea()
        self._scroll.body.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.product)
        column.addWidget(self.words)
        column.addWidget(self._scroll, 1)
        self._pictures: QWidget | None = None
        self.product.value_changed.connect(lambda _value: self.refresh())

    def show_facts(self, facts: PatientFacts) -> None:
        """Offer the products that this patient had, the newest first."""
        self._facts = facts
        ids = dict.fromkeys(
            entry.session.product_id for entry in reversed(facts.course.sessions) if entry.session is not None
        )
        self.product.set_options([Option(one, _brand(facts, one)) for one in ids])
        if self.product.value() is None and ids:
            self.product.set_value(next(iter(ids)))
        self.refresh()

    def sessions(self) -> tuple[InjectionSession, ...]:
        """The treatments with the chosen product, in order of time."""
        facts, chosen = self._facts, self.product.value()
        if facts is None:
            return ()
        return tuple(
            entry.session
            for entry in facts.course.sessions
            if entry.session is not None and entry.session.product_id == chosen
        )

    def refresh(self) -> None:
        """Draw the zones of the chosen product."""
        if self._pictures is not None:
            self._pictures.hide()
            self._pictures.deleteLater()
            self._pictures = None
        sessions, facts = self.sessions(), self._facts
        if facts is None or not sessions:
            self.words.setText("")
            return
        units = cumulative_units(sessions)
        brand = _brand(facts, sessions[0].product_id)
        words = ngettext(
            "{brand}: {units} in {count} treatment, {first}",
            "{brand}: {units} in {count} treatments, {first} – {last}",
            len(sessions),
        )
        self.words.setText(
            words.format(
                brand=brand,
                units=units_text(sum(units.values(), Decimal(0))),
                count=len(sessions),
                first=date_text(sessions[0].performed_on),
                last=date_text(sessions[-1].performed_on),
            )
        )
        self._pictures = _drawn(units, sessions, brand)
        self._scroll.body.insertWidget(0, self._pictures)


def _drawn(units: Mapping[Zone, Decimal], sessions: tuple[InjectionSession, ...], brand: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    row = QHBoxLayout()
    row.setSpacing(16)
    said = ", ".join(
        _("{zone} {units}").format(zone=name_of(zone).lower(), units=units_text(dose))
        for zone, dose in units.items()
    )
    for view in views_with_zones(units, sessions):
        cell = QVBoxLayout()
        draw = partial(_draw, units, view, sessions[-1].map_version)
        cell.addWidget(DrawnMap(draw, view, said, version=sessions[-1].map_version), 1)
        cell.addWidget(view_title(view))
        row.addLayout(cell, 1)
    column.addLayout(row)
    legend = _(
        "Numbers are units of {brand} in each zone, from all views. The stronger its colour, the more "
        "a zone had; a zone without a number never had {brand}."
    ).format(brand=brand)
    column.addWidget(Label(legend, role="small", wrap=True))
    if Zone.ELSEWHERE in units:
        words = _("Elsewhere on the face: {units}.").format(units=units_text(units[Zone.ELSEWHERE]))
        column.addWidget(Label(words, role="small", wrap=True))
    return holder


def _draw(units: Mapping[Zone, Decimal], view: FaceView, version: int, pen: Pen, width: float) -> float:
    return draw_heat(
        pen,
        units,
        width=width,
        view=view,
        version=version,
        face=face_colors(),
        colors=DARK_HEAT if theme().dark else LIGHT_HEAT,
    )


def _brand(facts: PatientFacts, product_id: UUID) -> str:
    product = facts.products.get(product_id)
    return "" if product is None else product.brand
