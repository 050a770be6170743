"""The page as a person uses it: header, banner, drafts, tabs, opening visits, hearing the news."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dermlog.domain.draft import DraftKind
from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from dermlog.ui.kit.badge import Badge
from dermlog.ui.patient.patient_screen import HISTORY, MAPS, PatientScreen
from dermlog.ui.patient.visit_view import VisitView
from dermlog.ui.patient.warning_banner import AcknowledgeDialog
from dermlog.wording import isolated
from tests.makers import DOCTOR, NURSE, StillClock, make_draft, make_patient, make_visit, oiliness
from tests.ui.patient.conftest import Treated, alarming_visit


def pills(screen: PatientScreen) -> list[str]:
    """The words of the pills that are shown."""
    return [pill.text() for pill in screen.findChildren(Badge) if pill.isVisible()]


def test_the_header_tells_who_it_is(screen: PatientScreen, treated: Treated, qtbot: QtBot) -> None:
    screen.show_patient(treated.patient.id)
    assert screen.title() == "Lindqvist, Maya"
    assert screen.heading.title() == "Lindqvist, Maya"
    qtbot.waitUntil(lambda: "No allergies" in pills(screen))


def test_the_sentence_under_the_chart_is_fact_and_no_verdict(screen: PatientScreen, treated: Treated) -> None:
    screen.show_patient(treated.patient.id)
    sentence = screen.course_tab.sentence()
    assert sentence.startswith("Oiliness was lowest, 1, on 20 Mar 2026.")
    assert "The next follow-up is due 15 May 2026 (week 12 after treatment 1; 8 – 22 May)." in sentence


def test_a_patient_without_visits_is_invited_to_begin(
    screen: PatientScreen, logbook: Logbook, qtbot: QtBot
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    screen.show_patient(patient.id)
    assert not screen.course_tab.visits.isVisible()
    assert not screen.course_tab.tiles[0].isVisible()
    with qtbot.waitSignal(screen.session_requested) as wish:
        QTest.mouseClick(screen.course_tab._begin_treatment, Qt.MouseButton.LeftButton)
    assert wish.args == [patient.id, None]


def test_buttons_carry_the_patient(screen: PatientScreen, treated: Treated, qtbot: QtBot) -> None:
    screen.show_patient(treated.patient.id)
    identity = treated.patient.id
    for button, signal, expected in (
        (screen.report_button, screen.report_requested, [identity]),
        (screen.edit_button, screen.edit_requested, [identity]),
        (screen.treatment_button, screen.session_requested, [identity, None]),
        (screen.follow_up_button, screen.follow_up_requested, [identity, None]),
    ):
        with qtbot.waitSignal(signal) as wish:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert wish.args == expected


def test_unfinished_entries_can_be_continued(
    screen: PatientScreen, logbook: Logbook, treated: Treated, qtbot: QtBot
) -> None:
    treatment = make_draft(treated.patient, kind=DraftKind.TREATMENT)
    follow_up = make_draft(treated.patient)
    logbook.drafts.save(treatment)
    screen.show_patient(treated.patient.id)
    assert "not signed yet" in screen.unfinished.text()
    with qtbot.waitSignal(screen.session_requested) as wish:
        QTest.mouseClick(screen.unfinished._buttons[0], Qt.MouseButton.LeftButton)
    assert wish.args == [treated.patient.id, treatment.id]
    logbook.drafts.save(follow_up)
    assert len(screen.unfinished._buttons) == 2
    with qtbot.waitSignal(screen.follow_up_requested) as wish:
        button = next(one for one in screen.unfinished._buttons if one.label() == "Continue follow-up")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wish.args == [treated.patient.id, follow_up.id]
    logbook.drafts.discard(treatment.id)
    logbook.drafts.discard(follow_up.id)
    assert not screen.unfinished.isVisible()


def test_enter_opens_a_follow_up_and_a_click_does_too(
    screen: PatientScreen, treated: Treated, qtbot: QtBot
) -> None:
    screen.show_patient(treated.patient.id)
    screen.on_shown()
    visits = screen.course_tab.visits
    QTest.keyClick(visits, Qt.Key.Key_Home)
    with qtbot.waitSignal(screen.follow_up_requested) as wish:
        QTest.keyClick(visits, Qt.Key.Key_Return)
    assert wish.args == [treated.patient.id, treated.week_8.id]
    place = visits.visualRect(visits.model().index(1, 0)).center()
    with qtbot.waitSignal(screen.follow_up_requested) as wish:
        QTest.mouseClick(visits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wish.args == [treated.patient.id, treated.week_4.id]


def test_a_treatment_opens_for_reading_with_all_its_facts(
    screen: PatientScreen, treated: Treated, qtbot: QtBot
) -> None:
    screen.show_patient(treated.patient.id)
    seen: list[str] = []

    def look() -> None:
        view = QApplication.activeModalWidget()
        assert isinstance(view, VisitView)
        seen.extend(f"{name} {value}" for section in view.sections for name, value in section.rows)
        view.accept()

    QTimer.singleShot(50, look)
    screen.course_tab.visit_opened.emit(treated.treatment.id)
    words = " | ".join(seen)
    for fact in ("Lot C4821", "Total 2 points · 3.5 U", "Oiliness, clinician 4, severe", "not asked"):
        assert fact in words
    assert "Signed Dr Sato, 17 Apr 2026" in words


def test_maps_of_all_sessions(screen: PatientScreen, treated: Treated) -> None:
    screen.show_patient(treated.patient.id, MAPS)
    (card,) = screen.maps_tab.cards
    assert card.lines[0].endswith("· 3.5 U at 2 points")
    assert "lot C4821" in card.lines[1]
    assert card.maps[0].isVisible()


def test_the_page_hears_news_of_its_patient_only(
    screen: PatientScreen, logbook: Logbook, treated: Treated
) -> None:
    screen.show_patient(treated.patient.id)
    other = make_patient()
    shown = screen._facts
    logbook.patients.save(other)
    assert screen._facts is shown
    logbook.visits.save(make_visit(treated.patient, scores=(oiliness(0),)))
    assert len(screen.course_tab.visits.rows()) == 4


def test_the_tab_stays_when_news_come_and_begins_anew_for_another_patient(
    screen: PatientScreen, logbook: Logbook, treated: Treated, clock: StillClock
) -> None:
    screen.show_patient(treated.patient.id, HISTORY)
    before = len(screen.history_tab.table.rows())
    clock.move(timedelta(minutes=1))
    logbook.visits.save(make_visit(treated.patient))
    assert screen.tabs.value() == HISTORY
    assert len(screen.history_tab.table.rows()) == before + 1
    other = make_patient()
    logbook.patients.save(other)
    screen.show_patient(other.id)
    assert screen.tabs.value() == "course"


def test_a_warning_sign_stays_until_a_named_doctor_acknowledges_it(
    screen: PatientScreen, logbook: Logbook, treated: Treated, qtbot: QtBot
) -> None:
    visit = alarming_visit(treated.patient)
    logbook.visits.save(visit)
    logbook.act_as(NURSE.id)
    screen.show_patient(treated.patient.id)
    assert screen.banner.isVisible()
    assert not screen.banner.acknowledge_buttons
    logbook.act_as(DOCTOR.id)
    screen.on_person_changed()

    def acknowledge() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AcknowledgeDialog)
        dialog.note.set_text("Phoned, no weakness")
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, acknowledge)
    QTest.mouseClick(screen.banner.acknowledge_buttons[0], Qt.MouseButton.LeftButton)
    done = logbook.visits.acknowledgements(treated.patient.id)[visit.id]
    assert done.note == "Phoned, no weakness"
    assert not screen.banner.isVisible()


def test_a_refused_acknowledgement_is_said_and_keeps_the_note(
    screen: PatientScreen, logbook: Logbook, treated: Treated, qtbot: QtBot
) -> None:
    visit = alarming_visit(treated.patient)
    logbook.visits.save(visit)
    screen.show_patient(treated.patient.id)
    assert screen._facts is not None
    dialog = AcknowledgeDialog(logbook, screen._facts.warned[0], "…", screen)
    qtbot.addWidget(dialog)
    dialog.note.set_text("Phoned")
    logbook.act_as(NURSE.id)
    dialog._on_accept()
    assert dialog.notice.text()
    assert dialog.note.text() == "Phoned"
    assert not logbook.visits.acknowledgements(treated.patient.id)


def test_the_photos_tab_is_handed_in(logbook: Logbook, treated: Treated, qtbot: QtBot) -> None:
    class Photos(QWidget):
        follow_up_requested = Signal(object, object)
        shown_patient: object = None

        def show_patient(self, patient_id: object) -> None:
            self.shown_patient = patient_id

    made: list[Photos] = []

    def make(_logbook: Logbook) -> QWidget:
        made.append(Photos())
        return made[0]

    screen = PatientScreen(logbook, photos_tab=make)
    qtbot.addWidget(screen)
    screen.show_patient(treated.patient.id)
    assert not made
    screen.show_patient(treated.patient.id, "photos")
    assert made[0].shown_patient == treated.patient.id


@pytest.mark.parametrize(
    ("family", "given"),
    [("W" * 200, "y" * 200), ("الخطيب", "ليلى"), ("<b>Bold</b> & Co", "{name} %s"), ("X", "")],
)
def test_any_name_is_shown_as_typed(screen: PatientScreen, logbook: Logbook, family: str, given: str) -> None:
    patient: Patient = make_patient(family_name=family, given_name=given)
    logbook.patients.save(patient)
    screen.show_patient(patient.id)
    # A name that runs from right to left is kept apart from the words beside it; nothing else is added.
    assert screen.heading.title() == isolated(", ".join(part for part in (family, given) if part))
    assert screen.minimumSizeHint().width() < 1100


def test_the_chart_is_walked_with_the_keyboard(screen: PatientScreen, treated: Treated, qtbot: QtBot) -> None:
    screen.show_patient(treated.patient.id)
    chart = screen.course_tab.chart
    chart.setFocus()
    qtbot.waitUntil(lambda: bool(chart.marks()))
    QTest.keyClick(chart, Qt.Key.Key_Right)
    first = chart.current()
    assert first is not None
    assert first.sentence in chart.accessibleName()
    QTest.keyClick(chart, Qt.Key.Key_End)
    last = chart.current()
    assert last is not None
    assert last.on >= first.on
    assert "Oiliness: 1, slight. 20 Mar 2026, week 4 after treatment 1." in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.current() is None


def test_the_mouse_reads_out_what_it_is_over(screen: PatientScreen, treated: Treated, qtbot: QtBot) -> None:
    screen.show_patient(treated.patient.id)
    chart = screen.course_tab.chart
    qtbot.waitUntil(lambda: bool(chart.marks()))
    at = next(i for i, mark in enumerate(chart.marks()) if mark.sentence.startswith("Oiliness: 1"))
    QTest.mouseMove(chart, QPoint(2, 2))
    QTest.mouseMove(chart, chart.mark_place(at))
    qtbot.waitUntil(lambda: chart.current() is chart.marks()[at])
    with qtbot.waitSignal(screen.follow_up_requested) as wish:
        QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=chart.mark_place(at))
    assert wish.args == [treated.patient.id, treated.week_4.id]
