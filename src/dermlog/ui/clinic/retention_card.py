"""RetentionCard: how long the clinic keeps records, and whom only owners see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from dermlog.domain.clinic_rule import RETENTION_YEARS
from dermlog.domain.erasure import SUGGESTIONS
from dermlog.domain.permission import Action
from dermlog.errors import DermlogError
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice
from dermlog.ui.kit.number_field import NumberField
from dermlog.ui.kit.option import Option
from dermlog.wording import _, ngettext

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class RetentionCard(Card):
    """RetentionCard(logbook): the period in years, with what is usual in some countries to start from."""

    def __init__(self, logbook: Logbook) -> None:
        super().__init__(_("Keeping records"), note=_("before anybody can be erased"))
        self._logbook = logbook
        self.notice = Notice()
        self.years = NumberField(
            _("Years after the last entry"), suffix=_("years"), placeholder=_("Not chosen")
        )
        self.usual = Combo(
            _("Often named in"),
            [Option(one.country, _usual(one.country, one.years)) for one in SUGGESTIONS],
            placeholder=_("Country…"),
        )
        self.save_button = Button(_("Save"), small=True)
        self._restricted = Label("", role="small", wrap=True)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self.usual, 1)
        fields.addWidget(self.years, 1)
        self.add(self.notice)
        self.add_layout(fields)
        words = _(
            "A suggestion, not the law of your place: children, regions and devices may have other periods. "
            "Ask whoever advises the clinic."
        )
        self.add(Label(words, role="small", wrap=True))
        self.add(self.save_button)
        self.add(self._restricted)
        self.usual.value_changed.connect(self._on_usual)
        self.save_button.clicked.connect(self._on_save)
        self.refresh()

    def refresh(self) -> None:
        """Show the clinic's period; only owners change it."""
        years = self._logbook.clinic_rules.get().retention_years
        if not self.years.edit.isModified():
            self.years.set_number(years)
        may = self._logbook.may(Action.EDIT_CLINIC_RULES)
        for part in (self.years, self.usual, self.save_button):
            part.setEnabled(may)
        count = len(self._logbook.erasing.restricted()) if self._logbook.may(Action.SEE_RESTRICTED) else 0
        self._restricted.setVisible(bool(count))
        words = ngettext("{n} patient is restricted.", "{n} patients are restricted.", count)
        self._restricted.setText(words.format(n=count))

    def _on_usual(self, country: object) -> None:
        years = next((one.years for one in SUGGESTIONS if one.country == country), None)
        self.years.set_number(years)
        self.years.edit.setModified(True)

    def _on_save(self) -> None:
        number = self.years.number()
        wrong = self.years.is_garbled() or (
            number is not None and (number != int(number) or int(number) not in RETENTION_YEARS)
        )
        self.years.set_error(_("Type whole years from 1 to 100, or nothing.") if wrong else None)
        if wrong:
            self.years.focus()
            return
        rules = replace(
            self._logbook.clinic_rules.get(), retention_years=None if number is None else int(number)
        )
        try:
            self._logbook.clinic_rules.save(rules)
        except DermlogError as error:
            self.notice.tell(error.sentence, "danger")
            return
        self.years.edit.setModified(False)
        self.notice.tell(_("The period is saved."), "info")


def _usual(country: str, years: int) -> str:
    names = {
        "AT": _("Austria"),
        "AU": _("Australia"),
        "BE": _("Belgium"),
        "CH": _("Switzerland"),
        "DE": _("Germany"),
        "DK": _("Denmark"),
        "ES": _("Spain"),
        "FR": _("France"),
        "GB": _("United Kingdom"),
        "IE": _("Ireland"),
        "IL": _("Israel"),
        "NL": _("Netherlands"),
        "PL": _("Poland"),
        "SE": _("Sweden"),
    }
    return ngettext("{country}: {n} year", "{country}: {n} years", years).format(
        country=names[country], n=years
    )
