"""Templates on the session screen: saved by name, begun from, renamed, overwritten, deleted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.domain.product import Product
from dermlog.domain.session_template import SessionTemplate
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Button
from dermlog.ui.session.session_screen import SessionScreen
from dermlog.ui.session.template_list_dialog import TemplateListDialog
from tests.makers import TODAY, make_session, make_site, make_template, make_visit
from tests.ui.face_map.hands import CONTROL, click, click_on, press
from tests.ui.session.conftest import choose_product, fill_vial, shown, type_into

FOREHEAD, CHEEK = (0.5, 0.22), (0.25, 0.56)


@pytest.fixture
def template(logbook: Logbook, botox: Product) -> SessionTemplate:
    """A template of the clinic."""
    made = make_template(botox, vial_units=Decimal(100))
    logbook.templates.save(made)
    return made


def save_as(screen: SessionScreen, name: str) -> None:
    """From the menu, with a name typed."""
    screen.beginning.save()
    dialog = screen.beginning.save_dialog
    type_into(dialog.name.edit, name)
    click_on(dialog.save)


def listed(screen: SessionScreen) -> TemplateListDialog:
    """The list of templates."""
    screen.beginning.edit()
    QApplication.processEvents()
    return screen.beginning.list_dialog


def press_in_notice(dialog: TemplateListDialog, label: str) -> None:
    """A button of the question inside the dialog."""
    QApplication.processEvents()
    button = next(
        one for one in dialog.notice.findChildren(Button) if one.label() == label and one.isVisible()
    )
    click_on(button)


def test_a_session_is_saved_as_a_template_with_product_and_dilution(
    screen: SessionScreen, logbook: Logbook, botox: Product
) -> None:
    fill_vial(screen, botox)
    click(screen.map_panel.map, *FOREHEAD)
    click(screen.map_panel.map, *CHEEK)
    save_as(screen, "  Oily   skin ")
    (kept,) = logbook.templates.all()
    assert (kept.name, kept.product_id, kept.vial_units) == ("Oily skin", botox.id, Decimal(100))
    assert kept.diluent_ml == Decimal("2.5")
    assert [(site.x, site.y) for site in kept.sites] == [(site.x, site.y) for site in screen.board.sites]


def test_a_name_that_exists_is_overwritten_only_when_told(
    screen: SessionScreen, logbook: Logbook, botox: Product, template: SessionTemplate
) -> None:
    fill_vial(screen, botox)
    click(screen.map_panel.map, *CHEEK)
    save_as(screen, "oily FOREHEAD")
    assert logbook.templates.all() == (template,)
    dialog = screen.beginning.save_dialog
    assert "Overwrite" in dialog.notice.text()
    click_on(next(one for one in dialog.notice.findChildren(Button) if one.label() == "Overwrite"))
    (kept,) = logbook.templates.all()
    assert kept.id == template.id
    assert len(kept.sites) == 1


def test_without_product_or_points_saving_says_what_to_do_first(
    screen: SessionScreen, logbook: Logbook, botox: Product
) -> None:
    screen.beginning.save()
    assert "Choose the product first" in screen.notice.text()
    choose_product(screen, botox, "100")
    screen.beginning.save()
    assert "No point is charted" in screen.notice.text()
    assert logbook.templates.all() == ()


def test_an_empty_map_offers_templates_and_one_click_begins_from_one(
    logbook: Logbook, patient: Patient, template: SessionTemplate, qtbot: QtBot
) -> None:
    screen = shown(logbook, patient, qtbot)
    begin = screen.map_panel.overlay.begin
    assert begin.isVisible()
    click_on(begin.findChildren(Button)[0])
    assert [(site.x, site.units) for site in screen.board.sites] == [
        (site.x, site.units) for site in template.sites
    ]
    assert not {site.id for site in screen.board.sites} & {site.id for site in template.sites}
    assert screen.fields.diluent_ml.text() == "2.5"
    assert "Oily forehead" in screen.notice.text()
    assert screen.fields.lot.edit.hasFocus()
    assert screen.fields.lot.text() == ""
    assert begin.isHidden()
    press(screen.map_panel.map, Qt.Key.Key_Z, CONTROL)
    assert screen.board.sites == ()


def test_a_template_of_a_retired_product_still_names_it(
    logbook: Logbook, patient: Patient, botox: Product, template: SessionTemplate, qtbot: QtBot
) -> None:
    from dataclasses import replace

    logbook.products.save(replace(botox, retired=True))
    screen = shown(logbook, patient, qtbot)
    screen.beginning.use(template.id)
    chosen = screen.fields.chosen_product()
    assert chosen is not None
    assert chosen.id == botox.id


def test_a_template_that_was_deleted_meanwhile_changes_nothing(
    screen: SessionScreen, logbook: Logbook, template: SessionTemplate
) -> None:
    logbook.templates.remove(template.id)
    screen.beginning.use(template.id)
    assert screen.board.sites == ()
    assert screen.notice.text()


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
def test_the_menu_lists_templates_with_a_digit_each(screen: SessionScreen, template: SessionTemplate) -> None:
    click_on(screen.map_panel.template)
    menu = screen.beginning.menu
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[0].startswith("&1")
    assert "Botox 3.5 U in 2 points" in words[0]
    press(menu, Qt.Key.Key_1)
    assert len(screen.board.sites) == 2


def test_a_template_is_renamed_overwritten_and_deleted(
    screen: SessionScreen, logbook: Logbook, botox: Product, template: SessionTemplate
) -> None:
    fill_vial(screen, botox)
    click(screen.map_panel.map, *CHEEK)
    dialog = listed(screen)
    dialog.name.edit.clear()
    type_into(dialog.name.edit, "Forehead")
    click_on(dialog.rename)
    assert [one.name for one in logbook.templates.all()] == ["Forehead"]
    click_on(dialog.overwrite)
    assert logbook.templates.all()[0].total_units == template.total_units
    press_in_notice(dialog, "Overwrite")
    assert [len(one.sites) for one in logbook.templates.all()] == [1]
    assert logbook.templates.all()[0].id == template.id
    click_on(dialog.delete)
    assert logbook.templates.all()
    press_in_notice(dialog, "Delete")
    assert logbook.templates.all() == ()
    dialog.close()


def test_a_name_twice_is_refused_beside_the_name(
    screen: SessionScreen, logbook: Logbook, botox: Product, template: SessionTemplate
) -> None:
    logbook.templates.save(make_template(botox, name="Cheeks"))
    dialog = listed(screen)
    dialog.name.edit.clear()
    type_into(dialog.name.edit, "oily forehead")
    click_on(dialog.rename)
    assert "Another template has this name" in (dialog.name.error() or "")
    assert dialog.name.text() == "oily forehead"
    dialog._leave()


def test_the_expiry_of_a_lot_used_before_is_filled_in(
    screen: SessionScreen, logbook: Logbook, patient: Patient, botox: Product
) -> None:
    visit = make_visit(patient, TODAY - timedelta(days=90))
    made = make_session(
        visit, botox, lot="C4821", expiry=TODAY.replace(year=2027, month=3, day=31), sites=(make_site(),)
    )
    logbook.sessions.sign(visit, made)
    choose_product(screen, botox, "100")
    type_into(screen.fields.lot.edit, "C4821")
    press(screen.fields.lot.edit, Qt.Key.Key_Tab)
    assert screen.fields.expiry.text() == "Mar 2027"
    screen.fields.expiry.edit.clear()
    type_into(screen.fields.expiry.edit, "12/27")
    screen.known_expiry.fill()
    assert screen.fields.expiry.text() != "Mar 2027"
