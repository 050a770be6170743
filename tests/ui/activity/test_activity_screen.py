"""The activity of the whole logbook: sentences, filters, older ones as one scrolls, and the proof."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.access import AccessKind
from dermlog.domain.activity import Topic
from dermlog.logbook import Logbook
from dermlog.ui.activity.activity_screen import ActivityScreen
from dermlog.ui.activity.reading import ActivityRow
from dermlog.ui.activity.spreadsheet import activity_csv
from dermlog.ui.activity.weekly_verification import WeeklyVerification
from tests.makers import DOCTOR, NURSE, make_patient
from tests.storage import tamper


@pytest.fixture
def screen(logbook: Logbook, qtbot: QtBot) -> Iterator[ActivityScreen]:
    """The screen, shown and read."""
    made = ActivityScreen(logbook)
    qtbot.addWidget(made)
    made.resize(1250, 860)
    with qtbot.waitExposed(made):
        made.show()
    made.on_shown()
    qtbot.waitUntil(lambda: len(made.rows()) > 0)
    yield made


def said(screen: ActivityScreen) -> list[str]:
    """The sentences shown."""
    return [one.row.what for one in screen.rows()]


def wait(qtbot: QtBot, screen: ActivityScreen, fits: Callable[[list[ActivityRow]], bool]) -> None:
    """Until what is listed fits."""
    qtbot.waitUntil(lambda: fits(list(screen.rows())))


def test_it_reads_like_sentences_the_newest_first(screen: ActivityScreen) -> None:
    assert said(screen)[:3] == ["Progress report printed", "Page of the patient opened", "Patient added"]
    first = screen.rows()[1]
    assert (first.row.who, first.patient) == ("Ana Ruiz", "DL-0129 Maya Number 129")


def test_older_ones_come_with_the_button_and_at_the_end_of_the_list(
    screen: ActivityScreen, qtbot: QtBot
) -> None:
    assert len(screen.rows()) == 100
    assert screen.more_button.isVisible()
    bar = screen.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    wait(qtbot, screen, lambda rows: len(rows) > 130)
    assert not screen.more_button.isVisible()
    assert said(screen)[-1].startswith(("Letterhead saved", "Member of staff added", "Product added"))


def test_filters_by_person_kind_and_words(screen: ActivityScreen, qtbot: QtBot) -> None:
    screen.filters.who.set_value(NURSE.id)
    screen.filters.who.value_changed.emit(NURSE.id)
    wait(qtbot, screen, lambda rows: len(rows) == 2)
    screen.filters.kind.set_value(Topic.LOOKED)
    screen.filters.kind.value_changed.emit(Topic.LOOKED)
    wait(qtbot, screen, lambda rows: len(rows) == 1)
    screen.filters.clear()
    QTest.keyClicks(screen.filters.text.edit, "dl-0007")
    wait(qtbot, screen, lambda rows: [row.patient for row in rows] == ["DL-0007 Maya Number 7"])


def test_enter_goes_to_the_history_of_the_patient(screen: ActivityScreen, qtbot: QtBot) -> None:
    screen.table.select_row(0)
    with qtbot.waitSignal(screen.patient_tab_requested) as wish:
        QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert wish.args == [screen.rows()[0].patient_id, "history"]


def test_news_is_listed_at_once(screen: ActivityScreen, logbook: Logbook, qtbot: QtBot) -> None:
    logbook.patients.save(make_patient(chart_number="DL-9999"))
    wait(qtbot, screen, lambda rows: any(row.patient.startswith("DL-9999") for row in rows))


def test_who_may_not_see_it_sees_nothing(screen: ActivityScreen, logbook: Logbook) -> None:
    logbook.act_as(NURSE.id)
    screen.on_person_changed()
    assert screen.rows() == ()
    assert not screen.save_button.isEnabled()


def test_the_record_is_verified_against_a_printed_page(
    screen: ActivityScreen, logbook: Logbook, qtbot: QtBot
) -> None:
    head = logbook.history.head()
    screen.printed.set_text("what is this")
    screen.verify_button.click()
    qtbot.waitUntil(lambda: bool(screen.printed.error()))
    screen.printed.set_text(head.text)
    screen.verify_button.click()
    qtbot.waitUntil(lambda: head.text in screen.notice.text())
    assert screen.notice.text().startswith("The record is whole: ")
    screen.printed.set_text(f"#{head.sequence} · 1234-ABCD")
    screen.verify_button.click()
    qtbot.waitUntil(lambda: "was rewritten" in screen.notice.text())


def test_everything_that_fits_goes_into_a_spreadsheet(
    screen: ActivityScreen, logbook: Logbook, qtbot: QtBot, tmp_path: Path
) -> None:
    logbook.patients.save(make_patient(chart_number="=1+1", family_name="+49"))
    path = tmp_path / "activity.csv"
    screen.saver.write(path)
    qtbot.waitUntil(lambda: "is saved" in screen.notice.text())
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) > 132
    assert rows[1][5] == "'=1+1 Maya +49"
    noted = logbook.accesses.newest(AccessKind.EXPORTED, "activity")
    assert noted is not None and noted.staff_id == DOCTOR.id
    assert activity_csv([]).decode("utf-8-sig").startswith("When,Who,What")


def test_a_file_that_ends_before_the_oldest_entry_says_so(
    screen: ActivityScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dermlog.ui.activity.spreadsheet.MOST", 50)
    path = tmp_path / "activity.csv"
    screen.saver.write(path)
    qtbot.waitUntil(lambda: "is saved" in screen.notice.text())
    sentence = "It ends after the newest 50 entries: choose a time to save the older ones."
    assert screen.notice.text().endswith(sentence)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 1 + 50 + 1
    assert rows[-1] == [sentence]


def test_the_record_is_verified_once_a_week(screen: ActivityScreen, logbook: Logbook, qtbot: QtBot) -> None:
    weekly = WeeklyVerification(logbook, screen)
    assert weekly.is_due()
    weekly.look()
    qtbot.waitUntil(lambda: not weekly.is_due())
    noted = logbook.accesses.newest(AccessKind.CHECKED, "chain")
    assert noted is not None
    weekly.look()
    assert logbook.accesses.newest(AccessKind.CHECKED, "chain") == noted


def test_a_broken_record_is_said(
    logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, screen: ActivityScreen
) -> None:
    with tamper.bare(logbook.path) as connection:
        entry = tamper.change_value(connection, Random(2))  # noqa: S311 - the same each time
    told: list[str] = []
    monkeypatch.setattr("dermlog.ui.kit.dialog.say", lambda _parent, _title, line: told.append(line))
    weekly = WeeklyVerification(logbook, screen)
    for look in (weekly.look, weekly.look_at_newest):
        told.clear()
        look()
        qtbot.waitUntil(lambda: bool(told))
        assert f"The record chain breaks at entry {entry} " in told[0]


def test_who_may_not_see_the_activity_finds_every_control_off(
    screen: ActivityScreen, logbook: Logbook
) -> None:
    logbook.act_as(NURSE.id)
    screen.on_person_changed()
    assert not screen.rows()
    off = (screen.filters, screen.save_button, screen.verify_button, screen.table, screen.printed)
    assert not any(widget.isEnabled() for widget in off)
