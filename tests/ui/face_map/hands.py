"""A person's hands for tests of the map: clicks, drags and keys where the eye sees things."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dermlog.ui.face_map.face_map_view import FaceMapView

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Press and release a key."""
    QTest.keyClick(widget, key, modifiers)


def type_text(widget: QWidget, text: str) -> None:
    """Type characters one after another."""
    QTest.keyClicks(widget, text)


def click_on(widget: QWidget) -> None:
    """Click in the middle of a widget."""
    QTest.mouseClick(widget, LEFT, PLAIN, widget.rect().center())


def click(view: FaceMapView, x: float, y: float, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Click on a spot of the map, in fractions of it."""
    QTest.mouseClick(view.viewport(), LEFT, modifiers, view.pixel(x, y))


def double_click(view: FaceMapView, x: float, y: float) -> None:
    """The second of two quick clicks."""
    QTest.mouseDClick(view.viewport(), LEFT, PLAIN, view.pixel(x, y))


def move_to(view: FaceMapView, position: QPoint, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """Move the mouse over the map, with buttons held."""
    at = QPointF(position)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        view.viewport().mapToGlobal(at),
        Qt.MouseButton.NoButton,
        buttons,
        PLAIN,
    )
    QApplication.sendEvent(view.viewport(), event)


def drag(view: FaceMapView, start: tuple[float, float], end: tuple[float, float], drop: bool = True) -> None:
    """Press on one spot, move in steps to another, and let go there unless told not to."""
    begin, finish = view.pixel(*start), view.pixel(*end)
    QTest.mousePress(view.viewport(), LEFT, PLAIN, begin)
    for step in range(1, 6):
        move_to(view, begin + (finish - begin) * step / 5, LEFT)
    if drop:
        let_go(view, end)


def let_go(view: FaceMapView, at: tuple[float, float]) -> None:
    """Release the button on a spot."""
    QTest.mouseRelease(view.viewport(), LEFT, PLAIN, view.pixel(*at))
