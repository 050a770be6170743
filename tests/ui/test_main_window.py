"""The main window: screens made when wanted, the way back, drafts kept on leaving, who is writing."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from dermlog.domain.access import AccessKind
from dermlog.domain.staff import Role, Staff
from dermlog.errors import NotAllowed
from dermlog.logbook import Logbook
from dermlog.ui.keys import key_groups
from dermlog.ui.kit.key_help import KeyHelp
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.screen import Screen
from dermlog.ui.main_window import MainWindow
from dermlog.ui.places import SCREENS, Place
from tests.makers import DOCTOR, NURSE, make_logbook, make_patient

PATIENT, OTHER = UUID(int=11), UUID(int=12)


class _Screen(Screen):
    """Notes what it was asked to show."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.calls: list[tuple[object, ...]] = []
        self.leave = True
        self.edit = QLineEdit()
        self.edit.setAccessibleName("Words")
        self.page.addWidget(self.edit)

    def title(self) -> str:
        return f"The {self.name}"

    def may_leave(self) -> bool:
        return self.leave

    def on_shown(self) -> None:
        self.calls.append(("shown",))

    def on_person_changed(self) -> None:
        self.calls.append(("person",))

    def show_query(self, query: str) -> None:
        self.calls.append(("query", query))

    def new_patient(self) -> None:
        self.calls.append(("new",))

    def show_record(self, patient_id: UUID, session_id: UUID) -> None:
        self.calls.append(("record", patient_id, session_id))

    def show_amendment(self, patient_id: UUID, session_id: UUID) -> None:
        self.calls.append(("amendment", patient_id, session_id))

    def show_patient(self, patient_id: UUID, tab: str = "course") -> None:
        self.calls.append(("patient", patient_id, tab))

    def show_session(self, patient_id: UUID, draft_id: UUID | None = None) -> None:
        self.calls.append(("session", patient_id, draft_id))

    def show_follow_up(
        self, patient_id: UUID, draft_id: UUID | None = None, visit_id: UUID | None = None
    ) -> None:
        self.calls.append(("follow_up", patient_id, draft_id, visit_id))

    def show_report(self, patient_id: UUID) -> None:
        self.calls.append(("report", patient_id))


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """An empty logbook with a doctor and a nurse."""
    made = make_logbook(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(logbook: Logbook, qtbot: QtBot) -> MainWindow:
    """The window with screens that only take notes."""

    def maker(name: str) -> Callable[[Logbook], Screen]:
        return lambda _logbook: _Screen(name)

    made = MainWindow(logbook, makers={name: maker(name) for name in SCREENS})
    qtbot.addWidget(made)
    made.show()
    return made


def _front(window: MainWindow) -> _Screen:
    front = window.screen_shown()
    assert isinstance(front, _Screen)
    return front


def _name(window: MainWindow) -> str:
    return _front(window).name


def test_today_is_first_and_alone(window: MainWindow) -> None:
    assert _name(window) == "today"
    assert list(window._screens) == ["today"]
    assert window.windowTitle() == "The today · Clinic"


def test_the_first_paint_is_told_once(window: MainWindow, qtbot: QtBot) -> None:
    heard: list[bool] = []
    window.first_painted.connect(lambda: heard.append(True))
    qtbot.waitUntil(lambda: bool(heard))
    window.update()
    qtbot.wait(20)
    assert heard == [True]


def test_wishes_are_fulfilled(window: MainWindow) -> None:
    today = _front(window)
    today.patient_tab_requested.emit(PATIENT, "photos")
    assert _front(window).calls == [("patient", PATIENT, "photos"), ("shown",)]
    _front(window).session_requested.emit(PATIENT, None)
    assert _front(window).calls == [("session", PATIENT, None), ("shown",)]
    _front(window).report_requested.emit(PATIENT)
    assert _front(window).calls == [("report", PATIENT), ("shown",)]
    _front(window).patients_requested.emit("lind")
    assert _front(window).calls == [("query", "lind"), ("shown",)]
    _front(window).new_patient_requested.emit()
    assert _front(window).calls[-2:] == [("shown",), ("new",)]
    _front(window).clinic_requested.emit()
    assert _name(window) == "clinic"
    _front(window).today_requested.emit()
    assert _name(window) == "today"


def test_a_visit_that_is_no_draft_is_opened_for_reading(window: MainWindow) -> None:
    visit = UUID(int=99)
    window.show_follow_up(PATIENT)
    window.show_follow_up(PATIENT, visit)
    calls = [call for call in _front(window).calls if call[0] == "follow_up"]
    assert calls == [("follow_up", PATIENT, None, None), ("follow_up", PATIENT, None, visit)]


def test_the_way_back_skips_entries_under_way(window: MainWindow) -> None:
    window.show_patients("lind")
    window.show_patient(PATIENT)
    window.show_follow_up(PATIENT)
    _front(window).patient_requested.emit(PATIENT)
    assert _name(window) == "patient"
    window.go_back()
    assert _name(window) == "patients"
    window.go_back()
    assert _name(window) == "today"
    window.go_back()
    assert _name(window) == "today"


def test_back_from_a_follow_up_that_today_asked_for(window: MainWindow) -> None:
    window.show_follow_up(PATIENT)
    window.show_patient(PATIENT)
    window.go_back()
    assert _name(window) == "today"


def test_another_patient_is_another_place(window: MainWindow) -> None:
    window.show_patient(PATIENT)
    window.show_patient(OTHER)
    window.go_back()
    assert _front(window).calls[-2] == ("patient", PATIENT, "course")


def test_a_screen_that_could_not_keep_its_draft_stays(window: MainWindow) -> None:
    window.show_session(PATIENT)
    session = _front(window)
    session.leave = False
    assert not window.show_today()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.go_back()
    assert _front(window) is session
    assert not window.close()
    session.leave = True
    assert window.show_today()
    assert window.close()


def test_a_screen_that_cannot_show_leaves_the_window_where_it_is(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_screen: object, _patient: UUID) -> None:
        raise LookupError("no such patient")

    monkeypatch.setattr(_Screen, "show_report", fail)
    with pytest.raises(LookupError):
        window.show_report(PATIENT)
    assert _name(window) == "today"
    assert window.show_clinic()


def test_esc_goes_back_from_inside_a_box(window: MainWindow) -> None:
    window.show_patient(PATIENT)
    box = _front(window).edit
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert _name(window) == "today"


def test_ctrl_k_finds_a_patient_from_anywhere(window: MainWindow, qtbot: QtBot) -> None:
    window.show_report(PATIENT)
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(_front(window).edit, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert _front(window).calls == [("query", ""), ("shown",)]


def test_a_question_mark_in_a_box_is_a_character(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    box = _front(window).edit
    QTest.keyClicks(box, "who?")
    assert box.text() == "who?"
    keys = [shortcut.key().toString() for shortcut in window.findChildren(QShortcut)]
    assert {"F1", "?", "Ctrl+K"} <= set(keys)


def test_the_rail_leads_to_its_places_and_shows_where_one_is(window: MainWindow) -> None:
    rail = window.rail()
    QTest.mouseClick(rail.entry("patients"), Qt.MouseButton.LeftButton)
    assert _name(window) == "patients"
    window.show_patient(PATIENT)
    assert rail.entry("patients").isChecked()
    assert not rail.entry("today").isChecked()
    rail.entry("patients").setFocus()
    QTest.keyClick(rail.entry("patients"), Qt.Key.Key_Down)
    QTest.keyClick(rail.entry("clinic"), Qt.Key.Key_Space)
    assert _name(window) == "clinic"


def test_today_says_how_many_wait(window: MainWindow) -> None:
    _front(window).badge_changed.emit(7)
    entry = window.rail().entry("today")
    assert entry.count() == 7
    assert entry.accessibleName() == "Today, 7 waiting"
    entry.set_count(0)
    assert entry.accessibleName() == "Today"


def test_who_is_writing_can_change(window: MainWindow, logbook: Logbook) -> None:
    assert window.rail().person.name() == DOCTOR.name
    menu = window.rail().people_menu()
    nurse = next(action for action in menu.actions() if action.text() == NURSE.name)
    nurse.trigger()
    assert logbook.me == NURSE
    assert window.rail().person.name() == NURSE.name
    assert ("person",) in _front(window).calls


def test_the_person_does_not_change_under_an_entry_that_is_not_kept(
    window: MainWindow, logbook: Logbook
) -> None:
    window.show_session(PATIENT)
    _front(window).leave = False
    window.rail().person_chosen.emit(NURSE.id)
    assert logbook.me == DOCTOR


def test_a_new_member_of_staff_can_write_at_once(window: MainWindow, logbook: Logbook) -> None:
    logbook.staff.save(Staff("Zoë & Co", Role.ASSISTANT))
    assert "Zoë && Co" in [action.text() for action in window.rail().people_menu().actions()]


def test_what_was_saved_is_told_for_the_idle_clock(
    window: MainWindow, logbook: Logbook, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.logbook_changed):
        logbook.patients.save(make_patient())


def test_a_narrow_window_has_a_narrow_rail(window: MainWindow) -> None:
    window.resize(1440, 900)
    wide = window.rail().width()
    window.resize(1280, 720)
    assert window.rail().width() < wide


def test_the_size_of_the_window_is_remembered(window: MainWindow, logbook: Logbook, qtbot: QtBot) -> None:
    window.resize(960, 650)
    assert window.close()
    again = MainWindow(logbook, makers={"today": lambda _logbook: _Screen("today")})
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (960, 650)


def test_the_sheet_of_keys_has_words_for_every_key() -> None:
    groups = key_groups()
    assert all(words and all(keys) for group in groups for keys, words in group.rows)


def test_the_sheet_of_keys_fits_a_small_screen(qtbot: QtBot) -> None:
    sheet = KeyHelp(None, key_groups())
    qtbot.addWidget(sheet)
    sheet.adjustSize()
    assert sheet.height() <= 700
    assert sheet.width() <= 1240
    sheet.show()
    words = {words for group in key_groups() for _keys, words in group.rows}
    lines = [label for label in sheet.findChildren(Label) if label.text() in words]
    assert {label.text() for label in lines} == words
    assert not [line.text() for line in lines if line.height() < line.heightForWidth(line.width())]


def test_a_bare_window_paints_at_once_and_is_filled_later(logbook: Logbook, qtbot: QtBot) -> None:
    bare = MainWindow(makers={"today": lambda _logbook: _Screen("today")})
    qtbot.addWidget(bare)
    with qtbot.waitSignal(bare.first_painted):
        bare.show()
    picture = bare.grab().toImage()
    assert picture.pixelColor(5, 300) != picture.pixelColor(600, 300)
    assert bare.screen_shown() is None
    QTest.keyClick(bare, Qt.Key.Key_Escape)
    bare.fill(logbook)
    assert _name(bare) == "today"


def test_the_bare_window_loads_neither_screens_nor_the_logbook() -> None:
    loaded = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from dermlog.ui.main_window import MainWindow; w = MainWindow(); w.show(); w.grab();"
        "print([name for name in sys.modules if name.startswith('dermlog.')])"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert "dermlog.ui.main_window" in done.stdout
    assert not {"dermlog.logbook", "dermlog.domain", "dermlog.ui.rail", "dermlog.ui.kit.theme"} & set(
        done.stdout.replace("'", "").strip("[]\n").split(", ")
    )


def test_a_screen_that_cannot_be_read_is_told_in_its_sentence(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a patient's page on a damaged file: the window stays where it is and says why."""
    told: list[str] = []
    monkeypatch.setattr("dermlog.ui.kit.dialog.say", lambda _parent, _title, line: told.append(line))

    def fail(_screen: object) -> None:
        raise NotAllowed("No such patient.")

    front = window.screen_shown()
    assert not window._go(Place("patients", show=fail))
    assert told == ["No such patient."]
    assert window.screen_shown() is front


def test_every_way_to_look_at_a_patient_is_on_record(
    window: MainWindow, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dermlog.ui.patients.patient_form.edit_patient", lambda *_asked: None)
    session = UUID(int=99)
    ways: tuple[Callable[[UUID], object], ...] = (
        window.show_patient,
        window.show_session,
        window.show_follow_up,
        window.show_report,
        lambda patient: window.show_record(patient, session),
        lambda patient: window.show_amendment(patient, session),
        window.edit_patient,
    )
    for number, way in enumerate(ways, start=1):
        patient = make_patient(chart_number=f"DL-{number}")
        logbook.patients.save(patient)
        way(patient.id)
        (newest,) = logbook.accesses.page(limit=1)
        assert (newest.kind, newest.patient_id) == (AccessKind.VIEWED, patient.id)
        way(patient.id)
        assert logbook.accesses.page(limit=1) == (newest,), "the same look within ten minutes is one"
