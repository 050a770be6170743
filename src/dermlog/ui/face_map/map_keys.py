"""MapKeys: what each key does on the map; everything the mouse can do has a key."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from dermlog.domain.face_map import FaceView
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.face_map.units_typing import UnitsTyping, is_units_key

if TYPE_CHECKING:
    from dermlog.ui.face_map.face_map_view import FaceMapView

STRIDE, FINE_STRIDE = 0.01, 0.002
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
VIEWS = {Qt.Key.Key_F: FaceView.FRONT, Qt.Key.Key_R: FaceView.RIGHT, Qt.Key.Key_L: FaceView.LEFT}
MORE, LESS = ("+", "="), ("-", "−")


class MapKeys:
    """press(event) does it and returns True, or returns False for keys that belong to somebody else."""

    def __init__(self, view: FaceMapView, board: SiteBoard) -> None:
        self._view = view
        self._board = board
        self._typing = UnitsTyping()
        self._nudges = 0
        self._before = board.sites, board.next_units

    def stop_typing(self) -> None:
        """The next digit begins a new number, the next nudge a new step of undo."""
        self._typing.stop()
        self._nudges += 1

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        other = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
        if other:
            return False
        if event.key() in ARROWS:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._arrow(Qt.Key(event.key()), control, FINE_STRIDE if fine else STRIDE)
            return True
        if control:
            return self._with_control(event)
        return self._plain(event)

    def _with_control(self, event: QKeyEvent) -> bool:
        board = self._board
        standard = QKeySequence.StandardKey
        if event.matches(standard.Undo):
            board.undo()
        elif event.matches(standard.Redo) or event.key() in {Qt.Key.Key_Y, Qt.Key.Key_Z}:
            board.redo()
        elif event.key() == Qt.Key.Key_A:
            board.select_all()
        elif event.key() == Qt.Key.Key_0:
            self._view.set_zoom(1)
        elif event.text() in MORE or event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self._view.set_zoom(self._view.zoom * 1.25)
        elif event.key() == Qt.Key.Key_Minus:
            self._view.set_zoom(self._view.zoom / 1.25)
        else:
            return False
        return True

    def _plain(self, event: QKeyEvent) -> bool:
        board, key, text = self._board, event.key(), event.text()
        if is_units_key(text):
            burst = self._typing.burst
            units = self._typing.key(text, monotonic())
            merge = ("units", self._typing.burst)
            if self._typing.burst != burst:
                self._before = board.sites, board.next_units
            # A refused number ("1000") is forgotten and leaves nothing of itself behind: not its first digits
            # as a dose, and nothing that the next digit could make longer still.
            if units is not None and not board.set_units(units, merge=merge):
                board.set_back(*self._before, merge=merge)
                self._typing.stop()
            return True
        self._typing.stop()
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            board.remove()
        elif text in MORE or text in LESS:
            board.step_units(1 if text in MORE else -1)
        elif key in VIEWS:
            board.show_view(VIEWS[Qt.Key(key)])
        elif key == Qt.Key.Key_M:
            board.set_mirror(not board.mirror)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._enter()
        elif key == Qt.Key.Key_Escape and (board.selected or self._view.has_cross):
            self._view.hide_cross()
            board.select([])
        else:
            return False
        return True

    def _arrow(self, key: Qt.Key, nudge: bool, stride: float) -> None:
        step_x, step_y = ARROWS[key]
        if nudge:
            if self._board.selected:
                self._board.move(step_x * stride, step_y * stride, merge=("nudge", self._nudges))
            return
        x, y = self._view.cross_at
        if not self._view.has_cross and self._board.selected:
            x, y = self._board.selected[0].x, self._board.selected[0].y
        self._view.show_cross(x + step_x * stride, y + step_y * stride)

    def _enter(self) -> None:
        """Add a point at the cross, or select the one under it."""
        if not self._view.has_cross:
            self._view.show_cross(*self._view.cross_at)
            return
        spot: QPoint = self._view.pixel(*self._view.cross_at)
        dot = self._view.dot_at(spot)
        if dot is not None:
            self._board.select([dot.site.id])
        else:
            self._board.place(*self._view.cross_at)
