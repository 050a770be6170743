"""Working on many points at once, by mouse and by key: frame, nudge, copy across, unlink, pick a zone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dermlog.domain.face_map import Zone
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.face_map.face_map_view import FaceMapView
from tests.ui.face_map.hands import LEFT, PLAIN, SHIFT, click, drag, let_go, move_to, press

FOREHEAD, CHEEK, CHIN = (0.5, 0.22), (0.25, 0.56), (0.5, 0.85)


def chart(view: FaceMapView) -> None:
    """A point on the forehead, a cheek and the chin; nothing selected."""
    for spot in (FOREHEAD, CHEEK, CHIN):
        click(view, *spot)
    press(view, Qt.Key.Key_Escape)


def test_a_drag_beside_the_points_frames_those_to_select(shown: FaceMapView, board: SiteBoard) -> None:
    chart(shown)
    drag(shown, (0.1, 0.5), (0.4, 0.7), drop=False)
    assert shown.frame.is_shown()
    let_go(shown, (0.4, 0.7))
    assert not shown.frame.is_shown()
    assert [site.zone for site in board.selected] == [Zone.CHEEK_RIGHT]
    assert len(board.sites) == 3


def test_shift_adds_to_the_selection_by_frame_and_by_click(shown: FaceMapView, board: SiteBoard) -> None:
    chart(shown)
    click(shown, *CHEEK)
    click(shown, *CHIN, SHIFT)
    assert [site.zone for site in board.selected] == [Zone.CHEEK_RIGHT, Zone.CHIN]
    QTest.mousePress(shown.viewport(), LEFT, SHIFT, shown.pixel(0.4, 0.1))
    move_to(shown, shown.pixel(0.6, 0.3), LEFT)
    QTest.mouseRelease(shown.viewport(), LEFT, SHIFT, shown.pixel(0.6, 0.3))
    assert len(board.selected) == 3
    click(shown, *CHIN, SHIFT)
    assert [site.zone for site in board.selected] == [Zone.FOREHEAD, Zone.CHEEK_RIGHT]


def test_shift_and_a_click_beside_the_points_adds_none(shown: FaceMapView, board: SiteBoard) -> None:
    chart(shown)
    click(shown, 0.3, 0.25, SHIFT)
    assert len(board.sites) == 3


def test_shift_frames_on_a_zoomed_map_too(shown: FaceMapView, board: SiteBoard) -> None:
    chart(shown)
    shown.set_zoom(1.5)
    QTest.mousePress(shown.viewport(), LEFT, SHIFT, shown.pixel(0.2, 0.5))
    move_to(shown, shown.pixel(0.4, 0.7), LEFT)
    QTest.mouseRelease(shown.viewport(), LEFT, SHIFT, shown.pixel(0.4, 0.7))
    assert [site.zone for site in board.selected] == [Zone.CHEEK_RIGHT]


def test_esc_during_a_frame_selects_nothing(shown: FaceMapView, board: SiteBoard) -> None:
    chart(shown)
    drag(shown, (0.1, 0.5), (0.4, 0.7), drop=False)
    press(shown, Qt.Key.Key_Escape)
    let_go(shown, (0.4, 0.7))
    assert board.selected == ()
    assert not shown.frame.is_shown()


@pytest.mark.parametrize(("keys", "step"), [(PLAIN, 0.01), (SHIFT, 0.002)])
def test_arrows_nudge_what_is_selected(
    shown: FaceMapView, board: SiteBoard, keys: Qt.KeyboardModifier, step: float
) -> None:
    chart(shown)
    press(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    before = board.sites
    press(shown, Qt.Key.Key_Right, keys)
    press(shown, Qt.Key.Key_Down, keys)
    assert not shown.has_cross
    for was, now in zip(before, board.sites, strict=True):
        assert (now.x, now.y) == pytest.approx((was.x + step, was.y + step))
    press(shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert board.sites == before


def test_c_copies_to_the_other_side_and_u_unlinks(shown: FaceMapView, board: SiteBoard) -> None:
    press(shown, Qt.Key.Key_M)
    click(shown, *CHEEK)
    assert len(board.links) == 1
    press(shown, Qt.Key.Key_U)
    assert board.links == frozenset()
    press(shown, Qt.Key.Key_M)
    click(shown, 0.3, 0.6)
    press(shown, Qt.Key.Key_C)
    assert [site.zone for site in board.sites[2:]] == [Zone.CHEEK_RIGHT, Zone.CHEEK_LEFT]
    assert board.links == frozenset()


def test_while_picking_a_click_and_enter_tell_the_zone_and_place_nothing(
    shown: FaceMapView, board: SiteBoard
) -> None:
    heard: list[object] = []
    shown.zone_picked.connect(heard.append)
    click(shown, *CHIN)
    shown.set_picking(True)
    click(shown, *CHEEK)
    click(shown, *CHIN)
    click(shown, 0.02, 0.02)
    press(shown, Qt.Key.Key_Return)
    press(shown, Qt.Key.Key_Return)
    assert heard == [Zone.CHEEK_RIGHT, Zone.CHIN, Zone.CHIN]
    assert len(board.sites) == 1
    press(shown, Qt.Key.Key_Escape)
    assert not shown.picking
    click(shown, *CHEEK)
    assert len(board.sites) == 2
