"""The pages on the screen: what is asked for, keys, zoom, and what a screen reader hears."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.logbook.printed_report import PrintedReport
from dermlog.ui.report.pages_view import PagesView


@pytest.fixture
def view(qtbot: QtBot, printed: PrintedReport) -> PagesView:
    """A view of a report of three pages, without pictures yet."""
    made = PagesView()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show_pages(printed.pages, printed.texts)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _fill(view: PagesView, printed: PrintedReport) -> None:
    numbers, dpi = view.wanted()
    for number in numbers:
        view.show_picture(printed.picture(number, dpi), dpi)


def test_the_pages_in_sight_are_wanted_first(view: PagesView, printed: PrintedReport, qtbot: QtBot) -> None:
    numbers, dpi = view.wanted()
    assert numbers == (0, 1, 2)
    assert dpi == pytest.approx(96 * view.zoom(), abs=0.01)
    view.go_to_page(3)
    assert view.wanted()[0][0] in {1, 2}
    _fill(view, printed)
    assert view.wanted()[0] == ()


def test_painting_asks_for_pictures(view: PagesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.pictures_wanted):
        view.viewport().update()


def test_a_page_shows_its_picture(view: PagesView, printed: PrintedReport) -> None:
    blank = view.viewport().grab().toImage()
    _fill(view, printed)
    filled = view.viewport().grab().toImage()
    assert blank != filled
    colours = {filled.pixelColor(x, y).name() for x in range(0, 860, 7) for y in range(0, 700, 7)}
    assert "#0f766e" in colours or len(colours) > 40


def test_page_keys_go_from_page_to_page(view: PagesView, qtbot: QtBot) -> None:
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page() == 2
    assert view.accessibleName() == "Preview of the report, page 2 of 3"
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page() == 3
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.page() == 2
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.page() == 1


def test_the_page_in_sight_is_told(view: PagesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.page_changed) as told:
        view.go_to_page(2)
    assert told.args == [2, 3]


def test_a_screen_reader_hears_the_text_of_the_page(view: PagesView) -> None:
    assert "Your treatment progress" in view.accessibleDescription()
    view.go_to_page(2)
    assert "Treatments and visits" in view.accessibleDescription()


def test_zoom_by_keys_keeps_the_page(view: PagesView) -> None:
    view.go_to_page(2)
    fitting = view.zoom()
    QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom() > fitting
    assert view.page() == 2
    QTest.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom() < fitting
    QTest.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom() == fitting
    assert view.page() == 2


def test_zoom_has_ends(view: PagesView) -> None:
    for _step in range(20):
        view.zoom_in()
    assert view.zoom() == 3.0
    for _step in range(20):
        view.zoom_out()
    assert view.zoom() == 0.5


def test_the_wheel_zooms_with_control_and_scrolls_without(view: PagesView) -> None:
    before = view.zoom()

    def turn(modifiers: Qt.KeyboardModifier) -> None:
        at = QPointF(100, 100)
        event = QWheelEvent(
            at, view.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, modifiers,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)

    turn(Qt.KeyboardModifier.NoModifier)
    assert view.zoom() == before
    assert view.verticalScrollBar().value() > 0
    turn(Qt.KeyboardModifier.ControlModifier)
    assert view.zoom() < before


def test_without_a_document_there_is_nothing_to_do(qtbot: QtBot) -> None:
    view = PagesView()
    qtbot.addWidget(view)
    view.go_to_page(5)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page() == 0
    assert view.wanted()[0] == ()
    assert view.accessibleName() == "Preview of the report"
    view.grab()


def test_another_document_begins_at_its_top(view: PagesView, printed: PrintedReport) -> None:
    view.go_to_page(3)
    view.zoom_in()
    zoom = view.zoom()
    view.show_pages(printed.pages, printed.texts, keep_place=True)
    assert (view.page(), view.zoom()) == (3, zoom)
    view.show_pages(printed.pages, printed.texts)
    assert view.page() == 1
