"""All sessions of a patient as small maps in a row, each with its product, units, points and date."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from dermlog.domain.course import CourseEntry
from dermlog.domain.face_map import FaceView
from dermlog.domain.session import InjectionSession
from dermlog.figures.face_drawing import face_height
from dermlog.naming import name_of
from dermlog.ui.kit.badge import Badge
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.elided_label import ElidedLabel
from dermlog.ui.kit.empty_state import EmptyState
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.focus_ring import paint_ring, ring_wanted
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.theme import Tone, color, font, px, theme, theme_signals
from dermlog.ui.patient.map_picture import map_pixmap, views_of
from dermlog.ui.patient.maps_compare import MapsCompare
from dermlog.ui.patient.maps_heat import MapsHeat
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.ui.patient.visit_words import visit_title
from dermlog.wording import _, date_text, isolated, ngettext, units_text

MAP_WIDTH = 250
EACH, COMPARE, HEAT = "each", "compare", "heat"


class MapsTab(QWidget):
    """MapsTab().show_facts(facts): each treatment, two compared, or the dose by zone.

    visit_opened(visit id) and void_opened(session id) by a click or Enter on a map.
    """

    visit_opened = Signal(object)
    void_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: PatientFacts | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._empty = EmptyState(
            _("No injections yet."), _("The map of each treatment appears here once it is signed.")
        )
        self.pages = SegmentedControl(
            [
                Option(EACH, _("Each treatment")),
                Option(COMPARE, _("Compare two")),
                Option(HEAT, _("Dose by zone")),
            ],
            name=_("What the maps show"),
            allow_unset=False,
            value=EACH,
        )
        self.pages.value_changed.connect(lambda _page: self._show_page())
        head = QHBoxLayout()
        head.addWidget(self.pages)
        head.addStretch(1)
        column.addWidget(self._empty)
        column.addLayout(head)
        holder = QWidget()
        self._flow = FlowLayout(holder, gap=16)
        self._scroll = ScrollArea(holder)
        self.compare = MapsCompare()
        self.heat = MapsHeat()
        self._stack = QStackedWidget()
        for part in (self._scroll, self.compare, self.heat):
            self._stack.addWidget(part)
        column.addWidget(self._stack, 1)
        self.cards: list[SessionCard] = []

    def show_facts(self, facts: PatientFacts) -> None:
        """Show the sessions in order of time; those that are void come last."""
        self._facts = facts
        self._flow.clear()
        self.cards = []
        for entry in (*facts.course.sessions, *facts.void):
            if entry.session is None:
                continue
            card = SessionCard(facts, entry, entry.session)
            card.opened.connect(self._on_opened)
            self.cards.append(card)
            self._flow.addWidget(card)
        self._empty.setVisible(not self.cards)
        count = len(facts.course.sessions)
        self.pages.setVisible(count > 0)
        self._stack.setVisible(bool(self.cards))
        if count == 0:
            self.pages.set_value(EACH)
        self._show_page()

    def _show_page(self) -> None:
        facts, page = self._facts, self.pages.value()
        if facts is None:
            return
        if page == COMPARE:
            self.compare.show_facts(facts)
            self._stack.setCurrentWidget(self.compare)
        elif page == HEAT:
            self.heat.show_facts(facts)
            self._stack.setCurrentWidget(self.heat)
        else:
            self._stack.setCurrentWidget(self._scroll)

    def _on_opened(self, entry: CourseEntry) -> None:
        if entry.session is not None and entry.session.voiding is not None:
            self.void_opened.emit(entry.session.id)
        else:
            self.visit_opened.emit(entry.visit.id)


class SessionCard(Card):
    """One treatment: title, a map for each view with points, and what was injected; opened(entry)."""

    opened = Signal(object)

    def __init__(self, facts: PatientFacts, entry: CourseEntry, session: InjectionSession) -> None:
        title = _("{treatment} · {day}").format(
            treatment=visit_title(entry), day=date_text(session.performed_on)
        )
        badge = _state_badge(session)
        super().__init__(title, trailing=badge)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.lines = session_lines(facts, session)
        maps = QWidget()
        row = FlowLayout(maps, gap=12)
        views = views_of(session)
        self.maps = [MapButton(session, view, title) for view in views]
        for one in self.maps:
            one.clicked.connect(lambda: self.opened.emit(entry))
            row.addWidget(one)
        maps.setFixedSize(row.sizeHint())
        self.body.addWidget(maps, 0, Qt.AlignmentFlag.AlignHCenter)
        for place, line in enumerate(self.lines):
            label = ElidedLabel(line, role="strong" if place == 0 else "small")
            label.setMaximumWidth(maps.width())
            self.add(label)
        self.body.setSpacing(5)
        state = () if badge is None else (badge.text(),)
        self.setAccessibleName(". ".join((title, *state, *self.lines)))


def _state_badge(session: InjectionSession) -> Badge | None:
    """Void, moved or amended in a word; nothing for a treatment that stands as it was signed."""
    if session.voiding is not None:
        return Badge(_("void") if session.voiding.moved_to is None else _("moved away"), Tone.DANGER)
    if session.version > 1:
        return Badge(_("amended, version {number}").format(number=session.version), Tone.CAUTION)
    return None


def session_lines(facts: PatientFacts, session: InjectionSession) -> tuple[str, ...]:
    """What was injected and by whom, in two lines."""
    product = facts.products.get(session.product_id)
    points = len(session.sites)
    injected = ngettext(
        "{product} · {units} at {count} point", "{product} · {units} at {count} points", points
    )
    first = injected.format(
        product="" if product is None else isolated(product.brand),
        units=units_text(session.total_units),
        count=points,
    )
    who = facts.name(session.injector_id)
    second = [name_of(session.technique), _("lot {lot}").format(lot=session.lot), who]
    return first, " · ".join(part for part in second if part)


class MapButton(QAbstractButton):
    """One view of a session, to be clicked."""

    def __init__(self, session: InjectionSession, view: FaceView, title: str) -> None:
        super().__init__()
        self._session, self._view = session, view
        self._picture: QPixmap | None = None
        self._ring = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("{title}, {view}: open").format(title=title, view=name_of(view)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_signals().changed.connect(self._forget)

    def sizeHint(self) -> QSize:
        """A map wide enough for its numbers, with its view's name under it."""
        width = px(MAP_WIDTH)
        return QSize(width, round(face_height(width, self._view, self._session.map_version)) + px(22))

    def _forget(self) -> None:
        self._picture = None
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        self.update()
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        self._ring = ring_wanted(event)
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The map and the name of its view."""
        if self._picture is None:
            self._picture = map_pixmap(self._session, self._view, self.width(), self.devicePixelRatioF())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._picture)
        painter.setFont(font(12))
        painter.setPen(color(theme().accent_ink if self.underMouse() else theme().muted))
        words = self.rect().adjusted(0, self.height() - px(22), 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), name_of(self._view))
        if self.hasFocus() and self._ring:
            paint_ring(painter, self.rect().toRectF(), 8)
