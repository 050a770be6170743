"""The course chart on the screen: the mouse or the arrow keys show what each mark means."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from dermlog.figures.chart_facts import ChartFacts
from dermlog.figures.course_chart import ChartColors, Mark, draw_course_chart
from dermlog.ui.kit.focus_ring import paint_ring, ring_wanted
from dermlog.ui.kit.painter_pen import PainterPen
from dermlog.ui.kit.theme import color, font, px, theme, theme_signals
from dermlog.wording import _

NEAR = 14.0
BUBBLE_WIDTH = 300


def chart_colors() -> ChartColors:
    """The colours of the look in use."""
    tokens = theme()
    return ChartColors(
        ink=tokens.ink,
        muted=tokens.muted,
        grid=tokens.line,
        ground=tokens.card,
        accent=tokens.accent,
        oiliness=tokens.oiliness,
        oiliness_ink=tokens.oiliness_ink,
        breakouts=tokens.breakouts,
        breakouts_ink=tokens.breakouts_ink,
        mild=tokens.caution_fill,
        moderate=tokens.caution,
        severe=tokens.danger,
        bar_ink=tokens.caution_ink,
    )


class ChartView(QWidget):
    """ChartView().show_facts(facts). Left and right walk the marks in order of time, Enter opens the visit.

    visit_opened(visit id) by Enter or a double click on a mark that belongs to a visit.
    """

    visit_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: ChartFacts | None = None
        self._marks: tuple[Mark, ...] = ()
        self._picture: QPixmap | None = None
        self._at = -1
        self._ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme_signals().changed.connect(self._forget)
        self._tell()

    def show_facts(self, facts: ChartFacts) -> None:
        """Show another course."""
        if facts != self._facts:
            self._facts = facts
            self._at = -1
            self._forget()
            self._tell()

    def marks(self) -> tuple[Mark, ...]:
        """What can be pointed at, in order of time; empty before the first painting."""
        return self._marks

    def current(self) -> Mark | None:
        """The mark that is read out."""
        return self._marks[self._at] if 0 <= self._at < len(self._marks) else None

    def sizeHint(self) -> QSize:
        """What it needs; it takes all the room there is."""
        return QSize(px(780), px(280))

    def minimumSizeHint(self) -> QSize:
        """Still legible."""
        return QSize(px(360), px(240))

    def _forget(self) -> None:
        self._picture = None
        self.update()

    def _select(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self._tell()
            self.update()

    def _tell(self) -> None:
        mark = self.current()
        name = _("Course chart")
        self.setAccessibleName(f"{name}: {mark.sentence}" if mark is not None else name)
        self.setAccessibleDescription("" if self._facts is None else self._facts.description)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chart, drawn once for each size, and over it what is pointed at."""
        self._draw()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture is not None:
            painter.drawPixmap(0, 0, self._picture)
        mark = self.current()
        if mark is not None:
            self._paint_mark(painter, mark)
            self._paint_bubble(painter, mark)
        if self.hasFocus() and self._ring and mark is None:
            paint_ring(painter, QRectF(self.rect()), 6)

    def _draw(self) -> None:
        if self._facts is None or self._picture is not None:
            return
        ratio = self.devicePixelRatioF()
        self._picture = QPixmap(self.size() * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._picture)
        self._marks = draw_course_chart(
            PainterPen(painter),
            self._facts,
            width=self.width(),
            height=self.height(),
            colors=chart_colors(),
            size=float(px(11.5)),
        )
        painter.end()
        if self._at >= len(self._marks):
            self._select(-1)

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        painter.setPen(QPen(color(theme().ink), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(mark.x, mark.y, mark.w, mark.h)
        radius = min(box.width(), box.height()) / 2
        painter.drawRoundedRect(box, radius, radius)

    def _paint_bubble(self, painter: QPainter, mark: Mark) -> None:
        words = font(12)
        metrics = QFontMetrics(words)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading)
        room = QRectF(0, 0, min(px(BUBBLE_WIDTH), self.width() - 40), 1000)
        text = QRectF(metrics.boundingRect(room.toRect(), flags, mark.sentence))
        box = QRectF(0, 0, text.width() + px(20), text.height() + px(14))
        left = min(max(4.0, mark.center[0] + 14), self.width() - box.width() - 4)
        top = mark.y - box.height() - 6
        if top < 2:
            top = mark.y + mark.h + 6
        box.moveTo(left, min(top, self.height() - box.height() - 2))
        painter.setPen(QPen(color(theme().control_line), 1))
        painter.setBrush(color(theme().ink))
        painter.drawRoundedRect(box, 7, 7)
        painter.setFont(words)
        painter.setPen(color(theme().card))
        painter.drawText(box.adjusted(px(10), px(7), -px(10), -px(7)), flags, mark.sentence)

    def _nearest(self, at: QPointF) -> int:
        """The mark under the mouse or the nearest one close by; points go before bars."""
        best, distance = -1, NEAR
        for index, mark in enumerate(self._marks):
            x, y = mark.center
            away = max(abs(at.x() - x) - mark.w / 2, abs(at.y() - y) - mark.h / 2, 0.0)
            away += 0.01 * (QPointF(x, y) - at).manhattanLength()
            if away < distance:
                best, distance = index, away
        return best

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out what is under the mouse."""
        self._select(self._nearest(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more; the keyboard keeps its mark."""
        if not self.hasFocus():
            self._select(-1)
        super().leaveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the visit of the mark."""
        self._select(self._nearest(event.position()))
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the marks; Esc lets go of one before it leaves the page."""
        last = len(self._marks) - 1
        key = event.key()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        forth = Qt.Key.Key_Left if mirrored else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if mirrored else Qt.Key.Key_Left
        if key == forth and last >= 0:
            self._select(min(last, self._at + 1))
        elif key == back and last >= 0:
            self._select(last if self._at < 0 else max(0, self._at - 1))
        elif key == Qt.Key.Key_Home and last >= 0:
            self._select(0)
        elif key == Qt.Key.Key_End:
            self._select(last)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current() is not None:
            self._open()
        elif key == Qt.Key.Key_Escape and self._at >= 0:
            self._select(-1)
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        mark = self.current()
        if mark is not None and mark.visit_id is not None:
            self.visit_opened.emit(mark.visit_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        self._ring = ring_wanted(event)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the mark."""
        if not self.rect().contains(self.mapFromGlobal(self.cursor().pos())):
            self._select(-1)
        self.update()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        self._picture = None
        super().resizeEvent(event)

    def mark_place(self, index: int) -> QPoint:
        """The middle of a mark, for pointing at it."""
        x, y = self._marks[index].center
        return QPoint(round(x), round(y))
