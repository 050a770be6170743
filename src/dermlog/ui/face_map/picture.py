"""DrawnFace: one view of the face as items of a scene, in the colours of the look; zones light up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItemGroup, QGraphicsPathItem, QGraphicsScene

from dermlog.domain.face_map import Zone
from dermlog.figures.face_drawing import DARK_FACE, LIGHT_FACE
from dermlog.figures.face_map_svg import FacePicture, Paint
from dermlog.figures.pen import Command
from dermlog.ui.kit.theme import theme

LIT = Paint(fill="#0F766E", fill_opacity=0.12, stroke="#0F766E", stroke_opacity=1.0, width=1.4)


class DrawnFace:
    """The shapes of a picture, made once; box is their place in the scene."""

    def __init__(self, scene: QGraphicsScene, picture: FacePicture) -> None:
        self._scene = scene
        self._group = QGraphicsItemGroup()
        self._zones: dict[Zone, tuple[QGraphicsPathItem, Paint]] = {}
        self._lit: Zone | None = None
        self.box = QRectF(0, 0, picture.width, picture.height)
        for shape in picture.shapes:
            item = QGraphicsPathItem(path_of(shape.commands))
            _dress(item, shape.paint)
            self._group.addToGroup(item)
            if shape.zone is not None:
                self._zones[shape.zone] = (item, shape.paint)
        scene.addItem(self._group)

    def set_visible(self, visible: bool) -> None:
        """Show or hide the whole face."""
        if not visible:
            self.light(None)
        self._group.setVisible(visible)

    def light(self, zone: Zone | None) -> None:
        """Give one zone a plain border and a stronger ground, the others their dashes."""
        if zone is self._lit:
            return
        for one, paint in ((self._lit, None), (zone, LIT)):
            if one is not None and one in self._zones:
                item, usual = self._zones[one]
                _dress(item, paint or usual)
        self._lit = zone

    def remove(self) -> None:
        """Take the face out of the scene."""
        self._scene.removeItem(self._group)


def path_of(commands: Sequence[Command]) -> QPainterPath:
    """A path of the picture as Qt draws it."""
    path = QPainterPath()
    for command in commands:
        if command[0] == "M":
            path.moveTo(command[1], command[2])
        elif command[0] == "L":
            path.lineTo(command[1], command[2])
        elif command[0] == "C":
            path.cubicTo(*command[1:])
        else:
            path.closeSubpath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _dress(item: QGraphicsPathItem, paint: Paint) -> None:
    colors = DARK_FACE if theme().dark else LIGHT_FACE
    fill, stroke = colors.of(paint.fill), colors.of(paint.stroke)
    item.setBrush(QBrush(_tinted(fill, paint.fill_opacity)) if fill else QBrush(Qt.BrushStyle.NoBrush))
    if stroke is None:
        item.setPen(QPen(Qt.PenStyle.NoPen))
        return
    pen = QPen(_tinted(stroke, paint.stroke_opacity), paint.width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if paint.dash:
        # Qt counts dashes in pen widths.
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([length / paint.width for length in paint.dash])
    item.setPen(pen)


def _tinted(code: str, opacity: float) -> QColor:
    tint = QColor(code)
    tint.setAlphaF(opacity)
    return tint
