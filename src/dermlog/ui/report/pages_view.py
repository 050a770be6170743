"""PagesView: the pages of a document under each other, as they will be printed, with zoom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from dermlog.ui.kit.focus_ring import paint_ring, ring_wanted
from dermlog.ui.kit.theme import color, font, theme, theme_signals
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook.printed_report import PagePicture, PageSize

SCREEN_DPI = 96.0
POINTS = 72.0
GAP, EDGE = 18, 14
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
WIDEST_FIT = 1.25
LINE_STEP = 48


class PagesView(QAbstractScrollArea):
    """PagesView().show_pages(sizes, texts), then show_picture(picture, dpi) for each one asked for.

    pictures_wanted() when pages that can be seen have no picture of this size: wanted() tells which and how
    sharp. page_changed(page, count) counts from 1. Page Up and Down go from page to page, Ctrl with the wheel
    or + and − zooms, Ctrl 0 fits the width.
    """

    pictures_wanted = Signal()
    page_changed = Signal(int, int)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[PageSize, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._pictures: dict[int, tuple[QImage, float]] = {}
        self._zoom: float | None = None
        self._page = 0
        self._ring = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.verticalScrollBar().setSingleStep(LINE_STEP)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        theme_signals().changed.connect(self.viewport().update)
        self._tell()

    def show_pages(
        self, sizes: Sequence[PageSize], texts: Sequence[str], *, keep_place: bool = False
    ) -> None:
        """Another document; keep_place stays where the reader is."""
        self._sizes = tuple(sizes)
        self._texts = tuple(texts)
        self._pictures.clear()
        if not keep_place:
            self._page = 0
            self._zoom = None
            self.verticalScrollBar().setValue(0)
        self._fit()
        self._tell()
        self.zoom_changed.emit(self.zoom())
        self.page_changed.emit(min(self._page + 1, len(self._sizes)), len(self._sizes))

    def show_picture(self, picture: PagePicture, dpi: float) -> None:
        """Use a picture of a page that was drawn at so many dots per inch."""
        image = QImage(
            picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
        ).copy()
        self._pictures[picture.number] = (image, dpi)
        self.viewport().update()

    def wanted(self) -> tuple[tuple[int, ...], float]:
        """The pages without a picture of the size shown, those in sight first, and their dots per inch."""
        dpi = round(SCREEN_DPI * self.zoom() * self.devicePixelRatioF(), 2)
        missing = [
            number for number in range(len(self._sizes)) if self._pictures.get(number, (None, 0.0))[1] != dpi
        ]
        seen = self.viewport().rect()
        missing.sort(key=lambda number: not self._rect(number).intersects(seen))
        return tuple(missing), dpi

    def zoom(self) -> float:
        """How large pages are shown; 1 is their true size."""
        return self._zoom if self._zoom is not None else self._fitting()

    def zoom_in(self) -> None:
        """One step larger."""
        self._set_zoom(next((zoom for zoom in ZOOMS if zoom > self.zoom() + 0.01), ZOOMS[-1]))

    def zoom_out(self) -> None:
        """One step smaller."""
        self._set_zoom(next((zoom for zoom in reversed(ZOOMS) if zoom < self.zoom() - 0.01), ZOOMS[0]))

    def fit_width(self) -> None:
        """As wide as the window."""
        self._set_zoom(None)

    def page(self) -> int:
        """The page in sight, counted from 1; 0 without a document."""
        return min(self._page + 1, len(self._sizes))

    def go_to_page(self, page: int) -> None:
        """Show the top of a page, counted from 1."""
        if self._sizes:
            number = min(max(page - 1, 0), len(self._sizes) - 1)
            self.verticalScrollBar().setValue(self._top(number) - EDGE)
            self._set_page(number)

    def sizeHint(self) -> QSize:
        """Room for a page."""
        return QSize(860, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()
        self.zoom_changed.emit(self.zoom())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages, lines and zoom by key; everything else goes on."""
        bar = self.verticalScrollBar()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        plain = {
            Qt.Key.Key_PageDown: lambda: self.go_to_page(self.page() + 1),
            Qt.Key.Key_PageUp: lambda: self.go_to_page(self.page() - 1),
            Qt.Key.Key_Home: lambda: self.go_to_page(1),
            Qt.Key.Key_End: lambda: bar.setValue(bar.maximum()),
            Qt.Key.Key_Space: lambda: bar.setValue(bar.value() + bar.pageStep()),
            Qt.Key.Key_Down: lambda: bar.setValue(bar.value() + LINE_STEP),
            Qt.Key.Key_Up: lambda: bar.setValue(bar.value() - LINE_STEP),
        }
        zooming = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit_width,
        }
        act = (zooming if control else plain).get(Qt.Key(event.key()))
        if act is None or not self._sizes:
            super().keyPressEvent(event)
        else:
            act()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = ring_wanted(event, self._ring)
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        self.viewport().update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pages in sight; one without a picture yet is a white sheet, or its old picture scaled."""
        tokens = theme()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), color(tokens.hover))
        for number in range(len(self._sizes)):
            rect = self._rect(number)
            if not rect.intersects(event.rect()):
                continue
            painter.fillRect(rect, Qt.GlobalColor.white)
            if number in self._pictures:
                image, _dpi = self._pictures[number]
                painter.drawImage(QRectF(rect), image)
            else:
                # The sheet is white in every look, and so are its words dark.
                painter.setFont(font(13))
                painter.setPen(Qt.GlobalColor.darkGray)
                painter.drawText(
                    rect, int(Qt.AlignmentFlag.AlignCenter), _("Page {number}").format(number=number + 1)
                )
            painter.setPen(QPen(color(tokens.line), 1))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        if self.hasFocus() and self._ring:
            paint_ring(painter, QRectF(self.viewport().rect()), 4)
        painter.end()
        if self.wanted()[0]:
            self.pictures_wanted.emit()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint anew where the reader is now."""
        self.viewport().update()

    def _on_scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        numbers = [number for number in range(len(self._sizes)) if self._top(number) <= middle]
        self._set_page(numbers[-1] if numbers else 0)
        self.viewport().update()

    def _set_page(self, number: int) -> None:
        if number != self._page:
            self._page = number
            self._tell()
            self.page_changed.emit(self.page(), len(self._sizes))

    def _set_zoom(self, zoom: float | None) -> None:
        page = self.page()
        self._zoom = zoom
        self._fit()
        self.go_to_page(page)
        self.zoom_changed.emit(self.zoom())
        self.viewport().update()

    def _fitting(self) -> float:
        if not self._sizes:
            return 1.0
        widest = max(size.width for size in self._sizes) * SCREEN_DPI / POINTS
        return max(0.25, min(WIDEST_FIT, (self.viewport().width() - 2 * EDGE) / widest))

    def _fit(self) -> None:
        """Tell the scroll bars how much there is."""
        last = len(self._sizes) - 1
        height = 0 if last < 0 else self._top(last) + self._height(last) + EDGE
        widest = max((self._width(number) for number in range(len(self._sizes))), default=0) + 2 * EDGE
        room = self.viewport().size()
        for bar, whole, seen in (
            (self.verticalScrollBar(), height, room.height()),
            (self.horizontalScrollBar(), widest, room.width()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)

    def _width(self, number: int) -> int:
        return round(self._sizes[number].width * SCREEN_DPI / POINTS * self.zoom())

    def _height(self, number: int) -> int:
        return round(self._sizes[number].height * SCREEN_DPI / POINTS * self.zoom())

    def _top(self, number: int) -> int:
        """Where a page begins, from the top of the first one's edge."""
        return EDGE + sum(self._height(before) + GAP for before in range(number))

    def _rect(self, number: int) -> QRect:
        """Where a page lies in the window now."""
        width = self._width(number)
        left = max(EDGE, (self.viewport().width() - width) // 2) - self.horizontalScrollBar().value()
        return QRect(left, self._top(number) - self.verticalScrollBar().value(), width, self._height(number))

    def _tell(self) -> None:
        """What a screen reader says: which page, and its text."""
        if not self._sizes:
            self.setAccessibleName(_("Preview of the report"))
            self.setAccessibleDescription("")
            return
        name = _("Preview of the report, page {number} of {count}")
        self.setAccessibleName(name.format(number=self.page(), count=len(self._sizes)))
        self.setAccessibleDescription(self._texts[self._page] if self._page < len(self._texts) else "")
