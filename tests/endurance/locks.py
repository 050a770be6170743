"""T18: locked in any state of the window - the draft is kept, nothing shows through, nothing lies on disk."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, QSettings, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from dermlog.domain.clinic import Clinic
from dermlog.domain.patient import Patient
from dermlog.domain.recovery import RecoveryCode
from dermlog.logbook import Logbook
from dermlog.ui.clinic.staff_form import StaffForm
from dermlog.ui.kit import background
from dermlog.ui.lock.keeper import LockKeeper
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patients.patient_form import PatientForm
from tests.endurance import Outcome
from tests.endurance.keys import cheap_passwords
from tests.makers import DOCTOR, NURSE, StillClock, make_patient, make_session, make_visit

NAME, NOTE, LOT = "Zyxwoński", "quartz marker sentence", "QM77"
MARKERS = (NAME, NOTE, LOT)
PASSWORD = "seven green herons"  # noqa: S105 - of a test
PATIENCE = 20.0


class Hand:
    """Brings the window into a state by chance; draft is what the logbook must hold afterwards."""

    def __init__(self, window: MainWindow, logbook: Logbook, patient: Patient, chance: random.Random) -> None:
        self.window, self.logbook, self.patient, self.chance = window, logbook, patient, chance
        self.draft = ""
        self.dialog: QDialog | None = None

    def move(self) -> None:
        """To a screen, perhaps with something typed, perhaps with a dialog over it."""
        window, who = self.window, self.patient.id
        tabs = ("", "maps", "photos", "history")
        ways: tuple[Callable[[], object], ...] = (
            window.show_today,
            lambda: window.show_patients(NAME),
            lambda: window.show_patient(who, self.chance.choice(tabs)),
            lambda: window.show_report(who),
            window.show_clinic,
            window.show_backup,
            window.show_lots,
            *(self.type_follow_up, self.type_treatment) * 3,
        )
        self.chance.choice(ways)()
        pause(self.chance.choice((0, 20, 60)))
        if self.chance.random() < 0.4:
            self.open_dialog()

    def type_follow_up(self) -> None:
        """Half a sentence in a follow-up."""
        self.window.show_follow_up(self.patient.id)
        screen = self.window.screen_shown()
        self.draft = f"{NOTE} {self.chance.randrange(10**9)}"
        screen.form.note.edit.setPlainText(self.draft)  # type: ignore[union-attr]

    def type_treatment(self) -> None:
        """A lot in a treatment."""
        self.window.show_session(self.patient.id)
        screen = self.window.screen_shown()
        self.draft = f"{LOT}-{self.chance.randrange(10**6)}"
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

    def close_dialog(self) -> None:
        """Drop the form and what was typed into it."""
        if self.dialog is not None:
            self.dialog.done(0)
            shiboken6.delete(self.dialog)


def run(count: int, seed: int) -> Outcome:
    """Lock and unlock so many times, each time in another state; a fresh logbook every twenty times."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    bad: list[str] = []
    slowest = 0.0
    done = 0
    with cheap_passwords():
        while done < count:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
                some = min(20, count - done)
                took = _some_states(Path(folder), range(seed + done, seed + done + some), bad)
                slowest = max(slowest, took)
                done += some
    app.processEvents()
    return Outcome(done, tuple(bad), f"slowest cover {slowest * 1000:.0f} ms")


def _some_states(folder: Path, seeds: range, bad: list[str]) -> float:
    """The states of one logbook; what went wrong goes into bad, the longest time to lock comes back."""
    logbook = Logbook.create_locked(
        folder / "Clinic.dermlog",
        Clinic(name="Skin Clinic", doctor="Dr Sato"),
        [DOCTOR, NURSE],
        {DOCTOR.id: PASSWORD},
        RecoveryCode.new(),
        clock=StillClock(),
    )
    patient = make_patient(family_name=NAME)
    logbook.patients.save(patient)
    visit = make_visit(patient)
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    window = MainWindow(logbook)
    window.resize(1280, 720)
    window.show()
    keeper = LockKeeper(window, logbook)
    slowest = 0.0
    try:
        for seed in seeds:
            chance = random.Random(seed)  # noqa: S311 - repeatable states, nothing secret
            hand = Hand(window, logbook, patient, chance)
            hand.move()
            began = time.perf_counter()
            faults = _lock_and_come_back(hand, keeper, folder)
            slowest = max(slowest, faults.pop()[1] - began)
            bad.extend(f"state {seed}: {fault}" for fault, _at in faults)
            hand.close_dialog()
            if logbook.is_locked:
                break
    finally:
        window.covered = True
        window.close()
        background.shutdown()
        shiboken6.delete(window)
        logbook.close()
    return slowest


def _lock_and_come_back(hand: Hand, keeper: LockKeeper, folder: Path) -> list[tuple[str, float]]:
    """What went wrong, and last of all when the window was covered."""
    window, logbook = hand.window, hand.logbook
    found: list[str] = []
    shown, title = window.screen_shown(), window.windowTitle()
    keeper.lock()
    covered_at = time.perf_counter()
    if not logbook.is_locked:
        found.append("the key is still there")
    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not keeper.dialog]
    for one in windows:
        if not only_ground(one):
            found.append(f"{type(one).__name__} shows through")
        if one.windowTitle() != "dermlog":
            found.append(f"{type(one).__name__} is titled {one.windowTitle()!r}")
        found.extend(f"{word!r} can be heard" for word in MARKERS if word in spoken(one))
    background.shutdown()
    found.extend(f"{name} holds plain words" for name in plain_on_disk(folder))
    if not _sign_in(keeper):
        found.append("nobody came in again")
    else:
        if window.screen_shown() is not shown or window.windowTitle() != title:
            found.append(f"came back to {window.windowTitle()!r} and not to {title!r}")
        kept = [row.draft.content for row in logbook.today_board().drafts]
        if hand.draft and not [text for text in kept if hand.draft in text]:
            found.append("the draft is lost")
        if hand.dialog is not None and not hand.dialog.isVisible():
            found.append("the dialog is gone")
    return [*((fault, 0.0) for fault in found), ("", covered_at)]


def _sign_in(keeper: LockKeeper) -> bool:
    dialog = keeper.dialog
    if dialog is None:
        return False
    dialog.people.set_value(DOCTOR.id)
    dialog.password.edit.setText(PASSWORD)
    dialog.open_button.click()
    until = time.monotonic() + PATIENCE
    while keeper.is_locked and time.monotonic() < until:
        pause(5)
    return not keeper.is_locked


def pause(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def only_ground(window: QWidget) -> bool:
    """Whether a picture of a window has one colour and nothing else, below the name of the program."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    below = picture.copy(0, 60, picture.width(), picture.height() - 60)
    return len(set(memoryview(bytes(below.constBits())).cast("I"))) == 1


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
    """Files that hold a marker in one of the encodings it could be written in."""
    needles = [text.encode(code) for text in MARKERS for code in ("utf-8", "utf-16-le")]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]
