"""MapPanel: the middle of the screen - views, units of the next point, the map itself, and its actions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.domain.face_map import FaceView, Zone
from dermlog.figures.face_map_svg import FacePicture
from dermlog.naming import name_of
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.face_map.face_map_view import FaceMapView
from dermlog.ui.kit.badge import Badge
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.theme import Tone, px
from dermlog.wording import _, number_text

USUAL_UNITS = (Decimal(1), Decimal("1.5"), Decimal(2), Decimal("2.5"), Decimal(4))
SAID_MS = 4500


class MapPanel(Card):
    """MapPanel(board, picture_of): same_as_last_requested asks for the points of the session before."""

    same_as_last_requested = Signal()

    def __init__(
        self,
        board: SiteBoard,
        picture_of: Callable[[FaceView], FacePicture],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._board = board
        self.views = SegmentedControl(
            [Option(view, name_of(view)) for view in FaceView], name=_("View of the face"), allow_unset=False
        )
        self.units = SegmentedControl([], name=_("Units per point"), allow_unset=False)
        self.map = FaceMapView(board, picture_of)
        self.same_as_last = Button(_("Same as last time"))
        self.mirror = Button("")
        self.mirror.setCheckable(True)
        self.undo = Button(_("Undo"), key="Ctrl Z")
        self.redo = Button(_("Redo"))
        self.whole_face = Button(_("Whole face"), Kind.PLAIN, key="Ctrl 0", small=True, parent=self.map)
        self.said = Badge("", parent=self.map)
        self.said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self._show_zone)
        self._lay_out()
        self._connect()
        self._on_settings()
        self._on_sites()
        self._show_zone()

    def say(self, sentence: str) -> None:
        """A sentence over the map for a few seconds, such as why a point went back."""
        self.said.set_text(sentence, Tone.DANGER)
        self.map.setAccessibleDescription(sentence)
        self._silence.start(SAID_MS)
        self._place()

    def set_last_available(self, available: bool) -> None:
        """Whether there is a session before to take points from."""
        self.same_as_last.setEnabled(available)
        self.same_as_last.setToolTip("" if available else _("There is no earlier treatment."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What lies over the map keeps its corner."""
        if watched is self.map and event.type() == QEvent.Type.Resize:
            self._units_label.setVisible(self.map.width() >= px(480))
        if watched is self.map and event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self.map.installEventFilter(self)
        self.whole_face.hide()
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.views)
        top.addStretch(1)
        self._units_label = Label(_("Units per point"), role="caption")
        top.addWidget(self._units_label)
        top.addWidget(self.units)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addStretch(1)
        for button in (self.same_as_last, self.mirror, self.undo, self.redo):
            bottom.addWidget(button)
        bottom.addStretch(1)
        self.body.setSpacing(8)
        self.add_layout(top)
        self.add(self.map, 1)
        self.add_layout(bottom)

    def _connect(self) -> None:
        board = self._board
        self.views.value_changed.connect(board.show_view)
        self.units.value_changed.connect(board.set_next_units)
        self.same_as_last.clicked.connect(self.same_as_last_requested)
        self.mirror.clicked.connect(lambda on: board.set_mirror(bool(on)))
        self.undo.clicked.connect(board.undo)
        self.redo.clicked.connect(board.redo)
        self.whole_face.clicked.connect(lambda: self.map.set_zoom(1))
        self.map.zone_hovered.connect(lambda _zone: self._show_zone())
        self.map.zoomed.connect(self._on_zoomed)
        board.refused.connect(self.say)
        board.sites_changed.connect(self._on_sites)
        board.settings_changed.connect(self._on_settings)

    def _on_zoomed(self, zoom: float) -> None:
        self.whole_face.setVisible(zoom > 1)
        self._place()

    def _on_settings(self) -> None:
        board = self._board
        choices = sorted({*USUAL_UNITS, board.next_units})
        self.units.set_options([Option(units, number_text(units)) for units in choices])
        self.units.set_value(board.next_units)
        self.views.set_value(board.view)
        self.mirror.setChecked(board.mirror)
        self.mirror.set_label(_("Mirror on") if board.mirror else _("Mirror off"))
        self.mirror.setEnabled(board.view is FaceView.FRONT)
        self.mirror.setToolTip(_("Points of one side are placed, moved and removed on the other side too."))

    def _on_sites(self) -> None:
        board = self._board
        self.undo.setEnabled(board.can_undo)
        self.undo.setToolTip(board.undo_name)
        self.redo.setEnabled(board.can_redo)
        self.views.set_options([Option(view, self._view_words(view)) for view in FaceView])

    def _view_words(self, view: FaceView) -> str:
        count = len(self._board.in_view(view))
        if not count:
            return name_of(view)
        return _("{view} · {count}").format(view=name_of(view), count=count)

    def _show_zone(self) -> None:
        if self._silence.isActive():
            return
        zone: Zone | None = self.map.hovered_zone
        self.said.set_text(name_of(zone) if zone is not None else "", Tone.NEUTRAL)
        self._place()

    def _place(self) -> None:
        self.said.setVisible(bool(self.said.text()))
        room = self.map.size()
        wanted = self.said.sizeHint()
        width = min(wanted.width(), room.width())
        self.said.setGeometry((room.width() - width) // 2, 0, width, wanted.height())
        fit = self.whole_face.sizeHint()
        self.whole_face.setGeometry(room.width() - fit.width(), 0, fit.width(), fit.height())
