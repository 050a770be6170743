"""The main window: the rail, the screens in a stack, and the way from one to another; it holds no feature.

This module loads next to nothing, and a window without a logbook paints the bare rail and the ground: so
the first picture is there at once, and fill() brings the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from dermlog.ui import preferences
from dermlog.ui.kit.tokens import DARK, LIGHT, Mode
from dermlog.ui.places import PASSING, RAIL_OF, Place, ScreenMaker, maker_of
from dermlog.ui.wishes import fulfil_wishes

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from PySide6.QtWidgets import QStackedWidget

    from dermlog.changes import Change
    from dermlog.domain.backup import BackupSet
    from dermlog.logbook import Logbook
    from dermlog.ui.kit.screen import Screen
    from dermlog.ui.rail import Rail

WIDE, RAIL_WIDE, RAIL_NARROW = 1360, 188, 164


class MainWindow(QMainWindow):
    """MainWindow(logbook) shows Today; MainWindow() is bare until fill(logbook).

    makers replaces how screens are made, for tests. first_painted is told once, logbook_changed at all news.
    person_wanted(staff) where asks_password says that writing takes one. covered: the lock lies over all.
    """

    first_painted = Signal()
    logbook_changed = Signal()
    person_wanted = Signal(object)

    def __init__(
        self, logbook: Logbook | None = None, *, makers: Mapping[str, ScreenMaker] | None = None
    ) -> None:
        super().__init__()
        self._makers = makers or {}
        self._screens: dict[str, Screen] = {}
        self._trail: list[Place] = []
        self._painted = False
        self.covered = False
        self.asks_password = False
        self.restore_wish: BackupSet | Path | None = None
        self._logbook: Logbook
        self._rail: Rail
        self._stack: QStackedWidget
        self.setMinimumSize(960, 600)
        self.resize(1440, 900)
        geometry = preferences.window_geometry()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        if logbook is not None:
            self.fill(logbook)

    def fill(self, logbook: Logbook) -> None:
        """Bring rail and screens for a logbook, and show Today; once."""
        from PySide6.QtGui import QKeySequence, QShortcut  # noqa: PLC0415 - after the first paint, all of these
        from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget  # noqa: PLC0415

        from dermlog.ui.kit.theme import dress, theme_signals  # noqa: PLC0415
        from dermlog.ui.logbook_signals import LogbookSignals  # noqa: PLC0415
        from dermlog.ui.rail import Rail  # noqa: PLC0415
        from dermlog.wording import _  # noqa: PLC0415

        dress(self)
        self._logbook = logbook
        self._rail = Rail(
            [
                ("today", _("Today")),
                ("patients", _("Patients")),
                ("clinic", _("Clinic")),
                ("backup", _("Logbook")),
            ]
        )
        self._rail.entry_chosen.connect(self._on_entry)
        self._rail.person_chosen.connect(self._on_person)
        self._stack = QStackedWidget()
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._stack, 1)
        self._fit_rail()
        signals = LogbookSignals(logbook.changes, self)
        signals.changed.connect(self._on_news)
        for keys, act in (("Ctrl+K", self._on_find), ("F1", self.show_keys), ("?", self.show_keys)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        theme_signals().changed.connect(self._fit_rail)
        self._show_person()
        self._fit_rail()
        self.setCentralWidget(middle)
        self.show_today()

    def show_today(self) -> bool:
        """What waits today; False when the present screen could not be left."""
        return self._begin(Place("today"))

    def show_today_to_another(self) -> None:
        """Today, for somebody who came in after another person: what that one left unsaved is dropped."""
        front = self.screen_shown()
        if front is not None and not front.may_leave():
            del self._screens[self._trail[-1].screen]
            self._trail = []
            self._stack.removeWidget(front)
            front.deleteLater()
        self.show_today()

    def show_patients(self, query: str = "") -> bool:
        """The list of patients, searching for what was typed elsewhere."""
        return self._begin(Place("patients", show=lambda screen: screen.show_query(query)))

    def show_new_patient(self) -> bool:
        """The form for a new patient, over the list of patients."""
        if not self._begin(Place("patients")):
            return False
        # Only once the list is in front: the form leads on to the page of whom it saved.
        cast("Any", self._screen("patients")).new_patient()
        return True

    def show_patient(self, patient_id: UUID, tab: str = "") -> bool:
        """The page of one patient, on a tab by its key."""
        tabs = (tab,) if tab else ()
        return self._go(Place("patient", patient_id, lambda screen: screen.show_patient(patient_id, *tabs)))

    def show_session(self, patient_id: UUID, draft_id: UUID | None = None) -> bool:
        """Chart an injection session, new or from a draft."""
        return self._go(
            Place("session", patient_id, lambda screen: screen.show_session(patient_id, draft_id))
        )

    def show_follow_up(self, patient_id: UUID, visit_id: UUID | None = None) -> bool:
        """Record a follow-up: a new one, a draft by its id, or a recorded one for reading."""
        draft = visit_id is not None and self._logbook.drafts.get(visit_id) is not None
        ids = {"draft_id": visit_id} if draft else {"visit_id": visit_id}
        return self._go(
            Place("follow_up", patient_id, lambda screen: screen.show_follow_up(patient_id, **ids))
        )

    def show_report(self, patient_id: UUID) -> bool:
        """The progress report of one patient."""
        return self._go(Place("report", patient_id, lambda screen: screen.show_report(patient_id)))

    def show_record(self, patient_id: UUID, session_id: UUID) -> bool:
        """The clinical record of one treatment."""
        return self._go(
            Place("report", patient_id, lambda screen: screen.show_record(patient_id, session_id))
        )

    def show_amendment(self, patient_id: UUID, session_id: UUID) -> bool:
        """Amend a signed treatment."""
        return self._go(
            Place("amend", patient_id, lambda screen: screen.show_amendment(patient_id, session_id))
        )

    def show_clinic(self) -> bool:
        """Letterhead, staff, products and the look."""
        return self._begin(Place("clinic"))

    def show_activity(self) -> bool:
        """Who changed, saw and took out what."""
        return self._go(Place("activity"))

    def show_lots(self, lot: str = "") -> bool:
        """Everybody who had a lot."""
        return self._go(Place("lots", show=lambda screen: screen.show_lot(lot)))

    def show_backup(self) -> bool:
        """The logbook itself: how safe it is, and its backups."""
        return self._begin(Place("backup"))

    def show_keys(self) -> None:
        """The sheet of keys."""
        from dermlog.ui.keys import key_groups  # noqa: PLC0415 - rarely opened
        from dermlog.ui.kit.key_help import KeyHelp  # noqa: PLC0415

        sheet = KeyHelp(self, key_groups())
        sheet.exec()
        sheet.deleteLater()

    def go_back(self) -> bool:
        """To where one came from, Today at last; False when the present screen could not be left."""
        return self._go(self._trail[-2]) if len(self._trail) > 1 else self.show_today()

    def screen_shown(self) -> Screen | None:
        """The screen in front."""
        return self._screens[self._trail[-1].screen] if self._trail else None

    def logbook(self) -> Logbook:
        """The open logbook."""
        return self._logbook

    def rail(self) -> Rail:
        """The rail."""
        return self._rail

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave when the present screen has saved its draft; the lock saved it before."""
        front = self.screen_shown()
        if front is not None and not self.covered and not front.may_leave():
            event.ignore()
            return
        preferences.remember_window(self.saveGeometry())
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Alt+Left go back, once no control and no screen had a use for them."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - the largest class of Qt, not needed to paint

        back = event.key() == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier
        if self._trail and (back or event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Back}):
            self.go_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window gives the screens more room."""
        super().resizeEvent(event)
        if self._trail:
            self._fit_rail()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bare rail and ground until there is more; tell when the first picture is complete."""
        if not self._trail:
            tokens = DARK if self._is_dark() else LIGHT
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(tokens.ground))
            painter.fillRect(0, 0, self._rail_width(), self.height(), QColor(tokens.rail))
            painter.end()
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def _is_dark(self) -> bool:
        mode = preferences.theme_mode()
        return self.palette().window().color().lightness() < 128 if mode is Mode.SYSTEM else mode is Mode.DARK

    def _rail_width(self) -> int:
        wide = RAIL_WIDE if self.width() >= WIDE else RAIL_NARROW
        return round(wide * preferences.text_scale())

    def _fit_rail(self) -> None:
        self._rail.setFixedWidth(self._rail_width())

    def _begin(self, place: Place) -> bool:
        """Go somewhere that is reached from everywhere: the trail starts anew."""
        return self._go(place, trail=[])

    def _go(self, place: Place, *, trail: list[Place] | None = None) -> bool:
        front = self.screen_shown()
        if front is not None and not front.may_leave():
            return False
        from dermlog.errors import DermlogError  # noqa: PLC0415 - after the first paint

        # The screen first: when it cannot show this, the window stays where it is.
        try:
            screen = self._screen(place.screen)
            place.show(screen)
            if place.patient_id is not None:
                # Whatever screen it is, somebody has the records of this patient before their eyes.
                self._logbook.accesses.note_viewed(place.patient_id)
        except DermlogError as error:
            from dermlog.ui.kit.dialog import say  # noqa: PLC0415 - rarely needed
            from dermlog.wording import _  # noqa: PLC0415

            say(self, _("This cannot be shown"), error.sentence)
            return False
        kept = self._trail if trail is None else trail
        kept = kept[: kept.index(place)] if place in kept else kept
        self._trail = [known for known in kept if known.screen not in PASSING] + [place]
        self._stack.setCurrentWidget(screen)
        self._rail.light(RAIL_OF.get(place.screen, place.screen))
        self.show_title(screen)
        screen.on_shown()
        return True

    def _screen(self, name: str) -> Screen:
        """The screen of that name, made when first wanted."""
        if name not in self._screens:
            maker = self._makers.get(name) or maker_of(name)
            screen = maker(self._logbook)
            fulfil_wishes(self, screen)
            self._stack.addWidget(screen)
            self._screens[name] = screen
        return self._screens[name]

    def _on_entry(self, key: str) -> None:
        {
            "today": self.show_today,
            "patients": self.show_patients,
            "clinic": self.show_clinic,
            "backup": self.show_backup,
        }[key]()

    def restore(self, wish: BackupSet | Path) -> None:
        """Only the start can close the logbook and open another file in its place.

        A backup: restore it. A file that was set aside: take it back. The logbook itself: save what it gives.
        """
        from dermlog.domain.permission import Action  # noqa: PLC0415 - rarely needed

        why = self._logbook.why_not(Action.RESTORE)
        if why:
            from dermlog.ui.kit.dialog import say  # noqa: PLC0415 - rarely needed
            from dermlog.wording import _  # noqa: PLC0415

            say(self, _("Nothing was restored"), why)
            return
        self.restore_wish = wish
        if not self.close():
            self.restore_wish = None

    def _on_find(self) -> None:
        self.show_patients()

    def edit_patient(self, patient_id: UUID) -> None:
        """The form of a patient over the present screen."""
        from dermlog.ui.patients.patient_form import edit_patient  # noqa: PLC0415 - rarely opened

        self._logbook.accesses.note_viewed(patient_id)
        chosen = edit_patient(self._logbook, patient_id, self)
        if chosen is not None and chosen != patient_id:
            self.show_patient(chosen)

    def _on_person(self, staff_id: UUID) -> None:
        if self.asks_password:
            if staff_id != self._logbook.me.id:
                self.person_wanted.emit(staff_id)
            return
        front = self.screen_shown()
        # What is under way was written by the person before: it is kept under that name first.
        if front is not None and not front.may_leave():
            return
        self._logbook.act_as(staff_id)
        preferences.remember("writer", str(staff_id))
        self.show_signed_in()

    def show_signed_in(self) -> None:
        """Another person may be writing now: the rail says who, and the screen fits what they may do."""
        self._show_person()
        front = self.screen_shown()
        if front is not None:
            front.on_person_changed()

    def _on_news(self, news: frozenset[Change]) -> None:
        from dermlog.changes import Noun  # noqa: PLC0415 - after the first paint

        self.logbook_changed.emit()
        if any(change.noun is Noun.STAFF for change in news):
            self._show_person()

    def _show_person(self) -> None:
        from dermlog.naming import name_of  # noqa: PLC0415 - after the first paint
        from dermlog.wording import _  # noqa: PLC0415

        me = self._logbook.me
        people = [(person.id, person.name) for person in self._logbook.staff.all()]
        self._rail.set_people(people, me.name, _("{role} · change").format(role=name_of(me.role)))

    def show_title(self, screen: Screen) -> None:
        """The title of the screen in front is that of the window."""
        if screen is self.screen_shown():
            words = [screen.title(), self._logbook.path.stem]
            self.setWindowTitle(" · ".join(word for word in words if word))
