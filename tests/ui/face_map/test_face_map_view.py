"""The map under a person's hands: clicks, drags, keys, wheel and the look."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from dermlog.domain.face_map import FaceView, Zone
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.face_map.face_map_view import FaceMapView
from dermlog.ui.kit.theme import Mode, apply
from tests.ui.face_map.hands import (
    CONTROL,
    SHIFT,
    click,
    double_click,
    drag,
    let_go,
    move_to,
    press,
    type_text,
)

FOREHEAD, CHEEK, CHIN = (0.5, 0.22), (0.25, 0.56), (0.5, 0.85)


def selected_zones(board: SiteBoard) -> list[Zone]:
    return [site.zone for site in board.selected]


def test_a_click_adds_a_point_where_it_was_made(shown: FaceMapView, board: SiteBoard) -> None:
    click(shown, *CHEEK)
    (site,) = board.sites
    assert (site.x, site.y) == pytest.approx(CHEEK, abs=0.003)
    assert site.zone is Zone.CHEEK_RIGHT
    assert len(shown.dots) == 1


def test_quick_clicks_are_all_counted(shown: FaceMapView, board: SiteBoard) -> None:
    for x in (0.4, 0.5, 0.6):
        click(shown, x, 0.22)
        double_click(shown, x, 0.22)
    assert len(board.sites) == 3


def test_a_click_on_a_point_selects_it(shown: FaceMapView, board: SiteBoard) -> None:
    click(shown, *FOREHEAD)
    click(shown, *CHIN)
    click(shown, *FOREHEAD)
    assert len(board.sites) == 2
    assert board.selected[0].zone is Zone.FOREHEAD


def test_a_drag_moves_a_point_and_its_zone_follows(shown: FaceMapView, board: SiteBoard) -> None:
    click(shown, *FOREHEAD)
    drag(shown, FOREHEAD, CHIN, drop=False)
    assert shown.hovered_zone is Zone.CHIN
    assert board.sites[0].zone is Zone.FOREHEAD
    let_go(shown, CHIN)
    (site,) = board.sites
    assert site.zone is Zone.CHIN
    assert (site.x, site.y) == pytest.approx(CHIN, abs=0.005)


def test_a_drag_off_the_face_springs_back_and_says_so(shown: FaceMapView, board: SiteBoard) -> None:
    said: list[str] = []
    board.refused.connect(said.append)
    click(shown, *FOREHEAD)
    before = board.sites
    home = shown.dots[before[0].id].pos()
    drag(shown, FOREHEAD, (0.02, 0.03))
    assert board.sites == before
    assert shown.dots[before[0].id].pos() == home
    assert len(said) == 1


def test_esc_during_a_drag_puts_the_point_back(shown: FaceMapView, board: SiteBoard) -> None:
    click(shown, *FOREHEAD)
    before = board.sites
    drag(shown, FOREHEAD, CHIN, drop=False)
    press(shown, Qt.Key.Key_Escape)
    let_go(shown, CHIN)
    assert board.sites == before
    assert shown.dots[before[0].id].pos() == shown.scene_point(before[0].x, before[0].y)


def test_a_cover_during_a_drag_puts_the_point_back(shown: FaceMapView, board: SiteBoard) -> None:
    click(shown, *FOREHEAD)
    before = board.sites
    drag(shown, FOREHEAD, CHIN, drop=False)
    shown.hide()  # the lock takes away what lies beneath it, and the button is let go elsewhere
    shown.show()
    move_to(shown, shown.pixel(*CHEEK))
    assert shown.dots[before[0].id].pos() == shown.scene_point(before[0].x, before[0].y)
    let_go(shown, CHEEK)
    assert board.sites == before


def test_a_mirrored_drag_shows_and_moves_both(shown: FaceMapView, board: SiteBoard) -> None:
    press(shown, Qt.Key.Key_M)
    click(shown, *CHEEK)
    start = (board.sites[0].x, board.sites[0].y)
    drag(shown, start, (0.3, 0.6), drop=False)
    other = shown.dots[board.sites[1].id]
    assert other.pos().x() == pytest.approx(shown.scene_point(0.7, 0.6).x(), abs=3)
    let_go(shown, (0.3, 0.6))
    assert board.sites[1].x == pytest.approx(1 - board.sites[0].x)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_removes_the_selected_point(shown: FaceMapView, board: SiteBoard, key: Qt.Key) -> None:
    click(shown, *FOREHEAD)
    click(shown, *CHIN)
    press(shown, key)
    assert [site.zone for site in board.sites] == [Zone.FOREHEAD]


@pytest.mark.parametrize("keys", ["1000", "250", "1.2345"])
def test_a_number_that_is_no_dose_leaves_the_point_as_it_was(
    shown: FaceMapView, board: SiteBoard, keys: str
) -> None:
    said: list[str] = []
    board.refused.connect(said.append)
    click(shown, *FOREHEAD)
    before, units, undo = board.sites, board.next_units, board.undo_name
    type_text(shown, keys)
    assert board.sites == before
    assert board.next_units == units
    assert board.undo_name == undo
    assert len(said) == 1


@pytest.mark.parametrize(("keys", "units"), [("3", "3"), ("2.5", "2.5"), ("2,5", "2.5"), ("12", "12")])
def test_number_keys_set_units_of_the_point_and_of_the_next(
    shown: FaceMapView, board: SiteBoard, keys: str, units: str
) -> None:
    click(shown, *FOREHEAD)
    type_text(shown, keys)
    click(shown, *CHIN)
    assert [site.units for site in board.sites] == [Decimal(units)] * 2


def test_plus_and_minus_step_by_half_a_unit(shown: FaceMapView, board: SiteBoard) -> None:
    click(shown, *FOREHEAD)
    type_text(shown, "++-")
    assert board.sites[0].units == Decimal("2.5")


def test_a_point_can_be_placed_moved_and_reached_by_keys_alone(shown: FaceMapView, board: SiteBoard) -> None:
    press(shown, Qt.Key.Key_Up)
    assert shown.has_cross
    for _step in range(7):
        press(shown, Qt.Key.Key_Up)
    press(shown, Qt.Key.Key_Return)
    assert board.sites[0].zone is Zone.FOREHEAD
    for _step in range(9):
        press(shown, Qt.Key.Key_Left)
    press(shown, Qt.Key.Key_Return)
    assert len(board.sites) == 2
    press(shown, Qt.Key.Key_Escape)
    assert selected_zones(board) == []
    press(shown, Qt.Key.Key_Tab)
    first = board.selected[0]
    press(shown, Qt.Key.Key_Right, CONTROL)
    assert board.selected[0].x == pytest.approx(first.x + 0.01)
    press(shown, Qt.Key.Key_Tab)
    assert board.selected[0].id != first.id


def test_nudges_of_one_point_are_one_step_of_undo(shown: FaceMapView, board: SiteBoard) -> None:
    click(shown, *FOREHEAD)
    before = board.sites
    for _step in range(5):
        press(shown, Qt.Key.Key_Down, CONTROL)
    assert board.sites != before
    press(shown, Qt.Key.Key_Z, CONTROL)
    assert board.sites == before


@pytest.mark.parametrize("redo_shift", [False, True])
def test_undo_and_redo_by_keys(shown: FaceMapView, board: SiteBoard, redo_shift: bool) -> None:
    click(shown, *FOREHEAD)
    press(shown, Qt.Key.Key_Z, CONTROL)
    assert board.sites == ()
    if redo_shift:
        press(shown, Qt.Key.Key_Z, CONTROL | SHIFT)
    else:
        press(shown, Qt.Key.Key_Y, CONTROL)
    assert len(board.sites) == 1


def test_the_views_turn_by_key_and_keep_their_own_points(shown: FaceMapView, board: SiteBoard) -> None:
    click(shown, *FOREHEAD)
    press(shown, Qt.Key.Key_R)
    assert board.view is FaceView.RIGHT
    assert len(shown.dots) == 0
    x, y = board.face_map.centres[Zone.CHEEK_RIGHT]
    click(shown, x, y)
    press(shown, Qt.Key.Key_L)
    assert len(shown.dots) == 0
    press(shown, Qt.Key.Key_F)
    assert len(shown.dots) == 1
    assert [site.view for site in board.sites] == [FaceView.FRONT, FaceView.RIGHT]


def test_the_zone_under_the_mouse_is_lit_and_told(shown: FaceMapView) -> None:
    heard: list[Zone | None] = []
    shown.zone_hovered.connect(heard.append)
    move_to(shown, shown.pixel(*FOREHEAD))
    move_to(shown, shown.pixel(0.01, 0.01))
    assert heard == [Zone.FOREHEAD, None]


def test_the_wheel_zooms_around_the_pointer_and_ctrl_0_shows_the_whole_face(
    shown: FaceMapView, board: SiteBoard
) -> None:
    position = shown.pixel(*CHEEK)
    event = QWheelEvent(
        QPointF(position),
        shown.viewport().mapToGlobal(QPointF(position)),
        QPoint(0, 0),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(shown.viewport(), event)
    assert shown.zoom > 1.5
    assert shown.fractions(position) == pytest.approx(CHEEK, abs=0.01)
    click(shown, *shown.fractions(position))
    assert board.sites[0].zone is Zone.CHEEK_RIGHT
    press(shown, Qt.Key.Key_0, CONTROL)
    assert shown.zoom == 1


def test_a_drag_beside_a_point_pans_the_zoomed_map_and_adds_nothing(
    shown: FaceMapView, board: SiteBoard
) -> None:
    shown.set_zoom(3)
    before = shown.pixel(*CHEEK)
    drag(shown, (0.45, 0.5), (0.55, 0.55))
    assert board.sites == ()
    assert shown.pixel(*CHEEK) != before


def test_the_map_scales_with_the_window_and_a_point_keeps_its_place(
    shown: FaceMapView, board: SiteBoard
) -> None:
    click(shown, *CHEEK)
    shown.resize(900, 1000)
    QApplication.processEvents()
    dot = shown.dot_at(shown.pixel(*CHEEK))
    assert dot is not None
    assert dot.site == board.sites[0]


def test_the_look_can_change_while_charting(shown: FaceMapView, board: SiteBoard) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    click(shown, *FOREHEAD)
    try:
        apply(app, Mode.DARK)
        dark = shown.grab().toImage().pixelColor(2, 2)
        apply(app, Mode.LIGHT)
        light = shown.grab().toImage().pixelColor(2, 2)
    finally:
        app.setStyleSheet("")
    assert dark.lightness() < 100 < light.lightness()
    assert len(shown.dots) == 1


def test_a_screen_reader_hears_the_map_and_the_point(shown: FaceMapView, board: SiteBoard) -> None:
    click(shown, *CHIN)
    assert shown.accessibleName() == "Face map, Front, 1 point"
    assert shown.accessibleDescription() == "Chin, 2 U, point 1 of 1"


def test_the_keyboard_is_seen_as_a_ring_around_the_map(shown: FaceMapView) -> None:
    shown.clearFocus()
    QApplication.processEvents()
    plain = shown.grab().toImage()
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert shown.hasFocus()
    assert shown.grab().toImage() != plain
    shown.clearFocus()
    QApplication.processEvents()
    assert shown.grab().toImage() == plain
