"""The main window: the rail, the screens in a stack, and the way from one to another; it holds no feature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from dermlog.changes import Change, Noun
from dermlog.naming import name_of
from dermlog.ui import preferences
from dermlog.ui.kit.screen import Screen
from dermlog.ui.kit.theme import px
from dermlog.ui.logbook_signals import LogbookSignals
from dermlog.ui.rail import Rail
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.logbook import Logbook
    from dermlog.ui.kit.key_help import KeyGroup

# Where each screen lives: loaded when it is first wanted, so that the first paint waits for one only.
SCREENS: Mapping[str, tuple[str, str]] = {
    "today": ("dermlog.ui.today.today_screen", "TodayScreen"),
    "patients": ("dermlog.ui.patients.patients_screen", "PatientsScreen"),
    "patient": ("dermlog.ui.patient.patient_screen", "PatientScreen"),
    "session": ("dermlog.ui.session.session_screen", "SessionScreen"),
    "follow_up": ("dermlog.ui.follow_up.follow_up_screen", "FollowUpScreen"),
    "report": ("dermlog.ui.report.report_screen", "ReportScreen"),
    "clinic": ("dermlog.ui.clinic.clinic_screen", "ClinicScreen"),
}
RAIL_OF = {"patient": "patients", "session": "patients", "follow_up": "patients", "report": "patients"}
# Entries under way are not places to come back to: going back would begin another one.
PASSING = {"session", "follow_up"}
WIDE, RAIL_WIDE, RAIL_NARROW = 1360, 188, 164

ScreenMaker = Callable[["Logbook"], Screen]
Show = Callable[[Any], object]


@dataclass(frozen=True)
class Place:
    """Where one is: a screen and whom it shows; show makes the screen show it again."""

    screen: str
    patient_id: UUID | None = None
    show: Show = field(default=lambda _screen: None, compare=False)


class MainWindow(QMainWindow):
    """MainWindow(logbook): shows Today. makers replaces how screens are made, for tests."""

    first_painted = Signal()
    logbook_changed = Signal()

    def __init__(self, logbook: Logbook, *, makers: Mapping[str, ScreenMaker] | None = None) -> None:
        super().__init__()
        self._logbook = logbook
        self._makers = makers or {}
        self._screens: dict[str, Screen] = {}
        self._trail: list[Place] = []
        self._painted = False
        self._rail = Rail([("today", _("Today")), ("patients", _("Patients")), ("clinic", _("Clinic"))])
        self._rail.entry_chosen.connect(self._on_entry)
        self._rail.person_chosen.connect(self._on_person)
        self._stack = QStackedWidget()
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self.setMinimumSize(960, 600)
        self.resize(1440, 900)
        geometry = preferences.window_geometry()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self._signals = LogbookSignals(logbook.changes, self)
        self._signals.changed.connect(self._on_news)
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self._on_find)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_keys)
        QShortcut(QKeySequence("?"), self).activated.connect(self.show_keys)
        self._show_person()
        self.show_today()

    def show_today(self) -> bool:
        """What waits today; False when the present screen could not be left."""
        return self._begin(Place("today"))

    def show_patients(self, query: str = "") -> bool:
        """The list of patients, searching for what was typed elsewhere."""
        return self._begin(Place("patients", show=lambda screen: screen.show_query(query)))

    def show_new_patient(self) -> bool:
        """The form for a new patient, over the list of patients."""
        return self._begin(Place("patients", show=lambda screen: screen.new_patient()))

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

    def show_clinic(self) -> bool:
        """Letterhead, staff, products and the look."""
        return self._begin(Place("clinic"))

    def show_keys(self) -> None:
        """The sheet of keys."""
        from dermlog.ui.kit.key_help import KeyHelp  # noqa: PLC0415 - rarely opened

        sheet = KeyHelp(self, key_groups())
        sheet.exec()
        sheet.deleteLater()

    def go_back(self) -> bool:
        """To where one came from, Today at last; False when the present screen could not be left."""
        return self._go(self._trail[-2]) if len(self._trail) > 1 else self.show_today()

    def screen_shown(self) -> Screen | None:
        """The screen in front."""
        front = self._stack.currentWidget()
        return front if isinstance(front, Screen) else None

    def rail(self) -> Rail:
        """The rail."""
        return self._rail

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave when the present screen has saved its draft."""
        front = self.screen_shown()
        if front is not None and not front.may_leave():
            event.ignore()
            return
        preferences.remember_window(self.saveGeometry())
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Alt+Left go back, once no control and no screen had a use for them."""
        back = event.key() == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier
        if back or event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Back}:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window gives the screens more room."""
        super().resizeEvent(event)
        self._rail.setFixedWidth(px(RAIL_WIDE if self.width() >= WIDE else RAIL_NARROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the first picture is complete: after the children have painted too."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def _begin(self, place: Place) -> bool:
        """Go somewhere that is reached from everywhere: the trail starts anew."""
        return self._go(place, trail=[])

    def _go(self, place: Place, *, trail: list[Place] | None = None) -> bool:
        front = self.screen_shown()
        if front is not None and not front.may_leave():
            return False
        kept = self._trail if trail is None else trail
        kept = kept[: kept.index(place)] if place in kept else kept
        self._trail = [known for known in kept if known.screen not in PASSING] + [place]
        screen = self._screen(place.screen)
        place.show(screen)
        self._stack.setCurrentWidget(screen)
        self._rail.light(RAIL_OF.get(place.screen, place.screen))
        self._show_title(screen)
        screen.on_shown()
        return True

    def _screen(self, name: str) -> Screen:
        """The screen of that name, made when first wanted."""
        if name not in self._screens:
            maker = self._makers.get(name) or maker_of(name)
            screen = maker(self._logbook)
            self._fulfil_wishes(screen)
            self._stack.addWidget(screen)
            self._screens[name] = screen
        return self._screens[name]

    def _fulfil_wishes(self, screen: Screen) -> None:
        screen.today_requested.connect(self.show_today)
        screen.patients_requested.connect(self.show_patients)
        screen.new_patient_requested.connect(self.show_new_patient)
        screen.edit_requested.connect(self._on_edit)
        screen.patient_requested.connect(self.show_patient)
        screen.patient_tab_requested.connect(self.show_patient)
        screen.session_requested.connect(self.show_session)
        screen.follow_up_requested.connect(self.show_follow_up)
        screen.report_requested.connect(self.show_report)
        screen.clinic_requested.connect(self.show_clinic)
        screen.close_requested.connect(self.go_back)
        screen.title_changed.connect(lambda _title, screen=screen: self._show_title(screen))
        screen.badge_changed.connect(self._rail.entry("today").set_count)

    def _on_entry(self, key: str) -> None:
        {"today": self.show_today, "patients": self.show_patients, "clinic": self.show_clinic}[key]()

    def _on_find(self) -> None:
        self.show_patients()

    def _on_edit(self, patient_id: UUID) -> None:
        # The form lies over whatever is shown and comes from the room of patients.
        edit = getattr(import_module("dermlog.ui.patients.patient_form"), "edit_patient")  # noqa: B009
        edit(self._logbook, patient_id, self)

    def _on_person(self, staff_id: UUID) -> None:
        front = self.screen_shown()
        # What is under way was written by the person before: it is kept under that name first.
        if front is not None and not front.may_leave():
            return
        self._logbook.act_as(staff_id)
        self._show_person()
        if front is not None:
            front.on_person_changed()

    def _on_news(self, news: frozenset[Change]) -> None:
        self.logbook_changed.emit()
        if any(change.noun is Noun.STAFF for change in news):
            self._show_person()

    def _show_person(self) -> None:
        me = self._logbook.me
        people = [(person.id, person.name) for person in self._logbook.staff.all()]
        self._rail.set_people(people, me.name, _("{role} · change").format(role=name_of(me.role)))

    def _show_title(self, screen: Screen) -> None:
        if screen is self._stack.currentWidget():
            words = [screen.title(), self._logbook.path.stem]
            self.setWindowTitle(" · ".join(word for word in words if word))


def maker_of(name: str) -> ScreenMaker:
    """The class of a screen, imported now."""
    module, cls = SCREENS[name]
    maker: ScreenMaker = getattr(import_module(module), cls)
    return maker


def key_groups() -> list[KeyGroup]:
    """What the keys do, in words."""
    from dermlog.ui.kit.key_help import KeyGroup  # noqa: PLC0415 - rarely opened

    everywhere = (
        (("Ctrl K",), _("Find a patient")),
        (("Ctrl S",), _("Save or sign what is shown")),
        (("Esc", "Alt ←"), _("Go back; what was typed stays as a draft")),
        (("Tab", "Shift Tab"), _("Next and previous control")),
        (("F1", "?"), _("This sheet")),
    )
    answers = (
        (("0", "–", "9"), _("Choose the answer of that number, and go on")),
        (("←", "→"), _("Choose the answer beside")),
        (("Backspace",), _("Take an answer back: not asked")),
        (("Ctrl 0",), _("Mark the side effects not asked yet as none")),
    )
    chart = (
        (("1", "–", "9"), _("Set the units of the chosen or the next point")),
        (("Del",), _("Remove the chosen point")),
        (("M",), _("Mirror on or off")),
        (("Ctrl Z", "Ctrl Y"), _("Undo, redo")),
    )
    return [
        KeyGroup(_("Everywhere"), everywhere),
        KeyGroup(_("Questions"), answers),
        KeyGroup(_("Face map"), chart),
    ]
