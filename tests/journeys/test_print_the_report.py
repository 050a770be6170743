"""A patient goes home with the page: from the patient's screen to the preview, and to a readable file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm
from dermlog.logbook import Logbook
from dermlog.report.page_pictures import page_texts
from dermlog.ui.kit import background
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.patient_screen import PatientScreen
from dermlog.ui.report.report_screen import ReportScreen
from tests.makers import NOW, StillClock, iga, make_logbook, make_patient, make_session, make_visit, oiliness


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A logbook in which somebody was treated 28 days ago and seen today."""
    clock = StillClock(NOW - timedelta(days=28))
    made = make_logbook(tmp_path, clock=clock)
    patient = make_patient(chart_number="DL-0142", given_name="Maya", family_name="<Smith> & Co")
    made.patients.save(patient)
    first = make_visit(patient, made.today(), scores=(oiliness(4), iga(3)), entered_at=clock.now)
    made.sessions.sign(first, make_session(first, made.products.all()[0]))
    clock.now = NOW
    bruise = SideEffect(SideEffectTerm.BRUISING, Severity.MILD)
    made.visits.save(make_visit(patient, scores=(oiliness(1), iga(3)), side_effects=(bruise,)))
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """That patient."""
    found = logbook.patients.by_chart_number("DL-0142")
    assert found is not None
    return found


def test_a_report_is_looked_at_and_saved(
    logbook: Logbook, patient: Patient, qtbot: QtBot, tmp_path: Path
) -> None:
    window = MainWindow(logbook)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.show_patient(patient.id)
    page = window.screen_shown()
    assert isinstance(page, PatientScreen)
    page.report_button.click()

    screen = window.screen_shown()
    assert isinstance(screen, ReportScreen)
    qtbot.waitUntil(lambda: screen.report() is not None, timeout=20_000)
    assert screen.pages.hasFocus()
    QTest.keyClick(screen.pages, Qt.Key.Key_PageDown)
    assert screen.place.text() == "Page 2 of 2"

    path = tmp_path / "Report.pdf"
    screen.ask_path = lambda _name: path
    QTest.keyClick(screen.pages, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(path.exists, timeout=20_000)
    qtbot.waitUntil(lambda: "Saved" in screen.notice.text(), timeout=20_000)
    first, second = page_texts(path.read_bytes())
    assert "less oily" in first
    assert "as before" in first
    assert "still had mild bruising" in " ".join(first.split())
    assert "Maya <Smith> & Co" in second

    QTest.keyClick(screen.pages, Qt.Key.Key_Escape)
    assert isinstance(window.screen_shown(), PatientScreen)
    assert list(tmp_path.glob("*.part")) == []
