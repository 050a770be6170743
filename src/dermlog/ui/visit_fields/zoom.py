"""Zoom: how far and where one looks into a picture, in terms that fit pictures and windows of any size."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

HIGHEST = 12.0


class Zoom:
    """factor 1 shows the whole picture; the middle is told as fractions of the stage, so that two stages of
    the same size can share one zoom."""

    def __init__(self) -> None:
        self.factor = 1.0
        self._x = 0.0
        self._y = 0.0

    def reset(self) -> None:
        """The whole picture again."""
        self.factor, self._x, self._y = 1.0, 0.0, 0.0

    def by(self, ratio: float, at: QPointF, stage: QRectF) -> None:
        """Zoom so that what lies under the point stays under it."""
        wanted = min(HIGHEST, max(1.0, self.factor * ratio))
        true = wanted / self.factor
        dx = (at.x() - stage.center().x()) / max(1.0, stage.width())
        dy = (at.y() - stage.center().y()) / max(1.0, stage.height())
        self._x = dx - (dx - self._x) * true
        self._y = dy - (dy - self._y) * true
        self.factor = wanted
        self._keep_in_sight()

    def move(self, step: QPointF, stage: QRectF) -> None:
        """Drag the picture by pixels of the stage."""
        self._x += step.x() / max(1.0, stage.width())
        self._y += step.y() / max(1.0, stage.height())
        self._keep_in_sight()

    def place(self, stage: QRectF, picture: QSizeF) -> QRectF:
        """Where the whole picture lies on the stage; parts of it may be outside."""
        if picture.isEmpty():
            return QRectF(stage.center(), QSizeF(0, 0))
        fit = min(stage.width() / picture.width(), stage.height() / picture.height()) * self.factor
        width, height = picture.width() * fit, picture.height() * fit
        middle = stage.center() + QPointF(self._x * stage.width(), self._y * stage.height())
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def _keep_in_sight(self) -> None:
        # Half the zoomed stage either way: the picture can reach the edge but not leave.
        reach = (self.factor - 1) / 2
        self._x = min(reach, max(-reach, self._x))
        self._y = min(reach, max(-reach, self._y))
