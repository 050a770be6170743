"""Painting an injection map: one view of the face with a session's points, in the colours of the look."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dermlog.domain.face_map import FaceView
from dermlog.domain.session import InjectionSession
from dermlog.figures.face_drawing import DARK_FACE, LIGHT_FACE, draw_face, face_height
from dermlog.naming import name_of
from dermlog.ui.kit.painter_pen import PainterPen
from dermlog.ui.kit.theme import px, theme, theme_signals
from dermlog.wording import _, ngettext


def views_of(session: InjectionSession) -> tuple[FaceView, ...]:
    """The views that have points; the front where none has."""
    used = {site.view for site in session.sites}
    return tuple(view for view in FaceView if view in used) or (FaceView.FRONT,)


def map_pixmap(session: InjectionSession, view: FaceView, width: float, ratio: float) -> QPixmap:
    """The map of one view, width logical pixels wide."""
    height = face_height(width, view, session.map_version)
    picture = QPixmap(QSize(max(1, round(width * ratio)), max(1, round(height * ratio))))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_face(
        PainterPen(painter),
        session.sites,
        width=width,
        view=view,
        version=session.map_version,
        colors=DARK_FACE if theme().dark else LIGHT_FACE,
    )
    painter.end()
    return picture


class MapPicture(QWidget):
    """MapPicture(session, view): as large as its room allows, never out of shape."""

    def __init__(self, session: InjectionSession, view: FaceView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        points = sum(site.view is view for site in session.sites)
        words = ngettext("{view}: {count} point", "{view}: {count} points", points)
        self.setAccessibleName(
            _("Injection map, {words}").format(words=words.format(view=name_of(view), count=points))
        )
        theme_signals().changed.connect(self._forget)

    def sizeHint(self) -> QSize:
        """A map in which each number can be read."""
        return QSize(px(300), round(face_height(px(300))))

    def minimumSizeHint(self) -> QSize:
        """Still legible."""
        return QSize(px(150), round(face_height(px(150))))

    def _forget(self) -> None:
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        self._picture = None
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The map in the middle."""
        shape = face_height(1000, self._view, self._session.map_version) / 1000
        width = min(float(self.width()), self.height() / shape)
        if self._picture is None:
            self._picture = map_pixmap(self._session, self._view, width, self.devicePixelRatioF())
        left = (self.width() - width) / 2
        painter = QPainter(self)
        painter.drawPixmap(QRectF(left, 0, width, width * shape).topLeft(), self._picture)
