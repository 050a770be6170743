"""The dark rail at the side of the window: the name of the program, where one can go, who is writing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from dermlog.ui.kit.badge import Badge
from dermlog.ui.kit.focus_ring import ring_wanted
from dermlog.ui.kit.theme import Tone, color, font, px, theme
from dermlog.wording import _, ngettext

RADIUS = 7.0


class _RailButton(QAbstractButton):
    """What both kinds of buttons on the rail share: the ring and the hand."""

    def __init__(self) -> None:
        super().__init__()
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = ring_wanted(event, self._ring)
        super().focusInEvent(event)

    def _paint_ground(self, painter: QPainter, *, lit: bool) -> None:
        tokens = theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(tokens.rail_selected))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if self.hasFocus() and self._ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color(tokens.rail_ink), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)


class RailEntry(_RailButton):
    """One place to go, with a count when something waits there."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        self._count = 0
        self.setCheckable(True)
        self.setText(label)
        self.setAccessibleName(label)

    def set_count(self, count: int) -> None:
        """Show how many things wait; 0 shows nothing."""
        self._count = count
        waiting = ngettext("{label}, {count} waiting", "{label}, {count} waiting", count)
        self.setAccessibleName(waiting.format(label=self._label, count=count) if count else self._label)
        self.update()

    def count(self) -> int:
        """How many things wait there."""
        return self._count

    def nextCheckState(self) -> None:
        """The window decides which place is lit, a click only asks."""

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(px(140), px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words and the count."""
        tokens = theme()
        painter = QPainter(self)
        lit = self.isChecked()
        self._paint_ground(painter, lit=lit or self.underMouse())
        rect = QRectF(self.rect()).adjusted(px(12), 0, -px(12), 0)
        painter.setFont(font(13, bold=lit))
        painter.setPen(color(tokens.rail_ink if lit else tokens.rail_muted))
        painter.drawText(
            rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), self._label
        )
        if not self._count:
            return
        words = f"{self._count}" if self._count < 1000 else "999+"
        small = font(11, bold=True)
        width = max(px(21), QFontMetrics(small).horizontalAdvance(words) + px(12))
        left = (
            rect.left() if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else rect.right() - width
        )
        pill = QRectF(left, (self.height() - px(17)) / 2, width, px(17))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(tokens.rail_badge))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(color(tokens.rail_badge_ink))
        painter.setFont(small)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), words)


class PersonButton(_RailButton):
    """Who is writing; opens the list of those who may."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._line = ""

    def show_person(self, name: str, line: str) -> None:
        """Show a name and a line under it."""
        self._name, self._line = name, line
        self.setAccessibleName(_("Writing: {name}. Change who is writing").format(name=name))
        self.setToolTip(_("Change who is writing"))
        self.update()

    def name(self) -> str:
        """Who is shown."""
        return self._name

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(px(140), px(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, line and a small arrow."""
        tokens = theme()
        painter = QPainter(self)
        self._paint_ground(painter, lit=self.underMouse() or self.isDown())
        rect = QRectF(self.rect()).adjusted(px(12), px(6), -px(12), -px(6))
        half = rect.height() / 2
        start = int(
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        )
        for words, strong, code, top in (
            (self._name, True, tokens.rail_ink, rect.top()),
            (self._line, False, tokens.rail_muted, rect.top() + half),
        ):
            used = font(12, bold=strong)
            painter.setFont(used)
            painter.setPen(color(code))
            shown = QFontMetrics(used).elidedText(words, Qt.TextElideMode.ElideRight, round(rect.width()))
            painter.drawText(QRectF(rect.left(), top, rect.width(), half), start, shown)


class Rail(QFrame):
    """Rail([("today", "Today"), …]): entry_chosen(key), person_chosen(id) and lock_requested() are wishes.

    show_badge(words, explanation) says something for good above the person; show_lock() offers the lock.
    """

    entry_chosen = Signal(str)
    person_chosen = Signal(object)
    lock_requested = Signal()

    def __init__(self, entries: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(_("Places"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 22, 12, 14)
        column.setSpacing(5)
        column.addWidget(_Wordmark())
        column.addSpacing(16)
        self._entries: dict[str, RailEntry] = {}
        for key, label in entries:
            entry = RailEntry(label)
            entry.clicked.connect(lambda _on=False, key=key: self.entry_chosen.emit(key))
            column.addWidget(entry)
            self._entries[key] = entry
        column.addStretch(1)
        self.badge = Badge("", Tone.CAUTION)
        self.badge.hide()
        column.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeading)
        self.lock = RailEntry(_("Lock"))
        self.lock.setToolTip(_("Lock now: Ctrl L"))
        self.lock.clicked.connect(lambda _on=False: self.lock_requested.emit())
        self.lock.hide()
        column.addWidget(self.lock)
        line = QFrame()
        line.setObjectName("rail_line")
        line.setFixedHeight(1)
        column.addWidget(line)
        column.addSpacing(4)
        self.person = PersonButton()
        self.person.clicked.connect(self._on_person)
        column.addWidget(self.person)
        self._people: tuple[tuple[UUID, str], ...] = ()

    def entry(self, key: str) -> RailEntry:
        """The entry of a place."""
        return self._entries[key]

    def show_badge(self, words: str, explanation: str) -> None:
        """Say something that must stay seen, such as that this is a sample."""
        self.badge.set_text(words, Tone.CAUTION)
        self.badge.setToolTip(explanation)
        self.badge.setAccessibleDescription(explanation)
        self.badge.show()

    def show_lock(self) -> None:
        """Offer the lock."""
        self.lock.show()

    def light(self, key: str) -> None:
        """Show where one is; an unknown key lights nothing."""
        for name, entry in self._entries.items():
            entry.setChecked(name == key)

    def set_people(self, people: Sequence[tuple[UUID, str]], name: str, line: str) -> None:
        """Who may write, and who does."""
        self._people = tuple(people)
        self.person.show_person(name, line)

    def people_menu(self) -> QMenu:
        """The menu of those who may write, the present one ticked."""
        menu = QMenu(self)
        menu.setAccessibleName(_("Who is writing"))
        for person_id, name in self._people:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == self.person.name())
            action.triggered.connect(lambda _on=False, who=person_id: self.person_chosen.emit(who))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk along the places."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        ways = [*self._entries.values(), *([self.lock] if self.lock.isVisible() else []), self.person]
        buttons: list[QAbstractButton] = [*ways]
        at = next((index for index, button in enumerate(buttons) if button.hasFocus()), -1)
        if step and at >= 0 and 0 <= at + step < len(buttons):
            buttons[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            event.ignore()

    def _on_person(self) -> None:
        menu = self.people_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        top = self.person.mapToGlobal(self.person.rect().topLeft())
        top.setY(top.y() - menu.sizeHint().height() - 4)
        menu.popup(top)


class _Wordmark(QWidget):
    """The name of the program."""

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(px(120), px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setPen(color(theme().rail_ink))
        painter.setFont(font(16, bold=True))
        rect = QRectF(self.rect()).adjusted(px(10), 0, 0, 0)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), "dermlog")
