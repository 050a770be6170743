"""T18: locked in 20 chance states of the window - the draft is kept, nothing shows, nothing lies on disk."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from dermlog.ui.clinic.staff_form import StaffForm
from dermlog.ui.kit import background
from dermlog.ui.lock.keeper import LockKeeper
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patients.patient_form import PatientForm
from tests.makers import DOCTOR, make_patient, make_session, make_visit
from tests.ui.locked_logbook import PASSWORDS

STATES = 20
SLOW = 20_000
NAME, NOTE = "Zyxwoński", "quartz marker sentence"
MARKERS = (NAME, NOTE)
Answer = Callable[[object, str], None]


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient whose name is a marker, with a signed treatment."""
    made = make_patient(family_name=NAME)
    logbook.patients.save(made)
    visit = make_visit(made)
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    return made


class Hand:
    """Brings the window into a state by chance; draft is what the logbook must hold afterwards."""

    def __init__(self, window: MainWindow, logbook: Logbook, patient: Patient, seed: int) -> None:
        self.window, self.logbook, self.patient = window, logbook, patient
        self.chance = random.Random(seed)  # noqa: S311 - chance for a test
        self.draft = ""
        self.dialog: QDialog | None = None

    def move(self) -> None:
        """To a screen, perhaps with something typed, perhaps with a dialog over it."""
        window, who = self.window, self.patient.id
        ways: tuple[Callable[[], object], ...] = (
            window.show_today,
            lambda: window.show_patients(NAME),
            lambda: window.show_patient(who, self.chance.choice(("", "maps", "photos", "history"))),
            lambda: window.show_report(who),
            window.show_clinic,
            window.show_backup,
            window.show_lots,
            self.type_follow_up,
            self.type_treatment,
            self.type_follow_up,
            self.type_treatment,
        )
        self.chance.choice(ways)()
        if self.chance.random() < 0.4:
            self.open_dialog()

    def type_follow_up(self) -> None:
        """Half a sentence in a follow-up."""
        self.window.show_follow_up(self.patient.id)
        screen = self.window.screen_shown()
        self.draft = f"{NOTE} {self.chance.random()}"
        screen.form.note.edit.setPlainText(self.draft)  # type: ignore[union-attr]

    def type_treatment(self) -> None:
        """A lot in a treatment."""
        self.window.show_session(self.patient.id)
        screen = self.window.screen_shown()
        self.draft = f"Q{self.chance.randrange(10**6)}"
        screen.fields.lot.edit.setText(self.draft)  # type: ignore[union-attr]
        screen.fields.lot.edit.textEdited.emit(self.draft)  # type: ignore[union-attr]

    def open_dialog(self) -> None:
        """A form over the screen, with a marker in it."""
        if self.chance.random() < 0.5:
            form = StaffForm(self.logbook, self.window)
            form.person_name.edit.setText(NAME)
            form.person_name.edit.textEdited.emit(NAME)
            self.dialog = form
        else:
            self.dialog = PatientForm(self.logbook, self.window, patient=self.patient)
        self.dialog.show()


def only_ground(window: QWidget) -> bool:
    """Whether a picture of a window has nothing on it but one colour, below the name of the program."""
    picture: QImage = window.grab().toImage()
    found = {
        picture.pixelColor(x, y).rgb()
        for x in range(0, picture.width(), 3)
        for y in range(60, picture.height(), 3)
    }
    return len(found) == 1


def spoken(window: QWidget) -> str:
    """Everything that a screen reader could read out of a window."""
    words: list[str] = []

    def walk(part: QAccessibleInterface | None) -> None:
        if part is None or part.state().invisible:
            return
        words.extend(part.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value))
        for number in range(part.childCount()):
            walk(part.child(number))

    walk(QAccessible.queryAccessibleInterface(window))
    return " ".join(words)


def plain_on_disk(folder: Path) -> list[str]:
    """Files that hold a marker in any encoding it could be written in."""
    needles = [text.encode(code) for text in MARKERS for code in ("utf-8", "utf-16-le")]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


@pytest.fixture(params=range(STATES))
def hand(request: pytest.FixtureRequest, window: MainWindow, logbook: Logbook, patient: Patient) -> Hand:
    """A hand with a chance of its own."""
    return Hand(window, logbook, patient, request.param)


def test_any_state_can_be_locked_and_found_again(
    keeper: LockKeeper, hand: Hand, qtbot: QtBot, sign_in: Answer, home_of_its_own: Path
) -> None:
    window, logbook = hand.window, hand.logbook
    hand.move()
    qtbot.wait(hand.chance.choice((0, 20, 60)))
    shown, title = window.screen_shown(), window.windowTitle()
    keeper.lock()
    covered = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not keeper.dialog]
    assert window in covered
    assert logbook.is_locked
    for one in covered:
        assert only_ground(one), one
        assert one.windowTitle() == "dermlog"
        assert not [word for word in MARKERS if word in spoken(one)]
    background.shutdown()
    assert plain_on_disk(logbook.path.parent) == []
    assert plain_on_disk(home_of_its_own) == []
    sign_in(DOCTOR.id, PASSWORDS[DOCTOR.id])
    assert window.screen_shown() is shown
    assert window.windowTitle() == title
    if hand.draft:
        kept = [row.draft.content for row in logbook.today_board().drafts]
        assert [text for text in kept if hand.draft in text]
    if hand.dialog is not None:
        assert hand.dialog.isVisible()
        hand.dialog.done(0)
        hand.dialog.deleteLater()
        QApplication.sendPostedEvents(hand.dialog, QEvent.Type.DeferredDelete.value)
