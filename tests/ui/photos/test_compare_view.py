"""CompareView: both photos zoom and move together, and Space flips them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.ui.photos.compare_view import Arrangement, CompareView

RED, BLUE = QColor(200, 0, 0), QColor(0, 0, 200)


def _image(colour: QColor, width: int = 400, height: int = 300) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


@pytest.fixture
def view(qtbot: QtBot) -> CompareView:
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(803, 300)
    view.set_pair(_image(RED), _image(BLUE), ("Baseline", "Week 28"))
    view.show()
    return view


def _colour(view: CompareView, x: int, y: int = 60) -> QColor:
    return view.grab().toImage().pixelColor(x, y)


def _wheel(view: CompareView, at: QPointF, steps: int) -> None:
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    assert event.type() == QEvent.Type.Wheel
    view.wheelEvent(event)


def test_side_by_side(view: CompareView) -> None:
    assert _colour(view, 200) == RED
    assert _colour(view, 600) == BLUE
    assert view.accessibleName() == "Photos compared: Baseline; Week 28"


def test_space_flips(view: CompareView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert _colour(view, 200) == BLUE
    assert _colour(view, 600) == RED
    assert view.accessibleName() == "Photos compared: Week 28; Baseline"
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert _colour(view, 200) == RED


def test_the_slider_parts_them_and_is_dragged(view: CompareView) -> None:
    view.set_arrangement(Arrangement.SLIDER)
    assert _colour(view, 300) == RED
    assert _colour(view, 500) == BLUE
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(402, 150))
    QTest.mouseMove(view, QPoint(560, 150))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(560, 150))
    assert view.balance == pytest.approx(560 / 803, abs=0.01)
    assert _colour(view, 500) == RED


def test_arrows_move_the_slider(view: CompareView) -> None:
    view.set_arrangement(Arrangement.SLIDER)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.balance == pytest.approx(0.45)
    for _step in range(12):
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.balance == 1.0


def test_the_overlay_mixes_them(view: CompareView) -> None:
    view.set_arrangement(Arrangement.OVERLAY)
    view.set_balance(0)
    assert _colour(view, 400) == RED
    view.set_balance(1)
    assert _colour(view, 400) == BLUE
    view.set_balance(0.5)
    mixed = _colour(view, 400)
    assert abs(mixed.red() - 100) <= 2
    assert abs(mixed.blue() - 100) <= 2


def test_the_wheel_zooms_both_around_the_pointer(view: CompareView) -> None:
    left, right = view.stages()
    _wheel(view, QPointF(right.left() + 100, 100), 2)
    size = view._size()
    assert view.zoom.factor == pytest.approx(1.25**2)
    first, second = view.zoom.place(left, size), view.zoom.place(right, size)
    assert second == first.translated(right.left() - left.left(), 0)
    whole_x, whole_y = 100 / left.width(), 100 / left.height()
    assert (right.left() + 100 - second.x()) / second.width() == pytest.approx(whole_x, abs=0.01)
    assert (100 - second.y()) / second.height() == pytest.approx(whole_y, abs=0.01)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom.factor == 1.0


def test_dragging_moves_both_and_a_double_click_fits(view: CompareView) -> None:
    _wheel(view, QPointF(200, 150), 4)
    before = view.zoom.place(view.stages()[1], view._size())
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    QTest.mouseMove(view, QPoint(230, 150))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(230, 150))
    after = view.zoom.place(view.stages()[1], view._size())
    assert after.x() - before.x() == pytest.approx(30, abs=0.5)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(230, 150))
    assert view.zoom.factor == 1.0


def test_damaged_loading_and_missing_are_said_not_drawn(view: CompareView) -> None:
    view.set_pair(QImage(), None, ("Baseline", ""), "Only one photo of this view so far.")
    assert view.accessibleName() == "Photos compared: Baseline; Only one photo of this view so far."
    view.grab()
