"""Reading a treatment, and what can be done with it: review, amend, void, move, record, compare versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dermlog.domain.session import InjectionSession, SigningMeaning
from dermlog.domain.staff import Role, Staff
from dermlog.logbook import Logbook
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.patient.move_dialog import MoveDialog
from dermlog.ui.patient.patient_screen import COURSE, MAPS, PatientScreen
from dermlog.ui.patient.versions_view import VersionsView
from dermlog.ui.patient.visit_view import VisitView, Wish
from dermlog.ui.patient.void_dialog import VoidDialog
from tests.makers import NURSE, TODAY, StillClock, make_patient, make_session, make_site, make_visit
from tests.ui.patient.conftest import Treated

SECOND = Staff("Dr Lind", Role.CLINICIAN, id=UUID(int=3))


@pytest.fixture
def session(logbook: Logbook, treated: Treated) -> InjectionSession:
    """The one treatment of the patient."""
    return logbook.sessions.of_patient(treated.patient.id)[0]


def in_dialogs(*steps: Callable[[QWidget], object]) -> None:
    """Do one step in each dialog that opens, one after the other."""

    def act(left: tuple[Callable[[QWidget], object], ...]) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Dialog)
        if left[1:]:
            QTimer.singleShot(50, lambda: act(left[1:]))
        left[0](dialog)

    QTimer.singleShot(50, lambda: act(steps))


def wish(which: Wish) -> Callable[[QWidget], object]:
    """Press a button of the treatment's page."""

    def press(view: QWidget) -> None:
        assert isinstance(view, VisitView)
        view.wishes[which].click()

    return press


def read(screen: PatientScreen, session: InjectionSession, *steps: Callable[[QWidget], object]) -> None:
    """Open the treatment from the maps and do these steps."""
    screen.show_patient(session.patient_id, MAPS)
    in_dialogs(*steps)
    screen.maps_tab.cards[0].maps[0].click()


def test_the_page_asks_for_the_record_and_for_an_amendment(
    screen: PatientScreen, session: InjectionSession, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(screen.record_requested) as record:
        read(screen, session, wish(Wish.RECORD))
    with qtbot.waitSignal(screen.amendment_requested) as amendment:
        read(screen, session, wish(Wish.AMEND))
    assert record.args == amendment.args == [session.patient_id, session.id]


def test_a_treatment_is_declared_void_with_a_reason(
    screen: PatientScreen, logbook: Logbook, session: InjectionSession
) -> None:
    def without_reason(dialog: QWidget) -> None:
        assert isinstance(dialog, VoidDialog)
        dialog.accept_button.click()
        assert dialog.reason.error() and dialog.isVisible()
        dialog.reason.set_text("entered twice")
        dialog.reject()
        assert dialog.isVisible(), "a typed reason is not thrown away by one Esc"
        dialog.accept_button.click()

    read(screen, session, wish(Wish.VOID), without_reason)
    assert logbook.sessions.of_patient(session.patient_id) == ()
    (card,) = screen.maps_tab.cards
    assert "void" in card.accessibleName()
    seen: list[str] = []

    def look(view: QWidget) -> None:
        assert isinstance(view, VisitView)
        seen.extend(value for section in view.sections for _name, value in section.rows)
        assert set(view.wishes) == {Wish.RECORD}
        view.accept()

    in_dialogs(look)
    card.maps[0].click()
    assert "entered twice" in seen and "C4821" in seen
    screen.show_patient(session.patient_id, COURSE)
    rows = {row.visit_id: row for row in screen.course_tab.visits.rows()}
    assert "its treatment is void" in rows[session.visit_id].foot


def test_a_treatment_moves_to_the_right_patient(
    screen: PatientScreen, logbook: Logbook, session: InjectionSession
) -> None:
    right = make_patient(family_name="Okafor", chart_number="DL-0150")
    logbook.patients.save(right)

    def move(dialog: QWidget) -> None:
        assert isinstance(dialog, MoveDialog)
        dialog.accept_button.click()
        assert dialog.search.error() and dialog.reason.error()
        dialog.search.edit.setText("oka")
        dialog.search.edited.emit("oka")
        dialog.reason.set_text("wrong chart open")
        dialog.accept_button.click()

    read(screen, session, wish(Wish.MOVE), move)
    assert logbook.sessions.of_patient(session.patient_id) == ()
    (there,) = logbook.sessions.of_patient(right.id)
    assert there.lot == session.lot
    assert "moved away" in screen.maps_tab.cards[0].accessibleName()
    screen.show_patient(right.id, MAPS)
    seen: list[str] = []

    def look(view: QWidget) -> None:
        assert isinstance(view, VisitView)
        seen.extend(value for section in view.sections for _name, value in section.rows)
        view.accept()

    in_dialogs(look)
    screen.maps_tab.cards[0].maps[0].click()
    assert any("DL-0142" in words for words in seen)


def test_only_another_clinician_reviews(
    screen: PatientScreen, logbook: Logbook, session: InjectionSession
) -> None:
    logbook.staff.save(SECOND)
    offered: list[set[Wish]] = []

    def look(view: QWidget) -> None:
        assert isinstance(view, VisitView)
        offered.append(set(view.wishes))
        view.accept()

    read(screen, session, look)
    logbook.act_as(NURSE.id)
    read(screen, session, look)
    assert offered == [{Wish.RECORD, Wish.AMEND, Wish.MOVE, Wish.VOID}, {Wish.RECORD}]
    logbook.act_as(SECOND.id)
    read(screen, session, wish(Wish.REVIEW), lambda dialog: dialog.accept())  # type: ignore[attr-defined]
    (review,) = logbook.sessions.get(session.id).reviews
    assert (review.staff_id, review.meaning) == (SECOND.id, SigningMeaning.REVIEWED)


def test_versions_stand_side_by_side(
    screen: PatientScreen, logbook: Logbook, session: InjectionSession
) -> None:
    logbook.sessions.amend(replace(session, lot="C9999", sites=session.sites[:1]), "wrong vial")
    seen: list[str] = []

    def compare(view: QWidget) -> None:
        assert isinstance(view, VersionsView)
        seen.extend(view.lines())
        assert [one.version for one in view.chosen()] == [1, 2]
        view.left.set_value(1)
        view.left.value_changed.emit(1)
        assert view.lines() == ()
        view.accept()

    read(screen, session, wish(Wish.VERSIONS), compare)
    assert "Lot: C4821 → C9999" in seen and "Removed: 1 point, forehead, 1.5 U" in seen
    assert "amended, version 2" in screen.maps_tab.cards[0].accessibleName()
    screen.show_patient(session.patient_id, COURSE)
    rows = {row.visit_id: row for row in screen.course_tab.visits.rows()}
    assert "amended" in rows[session.visit_id].foot


def test_the_history_tells_amendment_and_void(
    screen: PatientScreen, logbook: Logbook, session: InjectionSession, clock: StillClock
) -> None:
    from dermlog.history_words import history_rows

    clock.move(timedelta(minutes=1))
    amended = logbook.sessions.amend(replace(session, lot="C9999"), "wrong vial")
    clock.move(timedelta(minutes=1))
    logbook.sessions.void(amended.id, "entered twice")
    rows = history_rows(logbook.history.of_patient(session.patient_id), {}, {})
    told = [(row.what, row.reason) for row in rows[:2]]
    day = "20 Feb 2026"
    assert told == [
        (f"Treatment of {day} declared void", "entered twice"),
        (f"Treatment of {day} amended", "wrong vial"),
    ]


def test_two_treatments_are_compared_and_their_doses_added(
    screen: PatientScreen, logbook: Logbook, session: InjectionSession
) -> None:
    patient = logbook.patients.get(session.patient_id)
    visit = make_visit(patient, TODAY)
    products = {product.id: product for product in logbook.products.all()}
    botox = products[session.product_id]
    other = next(product for product in products.values() if product.id != botox.id)
    sites = (replace(session.sites[0], id=UUID(int=9)), make_site("4", x=0.7))
    logbook.sessions.sign(visit, make_session(visit, botox, sites=sites))
    screen.show_patient(patient.id, MAPS)
    tab = screen.maps_tab
    tab.pages.choose(1)
    assert tab.compare.counts.text() == "1 added · 1 removed · 0 changed · 1 the same"
    assert tab.compare.caution.isHidden()
    tab.compare.way.choose(1)
    assert tab.compare.isVisible()
    tab.pages.choose(2)
    assert "9.5 U in 2 treatments" in tab.heat.words.text()
    third = make_visit(patient, TODAY - timedelta(days=2))
    logbook.sessions.sign(third, make_session(third, other, sites=(make_site("5"),)))
    assert "9.5 U in 2 treatments" in tab.heat.words.text(), "units of another product are not added"
    tab.pages.choose(1)
    tab.compare.earlier.set_value(third.id)
    tab.compare.refresh()
    assert "cannot be compared" in tab.compare.caution.text() and not tab.compare.caution.isHidden()
