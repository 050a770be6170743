"""KnownExpiry: a lot has one expiry, so that of a lot which the clinic has used before is not asked again."""

from __future__ import annotations

from datetime import date

from dermlog.domain.product import Product
from dermlog.logbook import Logbook
from dermlog.ui.session.expiry_text import expiry_shown
from dermlog.ui.session.product_fields import ProductFields
from dermlog.wording import _


class KnownExpiry:
    """KnownExpiry(fields, logbook): fill() puts it in where the box is empty, and says whence it is."""

    def __init__(self, fields: ProductFields, logbook: Logbook) -> None:
        self._fields = fields
        self._logbook = logbook
        fields.lot.committed.connect(self.fill)
        fields.expiry.edited.connect(lambda _text: fields.expiry.edit.setToolTip(""))

    def fill(self) -> None:
        """Only an empty box is filled: what a person typed stays."""
        fields = self._fields
        if fields.expiry.text().strip():
            return
        expiry = self.of(fields.lot.text(), fields.chosen_product())
        if expiry is not None:
            fields.expiry.set_text(expiry_shown(expiry))
            fields.expiry.set_error(None)
            fields.expiry.edit.setToolTip(_("As for this lot before. Compare it with the vial."))
            fields.edited.emit()

    def of(self, lot: str, product: Product | None) -> date | None:
        """The expiry of a lot of a product; None when it is not known, or not known for certain."""
        if product is None:
            return None
        found = {one.expiry for one in self._logbook.vials.known_lots(lot) if one.product_id == product.id}
        return found.pop() if len(found) == 1 else None
