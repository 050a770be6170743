"""The clinic's page: letterhead, staff, products, look; nothing typed is lost, wrong values are said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.product import Product
from dermlog.domain.staff import Role, Staff
from dermlog.logbook import Logbook
from dermlog.ui import preferences
from dermlog.ui.clinic.clinic_screen import ClinicScreen, start_anew
from dermlog.ui.clinic.product_form import ProductForm
from dermlog.ui.clinic.staff_form import StaffForm
from dermlog.ui.kit import theme
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.kit.tokens import DARK
from tests.makers import DOCTOR, NURSE, StillClock, make_logbook


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A logbook with its first products and staff."""
    made = make_logbook(tmp_path, clock=StillClock())
    yield made
    made.close()


@pytest.fixture
def screen(logbook: Logbook, qtbot: QtBot) -> ClinicScreen:
    """The clinic's page, shown."""
    made = ClinicScreen(logbook)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.on_shown()
    return made


def type_into(field: TextField, text: str) -> None:
    """Replace what stands in a box, as a hand does."""
    field.edit.selectAll()
    QTest.keyClick(field.edit, Qt.Key.Key_Delete)
    QTest.keyClicks(field.edit, text)


def ctrl_s(screen: ClinicScreen) -> None:
    QTest.keyClick(QApplication.focusWidget() or screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def test_the_letterhead_is_saved_by_keys(screen: ClinicScreen, logbook: Logbook) -> None:
    type_into(screen.letterhead.name, "Harbour <b>Skin</b> & Co")
    type_into(screen.letterhead.weeks, "2; 6, 12")
    ctrl_s(screen)
    clinic = logbook.clinic.get()
    assert clinic.name == "Harbour <b>Skin</b> & Co"
    assert clinic.follow_up_weeks == (2, 6, 12)
    assert screen._status.isVisible()


@pytest.mark.parametrize("typed", ["", "4, 2", "0, 2", "2, two", "2, 2", "200", "-4", "2.5"])
def test_wrong_weeks_are_said_and_kept(screen: ClinicScreen, logbook: Logbook, typed: str) -> None:
    before = logbook.clinic.get()
    type_into(screen.letterhead.weeks, typed)
    ctrl_s(screen)
    assert screen.letterhead.weeks.error() == (
        "Type the weeks as numbers from 1 to 104 in rising order, like 2, 4, 8, 12, 16."
    )
    assert screen.letterhead.weeks.text() == typed
    assert logbook.clinic.get() == before
    assert not screen.may_leave()


def test_leaving_keeps_what_was_typed(screen: ClinicScreen, logbook: Logbook) -> None:
    type_into(screen.letterhead.phone, "555 0199")
    assert screen.may_leave()
    assert logbook.clinic.get().phone == "555 0199"


@pytest.mark.parametrize("typed", ["abc", "4, 2", "9" * 5000])
def test_what_cannot_be_saved_is_left_only_by_dropping_it(
    screen: ClinicScreen, logbook: Logbook, typed: str
) -> None:
    before = screen.letterhead.weeks.text()
    screen.letterhead.weeks.edit.setText(typed)
    screen.letterhead.weeks.edit.textEdited.emit(typed)
    assert not screen.may_leave()
    assert "not saved yet" in screen.notice.text()
    assert screen.letterhead.weeks.text() == typed
    (drop,) = [button for button in screen.notice._buttons if button.label() == "Drop the changes"]
    drop.click()
    assert screen.may_leave()
    assert screen.letterhead.weeks.text() == before
    assert screen.letterhead.weeks.error() is None


def test_news_from_elsewhere_does_not_wipe_what_is_being_typed(
    screen: ClinicScreen, logbook: Logbook
) -> None:
    type_into(screen.letterhead.phone, "555 01")
    logbook.staff.save(Staff("Dr Brandt", Role.CLINICIAN))
    assert screen.letterhead.phone.text() == "555 01"
    assert "Dr Brandt" in {person.name for person in screen.staff_table.rows()}


def test_a_letter_typed_in_passing_changes_nothing(screen: ClinicScreen) -> None:
    focused = QApplication.focusWidget()
    assert focused is screen.staff_table
    QTest.keyClicks(focused, "xyz")
    assert not screen.letterhead.is_edited()


def test_what_the_source_does_not_state_is_not_a_no(screen: ClinicScreen, logbook: Logbook) -> None:
    for milk, words in ((True, "yes"), (False, "no"), (None, "not stated")):
        logbook.products.save(Product("toxin", f"Brand {words}", (Decimal(100),), has_cow_milk_protein=milk))
    model = screen.product_table._rows_model
    shown = {product.brand: model.cell(row, 3).text for row, product in enumerate(model.rows)}
    assert {words: shown[f"Brand {words}"] for words in ("yes", "no", "not stated")} == {
        words: words for words in ("yes", "no", "not stated")
    }


def test_the_look_is_shown_and_kept(screen: ClinicScreen, qapp: QApplication) -> None:
    try:
        screen._on_mode(theme.Mode.DARK)
        assert preferences.theme_mode() is theme.Mode.DARK
        assert theme.theme() is DARK
    finally:
        theme.apply(qapp, theme.Mode.LIGHT)


def test_another_logbook_opens_beside_this_one(screen: ClinicScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    assert start_anew() == [sys.executable, "-m", "dermlog", "--choose"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start_anew() == [sys.executable, "--choose"]
    monkeypatch.setattr("dermlog.ui.clinic.clinic_screen.start_anew", lambda: ["/nowhere/dermlog"])
    screen._on_other_logbook()
    assert screen.notice.text() == "dermlog could not be started once more. Start it from the menu."


# -- the forms ---------------------------------------------------------------------------------------------


@pytest.fixture
def product_form(logbook: Logbook, qtbot: QtBot) -> ProductForm:
    """The form of a new product, shown."""
    form = ProductForm(logbook, None)
    form.setModal(False)
    qtbot.addWidget(form, before_close_func=lambda made: made.done(0))
    form.show()
    return form


def test_a_product_is_added_as_typed(product_form: ProductForm, logbook: Logbook) -> None:
    form = product_form
    type_into(form.brand, "Relfydess")
    type_into(form.generic, "relabotulinumtoxinA")
    type_into(form.vials, "100; 150")
    type_into(form.diluent, "1,5")
    form.milk.set_value(False)
    form._on_save()
    assert not form.isVisible()
    made = next(product for product in logbook.products.all() if product.brand == "Relfydess")
    assert made.vial_units == (Decimal(100), Decimal(150))
    assert made.usual_diluent_ml == Decimal("1.5")
    assert (made.has_cow_milk_protein, made.has_albumin) == (False, None)
    assert (made.hours_of_use, made.minimum_interval_days) == (None, 84)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("vials", ""),
        ("vials", "many"),
        ("vials", "0"),
        ("vials", "-50"),
        ("vials", "100000"),
        ("interval", ""),
        ("interval", "84.5"),
        ("interval", "-1"),
        ("diluent", "0"),
        ("diluent", "a lot"),
        ("hours", "0"),
        ("hours", "1.5"),
        ("brand", ""),
        ("brand", "x" * 201),
        ("source_date", "some day"),
    ],
)
def test_a_product_with_a_wrong_value_is_not_saved(
    product_form: ProductForm, logbook: Logbook, field: str, typed: str
) -> None:
    before = logbook.products.all(include_retired=True)
    type_into(product_form.brand, "Brand")
    type_into(product_form.generic, "toxin")
    type_into(product_form.vials, "100")
    wrong = getattr(product_form, field)
    type_into(wrong, typed)
    product_form._on_save()
    assert wrong.error()
    assert wrong.text() == typed
    assert logbook.products.all(include_retired=True) == before


def test_a_product_is_retired_and_stays_readable(logbook: Logbook, qtbot: QtBot) -> None:
    product = logbook.products.all()[0]
    form = ProductForm(logbook, None, product)
    qtbot.addWidget(form, before_close_func=lambda made: made.done(0))
    form.retired.set_value(True)
    form._on_save()
    assert product.id not in {known.id for known in logbook.products.all()}
    kept = logbook.products.get(product.id)
    assert kept.retired
    assert (kept.brand, kept.vial_units) == (product.brand, product.vial_units)


def test_somebody_must_be_able_to_sign(logbook: Logbook, qtbot: QtBot) -> None:
    form = StaffForm(logbook, None, DOCTOR)
    qtbot.addWidget(form, before_close_func=lambda made: made.done(0))
    form.active.set_value(False)
    form._on_save()
    assert form.notice.text() == "Somebody must be able to sign. Add another clinician first."
    assert logbook.staff.get(DOCTOR.id).active


def test_a_person_without_a_name_is_asked_for_one(logbook: Logbook, qtbot: QtBot) -> None:
    form = StaffForm(logbook, None)
    qtbot.addWidget(form, before_close_func=lambda made: made.done(0))
    form._on_save()
    assert form.person_name.error() == "Name is missing. Please fill it in."
    form.person_name.set_text("Dr Brandt")
    form.role.set_value(Role.CLINICIAN)
    form._on_save()
    assert {person.name for person in logbook.staff.all()} == {DOCTOR.name, NURSE.name, "Dr Brandt"}


def test_a_second_person_of_one_name_is_told_apart(logbook: Logbook, qtbot: QtBot) -> None:
    form = StaffForm(logbook, None)
    qtbot.addWidget(form)
    before = logbook.staff.all()
    form.person_name.set_text(before[0].name.upper())
    form._on_save()
    assert (form.person_name.error() or "").endswith(
        "is here already. Add something that tells the two apart."
    )
    assert logbook.staff.all() == before


def test_a_period_that_nobody_chose_says_so(screen: ClinicScreen) -> None:
    years = screen.retention.years
    assert years.is_empty()
    assert years.edit.placeholderText() == "Not chosen"
    assert years.edit.accessibleName() == "Years after the last entry, years"
