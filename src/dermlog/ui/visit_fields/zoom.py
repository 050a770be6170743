"""Zoom: how far and where one looks into a picture, in terms that fit pictures and windows of any size."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

HIGHEST = 12.0


class Zoom:
    """factor 1 shows the whole picture; the middle is told as fractions of the stage, so that two stages of
    the same size can share one zoom. picture is the size of what is shown, in any unit."""

    def __init__(self) -> None:
        self.factor = 1.0
        self._x = 0.0
        self._y = 0.0

    def reset(self) -> None:
        """The whole picture again."""
        self.factor, self._x, self._y = 1.0, 0.0, 0.0

    def by(self, ratio: float, at: QPointF, stage: QRectF, picture: QSizeF) -> None:
        """Zoom so that what lies under the point stays under it; beside the picture its nearest edge does."""
        wanted = min(HIGHEST, max(1.0, self.factor * ratio))
        true = wanted / self.factor
        place = self.place(stage, picture)
        x = min(place.right(), max(place.left(), at.x()))
        y = min(place.bottom(), max(place.top(), at.y()))
        dx = (x - stage.center().x()) / max(1.0, stage.width())
        dy = (y - stage.center().y()) / max(1.0, stage.height())
        self._x = dx - (dx - self._x) * true
        self._y = dy - (dy - self._y) * true
        self.factor = wanted
        self._keep_in_sight(stage, picture)

    def move(self, step: QPointF, stage: QRectF, picture: QSizeF) -> None:
        """Drag the picture by pixels of the stage."""
        self._x += step.x() / max(1.0, stage.width())
        self._y += step.y() / max(1.0, stage.height())
        self._keep_in_sight(stage, picture)

    def place(self, stage: QRectF, picture: QSizeF) -> QRectF:
        """Where the whole picture lies on the stage; parts of it may be outside."""
        width, height = _fitted(stage, picture)
        width, height = width * self.factor, height * self.factor
        middle = stage.center() + QPointF(self._x * stage.width(), self._y * stage.height())
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def _keep_in_sight(self, stage: QRectF, picture: QSizeF) -> None:
        # No edge comes further in than where it lies when the whole picture is shown.
        width, height = _fitted(stage, picture)
        reach_x = width / max(1.0, stage.width()) * (self.factor - 1) / 2
        reach_y = height / max(1.0, stage.height()) * (self.factor - 1) / 2
        self._x = min(reach_x, max(-reach_x, self._x))
        self._y = min(reach_y, max(-reach_y, self._y))


def _fitted(stage: QRectF, picture: QSizeF) -> tuple[float, float]:
    """Width and height at which the whole picture just fits the stage."""
    if picture.isEmpty():
        return 0.0, 0.0
    fit = min(stage.width() / picture.width(), stage.height() / picture.height())
    return picture.width() * fit, picture.height() * fit
