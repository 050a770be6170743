"""A nurse records a follow-up with nothing new: a few keys, no mouse; half-way is safe, too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.domain.side_effect import Severity, SideEffectTerm, WarningSign
from dermlog.logbook import Logbook
from dermlog.ui.follow_up.follow_up_screen import FollowUpScreen
from dermlog.ui.kit import background
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.patient_screen import PatientScreen
from tests.makers import NOW, StillClock, iga, make_logbook, make_patient, make_session, make_visit, oiliness

CONTROL = Qt.KeyboardModifier.ControlModifier
TREATED_ON = date(2026, 3, 20)


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock(NOW - timedelta(days=28))


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A logbook with a doctor and a nurse."""
    made = make_logbook(tmp_path, clock=clock)
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def patient(logbook: Logbook, clock: StillClock) -> Patient:
    """A patient treated four weeks ago."""
    made = make_patient(chart_number="DL-0142")
    logbook.patients.save(made)
    visit = make_visit(made, TREATED_ON, scores=(oiliness(4), iga(3)))
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    clock.now = NOW
    return made


@pytest.fixture
def window(logbook: Logbook, qtbot: QtBot) -> MainWindow:
    """The application on that logbook."""
    made = MainWindow(logbook)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _focused(window: MainWindow) -> QWidget:
    widget = window.focusWidget()
    assert widget is not None
    return widget


def _press(
    window: MainWindow,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """One key, wherever the cursor is."""
    QTest.keyClick(_focused(window), key, modifier)


def _screen(window: MainWindow) -> FollowUpScreen:
    shown = window.screen_shown()
    assert isinstance(shown, FollowUpScreen)
    return shown


def test_nothing_new_takes_six_keys_and_no_mouse(
    window: MainWindow, logbook: Logbook, patient: Patient
) -> None:
    window.show_follow_up(patient.id)
    keys = [
        (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_0, CONTROL),
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_S, CONTROL),
    ]
    for key, modifier in keys:
        _press(window, key, modifier)
    visit = logbook.visits.of_patient(patient.id)[-1]
    assert [score.value for score in visit.scores] == [1, 1, 2]
    assert len(visit.side_effects) == len(SideEffectTerm)
    assert {effect.severity for effect in visit.side_effects} == {Severity.NONE}
    assert visit.warning_signs == ()
    assert isinstance(window.screen_shown(), PatientScreen)
    assert len(keys) <= 10


def test_counts_follow_by_enter(window: MainWindow, logbook: Logbook, patient: Patient) -> None:
    window.show_follow_up(patient.id)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_8, Qt.Key.Key_Return, Qt.Key.Key_9):
        _press(window, key)
    form = _screen(window).form
    assert form.skin.inflammatory.text() == "8"
    assert form.skin.non_inflammatory.text() == "9"
    for key in (Qt.Key.Key_Return, Qt.Key.Key_7, *[Qt.Key.Key_Return] * 6):
        _press(window, key)
    assert form.skin.satisfaction.text() == "7"
    assert _focused(window) is form.effects.warning.answer


def test_esc_keeps_the_draft_and_today_offers_it(
    window: MainWindow, logbook: Logbook, patient: Patient
) -> None:
    window.show_patient(patient.id)
    window.show_follow_up(patient.id)
    _press(window, Qt.Key.Key_1)
    QTest.keyClick(_screen(window), Qt.Key.Key_Escape)
    assert isinstance(window.screen_shown(), PatientScreen)
    (row,) = logbook.today_board().drafts
    assert row.patient.id == patient.id
    window.show_follow_up(patient.id, row.draft.id)
    assert _screen(window).form.skin.oiliness_clinician.grade() == 1
    _screen(window).form.effects.warning.answer.choose(0)
    _press(window, Qt.Key.Key_S, CONTROL)
    assert logbook.today_board().drafts == ()
    assert len(logbook.visits.of_patient(patient.id)) == 2


def test_closing_the_window_half_way_loses_nothing(
    window: MainWindow, logbook: Logbook, patient: Patient
) -> None:
    window.show_follow_up(patient.id)
    QTest.keyClicks(_screen(window).form.skin.inflammatory.edit, "2,5 or so")
    assert window.close()
    (draft,) = logbook.drafts.all()
    assert "2,5 or so" in draft.content


def test_a_killed_application_left_its_draft_in_the_file(
    window: MainWindow, logbook: Logbook, patient: Patient, tmp_path: Path, qtbot: QtBot
) -> None:
    window.show_follow_up(patient.id)
    _screen(window).form.note.edit.setPlainText("half a sentence")
    qtbot.waitUntil(lambda: bool(logbook.drafts.all()), timeout=5000)
    with Logbook.open(logbook.path, viewing=True) as other:
        (draft,) = other.drafts.all()
        assert "half a sentence" in draft.content


def test_a_weak_brow_is_followed_to_its_end(
    window: MainWindow, logbook: Logbook, patient: Patient, clock: StillClock
) -> None:
    window.show_follow_up(patient.id)
    form = _screen(window).form
    _press(window, Qt.Key.Key_1)
    weak = form.effects.rows[1]
    weak.dots.setFocus()
    _press(window, Qt.Key.Key_1)
    _press(window, Qt.Key.Key_Space)
    assert weak.details.side is not None
    weak.details.side.chips()[1].setFocus()
    _press(window, Qt.Key.Key_Space)
    _press(window, Qt.Key.Key_0, CONTROL)
    _press(window, Qt.Key.Key_N)
    _press(window, Qt.Key.Key_S, CONTROL)
    (episode,) = logbook.course(patient.id).episodes
    assert episode.is_open
    clock.move(timedelta(days=28))
    window.show_follow_up(patient.id)
    again = _screen(window).form.effects
    assert again.rows[1]._state.text().startswith("Brow weakness, left: mild last time")
    _press(window, Qt.Key.Key_1)
    _press(window, Qt.Key.Key_0, CONTROL)
    assert again.rows[1]._state.text().endswith("resolved")
    _press(window, Qt.Key.Key_N)
    _press(window, Qt.Key.Key_S, CONTROL)
    (episode,) = logbook.course(patient.id).episodes
    assert not episode.is_open


def test_a_warning_sign_reaches_the_doctor(
    window: MainWindow, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    window.show_follow_up(patient.id)
    _press(window, Qt.Key.Key_0, CONTROL)
    _press(window, Qt.Key.Key_Y)
    _press(window, Qt.Key.Key_Space)
    _press(window, Qt.Key.Key_S, CONTROL)
    assert "Tell the doctor now" in _screen(window).notice.text()
    (waiting,) = logbook.today_board().needs_doctor
    assert waiting.visit.warning_signs == (WarningSign.SWALLOWING,)
    qtbot.waitUntil(lambda: window.focusWidget() is not None)
    _press(window, Qt.Key.Key_Space)
    assert isinstance(window.screen_shown(), PatientScreen)
