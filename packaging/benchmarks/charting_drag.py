"""What it costs to drag one of 200 points: dermlog's map against a widget written by hand for nothing else.

The floor keeps the face as a ready picture and repaints only the rectangle of the point before and after.
Both are measured in processor time from the move of the mouse to the end of the paint that follows.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from time import process_time

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.charting_journeys import LEFT, PLAIN, move
from benchmarks.side_by_side import Ratio, side_by_side_of
from dermlog.domain.face_map import FaceMap, FaceView
from dermlog.domain.session import InjectionSite
from dermlog.figures.face_map_svg import load_face_map
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.face_map.face_map_view import FaceMapView

MANY = 200
MOVES = 120
WIDTH, HEIGHT = 600, 760
RADIUS = 11
CLICK = 24
TURNS = 100


class ByHand(QWidget):
    """Points over a picture; a drag repaints where the point was and where it is."""

    def __init__(self, picture: QPixmap, points: list[QPoint]) -> None:
        super().__init__()
        self._picture = picture
        self._points = points
        self._font = QFont()
        self._font.setPixelSize(11)
        self._font.setBold(True)
        self._dragged: int | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture and the points, inside the dirty rectangle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dirty = event.rect()
        painter.drawPixmap(dirty, self._picture, dirty)
        painter.setFont(self._font)
        edge, ground, ink = QPen(QColor(255, 255, 255), 1.6), QColor("#0F766E"), QColor(255, 255, 255)
        for point in self._points:
            box = _around(point)
            if not box.intersects(dirty):
                continue
            painter.setPen(edge)
            painter.setBrush(ground)
            painter.drawEllipse(box.adjusted(2, 2, -2, -2))
            painter.setPen(ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "2")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the point under the mouse."""
        at = event.position().toPoint()
        near = [index for index, point in enumerate(self._points) if _around(point).contains(at)]
        self._dragged = near[0] if near else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._dragged is not None:
            before, now = self._points[self._dragged], event.position().toPoint()
            self._points[self._dragged] = now
            self.update(_around(before).united(_around(now)))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let it go."""
        self._dragged = None


class _Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Only watch."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def measure_drag() -> Ratio:
    """Seconds of processor time for one move of the mouse and its paint."""
    board = SiteBoard(_map_of)
    board.restart(_many_sites())
    view = FaceMapView(board, load_face_map)
    view.resize(WIDTH, HEIGHT)
    view.show()
    QApplication.processEvents()
    points = [view.pixel(site.x, site.y) for site in board.sites]
    empty = FaceMapView(SiteBoard(_map_of), load_face_map)
    empty.resize(WIDTH, HEIGHT)
    by_hand = ByHand(empty.grab(), list(points))
    by_hand.resize(WIDTH, HEIGHT)
    by_hand.show()
    QApplication.processEvents()
    start = points[MANY // 2]
    ours, floor = _Paints(view.viewport()), _Paints(by_hand)
    return side_by_side_of(
        _drag(by_hand, floor, start), _drag(view.viewport(), ours, start), rounds=15, limit=45
    )


def _drag(widget: QWidget, paints: _Paints, start: QPoint) -> Callable[[], float]:
    """One drag in a wide circle and back; the mean of its moves."""

    def once() -> float:
        QTest.mousePress(widget, LEFT, PLAIN, start)
        QApplication.processEvents()
        # Far enough to be a drag and no click; where the hand then moves to and fro.
        move(widget, start + QPoint(CLICK, CLICK))
        QApplication.processEvents()
        spent = 0.0
        for step in range(MOVES):
            away = CLICK + min(step, MOVES - step) + 1
            before = paints.count
            begun = process_time()
            move(widget, start + QPoint(away, away // 2))
            for _turn in range(TURNS):
                if paints.count > before:
                    break
                QApplication.processEvents()
            else:
                raise SystemExit("charting.drag: nothing was painted")
            spent += process_time() - begun
        # Back to where it was, for the next drag.
        move(widget, start)
        QTest.mouseRelease(widget, LEFT, PLAIN, start)
        QApplication.processEvents()
        return spent / MOVES

    return once


def _many_sites() -> tuple[InjectionSite, ...]:
    random = Random(7)  # noqa: S311 - the same map each time
    face = _map_of(FaceView.FRONT)
    sites: list[InjectionSite] = []
    while len(sites) < MANY:
        x, y = random.random(), random.random()
        zone = face.zone_at(x, y)
        if zone is not None:
            sites.append(InjectionSite(FaceView.FRONT, round(x, 5), round(y, 5), zone, Decimal(2)))
    return tuple(sites)


def _map_of(view: FaceView) -> FaceMap:
    return load_face_map(view).map


def _around(point: QPoint) -> QRect:
    return QRect(point.x() - RADIUS - 2, point.y() - RADIUS - 2, 2 * RADIUS + 4, 2 * RADIUS + 4)
