"""A doctor corrects a signed treatment, a colleague reviews it, and it moves to the right patient."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.session import InjectionSession, SigningMeaning
from dermlog.domain.staff import Role, Staff
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.move_dialog import MoveDialog
from dermlog.ui.patient.patient_screen import PatientScreen
from dermlog.ui.patient.visit_view import VisitView, Wish
from dermlog.ui.report.report_screen import ReportScreen
from dermlog.ui.session.amend_screen import AmendScreen
from tests.makers import (
    TODAY,
    StillClock,
    make_consent,
    make_logbook,
    make_patient,
    make_session,
    make_visit,
)
from tests.ui.face_map.hands import click, click_on, press, type_text

SECOND = Staff("Dr Lind", Role.CLINICIAN, id=UUID(int=3))


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A logbook with two doctors."""
    made = make_logbook(tmp_path, clock=clock)
    made.staff.save(SECOND)
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def signed(logbook: Logbook) -> InjectionSession:
    """A treatment, signed with the wrong lot, of a patient whose chart was open by mistake."""
    patient = make_patient(chart_number="DL-0142")
    logbook.patients.save(patient)
    logbook.consents.save(make_consent(patient))
    logbook.patients.save(make_patient(family_name="Okafor", chart_number="DL-0150"))
    visit = make_visit(patient, TODAY - timedelta(days=1))
    return logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))


@pytest.fixture
def window(logbook: Logbook, qtbot: QtBot) -> MainWindow:
    """The application on that logbook."""
    made = MainWindow(logbook)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def page(window: MainWindow) -> PatientScreen:
    front = window.screen_shown()
    assert isinstance(front, PatientScreen)
    return front


def open_treatment(window: MainWindow, wish: Wish, then: Callable[[Dialog], object] | None = None) -> None:
    """Open the newest treatment from the maps and press a button there; then goes on in the next dialog."""

    def next_dialog() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Dialog) and then is not None
        then(dialog)

    def choose() -> None:
        view = QApplication.activeModalWidget()
        assert isinstance(view, VisitView)
        if then is not None:
            QTimer.singleShot(50, next_dialog)
        click_on(view.wishes[wish])

    QTimer.singleShot(50, choose)
    click_on(page(window).maps_tab.cards[-1].maps[0])


def test_from_a_wrong_lot_to_a_reviewed_record_of_the_right_patient(
    window: MainWindow, logbook: Logbook, signed: InjectionSession, clock: StillClock, qtbot: QtBot
) -> None:
    # The lot was wrong and a point is missing: Amend, correct, say why, sign.
    window.show_patient(signed.patient_id, "maps")
    open_treatment(window, Wish.AMEND)
    amend = window.screen_shown()
    assert isinstance(amend, AmendScreen)
    amend.fields.lot.edit.selectAll()
    type_text(amend.fields.lot.edit, "C9999")
    click(amend.map_panel.map, 0.6, 0.22)
    # Esc does not throw the correction away.
    press(amend.map_panel.map, Qt.Key.Key_Escape)
    press(amend.map_panel.map, Qt.Key.Key_Escape)
    assert window.screen_shown() is amend and "not signed yet" in amend.notice.text()
    type_text(amend.reason.edit, "Lot read from the wrong vial.")
    clock.move(timedelta(hours=1))
    click_on(amend.sign_button)
    (standing,) = logbook.sessions.of_patient(signed.patient_id)
    assert (standing.version, standing.lot, len(standing.sites)) == (2, "C9999", 3)
    assert logbook.sessions.get(signed.id) == signed

    # Back on the patient's page the colleague reviews it.
    window.show_patient(signed.patient_id, "maps")
    logbook.act_as(SECOND.id)
    open_treatment(window, Wish.REVIEW, lambda dialog: dialog.accept())
    (review,) = logbook.sessions.get(standing.id).reviews
    assert review.meaning is SigningMeaning.REVIEWED and review.staff_id == SECOND.id

    # It was the wrong chart: the treatment moves, and both charts tell of it.
    def move(dialog: Dialog) -> None:
        assert isinstance(dialog, MoveDialog)
        type_text(dialog.search.edit, "okaf")
        type_text(dialog.reason.edit, "The wrong chart was open.")
        click_on(dialog.accept_button)

    clock.move(timedelta(hours=1))
    open_treatment(window, Wish.MOVE, move)
    assert logbook.course(signed.patient_id).entries == ()
    right = logbook.patients.search("okafor").rows[0]
    (there,) = logbook.sessions.of_patient(right.id)
    assert there.lot == "C9999"
    assert "moved away" in page(window).maps_tab.cards[-1].accessibleName()

    # The record of the right patient says where it came from.
    window.show_patient(right.id, "maps")
    open_treatment(window, Wish.RECORD)
    report = window.screen_shown()
    assert isinstance(report, ReportScreen)
    qtbot.waitUntil(lambda: report.report() is not None, timeout=20_000)
    printed = report.report()
    assert printed is not None
    words = " ".join(" ".join(printed.texts).split())
    assert "Moved here from the patient with chart no. DL-0142." in words and "C9999" in words
    assert logbook.check().findings == ()
