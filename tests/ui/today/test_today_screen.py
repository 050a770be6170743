"""The start page: what waits comes first, every line leads on, and the day turns by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.draft import DraftKind
from dermlog.domain.patient import Patient
from dermlog.domain.side_effect import WarningSign
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.record_table import RecordTable
from dermlog.ui.kit.theme import Tone
from dermlog.ui.today.today_screen import TodayScreen
from dermlog.ui.today.today_words import size_text
from tests.makers import (
    DOCTOR,
    NOW,
    NURSE,
    TODAY,
    StillClock,
    make_draft,
    make_logbook,
    make_patient,
    make_session,
    make_visit,
)
from tests.ui.locked_logbook import make_cheap, make_locked


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """A logbook without patients."""
    made = make_logbook(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def screen(logbook: Logbook, qtbot: QtBot) -> TodayScreen:
    """The start page, shown."""
    made = TodayScreen(logbook)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def treated(logbook: Logbook, clock: StillClock, days_ago: int, **facts: str) -> Patient:
    """A patient treated so many days ago."""
    patient = make_patient(**facts)
    on = TODAY - timedelta(days=days_ago)
    clock.now = NOW - timedelta(days=days_ago)
    logbook.patients.save(patient)
    visit = make_visit(patient, on)
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    clock.now = NOW
    return patient


def shown(table: RecordTable[object]) -> list[list[str]]:
    """The words of every cell."""
    model = table._rows_model
    return [
        [model.cell(row, column).text for column in range(len(model.columns))]
        for row in range(len(model.rows))
    ]


def test_a_new_logbook_says_what_to_do_first(screen: TodayScreen, logbook: Logbook) -> None:
    assert screen._due._empty == (
        "This logbook is new. Add the first patient with “New patient”, or bring those of another system "
        "with “Import a list”."
    )
    assert screen.import_button.isVisibleTo(screen)
    assert not screen._doctor_card.isVisible()
    logbook.patients.save(make_patient())
    assert screen._due._empty == "Nobody is due this week."
    assert screen._counts.text().startswith("1 patient · 0 treatments · 0 photos · ")


def test_the_latest_come_first_in_words_and_colour(
    screen: TodayScreen, logbook: Logbook, clock: StillClock
) -> None:
    treated(logbook, clock, 34, family_name="Late", given_name="")
    treated(logbook, clock, 15, family_name="Due", given_name="Now")
    screen.refresh()
    rows = shown(screen._due)  # type: ignore[arg-type]
    assert rows == [
        ["Late", "Week 4 after treatment 1", "8 – 14 Apr", "3 days late", "Record"],
        ["Due, Now", "Week 2 after treatment 1", "13 – 19 Apr", "due this week", "Record"],
    ]
    tones = [screen._due._rows_model.cell(row, 3).badge for row in range(2)]
    assert tones == [Tone.DANGER, Tone.CAUTION]


def test_a_warning_sign_comes_before_all_until_a_doctor_has_seen_it(
    screen: TodayScreen, logbook: Logbook, clock: StillClock
) -> None:
    patient = treated(logbook, clock, 3, family_name="Haddad", given_name="Omar")
    visit = make_visit(patient, warning_signs=(WarningSign.SWALLOWING, WarningSign.DOUBLE_VISION))
    logbook.visits.save(visit)
    assert screen._doctor_card.isVisible()
    (row,) = shown(screen._doctor)  # type: ignore[arg-type]
    assert row[:2] == [
        "Haddad, Omar",
        "Reported trouble swallowing and double vision, 3 days after treatment",
    ]
    opened: list[UUID] = []
    screen.patient_requested.connect(opened.append)
    screen._doctor.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(screen._doctor, Qt.Key.Key_Return)
    assert opened == [patient.id]
    logbook.visits.acknowledge(visit.id)
    assert not screen._doctor_card.isVisible()


def test_the_rail_hears_how_many_wait(
    screen: TodayScreen, logbook: Logbook, clock: StillClock, qtbot: QtBot
) -> None:
    counts: list[int] = []
    screen.badge_changed.connect(counts.append)
    patient = treated(logbook, clock, 34)
    logbook.drafts.save(make_draft(patient))
    assert counts[-1] == 2
    treated(logbook, clock, 1)
    assert counts[-1] == 2


def test_what_is_unfinished_goes_on_where_it_was(screen: TodayScreen, logbook: Logbook) -> None:
    patient = make_patient(family_name="Petrov", given_name="Ivan")
    logbook.patients.save(patient)
    drafts = [make_draft(patient, kind=kind) for kind in (DraftKind.TREATMENT, DraftKind.FOLLOW_UP)]
    for draft in drafts:
        logbook.drafts.save(draft)
    asked: list[tuple[str, UUID, object]] = []
    screen.session_requested.connect(lambda who, which: asked.append(("session", who, which)))
    screen.follow_up_requested.connect(lambda who, which: asked.append(("follow_up", who, which)))
    for row in screen._drafts.rows():
        screen._drafts.row_opened.emit(row)
    assert set(asked) == {("session", patient.id, drafts[0].id), ("follow_up", patient.id, drafts[1].id)}
    details = {screen._drafts._rows_model.cell(row, 0).detail for row in range(2)}
    assert details == {"Treatment · saved 10:04", "Follow-up · saved 10:04"}


def test_a_name_of_200_letters_or_with_markup_is_shown_as_it_is(
    screen: TodayScreen, logbook: Logbook, clock: StillClock, qtbot: QtBot
) -> None:
    treated(logbook, clock, 34, family_name="<b>x</b>", given_name="y" * 200)
    screen.refresh()
    (row,) = shown(screen._due)  # type: ignore[arg-type]
    assert row[0] == "<b>x</b>, " + "y" * 200
    assert not screen.grab().isNull()


def test_the_next_day_is_noticed(screen: TodayScreen, clock: StillClock) -> None:
    assert screen._heading.title() == "Friday 17 Apr 2026"
    clock.move(timedelta(days=1))
    screen._on_minute()
    assert screen._heading.title() == "Saturday 18 Apr 2026"


def test_ctrl_n_and_the_search_box_lead_on(screen: TodayScreen, qtbot: QtBot) -> None:
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    with qtbot.waitSignal(screen.new_patient_requested):
        QTest.keyClick(screen, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    asked: list[str] = []
    screen.patients_requested.connect(asked.append)
    QTest.keyClicks(screen._find.edit, "lind")
    QTest.keyClick(screen._find.edit, Qt.Key.Key_Return)
    assert asked == ["lind"]
    assert screen._find.text() == ""


def test_text_that_was_taken_back_leads_nowhere(screen: TodayScreen) -> None:
    asked: list[str] = []
    screen.patients_requested.connect(asked.append)
    QTest.keyClicks(screen._find.edit, "x")
    QTest.keyClick(screen._find.edit, Qt.Key.Key_Backspace)
    screen._find._pause.timeout.emit()
    assert asked == []


def test_what_the_file_has_to_say_is_shown_once(logbook: Logbook, qtbot: QtBot) -> None:
    logbook.notices = ("The clock of this PC is behind.",)
    made = TodayScreen(logbook)
    qtbot.addWidget(made)
    assert made.notice.text() == "The clock of this PC is behind."
    made.notice._buttons[0].click()
    assert made.notice.text() == ""


def test_a_logbook_for_viewing_says_so(logbook: Logbook, qtbot: QtBot) -> None:
    with Logbook.open(logbook.path, viewing=True) as viewed:
        made = TodayScreen(viewed)
        qtbot.addWidget(made)
        assert made._state.text() == viewed.read_only_reason != ""


@pytest.mark.parametrize(("size", "said"), [(0, "0.0 MB"), (3_400_000, "3.2 MB"), (23 * 1024**3, "23.0 GB")])
def test_sizes_are_said_as_people_do(size: int, said: str) -> None:
    assert size_text(size) == said


def test_many_warning_signs_are_counted_and_none_is_cut_off(screen: TodayScreen, logbook: Logbook) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    logbook.visits.save(make_visit(patient, warning_signs=tuple(WarningSign)))
    (row,) = shown(screen._doctor)  # type: ignore[arg-type]
    assert row[1] == "Reported trouble swallowing and 6 more warning signs"


def test_only_who_may_look_for_the_recovery_sheet_is_asked(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_cheap(monkeypatch)
    with make_locked(tmp_path) as locked:
        locked.act_as(NURSE.id)
        screen = TodayScreen(locked)
        qtbot.addWidget(screen)
        screen.show()
        screen.on_shown()
        assert screen.notice.isHidden()
        locked.act_as(DOCTOR.id)
        screen.on_person_changed()
        assert "recovery sheet" in screen.notice.text()
        locked.act_as(NURSE.id)
        screen.on_shown()
        assert screen.notice.isHidden()
        locked.act_as(DOCTOR.id)
        screen.on_shown()
        not_now = next(button for button in screen.notice.findChildren(Button) if button.label() == "Not now")
        QTest.mouseClick(not_now, Qt.MouseButton.LeftButton)
        screen.on_shown()
        assert screen.notice.isHidden()
