"""DrawnMap: any drawing of a face map as a picture that keeps its shape and follows the look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from dermlog.domain.amendment import SiteChange, SiteDifference
from dermlog.domain.face_map import FACE_MAP_VERSION, FaceView, Zone
from dermlog.domain.session import InjectionSession, InjectionSite
from dermlog.figures.face_drawing import DARK_FACE, LIGHT_FACE, FaceColors, face_height
from dermlog.figures.map_difference import (
    DARK_DIFFERENCE,
    LIGHT_DIFFERENCE,
    DifferenceColors,
    draw_difference_mark,
)
from dermlog.figures.pen import Pen
from dermlog.naming import name_of
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.painter_pen import PainterPen
from dermlog.ui.kit.theme import px, theme, theme_signals
from dermlog.wording import _

Draw = Callable[[Pen, float], object]
"""Draws a map into a box of the width given, in the colours of the look at that moment."""


def face_colors() -> FaceColors:
    """Colours of the map in the look of now."""
    return DARK_FACE if theme().dark else LIGHT_FACE


def difference_colors() -> DifferenceColors:
    """Colours of the marks in the look of now."""
    return DARK_DIFFERENCE if theme().dark else LIGHT_DIFFERENCE


class DrawnMap(QWidget):
    """DrawnMap(draw, view, words): words say in full what it shows, for those who cannot see it."""

    def __init__(
        self,
        draw: Draw,
        view: FaceView,
        words: str,
        *,
        version: int = FACE_MAP_VERSION,
        wanted: int = 340,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draw, self._shape, self._wanted = draw, face_height(1000, view, version) / 1000, wanted
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words)
        theme_signals().changed.connect(self._forget)

    def sizeHint(self) -> QSize:
        """A map in which each number can be read."""
        return QSize(px(self._wanted), round(px(self._wanted) * self._shape))

    def minimumSizeHint(self) -> QSize:
        """Still legible."""
        return QSize(px(150), round(px(150) * self._shape))

    def _forget(self) -> None:
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        self._picture = None
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The map in the middle."""
        width = min(float(self.width()), self.height() / self._shape)
        if self._picture is None:
            ratio = self.devicePixelRatioF()
            size = QSize(max(1, round(width * ratio)), max(1, round(width * self._shape * ratio)))
            self._picture = QPixmap(size)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            inside = QPainter(self._picture)
            self._draw(PainterPen(inside), width)
            inside.end()
        painter = QPainter(self)
        painter.drawPixmap(round((self.width() - width) / 2), 0, self._picture)


class DifferenceLegend(QWidget):
    """DifferenceLegend(differences): each mark that is on the maps, with its word."""

    def __init__(self, differences: Iterable[SiteDifference], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = {
            SiteChange.ADDED: _("added"),
            SiteChange.REMOVED: _("removed"),
            SiteChange.CHANGED: _("changed"),
            SiteChange.SAME: _("the same"),
        }
        listed = tuple(differences)
        flow = FlowLayout(self, gap=14)
        for change, words in names.items():
            example = next((one for one in listed if one.change is change), None)
            if example is not None:
                flow.addWidget(_named(_Mark(example), words))


def _named(mark: QWidget, words: str) -> QWidget:
    """A mark and its word, which stay together."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(mark)
    row.addWidget(Label(words, role="small"))
    return pair


class _Mark(QWidget):
    """One mark of the legend, as it is on the map."""

    def __init__(self, example: SiteDifference) -> None:
        super().__init__()
        self._example = example
        self.setFixedSize(px(26), px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The mark in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = (self.width() / 2, self.height() / 2)
        draw_difference_mark(PainterPen(painter), self._example, middle, px(7), difference_colors())


def views_with(sites: Iterable[InjectionSite]) -> tuple[FaceView, ...]:
    """The views that have points; the front where none has."""
    used = {site.view for site in sites}
    return tuple(view for view in FaceView if view in used) or (FaceView.FRONT,)


def views_with_zones(zones: Iterable[Zone], sessions: Sequence[InjectionSession]) -> tuple[FaceView, ...]:
    """The views on which doses of these zones were placed."""
    wanted = set(zones)
    return views_with(site for session in sessions for site in session.sites if site.zone in wanted)


def view_title(view: FaceView) -> Label:
    """The name of a view, in the middle under its map."""
    label = Label(name_of(view), role="small")
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
