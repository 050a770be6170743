"""The history of a patient: filters, and each entry as it was then beside today."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.activity import Topic
from dermlog.domain.earlier_version import Subject, rows_at, subject_of
from dermlog.history_words import HistoryRow
from dermlog.logbook import Logbook
from dermlog.ui.patient.earlier_dialog import EarlierDialog
from dermlog.ui.patient.earlier_words import ComparedFact
from dermlog.ui.patient.history_tab import HistoryTab
from dermlog.ui.patient.patient_screen import PatientScreen
from dermlog.ui.record_filters import ALL, CHANGES
from tests.makers import NURSE, StillClock, oiliness
from tests.ui.patient.conftest import Treated


@pytest.fixture
def tab(
    screen: PatientScreen, logbook: Logbook, treated: Treated, clock: StillClock, qtbot: QtBot
) -> HistoryTab:
    """The tab of a patient whose last visit was corrected by the nurse, and whose phone was entered."""
    clock.move(timedelta(minutes=5))
    logbook.act_as(NURSE.id)
    scores = (oiliness(1), *treated.week_8.scores[1:])
    logbook.visits.save(replace(treated.week_8, scores=scores, note="Seen again"), "typed the wrong row")
    clock.move(timedelta(days=40))
    logbook.act_as(logbook.staff.all()[0].id)
    logbook.patients.save(replace(treated.patient, phone="555 0199"))
    clock.move(timedelta(minutes=5))
    screen.show_patient(treated.patient.id, "history")
    return screen.history_tab


def said(tab: HistoryTab) -> list[str]:
    """The sentences shown."""
    return [row.what for row in tab.table.rows()]


def choose(tab: HistoryTab, combo: str, value: object) -> None:
    """Choose by hand."""
    box = getattr(tab.filters, combo)
    box.set_value(value)
    box.value_changed.emit(value)


def row(tab: HistoryTab, what: str) -> HistoryRow:
    """The newest row that says so."""
    return next(row for row in tab.table.rows() if what in row.what)


def fact(facts: tuple[ComparedFact, ...] | None, what: str) -> ComparedFact:
    """One compared fact."""
    assert facts is not None
    return next(one for one in facts if one.what == what)


def test_looks_are_listed_once_asked_for(tab: HistoryTab) -> None:
    assert tab.filters.kind.value() == CHANGES
    assert "Page of the patient opened" not in said(tab)
    choose(tab, "kind", ALL)
    assert said(tab)[0] == "Page of the patient opened"
    choose(tab, "kind", Topic.LOOKED)
    assert said(tab) == ["Page of the patient opened"]


def test_filters_by_kind_person_time_and_words(tab: HistoryTab, qtbot: QtBot) -> None:
    choose(tab, "kind", Topic.CONSENTS)
    (whole,) = tab.table.rows()
    assert "consent" in {line.table for line in whole.lines}
    choose(tab, "kind", CHANGES)
    choose(tab, "who", NURSE.id)
    assert said(tab) == ["Visit of 17 Apr 2026 corrected"]
    choose(tab, "who", ALL)
    choose(tab, "span", 7)
    assert said(tab) == ["Patient’s details changed"]
    choose(tab, "span", ALL)
    QTest.keyClicks(tab.filters.text.edit, "WRONG row")
    qtbot.waitUntil(lambda: said(tab) == ["Visit of 17 Apr 2026 corrected"])
    tab.filters.clear()
    assert not tab.filters.is_used()


def test_a_visit_as_it_was_then_beside_today(tab: HistoryTab) -> None:
    corrected = tab.version_of(row(tab, "corrected"))
    assert corrected is not None and not any(one.differs for one in corrected)
    assert fact(corrected, "Oiliness").then == "1"


def test_the_differences_are_marked(
    tab: HistoryTab, logbook: Logbook, treated: Treated, clock: StillClock
) -> None:
    clock.move(timedelta(minutes=1))
    scores = (oiliness(3), *treated.week_8.scores[1:])
    logbook.visits.save(replace(treated.week_8, scores=scores[:-1]), "once more")
    facts = tab.version_of(next(row for row in tab.table.rows() if row.reason == "typed the wrong row"))
    oily = fact(facts, "Oiliness")
    assert (oily.then, oily.today, oily.mark) == ("1", "3", "changed")
    assert fact(facts, "Note").mark == "changed"
    assert fact(facts, "Non-inflammatory lesions").mark == "no longer there"
    assert fact(facts, "Date").mark == ""


def test_a_patient_as_before(tab: HistoryTab) -> None:
    changed = fact(tab.version_of(row(tab, "details changed")), "Phone")
    assert (changed.then, changed.today, changed.mark) == ("555 0199", "555 0199", "")
    lines = tab.table.rows()[-1].lines
    before = subject_of([line for line in lines if line.table == "patient"], lines)
    assert before == Subject("patient")
    assert [columns["phone"] for columns in rows_at(lines, before).values()] == [""]


def test_enter_opens_the_version(tab: HistoryTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[EarlierDialog] = []

    def show(dialog: EarlierDialog) -> None:
        opened.append(dialog)

    monkeypatch.setattr(EarlierDialog, "exec", show)
    tab.table.setFocus()
    tab.table.select_row(1)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    assert len(opened) == 1
    assert tab.version_button.isEnabled()


def test_the_dialog_shows_what_differs_first(qtbot: QtBot) -> None:
    facts = (
        ComparedFact("Oiliness", "2", "1"),
        ComparedFact("Date", "x", "x"),
        ComparedFact("Pain", None, "none"),
    )
    dialog = EarlierDialog(facts, "Visit", "17 Apr 2026, 10:04")
    qtbot.addWidget(dialog)
    assert [one.what for one in dialog.table.rows()] == ["Oiliness", "Pain"]
    assert dialog.summary.text() == "2 facts are different today."
    dialog.shown.set_value("all")
    dialog.shown.value_changed.emit("all")
    assert len(dialog.table.rows()) == 3
