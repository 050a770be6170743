"""MapOverlay: what lies over the map - a sentence above, actions on the selection and beginnings below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.domain.face_map import FaceView, Zone
from dermlog.naming import name_of
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.face_map.face_map_view import FaceMapView
from dermlog.ui.kit.badge import Badge
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.theme import Tone
from dermlog.wording import _

SAID_MS = 4500
SHORT = 22
OFFERED = 3


class MapOverlay(QObject):
    """MapOverlay(map, board): template_chosen(UUID) is a wish; everything else it does itself."""

    template_chosen = Signal(object)

    def __init__(self, face: FaceMapView, board: SiteBoard) -> None:
        super().__init__(face)
        self._map = face
        self._board = board
        self.whole_face = Button(_("Whole face"), Kind.PLAIN, key="Ctrl 0", small=True, parent=face)
        self.copy = Button(_("Copy across"), Kind.PLAIN, key="C", small=True, parent=face)
        self.unlink = Button(_("Unlink"), Kind.PLAIN, key="U", small=True, parent=face)
        self.redo = Button(_("Redo"), Kind.PLAIN, key="Ctrl Y", small=True, parent=face)
        self.said = Badge("", parent=face)
        self.said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.begin = QWidget(face)
        self._begin_row = QHBoxLayout(self.begin)
        self._begin_row.setContentsMargins(0, 0, 0, 0)
        self._begin_row.setSpacing(6)
        self._offers = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self._show_zone)
        self.copy.setToolTip(_("Put points like the selected ones on the other side."))
        self.unlink.setToolTip(_("Let the points of a pair go their own ways."))
        self.whole_face.clicked.connect(lambda: face.set_zoom(1))
        self.copy.clicked.connect(lambda: self._on_map(board.copy_across))
        self.unlink.clicked.connect(lambda: self._on_map(board.unlink))
        self.redo.clicked.connect(lambda: self._on_map(board.redo))
        face.zone_hovered.connect(lambda _zone: self._show_zone())
        face.zoomed.connect(lambda _zoom: self.refresh())
        board.refused.connect(self.say)
        board.selection_changed.connect(self.refresh)
        board.sites_changed.connect(self.refresh)
        face.installEventFilter(self)
        self._show_zone()
        self.refresh()

    def say(self, sentence: str) -> None:
        """A sentence over the map for a few seconds, such as why a point went back."""
        self.said.set_text(sentence, Tone.DANGER)
        self._map.setAccessibleDescription(sentence)
        self._silence.start(SAID_MS)
        self.place()

    def set_templates(self, templates: Sequence[tuple[UUID, str]]) -> None:
        """Offer templates, by id and name, on a map without points."""
        while self._begin_row.count():
            item = self._begin_row.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if templates:
            self._begin_row.addWidget(Label(_("Begin from"), role="small"))
        for template_id, name in templates[:OFFERED]:
            short = name if len(name) <= SHORT else f"{name[:SHORT]}…"
            button = Button(short, small=True, name=_("Begin from {template}").format(template=name))
            button.clicked.connect(
                lambda _on=False, chosen=template_id: self._on_map(lambda: self.template_chosen.emit(chosen))
            )
            self._begin_row.addWidget(button)
        self._offers = bool(templates)
        self.refresh()

    def refresh(self) -> None:
        """Show what applies to the map as it is."""
        self.whole_face.setVisible(self._map.zoom > 1)
        self.redo.setVisible(self._board.can_redo)
        self.copy.setVisible(self._board.can_copy_across)
        self.unlink.setVisible(self._board.can_unlink)
        self.begin.setVisible(self._offers and not self._board.sites and self._board.view is FaceView.FRONT)
        self.place()

    def place(self) -> None:
        """Put everything into its corner."""
        self.said.setVisible(bool(self.said.text()))
        room = self._map.size()
        wanted = self.said.sizeHint()
        width = min(wanted.width(), room.width())
        self.said.setGeometry((room.width() - width) // 2, 0, width, wanted.height())
        fit = self.whole_face.sizeHint()
        self.whole_face.setGeometry(room.width() - fit.width(), 0, fit.width(), fit.height())
        copy, unlink = self.copy.sizeHint(), self.unlink.sizeHint()
        self.copy.setGeometry(0, room.height() - copy.height(), copy.width(), copy.height())
        left = room.width() - unlink.width()
        self.unlink.setGeometry(left, room.height() - unlink.height(), unlink.width(), unlink.height())
        redo = self.redo.sizeHint()
        above = room.height() - unlink.height() - redo.height() - 6
        self.redo.setGeometry(room.width() - redo.width(), above, redo.width(), redo.height())
        offer = self.begin.sizeHint()
        width = min(offer.width(), room.width())
        top = room.height() - offer.height()
        self.begin.setGeometry((room.width() - width) // 2, top, width, offer.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What lies over the map keeps its corner."""
        if watched is self._map and event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self.place()
        return super().eventFilter(watched, event)

    def _on_map(self, act: Callable[[], object]) -> None:
        """A button over the map gives the keyboard back to the map."""
        self._map.setFocus()
        act()

    def _show_zone(self) -> None:
        if self._silence.isActive():
            return
        zone: Zone | None = self._map.hovered_zone
        self.said.set_text(name_of(zone) if zone is not None else "", Tone.NEUTRAL)
        self.place()
