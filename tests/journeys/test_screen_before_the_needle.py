"""Before the needle: questions, a consent recorded on the spot, vials past their time, shared vials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.domain.product import Product
from dermlog.domain.screening import Answer, Level, OwnQuestion, ScreeningRule
from dermlog.domain.session import InjectionSession
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Button
from dermlog.ui.session.session_screen import SessionScreen
from tests.makers import StillClock, make_consent, make_logbook, make_patient, make_site
from tests.ui.session.conftest import choose_product, fill_vial, shown, type_into


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A logbook with a doctor writing."""
    made = make_logbook(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def botox(logbook: Logbook) -> Product:
    """A product whose label states its hours of use."""
    return next(one for one in logbook.products.all() if one.brand == "Botox")


def person(logbook: Logbook, *, consent: bool = True) -> Patient:
    """A patient who may be treated."""
    made = make_patient(allergies=(), conditions=(), drugs=())
    logbook.patients.save(made)
    if consent:
        logbook.consents.save(make_consent(made))
    return made


def chart(screen: SessionScreen, units: str = "30") -> None:
    """One point."""
    screen.board.replace_all([make_site(units)], "Charted")


def say_no(screen: SessionScreen) -> None:
    """All questions: no."""
    QTest.mouseClick(screen.checks.questions.all_no, Qt.MouseButton.LeftButton)


def sign(screen: SessionScreen, logbook: Logbook) -> InjectionSession:
    """Sign, through the panel."""
    screen.signing.begin()
    assert screen.signing.dialog is not None, screen.notice.text()
    screen.signing.dialog.sign.click()
    assert screen.patient is not None
    made = logbook.sessions.last_of_patient(screen.patient.id)
    assert made is not None
    return made


def rules(screen: SessionScreen) -> set[ScreeningRule]:
    return {finding.rule for finding in screen.screening.findings}


def test_a_missing_consent_is_recorded_where_it_is_missing(
    logbook: Logbook, botox: Product, qtbot: QtBot
) -> None:
    screen = shown(logbook, person(logbook, consent=False), qtbot)
    fill_vial(screen, botox)
    chart(screen)
    assert ScreeningRule.NO_OFF_LABEL_CONSENT in rules(screen)
    screen.screening.consent.click()
    dialog = screen.screened.dialog
    dialog.given.set_date(logbook.today() + timedelta(days=1))
    dialog.save.click()
    assert dialog.given.error(), "a consent given after the needle is none"
    dialog.given.set_date(logbook.today())
    dialog.save.click()
    assert ScreeningRule.NO_OFF_LABEL_CONSENT not in rules(screen)
    say_no(screen)
    session = sign(screen, logbook)
    assert session.overrides == ()
    assert logbook.consents.of_patient(session.patient_id)


def test_answers_are_kept_and_shown_next_time(
    logbook: Logbook, botox: Product, clock: StillClock, qtbot: QtBot
) -> None:
    logbook.screening_rules.save_question(OwnQuestion("Flying today?", Level.STOP))
    patient = person(logbook)
    screen = shown(logbook, patient, qtbot)
    fill_vial(screen, botox)
    chart(screen)
    assert ScreeningRule.QUESTIONS_NOT_ANSWERED in rules(screen)
    flying = screen.checks.questions.rows[-1]
    screen.show_page("checks")
    QApplication.processEvents()
    QTest.mouseClick(
        flying.choice, Qt.MouseButton.LeftButton, pos=flying.choice.option_rect(1).center().toPoint()
    )
    type_into(flying.note.edit, "short flight")
    say_no(screen)
    assert rules(screen) == {ScreeningRule.OWN_QUESTION}
    screen.signing.begin()
    assert screen.signing.dialog is None, "a stop asks for its reason first"
    (reason,) = screen.screening.fields.values()
    assert reason.error()
    type_into(reason.edit, "lands in an hour")
    session = sign(screen, logbook)
    assert [one.answer for one in session.screening_answers].count(Answer.YES) == 1
    assert session.screening_answers[-1].note == "short flight"
    (override,) = session.overrides
    assert (override.detail, override.reason) == ("Flying today?", "lands in an hour")
    clock.move(timedelta(days=100))
    again = shown(logbook, patient, qtbot)
    assert "yes" in again.checks.questions.rows[-1].last.text()
    assert again.checks.questions.raw() == {}, "last time's answers are shown, not taken"
    again.checks.questions.as_last.click()
    assert again.checks.questions.is_answered()


def test_answers_and_details_survive_in_the_draft(logbook: Logbook, qtbot: QtBot) -> None:
    patient = person(logbook)
    screen = shown(logbook, patient, qtbot)
    say_no(screen)
    type_into(screen.checks.details.anaesthesia.edit, "cream")
    screen.checks.details.reason.edit.setPlainText("oily forehead")
    type_into(screen.checks.vial.mixed.edit, "09:15")
    screen.may_leave()
    before = screen.entry()
    again = shown(logbook, patient, qtbot)
    again.show_session(patient.id, screen.visit_id)
    assert again.entry() == before
    assert again.entry().anaesthesia == "cream"
    assert len(again.checks.questions.answers()) == len(again.checks.questions.rows)


def test_an_expired_vial_stops_and_is_marked_until_a_reason_is_given(
    logbook: Logbook, botox: Product, qtbot: QtBot
) -> None:
    screen = shown(logbook, person(logbook), qtbot)
    fill_vial(screen, botox)
    chart(screen)
    say_no(screen)
    screen.fields.expiry.edit.clear()
    type_into(screen.fields.expiry.edit, "2026-03")
    screen.signing.begin()
    assert screen.signing.dialog is None
    assert rules(screen) == {ScreeningRule.VIAL_EXPIRED}
    assert screen.fields.expiry.error()
    (reason,) = screen.screening.fields.values()
    type_into(reason.edit, "the only vial, patient informed")
    session = sign(screen, logbook)
    assert session.overrides[0].rule is ScreeningRule.VIAL_EXPIRED
    assert session.expiry < session.performed_on
    assert session.vial_id is not None
    use = logbook.vials.use(session.vial_id)
    assert (use.used, use.wasted, use.left) == (Decimal(30), Decimal(70), Decimal(0))


def test_a_lot_of_another_product_stops(logbook: Logbook, botox: Product, qtbot: QtBot) -> None:
    screen = shown(logbook, person(logbook), qtbot)
    fill_vial(screen, botox)
    chart(screen)
    say_no(screen)
    sign(screen, logbook)
    other = next(one for one in logbook.products.all() if one.brand == "Xeomin")
    again = shown(logbook, person(logbook), qtbot)
    fill_vial(again, other)
    again.settle()
    (finding,) = [one for one in again.screening.findings if one.is_stop]
    assert (finding.rule, finding.detail) == (ScreeningRule.LOT_OF_OTHER_PRODUCT, "Botox")


def test_another_product_under_charted_points_is_said_and_taken_back(
    logbook: Logbook, botox: Product, qtbot: QtBot
) -> None:
    screen = shown(logbook, person(logbook), qtbot)
    fill_vial(screen, botox)
    chart(screen)
    other = next(one for one in logbook.products.all() if one.brand == "Xeomin")
    choose_product(screen, other, "100")
    assert "Xeomin" in screen.notice.text()
    back = next(one for one in screen.notice.findChildren(Button) if "Back" in one.text())
    back.click()
    assert screen.fields.chosen_product() == botox
    assert len(screen.board.sites) == 1, "nothing is lost"


def test_a_shared_vial_offers_what_is_left_within_its_hours(
    logbook: Logbook, botox: Product, clock: StillClock, qtbot: QtBot
) -> None:
    logbook.clinic.save(replace(logbook.clinic.get(), shares_vials=True))
    screen = shown(logbook, person(logbook), qtbot)
    fill_vial(screen, botox)
    chart(screen, "60")
    say_no(screen)
    assert screen.fields.vial.isHidden(), "nothing is open yet"
    screen.signing.begin()
    assert screen.checks.vial.mixed.error(), "hours of use need their beginning"
    type_into(screen.checks.vial.mixed.edit, "10:30")
    screen.signing.begin()
    assert screen.checks.vial.mixed.error(), "it cannot be mixed later than now"
    screen.checks.vial.mixed.edit.clear()
    type_into(screen.checks.vial.mixed.edit, "9:30")
    first = sign(screen, logbook)
    assert first.vial_id is not None

    clock.move(timedelta(hours=3))
    second = shown(logbook, person(logbook), qtbot)
    offered = second.fields.vial.box
    assert "40 U left" in offered.itemText(1)
    offered.setCurrentIndex(1)
    offered.activated.emit(1)
    assert second.fields.lot.text() == "C4821", "the lot is asked once for a vial"
    assert second.fields.lot.edit.isReadOnly()
    chart(second, "41")
    say_no(second)
    second.signing.begin()
    assert second.signing.dialog is None
    assert "40 U are left" in second.notice.text()
    chart(second, "25")
    type_into(second.checks.vial.wasted.edit, "5")
    session = sign(second, logbook)
    assert session.vial_id == first.vial_id
    use = logbook.vials.use(first.vial_id)
    assert (use.used, use.wasted, use.left) == (Decimal(85), Decimal(5), Decimal(10))

    late = shown(logbook, person(logbook), qtbot)
    late.fields.vial.box.setCurrentIndex(1)
    late.fields.vial.box.activated.emit(1)
    clock.move(timedelta(hours=30))
    late.fields.set_today(logbook.today())
    late.fields.day.set_date(logbook.today())
    late.settle()
    assert ScreeningRule.VIAL_OVER_AGE in rules(late)
    assert logbook.vials.open_now(logbook.now()) == ()
