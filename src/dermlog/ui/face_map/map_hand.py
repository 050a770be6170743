"""MapHand: what the mouse does on the map - a click adds or selects, a drag moves points or frames them.

A drag beside the points frames those to select; on a zoomed map it pans, and frames with Shift.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from dermlog.ui.face_map.board import SiteBoard

if TYPE_CHECKING:
    from uuid import UUID

    from dermlog.ui.face_map.dot import Dot
    from dermlog.ui.face_map.face_map_view import FaceMapView

ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Drag(Enum):
    """What a press has become."""

    NOTHING = "nothing"
    POINTS = "points"
    FRAME = "frame"
    PAN = "pan"


class MapHand:
    """One press from down to up. Nothing changes on the board before the button is let go."""

    def __init__(self, view: FaceMapView, board: SiteBoard) -> None:
        self._view = view
        self._board = board
        self._start: QPoint | None = None
        self._last = QPoint()
        self._dot: Dot | None = None
        self._adding = False
        self._drag = Drag.NOTHING

    def press(self, event: QMouseEvent) -> None:
        """Remember where; select the point under the mouse."""
        position = event.position().toPoint()
        self._view.hide_cross()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._start, self._last, self._drag = position, position, Drag.PAN
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._start, self._last = position, position
        self._adding = bool(event.modifiers() & ADDING)
        self._dot = None if self._view.picking else self._view.dot_at(position)
        if self._dot is None:
            return
        site_id = self._dot.site.id
        if self._adding:
            self._board.toggle(site_id)
        elif site_id not in {site.id for site in self._board.selected}:
            self._board.select([site_id])

    def move(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        position = event.position().toPoint()
        if self._start is None:
            self._view.hide_cross()
            self._view.show_zone_at(*self._view.fractions(position))
            return
        far = (position - self._start).manhattanLength() >= QApplication.startDragDistance()
        if self._drag is Drag.NOTHING and far:
            self._drag = self._kind_of_drag()
        if self._drag is Drag.PAN:
            self._view.pan(self._last - position)
            self._last = position
        elif self._drag is Drag.POINTS:
            self._drag_to(position)
        elif self._drag is Drag.FRAME:
            self._view.frame.show(self._framed(position))

    def release(self, event: QMouseEvent) -> None:
        """Do what the press meant."""
        if self._start is None:
            return
        start, position = self._start, event.position().toPoint()
        drag, dot, adding, framed = self._drag, self._dot, self._adding, self._framed(position)
        self._forget()
        was, now = self._view.fractions(start), self._view.fractions(position)
        if drag is Drag.POINTS:
            if not self._board.move(now[0] - was[0], now[1] - was[1]):
                self._spring_back()
            self._view.show_zone_at(*now)
        elif drag is Drag.FRAME:
            self._board.select_within(self._view.box_in_fractions(framed), adding=adding)
        elif drag is Drag.NOTHING and dot is None:
            if self._view.picking:
                self._view.pick(*was)
            elif not adding:
                self._board.place(*was)

    def key(self, event: QKeyEvent) -> bool:
        """Esc during a drag puts everything back."""
        if event.key() != Qt.Key.Key_Escape or self._drag not in {Drag.POINTS, Drag.FRAME}:
            return False
        self.let_go()
        return True

    def let_go(self) -> None:
        """End the press without doing anything."""
        dragged = self._drag is Drag.POINTS
        self._forget()
        if dragged:
            self._spring_back()

    def _kind_of_drag(self) -> Drag:
        if self._dot is not None:
            return Drag.POINTS
        if self._view.picking:
            return Drag.PAN
        return Drag.FRAME if self._adding or self._view.zoom == 1 else Drag.PAN

    def _framed(self, position: QPoint) -> QRectF:
        """From where the press began to here, in units of the scene."""
        begun = self._start or position
        return QRectF(self._view.mapToScene(begun), self._view.mapToScene(position)).normalized()

    def _forget(self) -> None:
        self._start, self._dot = None, None
        self._drag = Drag.NOTHING
        self._view.frame.hide()

    def _drag_to(self, position: QPoint) -> None:
        """Show where the points would go, linked ones on the other side too."""
        if self._start is None or self._dot is None:
            return
        here, was = self._view.fractions(position), self._view.fractions(self._start)
        dx, dy = here[0] - was[0], here[1] - was[1]
        for site_id, spot in self._board.moves(dx, dy).items():
            self._put(site_id, *spot)
        self._view.show_zone_at(self._dot.site.x + dx, self._dot.site.y + dy)

    def _put(self, site_id: UUID, x: float, y: float) -> None:
        dot = self._view.dots.get(site_id)
        if dot is not None:
            dot.setPos(self._view.scene_point(x, y))

    def _spring_back(self) -> None:
        for dot in self._view.dots.values():
            home: QPointF = self._view.scene_point(dot.site.x, dot.site.y)
            dot.setPos(home)
