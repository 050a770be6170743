"""A doctor charts a session from the patient's page: leaves half-way, comes back, signs, treats again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.instrument import Instrument
from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.patient_screen import PatientScreen
from dermlog.ui.session.session_screen import SessionScreen
from tests.makers import StillClock, make_consent, make_logbook, make_patient
from tests.ui.face_map.hands import CONTROL, click, click_on, drag, press, type_text
from tests.ui.session.conftest import choose_product, fill_vial, type_into

ROW = [(0.32, 0.24), (0.38, 0.22), (0.44, 0.21)]


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A logbook with a doctor and a nurse."""
    made = make_logbook(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient who may be treated."""
    made = make_patient(chart_number="DL-0142", allergies=(), conditions=(), drugs=())
    logbook.patients.save(made)
    logbook.consents.save(make_consent(made))
    return made


@pytest.fixture
def window(logbook: Logbook, qtbot: QtBot) -> MainWindow:
    """The application on that logbook."""
    made = MainWindow(logbook)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def patient_page(window: MainWindow) -> PatientScreen:
    front = window.screen_shown()
    assert isinstance(front, PatientScreen)
    return front


def treatment(window: MainWindow) -> SessionScreen:
    front = window.screen_shown()
    assert isinstance(front, SessionScreen)
    return front


def points(screen: SessionScreen) -> int:
    return len(screen.board.sites)


def sign(screen: SessionScreen, qtbot: QtBot) -> None:
    click_on(screen.sign_button)
    dialog = screen.signing.dialog
    assert dialog is not None, screen.notice.text()
    with qtbot.waitSignal(dialog.finished):
        click_on(dialog.sign)


def test_a_session_from_the_first_click_to_the_next_treatment(
    window: MainWindow, logbook: Logbook, patient: Patient, clock: StillClock, qtbot: QtBot
) -> None:
    botox = next(product for product in logbook.products.all() if product.brand.startswith("Botox"))
    window.show_patient(patient.id)
    click_on(patient_page(window).treatment_button)

    # A new symmetric face: mirror on, three clicks give six points, one more in the middle.
    screen = treatment(window)
    choose_product(screen, botox, "100")
    face = screen.map_panel.map
    click_on(screen.map_panel.mirror)
    face.setFocus()
    for x, y in ROW:
        click(face, x, y)
    type_text(face, "1.5")
    click(face, 0.5, 0.85)
    assert points(screen) == 7

    # The phone rings: Esc twice leaves, the draft stays and says so on the patient's page.
    press(face, Qt.Key.Key_Escape)
    press(face, Qt.Key.Key_Escape)
    QApplication.processEvents()
    patient_page(window)
    (draft,) = logbook.drafts.of_patient(patient.id)
    assert logbook.sessions.of_patient(patient.id) == ()

    # Back again, everything is there; a point is moved, one is taken away, that is undone.
    window.show_session(patient.id, draft.id)
    screen = treatment(window)
    face = screen.map_panel.map
    assert points(screen) == 7
    assert screen.map_panel.mirror.label() == "Mirror on"
    click_on(screen.map_panel.mirror)
    drag(face, (0.5, 0.85), (0.46, 0.85))
    press(face, Qt.Key.Key_Delete)
    assert points(screen) == 6
    press(face, Qt.Key.Key_Z, CONTROL)
    assert points(screen) == 7
    fill_vial(screen, botox)
    screen.show_page("skin")
    press(screen.skin.skin.oiliness_clinician.choice, Qt.Key.Key_4)
    press(screen.skin.skin.iga.choice, Qt.Key.Key_3)
    sign(screen, qtbot)

    # Signed: the page shows it, the draft is gone, the baseline belongs to that visit.
    patient_page(window)
    assert logbook.drafts.of_patient(patient.id) == ()
    (session,) = logbook.sessions.of_patient(patient.id)
    assert len(session.sites) == 7
    # Four of 2 U; the pair that was just placed and the one after it took the typed 1.5 U.
    assert session.total_units == Decimal("12.5")
    visit = logbook.visits.get(session.visit_id)
    assert {score.instrument: score.value for score in visit.scores} == {
        Instrument.OILINESS: Decimal(4),
        Instrument.IGA: Decimal(3),
    }

    # Sixteen weeks later: the same as last time, one point adjusted, another lot.
    clock.move(timedelta(weeks=16))
    window.show_session(patient.id)
    screen = treatment(window)
    click_on(screen.map_panel.same_as_last)
    type_into(screen.fields.lot.edit, "D77")
    type_into(screen.fields.expiry.edit, "12/27")
    click(screen.map_panel.map, *ROW[0])
    type_text(screen.map_panel.map, "2")
    sign(screen, qtbot)
    patient_page(window)
    later = logbook.sessions.last_of_patient(patient.id)
    assert later is not None
    assert later.lot == "D77"
    assert len(later.sites) == 7
    assert len(logbook.course(patient.id).sessions) == 2


def test_closing_the_window_half_way_keeps_the_draft(
    window: MainWindow, logbook: Logbook, patient: Patient
) -> None:
    window.show_session(patient.id)
    screen = treatment(window)
    click(screen.map_panel.map, *ROW[0])
    type_into(screen.fields.lot.edit, "half a lo")
    assert window.close()
    (draft,) = logbook.drafts.of_patient(patient.id)
    assert "half a lo" in draft.content
