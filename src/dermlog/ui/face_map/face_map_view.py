"""FaceMapView: the face with its zones and points, placed by click, moved by drag, scaled with the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsLineItem, QGraphicsScene, QGraphicsView, QWidget

from dermlog.domain.face_map import FaceView, Zone
from dermlog.figures.face_map_svg import FacePicture
from dermlog.naming import name_of
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.face_map.dot import LARGEST, RING, SMALLEST, TOPMOST, Dot
from dermlog.ui.face_map.map_hand import MapHand
from dermlog.ui.face_map.map_keys import MapKeys
from dermlog.ui.face_map.picture import DrawnFace
from dermlog.ui.face_map.selection_frame import SelectionFrame
from dermlog.ui.kit.focus_ring import paint_ring, ring_wanted
from dermlog.ui.kit.theme import color, theme, theme_signals
from dermlog.wording import _, ngettext, units_text

WHEEL_STEP = 1.0015
CLOSEST = 6.0
DOT_SHARE = 0.0155
"""Radius of a point as a share of the height of the map."""


class FaceMapView(QGraphicsView):
    """FaceMapView(board, picture_of): shows board.view and its points.

    zone_hovered(Zone | None) follows the mouse, the key cross and a dragged point; zoomed(float) the wheel.
    While picking a click, or Enter at the key cross, tells zone_picked(Zone) instead of placing a point.
    """

    zone_hovered = Signal(object)
    zone_picked = Signal(object)
    picking_changed = Signal(bool)
    zoomed = Signal(float)

    def __init__(
        self, board: SiteBoard, picture_of: Callable[[FaceView], FacePicture], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.board = board
        self._picture_of = picture_of
        self._scene = QGraphicsScene(self)
        self._faces: dict[FaceView, DrawnFace] = {}
        self._dots: dict[UUID, Dot] = {}
        self._zone: Zone | None = None
        self._zoom = 1.0
        self._ring = False
        self._cross: tuple[QGraphicsLineItem, QGraphicsLineItem] | None = None
        self._cross_at = (0.5, 0.3)
        self._picking = False
        self.frame = SelectionFrame(self._scene)
        self._keys = MapKeys(self, board)
        self._hand = MapHand(self, board)
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 300)
        board.sites_changed.connect(self._on_sites_changed)
        board.selection_changed.connect(self._on_selection_changed)
        board.settings_changed.connect(self._on_settings_changed)
        theme_signals().changed.connect(self._on_theme_changed)
        self._show_face()

    # --- places ---

    def scene_point(self, x: float, y: float) -> QPointF:
        """Fractions of the map as a point of the scene."""
        box = self._scene.sceneRect()
        return QPointF(box.x() + x * box.width(), box.y() + y * box.height())

    def fractions(self, position: QPoint) -> tuple[float, float]:
        """A pixel of the viewport as fractions of the map; may lie outside 0 to 1."""
        box, point = self._scene.sceneRect(), self.mapToScene(position)
        return ((point.x() - box.x()) / box.width(), (point.y() - box.y()) / box.height())

    def pixel(self, x: float, y: float) -> QPoint:
        """Fractions of the map as a pixel of the viewport."""
        return self.mapFromScene(self.scene_point(x, y))

    def dot_at(self, position: QPoint) -> Dot | None:
        """The nearest point under a pixel, selected ones first."""
        best: tuple[float, Dot] | None = None
        for dot in self._dots.values():
            offset = self.mapFromScene(dot.pos()) - position
            away = float(offset.x() ** 2 + offset.y() ** 2)
            if away <= (dot.radius + 2) ** 2 and (best is None or away < best[0]):
                best = (away, dot)
        return best[1] if best is not None else None

    def box_in_fractions(self, box: QRectF) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a box of the scene as fractions of the map."""
        whole = self._scene.sceneRect()
        return (
            (box.left() - whole.x()) / whole.width(),
            (box.top() - whole.y()) / whole.height(),
            (box.right() - whole.x()) / whole.width(),
            (box.bottom() - whole.y()) / whole.height(),
        )

    @property
    def dots(self) -> Mapping[UUID, Dot]:
        """The drawn points of the shown view by the id of their site."""
        return self._dots

    @property
    def zoom(self) -> float:
        """1 is the whole face."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show the map larger; 1 fits it to the window."""
        middle = self.mapToScene(self.viewport().rect().center())
        self._zoom = min(max(zoom, 1.0), CLOSEST)
        self._fit()
        self.centerOn(middle)
        self.zoomed.emit(self._zoom)

    # --- zone and key cross ---

    @property
    def picking(self) -> bool:
        """Whether zones are being picked."""
        return self._picking

    def set_picking(self, picking: bool) -> None:
        """Begin or end picking zones."""
        if picking != self._picking:
            self._picking = picking
            shape = Qt.CursorShape.PointingHandCursor if picking else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.picking_changed.emit(picking)

    def pick(self, x: float, y: float) -> None:
        """Tell the zone of a spot, if it is one with a name."""
        zone = self.board.face_map.zone_at(x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None
        if zone is not None and zone is not Zone.ELSEWHERE:
            self.zone_picked.emit(zone)

    def show_zone_at(self, x: float, y: float) -> None:
        """Light up and name the zone of a spot."""
        inside = 0 <= x <= 1 and 0 <= y <= 1
        self._light(self.board.face_map.zone_at(x, y) if inside else None)

    def _light(self, zone: Zone | None) -> None:
        if zone is self._zone:
            return
        self._zone = zone
        self._faces[self.board.view].light(zone)
        self.zone_hovered.emit(zone)

    @property
    def hovered_zone(self) -> Zone | None:
        """The zone that is lit."""
        return self._zone

    @property
    def cross_at(self) -> tuple[float, float]:
        """Where the key cross is or would begin, as fractions of the map."""
        return self._cross_at

    @property
    def has_cross(self) -> bool:
        """Whether the key cross is shown."""
        return self._cross is not None

    def show_cross(self, x: float, y: float) -> None:
        """Put the key cross somewhere on the map."""
        self._cross_at = (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
        if self._cross is None:
            pen = QPen(color(theme().caution), 1.6)
            pen.setCosmetic(True)
            self._cross = (QGraphicsLineItem(), QGraphicsLineItem())
            for line in self._cross:
                line.setPen(pen)
                line.setZValue(TOPMOST + 1)
                self._scene.addItem(line)
        centre = self.scene_point(*self._cross_at)
        arm = self._scene.sceneRect().height() * 0.03
        self._cross[0].setLine(centre.x() - arm, centre.y(), centre.x() + arm, centre.y())
        self._cross[1].setLine(centre.x(), centre.y() - arm, centre.x(), centre.y() + arm)
        self.ensureVisible(QRectF(centre.x() - arm, centre.y() - arm, 2 * arm, 2 * arm))
        self.show_zone_at(*self._cross_at)
        self.setAccessibleDescription(name_of(self._zone) if self._zone else _("beside the face"))

    def hide_cross(self) -> None:
        """The mouse has taken over."""
        if self._cross is not None:
            for line in self._cross:
                self._scene.removeItem(line)
            self._cross = None

    # --- drawing ---

    def _show_face(self) -> None:
        shown = self.board.view
        if shown not in self._faces:
            self._faces[shown] = DrawnFace(self._scene, self._picture_of(shown))
        for face in self._faces.values():
            face.light(None)
        self.resetCachedContent()
        self._scene.setSceneRect(self._faces[shown].box)
        self.setBackgroundBrush(color(theme().card))
        self._fit()
        self._on_sites_changed()

    def _fit(self) -> None:
        box, room = self._scene.sceneRect(), self.viewport().size()
        if box.isEmpty() or room.isEmpty():
            return
        scale = min(room.width() / box.width(), room.height() / box.height()) * self._zoom
        self.setTransform(QTransform.fromScale(scale, scale))
        self._draw_dots()

    @property
    def _dot_radius(self) -> float:
        height = self._scene.sceneRect().height() * self.transform().m22()
        return min(max(SMALLEST, height * DOT_SHARE), LARGEST)

    def _on_sites_changed(self) -> None:
        shown = {site.id: site for site in self.board.in_view()}
        for site_id in [site_id for site_id in self._dots if site_id not in shown]:
            self._scene.removeItem(self._dots.pop(site_id))
        for site_id, site in shown.items():
            if site_id not in self._dots:
                self._dots[site_id] = Dot(site)
                self._scene.addItem(self._dots[site_id])
            self._dots[site_id].site = site
        self._draw_dots()
        self._tell()

    def _draw_dots(self) -> None:
        board, radius, ratio = self.board, self._dot_radius, self.devicePixelRatioF()
        selected = {site.id for site in board.selected}
        partners = board.touched - selected
        for site_id, dot in self._dots.items():
            dot.show_site(
                dot.site, radius, selected=site_id in selected, partner=site_id in partners, ratio=ratio
            )
            dot.setPos(self.scene_point(dot.site.x, dot.site.y))

    def _on_selection_changed(self) -> None:
        self._keys.stop_typing()
        self._draw_dots()
        self._tell()
        selected = self.board.selected
        if len(selected) == 1 and selected[0].view is self.board.view and self._zoom > 1:
            centre, room = self.scene_point(selected[0].x, selected[0].y), self._dot_radius + RING
            self.ensureVisible(QRectF(centre.x() - room, centre.y() - room, 2 * room, 2 * room))

    def _on_settings_changed(self) -> None:
        self._hand.let_go()
        self.hide_cross()
        self._light(None)
        self._show_face()

    def _on_theme_changed(self) -> None:
        for face in self._faces.values():
            face.remove()
        self._faces.clear()
        self._zone = None
        self.hide_cross()
        self.frame.hide()
        self._show_face()

    def _tell(self) -> None:
        """What a screen reader says of the map."""
        sites = self.board.in_view()
        count = ngettext("{count} point", "{count} points", len(sites)).format(count=len(sites))
        view = name_of(self.board.view)
        self.setAccessibleName(_("Face map, {view}, {points}").format(view=view, points=count))
        chosen = self.board.selected
        if len(chosen) == 1:
            place = sites.index(chosen[0]) + 1 if chosen[0] in sites else 0
            words = _("{zone}, {units}, point {place} of {count}").format(
                zone=name_of(chosen[0].zone), units=units_text(chosen[0].units), place=place, count=len(sites)
            )
        else:
            words = ngettext("{count} point selected", "{count} points selected", len(chosen)).format(
                count=len(chosen)
            )
        self.setAccessibleDescription(words)

    # --- what Qt tells ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale with the window."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        before = self.mapToScene(event.position().toPoint())
        self.set_zoom(self._zoom * WHEEL_STEP ** event.angleDelta().y())
        moved = self.mapFromScene(before) - event.position().toPoint()
        self.pan(moved)
        event.accept()

    def pan(self, offset: QPoint) -> None:
        """Move the zoomed map by pixels."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + offset.x())
        down.setValue(down.value() + offset.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects a point or adds one; see MapHand."""
        self._hand.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks are two clicks."""
        self._hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a point, pan the zoomed map, or name the zone."""
        self._hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click or the drag is done."""
        self._hand.release(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No zone is lit when the mouse is elsewhere."""
        if not self.has_cross:
            self._light(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        super().focusInEvent(event)
        self._set_ring(ring_wanted(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Number keys begin anew next time."""
        self._keys.stop_typing()
        self.hide_cross()
        self._set_ring(False)
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A drag that the lock interrupts is put back: nobody sees where the button is let go."""
        self._hand.let_go()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map, and the ring around it while the keyboard is here."""
        super().paintEvent(event)
        if self._ring:
            paint_ring(QPainter(self.viewport()), QRectF(self.viewport().rect()), 7)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The face, drawn anew only when the map is scaled, scrolled or turned; Qt keeps the picture."""
        painter.fillRect(rect, self.backgroundBrush())
        self._faces[self.board.view].draw(painter)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scrolling copies pixels, so the ring must be drawn anew."""
        super().scrollContentsBy(dx, dy)
        if self._ring:
            self.viewport().update()

    def _set_ring(self, wanted: bool) -> None:
        if wanted != self._ring:
            self._ring = wanted
            self.viewport().update()

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Tab walks the points, then goes on to the next control."""
        if self.board.walk(1 if next_one else -1):
            self.hide_cross()
            return True
        return super().focusNextPrevChild(next_one)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every action by key; see MapKeys."""
        if not self._hand.key(event) and not self._keys.press(event):
            event.ignore()
