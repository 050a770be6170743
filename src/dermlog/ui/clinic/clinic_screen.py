"""What belongs to the clinic: letterhead, staff, products, safety; and the look on this PC."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from dermlog.changes import Noun
from dermlog.domain.permission import Action
from dermlog.domain.product import Product
from dermlog.domain.staff import Staff
from dermlog.naming import name_of
from dermlog.ui import preferences
from dermlog.ui.allowing import allow
from dermlog.ui.clinic.letterhead_fields import LetterheadFields
from dermlog.ui.clinic.lock_card import LockCard
from dermlog.ui.clinic.retention_card import RetentionCard
from dermlog.ui.clinic.safety_card import SafetyCard
from dermlog.ui.kit import theme
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.notice import Notice, SavedStatus
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.record_table import Cell, Column, RecordTable
from dermlog.ui.kit.screen import Screen
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.theme import Mode
from dermlog.ui.logbook_signals import RefreshOnNews
from dermlog.wording import _, number_text

if TYPE_CHECKING:
    from dermlog.logbook import Logbook


class ClinicScreen(Screen):
    """ClinicScreen(logbook)."""

    def __init__(self, logbook: Logbook) -> None:
        super().__init__()
        self._logbook = logbook
        heading = PageHeading(_("Clinic"), logbook.path.name)
        self._status = SavedStatus()
        heading.add_action(self._status)
        other = Button(_("Another logbook…"))
        other.clicked.connect(self._on_other_logbook)
        heading.add_action(other)
        self.save_button = Button(_("Save letterhead"), Kind.PRIMARY, key="Ctrl S")
        self.save_button.clicked.connect(self._on_save)
        heading.add_action(self.save_button)
        self.page.addWidget(heading)
        self.notice = Notice()
        self.page.addWidget(self.notice)
        self.letterhead = LetterheadFields(logbook)
        self.staff_table = self._make_staff()
        self.product_table = self._make_products()
        self.safety = SafetyCard(logbook)
        self.lock = LockCard(logbook)
        self.retention = RetentionCard(logbook)
        self.safety.recall_requested.connect(self.lots_requested)
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._on_save)
        self._news = RefreshOnNews(
            self, logbook.changes, {Noun.STAFF, Noun.PRODUCT, Noun.CLINIC, Noun.PATIENT}, self.refresh
        )
        self.refresh()
        self.letterhead.show_clinic()

    def title(self) -> str:
        """What the window's title bar says."""
        return _("Clinic")

    def on_person_changed(self) -> None:
        """Another person may do more or less."""
        self.refresh()

    def may_leave(self) -> bool:
        """Keep what was typed into the letterhead; stay when it cannot be saved, until a person drops it."""
        if not self.letterhead.is_edited() or self._save():
            return True
        if not self.notice.text():
            self.notice.tell(
                _("The letterhead is not saved yet: please look at the marked fields."), "caution"
            )
        self.notice.add_button(_("Drop the changes"), self._drop)
        return False

    def on_shown(self) -> None:
        """The keyboard begins where a letter typed in passing changes nothing."""
        self.staff_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask the logbook again; what is being typed stays."""
        allow(self._logbook, Action.EDIT_LETTERHEAD, self.save_button, self.letterhead)
        allow(self._logbook, Action.MANAGE_STAFF, self.add_staff)
        allow(self._logbook, Action.EDIT_PRODUCTS, self.add_product)
        self.staff_table.set_rows(self._logbook.staff.all(include_inactive=True))
        self.staff_table.fit_height()
        self.product_table.set_rows(self._logbook.products.all(include_retired=True))
        self.safety.refresh()
        self.lock.refresh()
        self.retention.refresh()
        if not self.letterhead.is_edited():
            self.letterhead.show_clinic()

    # -- laying out ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        letterhead = Card(_("Letterhead"), note=_("printed on every report"))
        letterhead.add(self.letterhead)
        self.add_staff = Button(_("Add person"), small=True)
        self.add_staff.clicked.connect(self._on_add_staff)
        staff = Card(_("Staff"), trailing=self.add_staff)
        staff.add(self.staff_table)
        look = Card(_("Look"), note=_("on this PC"))
        look.add(self._make_look())
        self.add_product = Button(_("Add product"), small=True)
        self.add_product.clicked.connect(self._on_add_product)
        products = Card(_("Products"), note=_("units belong to one product"), trailing=self.add_product)
        products.add(self.product_table, 1)
        products.add(
            Label(
                _("Label facts change. Check them against the leaflet in the box and correct them here."),
                role="small",
                wrap=True,
            )
        )
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for card in (letterhead, staff, self.lock, self.safety, self.retention, look):
            column.addWidget(card)
        column.addStretch(1)
        scroll = ScrollArea(left)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(scroll, 38)
        row.addWidget(products, 62)
        self.page.addLayout(row, 1)

    def _make_staff(self) -> RecordTable[Staff]:
        table: RecordTable[Staff] = RecordTable(
            [
                Column(
                    _("Name"),
                    lambda person: Cell(
                        person.name, detail=_staff_line(person), strong=True, muted=not person.active
                    ),
                    stretch=1,
                ),
                Column("", lambda _person: Cell(_("Edit"), button=True), width=70, end=True),
            ],
            name=_("Staff"),
            empty=_("Nobody is entered yet."),
            header=False,
            row_height=50,
        )
        table.row_opened.connect(self._on_edit_staff)
        table.button_pressed.connect(lambda person, _column: self._on_edit_staff(person))
        return table

    def _make_products(self) -> RecordTable[Product]:
        table: RecordTable[Product] = RecordTable(
            [
                Column(
                    _("Product"),
                    lambda product: Cell(
                        product.brand, detail=_product_line(product), strong=True, muted=product.retired
                    ),
                    stretch=1,
                ),
                Column(_("Vials"), _vials, width=118),
                Column(_("Interval"), _interval, width=74),
                Column(_("Cow’s milk"), lambda product: _stated(product.has_cow_milk_protein), width=82),
                Column(_("Albumin"), lambda product: _stated(product.has_albumin), width=82),
                Column("", lambda _product: Cell(_("Edit"), button=True), width=66, end=True),
            ],
            name=_("Products"),
            empty=_("No product is entered yet."),
            row_height=50,
        )
        table.row_opened.connect(self._on_edit_product)
        table.button_pressed.connect(lambda product, _column: self._on_edit_product(product))
        return table

    def _make_look(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        mode = SegmentedControl(
            [
                Option(Mode.SYSTEM, _("As the PC")),
                Option(Mode.LIGHT, _("Light")),
                Option(Mode.DARK, _("Dark")),
            ],
            name=_("Light or dark"),
            allow_unset=False,
            value=preferences.theme_mode(),
        )
        scale = SegmentedControl(
            [Option(size, _("{n} %").format(n=round(size * 100))) for size in preferences.TEXT_SCALES],
            name=_("Size of text"),
            allow_unset=False,
            value=preferences.text_scale(),
        )
        mode.value_changed.connect(self._on_mode)
        scale.value_changed.connect(self._on_scale)
        for words, choice in ((_("Light or dark"), mode), (_("Size of text"), scale)):
            row = QHBoxLayout()
            row.addWidget(Label(words))
            row.addStretch(1)
            row.addWidget(choice)
            column.addLayout(row)
        return box

    # -- doing --------------------------------------------------------------------------------------------

    def _drop(self) -> None:
        self.letterhead.show_clinic()
        self.notice.hush()

    def _on_save(self) -> None:
        self._save()

    def _save(self) -> bool:
        self.notice.hush()
        sentence = self.letterhead.save()
        if sentence is None:
            self._status.saved(self._logbook.now(), draft=False)
            return True
        if sentence:
            self.notice.tell(sentence, "danger")
        return False

    def _on_mode(self, mode: object) -> None:
        if isinstance(mode, Mode):
            preferences.set_theme_mode(mode)
            self._show_look()

    def _on_scale(self, scale: object) -> None:
        if isinstance(scale, float):
            preferences.set_text_scale(scale)
            self._show_look()

    def _show_look(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, preferences.theme_mode(), scale=preferences.text_scale())

    def _on_other_logbook(self) -> None:
        """Ask for one in a window of its own; this one stays open."""
        program, *arguments = start_anew()
        started, _process_id = QProcess.startDetached(program, arguments)
        if not started:
            self.notice.tell(_("dermlog could not be started once more. Start it from the menu."), "danger")

    def _on_add_staff(self) -> None:
        self._edit_staff(None)

    def _on_edit_staff(self, person: Staff) -> None:
        self._edit_staff(person)

    def _edit_staff(self, person: Staff | None) -> None:
        if self._is_refused(Action.MANAGE_STAFF):
            return
        from dermlog.ui.clinic.staff_form import StaffForm  # noqa: PLC0415 - opened by hand only

        form = StaffForm(self._logbook, self.window(), person)
        form.exec()
        form.deleteLater()

    def _on_add_product(self) -> None:
        self._edit_product(None)

    def _on_edit_product(self, product: Product) -> None:
        self._edit_product(product)

    def _is_refused(self, action: Action) -> bool:
        """Whether this person may not; then the notice says why."""
        why = self._logbook.why_not(action)
        if why:
            self.notice.tell(why, "caution")
        return bool(why)

    def _edit_product(self, product: Product | None) -> None:
        if self._is_refused(Action.EDIT_PRODUCTS):
            return
        from dermlog.ui.clinic.product_form import ProductForm  # noqa: PLC0415 - opened by hand only

        form = ProductForm(self._logbook, self.window(), product)
        form.exec()
        form.deleteLater()


def start_anew() -> list[str]:
    """The call that starts dermlog once more and asks which logbook."""
    # A frozen application is its own program; else the interpreter runs the package.
    package = [] if getattr(sys, "frozen", False) else ["-m", "dermlog"]
    return [sys.executable, *package, "--choose"]


def _staff_line(person: Staff) -> str:
    if not person.active:
        return _("{role} · no longer here").format(role=name_of(person.role))
    if person.may_sign:
        return _("{role} · may inject and sign").format(role=name_of(person.role))
    return name_of(person.role)


def _vials(product: Product) -> str:
    sizes = _(", ").join(number_text(units) for units in product.vial_units)
    return _("{sizes} U").format(sizes=sizes)


def _interval(product: Product) -> str:
    return _("{days} days").format(days=product.minimum_interval_days)


def _product_line(product: Product) -> str:
    return _("{generic} · retired").format(generic=product.generic) if product.retired else product.generic


def _stated(contained: bool | None) -> Cell:
    """What the source does not state is said, because it is not a no."""
    if contained is None:
        return Cell(_("not stated"), muted=True)
    return Cell(_("yes"), strong=True) if contained else Cell(_("no"))
