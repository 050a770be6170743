"""MapPanel: the middle of the screen - views, units of the next point, the map itself, and its actions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dermlog.domain.face_map import FaceView
from dermlog.figures.face_map_svg import FacePicture
from dermlog.naming import name_of
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.face_map.face_map_view import FaceMapView
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.theme import px
from dermlog.ui.session.fill_bar import FillBar
from dermlog.ui.session.map_overlay import MapOverlay
from dermlog.wording import _, number_text

USUAL_UNITS = (Decimal(1), Decimal("1.5"), Decimal(2), Decimal("2.5"), Decimal(4))


class MapPanel(Card):
    """MapPanel(board, picture_of): same_as_last_requested asks for the points of the session before.

    templates_requested asks for the menu of templates, under the button named template.
    """

    same_as_last_requested = Signal()
    templates_requested = Signal()

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
        self.overlay = MapOverlay(self.map, board)
        self.said = self.overlay.said
        self.fill_bar = FillBar(board)
        self.same_as_last = Button(_("Same as last time"))
        self.template = Button(_("Template"), menu_arrow=True)
        self.fill = Button(_("Fill zone…"))
        self.fill.setCheckable(True)
        self.mirror = Button("")
        self.mirror.setCheckable(True)
        self.undo = Button(_("Undo"), key="Ctrl Z")
        self.redo = self.overlay.redo
        self._lay_out()
        self._connect()
        self._on_settings()
        self._on_sites()

    def set_last_available(self, available: bool) -> None:
        """Whether there is a session before to take points from."""
        self.same_as_last.setEnabled(available)
        self.same_as_last.setToolTip(_("S on the map") if available else _("There is no earlier treatment."))

    def open_fill(self) -> None:
        """Begin to fill zones: by the bar under the map, or by a click on a zone."""
        self.fill_bar.open(self.map.hovered_zone)
        self.fill.setChecked(True)
        self.map.set_picking(True)

    def close_fill(self) -> None:
        """Clicks add points again."""
        self.fill_bar.hide()
        self.fill.setChecked(False)
        self.map.set_picking(False)
        self.map.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A narrow map has no room for a label."""
        if watched is self.map and event.type() == QEvent.Type.Resize:
            self._units_label.setVisible(self.map.width() >= px(480))
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self.map.installEventFilter(self)
        self.fill_bar.hide()
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.views)
        top.addStretch(1)
        self._units_label = Label(_("Units per point"), role="caption")
        top.addWidget(self._units_label)
        top.addWidget(self.units)
        bottom = QWidget()
        flow = FlowLayout(bottom, gap=6)
        for button in (self.same_as_last, self.template, self.fill, self.mirror, self.undo):
            flow.addWidget(button)
        self.body.setSpacing(8)
        self.add_layout(top)
        self.add(self.map, 1)
        self.add(self.fill_bar)
        self.add(bottom)

    def _connect(self) -> None:
        board = self._board
        self.views.value_changed.connect(board.show_view)
        self.units.value_changed.connect(board.set_next_units)
        self.same_as_last.clicked.connect(self.same_as_last_requested)
        self.template.clicked.connect(self.templates_requested)
        self.fill.clicked.connect(self._on_fill)
        self.fill_bar.closed.connect(self.close_fill)
        self.map.zone_picked.connect(self.fill_bar.fill_zone)
        self.map.picking_changed.connect(lambda picking: None if picking else self.close_fill())
        self.mirror.clicked.connect(lambda on: board.set_mirror(bool(on)))
        self.undo.clicked.connect(board.undo)
        board.sites_changed.connect(self._on_sites)
        board.settings_changed.connect(self._on_settings)
        letters: dict[str, Callable[[], object]] = {
            "S": self.same_as_last.click,
            "T": self.template.click,
            "Z": self.open_fill,
        }
        for letter, act in letters.items():
            # Only on the map itself: in the fields beside it a letter is a letter.
            shortcut = QShortcut(QKeySequence(letter), self.map)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    def _on_fill(self) -> None:
        if self.fill_bar.isHidden():
            self.open_fill()
        else:
            self.close_fill()

    def _on_settings(self) -> None:
        board = self._board
        choices = sorted({*USUAL_UNITS, board.next_units})
        self.units.set_options([Option(units, number_text(units)) for units in choices])
        self.units.set_value(board.next_units)
        self.views.set_value(board.view)
        self.mirror.setChecked(board.mirror)
        self.mirror.set_label(_("Mirror on") if board.mirror else _("Mirror off"))
        self.mirror.setEnabled(board.view is FaceView.FRONT)
        self.mirror.setToolTip(
            _("Points go to both sides, as pairs that are moved, changed and removed together.")
        )
        self.overlay.refresh()

    def _on_sites(self) -> None:
        board = self._board
        self.undo.setEnabled(board.can_undo)
        self.undo.setToolTip(board.undo_name)
        self.views.set_options([Option(view, self._view_words(view)) for view in FaceView])

    def _view_words(self, view: FaceView) -> str:
        count = len(self._board.in_view(view))
        if not count:
            return name_of(view)
        return _("{view} · {count}").format(view=name_of(view), count=count)
