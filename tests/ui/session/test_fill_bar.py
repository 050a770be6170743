"""Filling zones from the session screen: by the bar, by clicks on zones, and by keys alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dermlog.domain.face_map import Zone
from dermlog.ui.session.session_screen import SessionScreen
from tests.ui.face_map.hands import click, click_on, press, type_text
from tests.ui.session.conftest import type_into

FOREHEAD, CHEEK = (0.5, 0.22), (0.25, 0.56)


def retype(screen: SessionScreen, text: str) -> None:
    """Another spacing."""
    edit = screen.map_panel.fill_bar.spacing.edit
    edit.clear()
    type_into(edit, text)


def test_zones_are_filled_by_clicks_until_done(screen: SessionScreen) -> None:
    panel = screen.map_panel
    click_on(panel.fill)
    assert panel.fill_bar.isVisible()
    retype(screen, "1,5")
    click(panel.map, *FOREHEAD)
    forehead = len(screen.board.sites)
    click(panel.map, *CHEEK)
    assert {site.zone for site in screen.board.sites} == {Zone.FOREHEAD, Zone.CHEEK_RIGHT}
    assert len(screen.board.sites) > forehead > 5
    press(panel.map, Qt.Key.Key_Escape)
    assert not panel.fill_bar.isVisible()
    assert not panel.fill.isChecked()
    before = len(screen.board.sites)
    click(panel.map, 0.5, 0.85)
    assert len(screen.board.sites) == before + 1


def test_a_zone_is_filled_by_keys_alone_with_units_of_its_own(screen: SessionScreen) -> None:
    panel = screen.map_panel
    panel.map.setFocus()
    press(panel.map, Qt.Key.Key_Z)
    bar = panel.fill_bar
    assert bar.zone.box.hasFocus()
    type_text(bar.zone.box, "Chin")
    bar.units.edit.clear()
    type_into(bar.units.edit, "1.5")
    press(bar.units.edit, Qt.Key.Key_Return)
    assert {(site.zone, site.units) for site in screen.board.sites} == {(Zone.CHIN, Decimal("1.5"))}
    press(bar.units.edit, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert panel.map.hasFocus()
    press(panel.map, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.board.sites == ()


def test_the_bar_says_how_many_points_it_would_be(screen: SessionScreen) -> None:
    bar = screen.map_panel.fill_bar
    click_on(screen.map_panel.fill)
    retype(screen, "2")
    bar.zone.set_value(Zone.FOREHEAD)
    bar.refresh()
    said = bar.words.text()
    click_on(bar.fill_button)
    count = len(screen.board.sites)
    assert said == f"{count} points, {2 * count} U"


@pytest.mark.parametrize("spacing", ["", "0", "0.1", "80", "wide", "-1"])
def test_an_impossible_spacing_is_named_and_fills_nothing(screen: SessionScreen, spacing: str) -> None:
    bar = screen.map_panel.fill_bar
    click_on(screen.map_panel.fill)
    retype(screen, spacing)
    click(screen.map_panel.map, *FOREHEAD)
    assert bar.spacing.error()
    assert bar.spacing.text() == spacing
    assert screen.board.sites == ()


def test_no_zone_is_named_too(screen: SessionScreen) -> None:
    bar = screen.map_panel.fill_bar
    click_on(screen.map_panel.fill)
    click_on(bar.fill_button)
    assert bar.zone.error()


def test_units_that_are_no_dose_fill_nothing(screen: SessionScreen) -> None:
    bar = screen.map_panel.fill_bar
    click_on(screen.map_panel.fill)
    bar.units.edit.clear()
    type_into(bar.units.edit, "500")
    click(screen.map_panel.map, *FOREHEAD)
    assert bar.units.error()
    assert screen.board.sites == ()


def test_letters_of_the_map_are_letters_in_a_field(screen: SessionScreen) -> None:
    type_into(screen.fields.lot.edit, "ZTS")
    assert screen.fields.lot.text() == "ZTS"
    assert not screen.map_panel.fill_bar.isVisible()


def test_what_applies_to_the_selection_is_offered_over_the_map(screen: SessionScreen) -> None:
    panel, over = screen.map_panel, screen.map_panel.overlay
    assert over.copy.isHidden()
    click(panel.map, *CHEEK)
    assert over.copy.isVisible()
    assert over.unlink.isHidden()
    click_on(over.copy)
    assert len(screen.board.sites) == 2
    click_on(panel.undo)
    assert over.redo.isVisible()
    click_on(over.redo)
    assert len(screen.board.sites) == 2
    click_on(panel.mirror)
    QTest.mouseClick(panel.map.viewport(), Qt.MouseButton.LeftButton, pos=panel.map.pixel(*CHEEK))
    assert over.unlink.isVisible()
    click_on(over.unlink)
    assert screen.board.links == frozenset()
