"""SelectionFrame: the dashed frame that a drag beside the points draws around those to be selected."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene

from dermlog.ui.face_map.dot import TOPMOST
from dermlog.ui.kit.theme import color, theme


class SelectionFrame:
    """SelectionFrame(scene): show(box) in units of the scene, hide()."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._item: QGraphicsRectItem | None = None

    def is_shown(self) -> bool:
        """Whether there is a frame on the map."""
        return self._item is not None

    def show(self, box: QRectF) -> None:
        """Draw the frame here, or move it."""
        if self._item is None:
            tokens = theme()
            self._item = QGraphicsRectItem()
            pen = QPen(color(tokens.accent), 1.4, Qt.PenStyle.DashLine)
            pen.setCosmetic(True)
            self._item.setPen(pen)
            ground = color(tokens.accent)
            ground.setAlphaF(0.08)
            self._item.setBrush(QBrush(ground))
            self._item.setZValue(TOPMOST + 2)
            self._scene.addItem(self._item)
        self._item.setRect(box)

    def hide(self) -> None:
        """Take the frame away."""
        if self._item is not None:
            self._scene.removeItem(self._item)
            self._item = None
