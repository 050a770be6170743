"""DosePanel: the right side - points, units and mL by zone, use of the vial, the selected point."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dermlog.domain.face_map import Zone
from dermlog.domain.product import Product
from dermlog.domain.session import Dilution, ZoneTotal, total, totals_by_zone
from dermlog.naming import name_of
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.meter import Meter
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import Tone
from dermlog.ui.session.selected_point import SelectedPoint, key_hints
from dermlog.wording import _, isolated, ml_text, ngettext, number_text, units_text

NOTHING = "–"


class DosePanel(Card):
    """DosePanel(board): show_vial says which product, how it was mixed and how many vials were opened."""

    def __init__(self, board: SiteBoard, parent: QWidget | None = None) -> None:
        super().__init__(_("Sites by zone"), parent=parent)
        self._board = board
        self._product: Product | None = None
        self._dilution: Dilution | None = None
        self._vials: int | None = 1
        self._units: Decimal | None = None
        self.table: RecordTable[ZoneTotal] = RecordTable(
            [
                Column(_("Zone"), _zone_cell, stretch=1),
                Column(_("Points"), lambda row: Cell(str(row.points), strong=row.zone is None), width=54),
                Column(_("Units"), _units_cell, width=54),
                Column(_("mL"), _ml_cell, width=42),
            ],
            name=_("Sites by zone"),
            row_height=28,
            empty=_("No points yet. Click on the face."),
        )
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.vial = Meter()
        self.problem = Label(role="error", wrap=True)
        self.problem.hide()
        self.point = SelectedPoint(board)
        inside = ScrollArea()
        inside.body.setSpacing(12)
        for part in (self.table, self.vial, self.problem, self.point):
            inside.add(part)
        inside.body.addStretch(1)
        inside.add(key_hints())
        self.body.addWidget(inside, 1)
        board.sites_changed.connect(self.refresh)
        board.selection_changed.connect(self._on_selection)
        self.table.row_opened.connect(self._on_row_opened)
        self.refresh()

    def show_vial(
        self,
        product: Product | None,
        units: Decimal | None,
        dilution: Dilution | None,
        vials: int | None,
    ) -> None:
        """Product, units of one vial, dilution and number of vials; None for what is not known yet."""
        self._product, self._units, self._dilution, self._vials = product, units, dilution, vials
        self.point.set_dilution(dilution)
        self.refresh()

    def light_zone(self, zone: Zone | None) -> None:
        """Mark the row of the zone under the mouse."""
        rows = self.table.rows()
        self.table.select_row(
            next((index for index, row in enumerate(rows) if zone and row.zone is zone), -1)
        )

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with the points; "" for nothing."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def refresh(self) -> None:
        """Count the points anew."""
        sites = self._board.sites
        rows = totals_by_zone(sites, self._dilution)
        self.table.set_rows((*rows, total(None, sites, self._dilution)) if rows else ())
        self.table.fit_height()
        self.show_problem("")
        self._show_vial_use(sum((site.units for site in sites), Decimal(0)))

    @property
    def total_words(self) -> str:
        """What is charted in all: Botox 33 U in 18 points."""
        whole = total(None, self._board.sites, self._dilution)
        brand = isolated(self._product.brand) if self._product else _("no product yet")
        return ngettext(
            "{brand} {units} in {count} point", "{brand} {units} in {count} points", whole.points
        ).format(brand=brand, units=units_text(whole.units), count=whole.points)

    def _show_vial_use(self, used: Decimal) -> None:
        brand = isolated(self._product.brand) if self._product else ""
        if self._units is None or self._vials is None or not brand:
            words = _("{used} charted. Choose the product to see the use of the vial.")
            self.vial.show_part(words.format(used=units_text(used)), 0)
            return
        opened = self._units * self._vials
        facts = {
            "brand": brand,
            "used": number_text(used),
            "opened": units_text(opened),
            "over": units_text(used - opened),
        }
        if used > opened:
            words = _("{brand} vial: {used} of {opened} – {over} more than opened").format(**facts)
            self.vial.show_part(words, 1.0, Tone.DANGER)
            return
        words = ngettext(
            "{brand} vial: {used} of {opened} used", "{brand} vials: {used} of {opened} used", self._vials
        ).format(**facts)
        self.vial.show_part(words, float(used / opened) if opened else 0.0)

    def _on_selection(self) -> None:
        zones = {site.zone for site in self._board.selected}
        self.light_zone(zones.pop() if len(zones) == 1 else None)

    def _on_row_opened(self, row: ZoneTotal) -> None:
        """Enter or a double click on a zone selects its points in the view that is shown."""
        self._board.select(site.id for site in self._board.in_view() if row.zone in {None, site.zone})


def _zone_cell(row: ZoneTotal) -> Cell:
    return Cell(_("Total"), strong=True) if row.zone is None else Cell(name_of(row.zone))


def _units_cell(row: ZoneTotal) -> Cell:
    total_row = row.zone is None
    return Cell(units_text(row.units) if total_row else number_text(row.units), strong=total_row)


def _ml_cell(row: ZoneTotal) -> Cell:
    return Cell(NOTHING if row.ml is None else ml_text(row.ml), strong=row.zone is None)
