"""Screened: what the session screen asks of the logbook before the needle: rules, vial, earlier units."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession
from dermlog.domain.vial import units_in_months
from dermlog.logbook import Logbook
from dermlog.ui.kit.number_field import read_number
from dermlog.ui.session.consent_dialog import ConsentDialog
from dermlog.ui.session.entry import SessionEntry
from dermlog.ui.session.reading import read_vials
from dermlog.wording import _, ngettext, units_text

if TYPE_CHECKING:
    from dermlog.ui.session.session_screen import SessionScreen


class Screened:
    """offer() when choices change, settle() after each change of what rules look at."""

    def __init__(self, screen: SessionScreen, logbook: Logbook) -> None:
        self._screen = screen
        self._logbook = logbook
        screen.screening.consent_requested.connect(self._on_consent)
        screen.screening.questions_requested.connect(self._on_questions)
        screen.fields.product_switched.connect(self._on_product_switched)

    def offer(self, last: InjectionSession | None) -> None:
        """The questions with their last answers, the people, the vials that are open."""
        screen, logbook = self._screen, self._logbook
        screen.vial.forget()
        screen.fields.set_open_vials(screen.vial.open_now())
        screen.checks.questions.set_items(logbook.screening_rules.plan().items)
        answers = last.screening_answers if last is not None else ()
        screen.checks.questions.set_last(answers, last.performed_on if last is not None else None)
        screen.checks.details.set_staff(logbook.staff.all())

    def settle(self, entry: SessionEntry, product: Product | None, day: date) -> None:
        """Draw what stops and cautions, and what follows for the vial."""
        screen, patient = self._screen, self._screen.patient
        if patient is None:
            return
        facts = screen.vial.facts(entry, product, day)
        answers = screen.checks.questions.answers()
        screen.screening.show_findings(self._logbook.screening(patient.id, product, day, answers, facts))
        screen.doses.show_before(self._before_words(product, day))
        self.show_vial()

    def show_vial(self) -> None:
        """What becomes of the vial with the points charted now."""
        screen = self._screen
        # A point that is dragged changes the sum many times a second: worked out only where it is seen.
        if not screen.checks.isVisible():
            return
        entry, product = screen.entry(), screen.fields.chosen_product()
        chosen = screen.vial.chosen(entry)
        units, vials = read_number(entry.vial_units), read_vials(entry)
        holds = chosen.left if chosen is not None else None
        if chosen is None and units is not None and vials is not None:
            holds = units * vials
        screen.checks.vial.show_vial(
            product,
            holds=holds,
            used=sum((site.units for site in screen.board.sites), Decimal(0)),
            use_by=screen.vial.facts(entry, product, screen.day).use_by,
            shares=screen.vial.shares,
            opened=chosen is not None,
        )

    def _before_words(self, product: Product | None, day: date) -> str:
        """Units of this product alone in the three months before; never of two products."""
        patient = self._screen.patient
        if product is None or patient is None:
            return ""
        earlier = self._logbook.sessions.of_patient(patient.id)
        units, count = units_in_months(earlier, product.id, day)
        if not count:
            return ""
        words = ngettext(
            "{brand} in the 3 months before: {units} in {count} treatment.",
            "{brand} in the 3 months before: {units} in {count} treatments.",
            count,
        )
        return words.format(brand=product.brand, units=units_text(units), count=count)

    def _on_product_switched(self, before: object) -> None:
        """Units belong to a product: what was charted for another one is said, and can be taken back."""
        screen = self._screen
        product = screen.fields.chosen_product()
        if product is None or not screen.board.sites:
            return
        words = _(
            "The points were charted in units of another product. Units of {brand} are not the same: "
            "check every point, or go back."
        )
        screen.notice.tell(words.format(brand=product.brand), "caution")
        screen.notice.add_button(_("Back to the product before"), lambda: self._put_back(str(before)))
        screen.notice.add_button(_("Keep {brand}").format(brand=product.brand), screen.notice.hush)

    def _put_back(self, before: str) -> None:
        self._screen.fields.put_back(before)
        self._screen.notice.hush()

    def _on_questions(self) -> None:
        self._screen.show_page("checks")
        self._screen.checks.questions.focus_first()

    def _on_consent(self) -> None:
        screen, patient = self._screen, self._screen.patient
        if patient is None:
            return
        dialog = ConsentDialog(screen, self._logbook, patient.id, screen.day)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
