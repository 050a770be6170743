"""Beginning: what a session can begin from - the session before, or a template of the clinic."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint

from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession
from dermlog.domain.session_template import SessionTemplate
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.session.template_list_dialog import TemplateListDialog
from dermlog.ui.session.template_menu import template_menu, template_words
from dermlog.ui.session.template_reading import read_template
from dermlog.ui.session.template_save_dialog import TemplateSaveDialog
from dermlog.wording import _, date_text, ngettext, units_text

if TYPE_CHECKING:
    from dermlog.ui.session.session_screen import SessionScreen


class Beginning:
    """The buttons "Same as last time" and "Template", and the names over a map without points."""

    def __init__(self, screen: SessionScreen, logbook: Logbook) -> None:
        self._screen = screen
        self._logbook = logbook
        panel = screen.map_panel
        panel.same_as_last_requested.connect(self.same_as_last)
        panel.templates_requested.connect(self.open_menu)
        panel.overlay.template_chosen.connect(self.use)

    def refresh(self) -> None:
        """Offer what there is: the session before, and the templates."""
        patient = self._screen.patient
        last = self._logbook.sessions.last_of_patient(patient.id) if patient else None
        panel = self._screen.map_panel
        panel.set_last_available(last is not None)
        panel.overlay.set_templates([(one.id, one.name) for one in self._logbook.templates.all()])

    def same_as_last(self) -> None:
        """Take over the points and the dilution of the session before."""
        patient = self._screen.patient
        last = self._logbook.sessions.last_of_patient(patient.id) if patient else None
        if last is not None:
            whence = date_text(last.performed_on)
            self._take_over(last, _("Same as last time"), whence)

    def open_menu(self) -> None:
        """The menu of the templates, under its button."""
        button = self._screen.map_panel.template
        self.menu = template_menu(
            button,
            self._logbook.templates.all(),
            self._products(),
            use=self.use,
            save=self.save,
            edit=self.edit,
        )
        top = button.mapToGlobal(QPoint(0, -self.menu.sizeHint().height() - 4))
        self.menu.popup(top)

    def use(self, template_id: UUID) -> None:
        """Put the points of a template on the map, with its product and its dilution."""
        try:
            template = self._logbook.templates.get(template_id)
        except DermlogError as error:
            self._screen.notice.tell(error.sentence, "caution")
            return
        named = replace(
            self._screen.entry(), product=str(template.product_id), vial_units=str(template.vial_units)
        )
        self._screen.offer_choices(named)
        self._take_over(template, _("Template"), template.name)

    def save(self) -> None:
        """Ask for a name and keep what is charted as a template."""
        made = read_template(self._screen.entry())
        if isinstance(made, str):
            self._screen.notice.tell(made, "caution")
            return
        dialog = TemplateSaveDialog(self._screen, self._logbook, made, self._words(made))
        dialog.finished.connect(dialog.deleteLater)
        self.save_dialog = dialog
        dialog.open()

    def edit(self) -> None:
        """Rename, overwrite or delete templates."""
        made = read_template(self._screen.entry())
        dialog = TemplateListDialog(
            self._screen, self._logbook, self._words, None if isinstance(made, str) else made
        )
        dialog.finished.connect(dialog.deleteLater)
        self.list_dialog = dialog
        dialog.open()

    def _take_over(self, begun: InjectionSession | SessionTemplate, name: str, whence: str) -> None:
        screen = self._screen
        screen.fields.take_over(begun)
        screen.board.replace_all(begun.sites, name)
        screen.board.set_next_units(Counter(site.units for site in begun.sites).most_common(1)[0][0])
        words = ngettext(
            "{count} point of {whence} taken over: {brand} {units}. Lot and expiry are of today’s vial.",
            "{count} points of {whence} taken over: {brand} {units}. Lot and expiry are of today’s vial.",
            len(begun.sites),
        )
        product = screen.fields.chosen_product()
        screen.notice.tell(
            words.format(
                count=len(begun.sites),
                whence=whence,
                brand=product.brand if product else "",
                units=units_text(begun.total_units),
            )
        )
        screen.notice.add_button(_("OK"), screen.notice.hush)
        if not screen.fields.lot.text():
            screen.fields.lot.focus()

    def _products(self) -> dict[UUID, Product]:
        return {product.id: product for product in self._logbook.products.all(include_retired=True)}

    def _words(self, template: SessionTemplate) -> str:
        return template_words(template, self._products().get(template.product_id))
