"""The menu of templates: each by name with what it holds, then saving and editing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from dermlog.domain.product import Product
from dermlog.domain.session_template import SessionTemplate
from dermlog.wording import _, ngettext, units_text

KEYS = "123456789"


def template_menu(
    parent: QWidget,
    templates: Iterable[SessionTemplate],
    products: Mapping[UUID, Product],
    *,
    use: Callable[[UUID], object],
    save: Callable[[], object],
    edit: Callable[[], object],
) -> QMenu:
    """A menu that calls use(id), save() or edit(); the first nine templates are chosen by their digit too."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(_("Templates"))
    listed = tuple(templates)
    for place, template in enumerate(listed):
        # The mark before the digit makes it the key of the entry.
        digit = f"&{KEYS[place]}  " if place < len(KEYS) else "     "
        words = _("{name}  –  {content}").format(
            name=template.name, content=template_words(template, products.get(template.product_id))
        )
        action = menu.addAction(digit + words.replace("&", "&&"))
        action.triggered.connect(lambda _on=False, chosen=template.id: use(chosen))
    if not listed:
        menu.addAction(_("No template yet")).setEnabled(False)
    menu.addSeparator()
    menu.addAction(_("&Save these points as a template…")).triggered.connect(lambda _on=False: save())
    editing = menu.addAction(_("&Edit templates…"))
    editing.setEnabled(bool(listed))
    editing.triggered.connect(lambda _on=False: edit())
    return menu


def template_words(template: SessionTemplate, product: Product | None) -> str:
    """What a template holds: Botox 33 U in 18 points."""
    words = ngettext(
        "{brand} {units} in {count} point", "{brand} {units} in {count} points", len(template.sites)
    )
    return words.format(
        brand=product.brand if product else _("unknown product"),
        units=units_text(template.total_units),
        count=len(template.sites),
    )
