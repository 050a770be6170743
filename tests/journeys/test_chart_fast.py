"""A clinic charts as fast as the hand moves: a new face by filling, a template of it, and the same again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.face_map import Zone
from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Button
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.patient_screen import PatientScreen
from dermlog.ui.session.session_screen import SessionScreen
from tests.makers import StillClock, make_consent, make_logbook, make_patient
from tests.ui.face_map.hands import click, click_on, drag, press, type_text
from tests.ui.session.conftest import fill_vial, type_into


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
def window(logbook: Logbook, qtbot: QtBot) -> MainWindow:
    """The application on that logbook."""
    made = MainWindow(logbook)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def add_patient(logbook: Logbook, chart_number: str) -> Patient:
    made = make_patient(chart_number=chart_number, allergies=(), conditions=(), drugs=())
    logbook.patients.save(made)
    logbook.consents.save(make_consent(made))
    return made


def begin(window: MainWindow, patient: Patient) -> SessionScreen:
    """New treatment, from the patient's page."""
    window.show_patient(patient.id)
    page = window.screen_shown()
    assert isinstance(page, PatientScreen)
    click_on(page.treatment_button)
    front = window.screen_shown()
    assert isinstance(front, SessionScreen)
    QApplication.processEvents()
    return front


def sign(screen: SessionScreen, qtbot: QtBot) -> None:
    click_on(screen.sign_button)
    dialog = screen.signing.dialog
    assert dialog is not None, screen.notice.text()
    with qtbot.waitSignal(dialog.finished):
        click_on(dialog.sign)


def test_a_face_is_filled_kept_as_a_template_and_begun_from_again(
    window: MainWindow, logbook: Logbook, clock: StillClock, qtbot: QtBot
) -> None:
    first, second = add_patient(logbook, "DL-0142"), add_patient(logbook, "DL-0143")
    botox = next(product for product in logbook.products.all() if product.brand == "Botox")

    # Mirror on, forehead and both cheeks filled by a click each, one unit and a half on the cheeks.
    screen = begin(window, first)
    fill_vial(screen, botox)
    panel = screen.map_panel
    click_on(panel.mirror)
    click_on(panel.fill)
    panel.fill_bar.spacing.edit.clear()
    type_into(panel.fill_bar.spacing.edit, "1.5")
    click(panel.map, 0.5, 0.25)
    press(panel.map, Qt.Key.Key_Escape)
    click_on(panel.fill)
    click(panel.map, 0.22, 0.58)
    press(panel.map, Qt.Key.Key_Escape)
    type_text(panel.map, "1.5")
    charted = screen.board.sites
    assert {site.zone for site in charted} == {Zone.FOREHEAD, Zone.CHEEK_RIGHT, Zone.CHEEK_LEFT}
    assert {site.units for site in charted if site.zone is Zone.FOREHEAD} == {Decimal(2)}
    assert {site.units for site in charted if site.zone is not Zone.FOREHEAD} == {Decimal("1.5")}

    # The phone rings: after coming back the pairs still move together.
    links = screen.board.links
    assert links
    click_on(screen.close_button)
    (draft,) = logbook.drafts.of_patient(first.id)
    window.show_session(first.id, draft.id)
    assert screen.board.links == links
    (one, other) = sorted(next(iter(links)), key=str)
    start, across = screen.board.get(one), screen.board.get(other)
    assert start is not None
    assert across is not None
    drag(panel.map, (start.x, start.y), (start.x, start.y + 0.02))
    moved = screen.board.get(other)
    assert moved is not None
    assert moved.y > across.y

    # Kept as a template, then signed.
    screen.beginning.save()
    type_into(screen.beginning.save_dialog.name.edit, "Oily skin")
    click_on(screen.beginning.save_dialog.save)
    sign(screen, qtbot)
    (session,) = logbook.sessions.of_patient(first.id)
    assert len(session.sites) == len(charted)

    # Another patient the next day: a click on its name, the lot that is known, and the signature.
    clock.move(timedelta(days=1))
    screen = begin(window, second)
    offered = screen.map_panel.overlay.begin.findChildren(Button)
    click_on(next(one for one in offered if one.isVisible() and one.label() == "Oily skin"))
    assert window.focusWidget() is screen.fields.lot.edit
    type_text(screen.fields.lot.edit, "C4821")
    sign(screen, qtbot)
    (again,) = logbook.sessions.of_patient(second.id)
    assert again.total_units == session.total_units
    assert again.expiry == session.expiry
    assert [(site.x, site.y) for site in again.sites] == [(site.x, site.y) for site in session.sites]
