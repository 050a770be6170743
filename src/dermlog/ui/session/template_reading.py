"""From what is charted on the session screen to a template, or the sentence why it cannot be one yet."""

from __future__ import annotations

from uuid import UUID

from dermlog.domain.session import Diluent, Technique
from dermlog.domain.session_template import SessionTemplate, sites_of_template
from dermlog.domain.validity import InvalidRecord
from dermlog.ui.kit.number_field import read_number
from dermlog.ui.session.entry import SessionEntry
from dermlog.wording import _

UNNAMED = "?"


def read_template(entry: SessionEntry) -> SessionTemplate | str:
    """The template without its name yet (UNNAMED), or what has to be done first."""
    units = read_number(entry.vial_units)
    if not entry.product or units is None:
        return _("Choose the product first: the units of a template belong to it.")
    if not entry.sites:
        return _("No point is charted yet. Chart the points first, then save them as a template.")
    try:
        return SessionTemplate(
            name=UNNAMED,
            product_id=UUID(entry.product),
            vial_units=units,
            sites=sites_of_template(entry.sites),
            diluent_ml=read_number(entry.diluent_ml),
            diluent=Diluent(entry.diluent),
            technique=Technique(entry.technique),
            needle_gauge=int(entry.needle_gauge) if entry.needle_gauge else None,
        )
    except (InvalidRecord, ValueError):
        return _("The dilution cannot be read. Mend the diluent per vial, then save the template.")
