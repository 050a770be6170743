"""AmendScreen: correct a signed treatment; nothing typed is lost, nothing signed is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.domain.session import InjectionSession
from dermlog.logbook import Logbook
from dermlog.ui.kit import theme
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.notice import Notice
from dermlog.ui.session.amend_screen import AmendScreen
from tests.makers import NURSE, TODAY, make_patient, make_session, make_site, make_visit


@pytest.fixture
def signed(logbook: Logbook) -> InjectionSession:
    """A signed treatment with every optional field filled in."""
    patient: Patient = make_patient(chart_number="DL-0142")
    logbook.patients.save(patient)
    visit = make_visit(patient)
    return logbook.sessions.sign(
        visit,
        make_session(
            visit,
            logbook.products.all()[0],
            needle_gauge=32,
            wasted_units=Decimal(3),
            anaesthesia="ice",
            aftercare_given=False,
            immediate_reaction="red",
            reason="plan",
            note="note",
            sites=(make_site("2"), make_site("1.5", x=0.42, note="scar")),
        ),
    )


@pytest.fixture
def amending(logbook: Logbook, signed: InjectionSession, qtbot: QtBot) -> AmendScreen:
    """The screen, on that treatment."""
    made = AmendScreen(logbook)
    qtbot.addWidget(made)
    made.resize(1250, 860)
    made.show_amendment(signed.patient_id, signed.id)
    with qtbot.waitExposed(made):
        made.show()
    return made


def lots(logbook: Logbook, session: InjectionSession) -> list[str]:
    """The lot of each version."""
    return [version.lot for version in logbook.sessions.versions(session.id)]


def press(notice: Notice, words: str) -> None:
    """Press a button of a notice by its words."""
    found = [button for button in notice.findChildren(Button) if words in button.accessibleName()]
    assert found, notice.text()
    found[0].click()


def test_opening_and_leaving_changes_nothing(
    amending: AmendScreen, logbook: Logbook, signed: InjectionSession
) -> None:
    assert amending.fields.read(amending.board.sites, TODAY) == signed
    assert amending.may_leave() and amending.changed.text() == "Nothing yet."
    amending.reason.set_text("why")
    amending.sign()
    assert "Nothing is changed" in amending.notice.text()
    assert lots(logbook, signed) == ["C4821"]


def test_a_correction_becomes_the_next_version(
    amending: AmendScreen, logbook: Logbook, signed: InjectionSession, qtbot: QtBot
) -> None:
    amending.fields.lot.set_text("C9999")
    amending.board.place(0.5, 0.3)
    assert "Lot: C4821 → C9999" in amending.changed.text()
    assert "Added: 1 point" in amending.changed.text()
    amending.reason.set_text("wrong vial")
    with qtbot.waitSignal(amending.close_requested):
        amending.sign()
    (standing,) = logbook.sessions.of_patient(signed.patient_id)
    assert (standing.version, standing.lot, standing.amendment_reason) == (2, "C9999", "wrong vial")
    assert len(standing.sites) == 3 and standing.anaesthesia == "ice" and standing.wasted_units == 3
    assert amending.may_leave()


def test_without_a_reason_it_is_not_signed_and_nothing_is_lost(
    amending: AmendScreen, logbook: Logbook, signed: InjectionSession
) -> None:
    amending.fields.lot.set_text("C9999")
    amending.sign()
    assert "reason is missing" in (amending.reason.error() or "")
    assert amending.fields.lot.text() == "C9999"
    assert not amending.may_leave()
    assert "not signed yet" in amending.notice.text()
    assert lots(logbook, signed) == ["C4821"]


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda screen: screen.fields.day.set_text("1 Jan 2030"), "performed_on"),
        (lambda screen: screen.fields.day.set_text("some day"), "performed_on"),
        (lambda screen: screen.fields.lot.set_text(" "), "lot"),
        (lambda screen: screen.fields.expiry.set_text("Jan 2020"), "expiry"),
        (lambda screen: screen.fields.expiry.set_text("x"), "expiry"),
        (lambda screen: screen.fields.vials.set_text("1.5"), "vials"),
        (lambda screen: screen.fields.vial_units.set_text("many"), "vial_units"),
        (lambda screen: screen.fields.diluent_ml.set_text("0"), "diluent_ml"),
        (lambda screen: screen.fields.needle.set_text("3.5"), "needle_gauge"),
        (lambda screen: screen.fields.wasted.set_text("-1"), "wasted_units"),
    ],
)
def test_each_wrong_field_is_marked(
    amending: AmendScreen,
    logbook: Logbook,
    signed: InjectionSession,
    spoil: Callable[[AmendScreen], None],
    field: str,
) -> None:
    spoil(amending)
    amending.reason.set_text("why")
    amending.sign()
    marked = [name for name, one in amending.fields.by_problem.items() if one.error()]
    assert marked == [field]
    assert lots(logbook, signed) == ["C4821"]


def test_more_units_than_the_vial_held_are_refused(
    amending: AmendScreen, logbook: Logbook, signed: InjectionSession
) -> None:
    amending.fields.vial_units.set_text("3")
    amending.reason.set_text("why")
    amending.sign()
    assert "opened" in amending.notice.text()
    assert lots(logbook, signed) == ["C4821"]


def test_two_windows_keep_both_versions_and_the_person_chooses_mine(
    amending: AmendScreen, logbook: Logbook, signed: InjectionSession, qtbot: QtBot
) -> None:
    amending.fields.lot.set_text("MINE")
    amending.reason.set_text("my reason")
    logbook.sessions.amend(replace(signed, lot="THEIRS"), "their reason")
    qtbot.waitUntil(lambda: "C4821 → THEIRS" in amending.notice.text())
    assert amending.fields.lot.text() == "MINE"
    amending.sign()
    assert lots(logbook, signed) == ["C4821", "THEIRS"]
    press(amending.notice, "Mine")
    assert lots(logbook, signed) == ["C4821", "THEIRS", "MINE"]


def test_two_windows_keep_both_versions_and_the_person_chooses_theirs(
    amending: AmendScreen, logbook: Logbook, signed: InjectionSession, qtbot: QtBot
) -> None:
    amending.fields.lot.set_text("MINE")
    amending.reason.set_text("my reason")
    logbook.sessions.amend(replace(signed, lot="THEIRS"), "their reason")
    amending.sign()
    with qtbot.waitSignal(amending.close_requested):
        press(amending.notice, "theirs")
    assert lots(logbook, signed) == ["C4821", "THEIRS"]


def test_somebody_who_may_not_sign_is_told(
    amending: AmendScreen, logbook: Logbook, signed: InjectionSession
) -> None:
    logbook.act_as(NURSE.id)
    amending.fields.lot.set_text("C1")
    amending.reason.set_text("why")
    amending.sign()
    assert "owner or a clinician" in amending.notice.text()
    assert lots(logbook, signed) == ["C4821"] and amending.fields.lot.text() == "C1"


def test_large_text_fits_beside_the_rail_of_a_small_screen(
    logbook: Logbook, signed: InjectionSession, qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, theme.Mode.LIGHT, scale=1.25)
    try:
        made = AmendScreen(logbook)
        qtbot.addWidget(made)
        made.show_amendment(signed.patient_id, signed.id)
        made.setMinimumSize(1, 1)  # as in the window, which does not ask either
        made.resize(1075, 640)
        made.show()
        qtbot.wait(50)
        ends = made.fields.mapTo(made, made.fields.rect().topRight()).x()
        assert ends < made.map_panel.x()
    finally:
        theme.apply(qapp, theme.Mode.LIGHT)
