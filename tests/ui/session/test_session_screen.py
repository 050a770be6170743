"""The session screen as a person uses it: chart, be corrected, leave, come back, sign."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.face_map import FaceView
from dermlog.domain.instrument import Instrument
from dermlog.domain.patient import Allergy, Flag, Patient
from dermlog.domain.product import Product
from dermlog.domain.screening import ScreeningRule
from dermlog.domain.staff import Role, Staff
from dermlog.logbook import Logbook
from dermlog.ui.session.session_screen import SessionScreen
from dermlog.ui.session.sign_dialog import SignDialog
from tests.makers import DOCTOR, NURSE, TODAY, make_session, make_site, make_visit
from tests.ui.face_map.hands import CONTROL, click, click_on, press, type_text
from tests.ui.session.conftest import choose_product, fill_vial, shown, type_into

FOREHEAD, CHEEK, CHIN = (0.5, 0.22), (0.25, 0.56), (0.5, 0.85)


def words_of_table(screen: SessionScreen) -> list[tuple[str, ...]]:
    model = screen.doses.table.model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def panel(screen: SessionScreen) -> SignDialog:
    """The panel that asks before signing; it must be open."""
    dialog = screen.signing.dialog
    assert dialog is not None, screen.notice.text()
    return dialog


def is_open(screen: SessionScreen) -> bool:
    """Whether the panel is open."""
    return screen.signing.dialog is not None


def sign(screen: SessionScreen, qtbot: QtBot) -> None:
    """Press Sign, then Sign in the panel."""
    click_on(screen.sign_button)
    dialog = panel(screen)
    with qtbot.waitSignal(dialog.finished):
        click_on(dialog.sign)


def test_a_session_is_charted_and_signed(
    screen: SessionScreen, logbook: Logbook, patient: Patient, botox: Product, qtbot: QtBot
) -> None:
    fill_vial(screen, botox)
    assert screen.fields.strength.text() == "4.0"
    click(screen.map_panel.map, *FOREHEAD)
    click(screen.map_panel.map, *CHEEK)
    type_text(screen.map_panel.map, "1.5")
    assert words_of_table(screen) == [
        ("Forehead", "1", "2", "0.05"),
        ("Right cheek", "1", "1.5", "0.04"),
        ("Total", "2", "3.5 U", "0.09"),
    ]
    with qtbot.waitSignal(screen.patient_requested) as asked:
        sign(screen, qtbot)
    assert asked.args == [patient.id]
    (session,) = logbook.sessions.of_patient(patient.id)
    assert session.total_units == Decimal("3.5")
    assert session.product_id == botox.id
    assert session.lot == "C4821"
    assert session.expiry == date(2027, 3, 31)
    assert session.signature is not None
    assert session.signature.staff_id == logbook.me.id
    assert logbook.drafts.of_patient(patient.id) == ()


def test_two_clicks_on_sign_sign_once(
    screen: SessionScreen, logbook: Logbook, patient: Patient, botox: Product
) -> None:
    fill_vial(screen, botox)
    click(screen.map_panel.map, *FOREHEAD)
    screen.sign_button.click()
    screen.sign_button.click()
    dialog = panel(screen)
    dialog.sign.click()
    dialog.sign.click()
    screen.sign_button.click()
    assert len(logbook.sessions.of_patient(patient.id)) == 1


def test_an_empty_form_says_everything_at_once_and_loses_nothing(screen: SessionScreen) -> None:
    type_into(screen.fields.lot.edit, "C4821")
    click_on(screen.sign_button)
    QApplication.processEvents()
    fields = screen.fields
    assert fields.product.error()
    assert fields.expiry.error()
    assert fields.diluent_ml.error()
    assert fields.lot.error() is None
    assert fields.lot.text() == "C4821"
    assert fields.product.box.hasFocus()
    assert not screen.doses.problem.isHidden()
    assert not is_open(screen)


@pytest.mark.parametrize(
    ("box", "text", "words"),
    [
        ("expiry", "2026-03", "expired on 31 Mar 2026"),
        ("expiry", "tomorrowish", "is not a date"),
        ("day", "18 Apr 2026", "lies after 17 Apr 2026"),
        ("day", "31.2.2026", "is not a date"),
        ("diluent_ml", "0", "must be more than 0"),
        ("diluent_ml", "1000", "at most 20"),
        ("diluent_ml", "x", "not a number"),
        ("lot", "A" * 70, "70 characters"),
    ],
)
def test_a_wrong_value_is_named_where_it_stands_and_stays(
    screen: SessionScreen, botox: Product, box: str, text: str, words: str
) -> None:
    fill_vial(screen, botox)
    click(screen.map_panel.map, *FOREHEAD)
    edit = getattr(screen.fields, box).edit
    edit.clear()
    type_into(edit, text)
    screen.sign_button.click()
    QApplication.processEvents()
    assert words in getattr(screen.fields, box).error()
    assert edit.hasFocus()
    assert not is_open(screen)
    assert len(screen.board.sites) == 1


def test_units_beyond_the_vial_are_shown_before_and_refused_at_signing(
    screen: SessionScreen, botox: Product
) -> None:
    fill_vial(screen, botox, "50")
    for x in (0.4, 0.5, 0.6):
        click(screen.map_panel.map, x, 0.22)
        type_text(screen.map_panel.map, "20")
    assert "10 U more than opened" in screen.doses.vial.accessibleName()
    screen.sign_button.click()
    assert "60 U, but only 50 U" in screen.notice.text()
    type_into(screen.fields.vials.edit, "")
    screen.fields.vials.edit.clear()
    type_into(screen.fields.vials.edit, "2")
    assert "60 of 100 U used" in screen.doses.vial.accessibleName()


@pytest.mark.parametrize("units", ["0", "1000", "abc"])
def test_a_wrong_dose_typed_for_a_point_says_so_and_changes_nothing(
    screen: SessionScreen, units: str
) -> None:
    click(screen.map_panel.map, *FOREHEAD)
    edit = screen.doses.point.units.edit
    edit.selectAll()
    type_into(edit, units)
    press(edit, Qt.Key.Key_Return)
    assert screen.doses.point.units.error()
    assert edit.text() == units
    assert screen.board.sites[0].units == 2


def test_a_dose_with_a_comma_is_taken(screen: SessionScreen) -> None:
    click(screen.map_panel.map, *FOREHEAD)
    edit = screen.doses.point.units.edit
    edit.selectAll()
    type_into(edit, "2,5")
    press(edit, Qt.Key.Key_Return)
    assert screen.board.sites[0].units == Decimal("2.5")


def test_a_stop_asks_for_a_reason_and_keeps_it_with_the_session(
    logbook: Logbook, patient: Patient, screen: SessionScreen, qtbot: QtBot
) -> None:
    allergic = Patient(**{**patient.__dict__, "allergies": (Flag(Allergy.COW_MILK_PROTEIN),)})
    logbook.patients.save(allergic)
    dysport = next(product for product in logbook.products.all() if product.brand == "Dysport")
    fill_vial(screen, dysport, "500")
    click(screen.map_panel.map, *FOREHEAD)
    reason = screen.screening.fields["cow_milk_protein"]
    screen.sign_button.click()
    assert reason.error()
    assert not is_open(screen)
    type_into(reason.edit, "Tolerated twice, informed")
    sign(screen, qtbot)
    (session,) = logbook.sessions.of_patient(patient.id)
    (override,) = session.overrides
    assert override.rule is ScreeningRule.COW_MILK_PROTEIN
    assert override.reason == "Tolerated twice, informed"


def test_another_product_asks_for_no_reason(
    logbook: Logbook, patient: Patient, screen: SessionScreen, botox: Product
) -> None:
    logbook.patients.save(Patient(**{**patient.__dict__, "allergies": (Flag(Allergy.COW_MILK_PROTEIN),)}))
    choose_product(screen, botox, "100")
    assert not screen.screening.fields


def test_a_nurse_charts_but_is_told_who_signs(
    screen: SessionScreen, logbook: Logbook, botox: Product
) -> None:
    logbook.act_as(NURSE.id)
    fill_vial(screen, botox)
    click(screen.map_panel.map, *FOREHEAD)
    screen.sign_button.click()
    assert not is_open(screen)
    assert "Dr Sato" in screen.notice.text()


def test_who_may_only_look_is_told_before_typing_and_leaves_no_draft(
    logbook: Logbook, patient: Patient, botox: Product, qtbot: QtBot
) -> None:
    viewer = Staff("Vi", Role.VIEWER)
    logbook.staff.save(viewer)
    logbook.act_as(viewer.id)
    screen = shown(logbook, patient, qtbot)
    assert "may only look" in screen.notice.text()
    click(screen.map_panel.map, *FOREHEAD)
    assert not screen.board.sites
    for part in (screen.fields.product, screen.skin.skin, screen.checks.questions, screen.sign_button):
        assert not part.isEnabled()
    assert screen.pages.isEnabled() and screen.close_button.isEnabled()
    assert not screen.photos.acceptDrops()
    QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.signing.dialog is None
    assert screen.may_leave()
    assert logbook.drafts.all() == ()
    logbook.act_as(DOCTOR.id)
    screen.on_person_changed()
    assert not screen.notice.isVisible()
    click(screen.map_panel.map, *FOREHEAD)
    assert len(screen.board.sites) == 1
    assert screen.may_leave()
    assert len(logbook.drafts.all()) == 1


def test_a_missing_baseline_is_said_and_can_be_recorded_first(
    screen: SessionScreen, logbook: Logbook, patient: Patient, botox: Product, qtbot: QtBot
) -> None:
    fill_vial(screen, botox)
    click(screen.map_panel.map, *FOREHEAD)
    screen.sign_button.click()
    dialog = panel(screen)
    assert dialog.notice.text() == "Oiliness and breakouts are not recorded yet."
    assert dialog.sign.label() == "Sign without a baseline"
    dialog.notice._buttons[0].click()
    assert not is_open(screen)
    assert screen.pages.value() == "skin"
    press(screen.skin.skin.oiliness_clinician.choice, Qt.Key.Key_3)
    screen.sign_button.click()
    dialog = panel(screen)
    assert dialog.notice.isHidden()
    dialog.sign.click()
    (visit,) = logbook.visits.of_patient(patient.id)
    assert [(score.instrument, score.value) for score in visit.scores] == [(Instrument.OILINESS, Decimal(3))]


def test_a_past_date_is_allowed_and_labelled(
    screen: SessionScreen, logbook: Logbook, patient: Patient, botox: Product, qtbot: QtBot
) -> None:
    fill_vial(screen, botox)
    click(screen.map_panel.map, *FOREHEAD)
    screen.fields.day.edit.clear()
    type_into(screen.fields.day.edit, "20.3.2026")
    # The consent is of today, so for that day a reason is asked.
    press(screen.fields.day.edit, Qt.Key.Key_Return)
    type_into(screen.screening.fields["no_off_label_consent"].edit, "Signed on paper")
    assert screen.fields.day.text() == "20 Mar 2026"
    screen.sign_button.click()
    dialog = panel(screen)
    dialog.sign.click()
    (visit,) = logbook.visits.of_patient(patient.id)
    assert visit.on == date(2026, 3, 20)
    assert visit.is_late_entry


def signed_before(logbook: Logbook, patient: Patient, product: Product, points: int) -> None:
    visit = make_visit(patient, on=TODAY - timedelta(days=100))
    sites = tuple(make_site("1.5", x=0.3 + index * 0.02, y=0.22) for index in range(points))
    logbook.sessions.sign(visit, make_session(visit, product, vial_units=Decimal(100), sites=sites))


def test_the_same_as_last_time_takes_points_and_dilution_but_not_the_lot(
    logbook: Logbook, patient: Patient, botox: Product, qtbot: QtBot
) -> None:
    signed_before(logbook, patient, botox, 20)
    screen = shown(logbook, patient, qtbot)
    click_on(screen.map_panel.same_as_last)
    assert len(screen.board.sites) == 20
    assert screen.board.next_units == Decimal("1.5")
    entry = screen.entry()
    assert (entry.product, entry.vial_units, entry.diluent_ml) == (str(botox.id), "100", "2.5")
    assert entry.lot == entry.expiry == ""
    assert screen.fields.lot.edit.hasFocus()
    press(screen.map_panel.map, Qt.Key.Key_Z, CONTROL)
    assert screen.board.sites == ()


def test_side_effects_are_asked_only_after_an_earlier_treatment(
    logbook: Logbook, patient: Patient, botox: Product, screen: SessionScreen, qtbot: QtBot
) -> None:
    assert screen.skin.warning_signs() is None
    assert screen.skin._effects_card.isHidden()
    signed_before(logbook, patient, botox, 3)
    later = shown(logbook, patient, qtbot)
    assert not later.skin._effects_card.isHidden()


def test_ctrl_s_saves_the_draft_and_ctrl_digits_turn_the_face(
    screen: SessionScreen, logbook: Logbook, patient: Patient, qtbot: QtBot
) -> None:
    screen.activateWindow()
    press(screen.map_panel.map, Qt.Key.Key_2, CONTROL)
    qtbot.waitUntil(lambda: screen.board.view is FaceView.RIGHT)
    press(screen.map_panel.map, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: len(logbook.drafts.of_patient(patient.id)) == 1)


def test_undo_in_a_text_box_is_of_the_text(screen: SessionScreen, qtbot: QtBot) -> None:
    click(screen.map_panel.map, *FOREHEAD)
    type_into(screen.fields.lot.edit, "C4821")
    press(screen.fields.lot.edit, Qt.Key.Key_Z, CONTROL)
    assert screen.fields.lot.text() == ""
    assert len(screen.board.sites) == 1


def test_units_per_point_are_chosen_by_click_and_shown_when_unusual(screen: SessionScreen) -> None:
    units = screen.map_panel.units
    QTest.mouseClick(
        units,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        units.option_rect(1).center().toPoint(),
    )
    click(screen.map_panel.map, *FOREHEAD)
    assert screen.board.sites[0].units == Decimal("1.5")
    type_text(screen.map_panel.map, "3")
    assert units.value() == Decimal(3)


def test_every_control_can_be_named_by_a_screen_reader(screen: SessionScreen) -> None:
    from PySide6.QtWidgets import QWidget

    nameless = [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and widget.focusProxy() is None
        and widget.metaObject().className() not in {"QComboBoxPrivateContainer", "QListView"}
    ]
    assert nameless == []


def test_nothing_typed_becomes_markup(
    screen: SessionScreen, logbook: Logbook, patient: Patient, botox: Product
) -> None:
    hostile = "<img src=x onerror=alert(1)><b>'\"; DROP TABLE visit; --"
    fill_vial(screen, botox)
    screen.fields.lot.set_text(hostile)
    screen.fields.note.set_text(hostile)
    click(screen.map_panel.map, *FOREHEAD)
    screen.sign_button.click()
    dialog = panel(screen)
    dialog.sign.click()
    (session,) = logbook.sessions.of_patient(patient.id)
    assert (session.lot, session.note) == (hostile, hostile)
