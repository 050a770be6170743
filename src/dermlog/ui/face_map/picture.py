"""DrawnFace: one view of the face in the colours of the look, the ground of the map; zones light up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from dermlog.domain.face_map import Zone
from dermlog.figures.face_drawing import DARK_FACE, LIGHT_FACE
from dermlog.figures.face_map_svg import FacePicture, Paint
from dermlog.figures.pen import Command
from dermlog.ui.kit.theme import theme

LIT = Paint(fill="#0F766E", fill_opacity=0.12, stroke="#0F766E", stroke_opacity=1.0, width=1.4)


class DrawnFace:
    """The shapes of a picture, made once; box is their place in the scene.

    draw() is for the ground, which the map keeps as a ready picture: a dragged point then costs no path of
    the face. Only the lit zone is an item of the scene, above the ground and below the points.
    """

    def __init__(self, scene: QGraphicsScene, picture: FacePicture) -> None:
        self._scene = scene
        self._shapes = [
            (path_of(shape.commands), _pen(shape.paint), _brush(shape.paint)) for shape in picture.shapes
        ]
        self._zones = {
            shape.zone: path
            for shape, (path, _pen_of, _brush_of) in zip(picture.shapes, self._shapes, strict=True)
            if shape.zone is not None
        }
        self._lit = QGraphicsPathItem()
        self._lit.setPen(_pen(LIT))
        self._lit.setBrush(_brush(LIT))
        self._lit.hide()
        self.box = QRectF(0, 0, picture.width, picture.height)
        scene.addItem(self._lit)

    def draw(self, painter: QPainter) -> None:
        """Draw the face in units of the scene."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for path, pen, brush in self._shapes:
            painter.setPen(pen)
            painter.setBrush(brush)
            painter.drawPath(path)

    def light(self, zone: Zone | None) -> None:
        """Give one zone a plain border and a stronger ground."""
        path = None if zone is None else self._zones.get(zone)
        self._lit.setVisible(path is not None)
        if path is not None:
            self._lit.setPath(path)

    def remove(self) -> None:
        """Take the face out of the scene."""
        self._scene.removeItem(self._lit)


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


def _colors_of(paint: Paint) -> tuple[str | None, str | None]:
    colors = DARK_FACE if theme().dark else LIGHT_FACE
    return colors.of(paint.fill), colors.of(paint.stroke)


def _brush(paint: Paint) -> QBrush:
    fill, _stroke = _colors_of(paint)
    return QBrush(_tinted(fill, paint.fill_opacity)) if fill else QBrush(Qt.BrushStyle.NoBrush)


def _pen(paint: Paint) -> QPen:
    _fill, stroke = _colors_of(paint)
    if stroke is None:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(_tinted(stroke, paint.stroke_opacity), paint.width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if paint.dash:
        # Qt counts dashes in pen widths.
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([length / paint.width for length in paint.dash])
    return pen


def _tinted(code: str, opacity: float) -> QColor:
    tint = QColor(code)
    tint.setAlphaF(opacity)
    return tint
