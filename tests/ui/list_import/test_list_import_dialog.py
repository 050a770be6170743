"""The steps of importing a list: file, columns, check, done, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.patient_list import DateOrder, ListField
from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.list_import.columns_page import HEADER, LEFT_OUT
from dermlog.ui.list_import.list_import_dialog import ListImportDialog, Step
from tests.makers import NURSE, make_logbook, make_patient

LEFT = Qt.MouseButton.LeftButton
LIST = """\
Patientennummer;Nachname;Vorname;Geburtsdatum;Geschlecht
P1;Müller;Änne;13.02.1997;w
P2;Lindqvist;Maya;04.02.1997;w
P3;Nowak;Jan;32.01.1990;m
DL-1;Taken;Number;01.01.1990;m
"""


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A logbook in which Maya is already."""
    made = make_logbook(tmp_path)
    made.patients.save(make_patient(chart_number="DL-1"))
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def dialog(logbook: Logbook, qtbot: QtBot) -> ListImportDialog:
    """The dialog, shown."""
    made = ListImportDialog(logbook)
    made.setModal(False)
    qtbot.addWidget(made, before_close_func=lambda shown: shown.done(0))
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The list as the other system wrote it."""
    made = tmp_path / "patienten.csv"
    made.write_bytes(LIST.encode("cp1252"))
    return made


def step(dialog: ListImportDialog) -> Step:
    """Where the dialog is."""
    return Step(dialog.pages.currentIndex())


def go_on(dialog: ListImportDialog, qtbot: QtBot, wanted: Step) -> None:
    """Press the button and wait for the next page."""
    QTest.mouseClick(dialog.next_button, LEFT)
    qtbot.waitUntil(lambda: step(dialog) is wanted, timeout=10_000)


def test_from_the_file_to_the_summary_and_back(
    dialog: ListImportDialog, logbook: Logbook, path: Path, qtbot: QtBot
) -> None:
    dialog.open_list(path)
    assert step(dialog) is Step.COLUMNS
    assert dialog.columns.encoding.value() == "cp1252"
    assert dialog.columns.separator.value() == ";"
    assert dialog.columns.preview.rows()[0].cells[:3] == ("P1", "Müller", "Änne")
    go_on(dialog, qtbot, Step.CHECK)
    assert dialog.check.summary.text() == (
        "1 patient will be added. 2 are skipped, probably in the logbook already. "
        "1 line cannot be read and is left out."
    )
    assert [match.may_be_added for match in dialog.check.matches.rows()] == [True, False]
    assert [problem.line for problem in dialog.check.problems.rows()] == [4]
    QTest.mouseClick(dialog.check.add_all_button, LEFT)
    assert len(dialog.check.chosen()) == 2
    go_on(dialog, qtbot, Step.DONE)
    assert dialog.added is not None
    assert logbook.patients.count() == 3
    assert dialog._done_words.text() == "2 patients added, 2 skipped."
    QTest.mouseClick(dialog.undo_button, LEFT)
    qtbot.waitUntil(lambda: dialog.added is None, timeout=10_000)
    assert logbook.patients.count() == 1
    assert dialog._done_words.text() == "2 patients were taken out again."


def test_columns_and_dates_can_be_chosen(dialog: ListImportDialog, path: Path) -> None:
    dialog.open_list(path)
    family, given = dialog.columns._rows[1], dialog.columns._rows[2]
    given.set_value(ListField.FAMILY_NAME)
    given.value_changed.emit(ListField.FAMILY_NAME)
    assert family.value() == LEFT_OUT
    assert dialog.columns.mapping().column(ListField.FAMILY_NAME) == 2
    assert dialog.columns.preview.rows()[0].cells[1] == "Änne"
    dialog.columns.date_order.set_value(DateOrder.MONTH_FIRST)
    dialog.columns.date_order.value_changed.emit(DateOrder.MONTH_FIRST)
    assert "Line 2" in dialog.columns._wrong.text()
    assert HEADER in dialog.columns.choices.values()


def test_without_a_name_nobody_goes_on(dialog: ListImportDialog, path: Path) -> None:
    dialog.open_list(path)
    family = dialog.columns._rows[1]
    family.set_value(LEFT_OUT)
    family.value_changed.emit(LEFT_OUT)
    assert not dialog.next_button.isEnabled()
    assert "family name" in dialog.notice.text()


def test_another_encoding_is_read_anew_and_a_wrong_one_put_back(dialog: ListImportDialog, path: Path) -> None:
    dialog.open_list(path)
    dialog.columns.encoding.set_value("cp1251")
    dialog.columns.encoding.value_changed.emit("cp1251")
    assert dialog.columns.preview.rows()[0].cells[1] != "Müller"
    dialog.columns.encoding.set_value("utf-8-sig")
    dialog.columns.encoding.value_changed.emit("utf-8-sig")
    assert "another encoding" in dialog.notice.text()
    assert dialog.columns.encoding.value() == "cp1251"


def test_what_is_no_list_is_said_and_another_can_be_chosen(
    dialog: ListImportDialog, path: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "scan.pdf"
    wrong.write_bytes(b"%PDF-1.7\n\x00\x01\x02" * 50)
    dialog.open_list(wrong)
    assert step(dialog) is Step.FILE
    assert "scan.pdf" in dialog.notice.text()
    dialog.open_list(path)
    assert step(dialog) is Step.COLUMNS
    assert not dialog.notice.text()


def test_back_leads_to_the_columns_and_nothing_was_added(
    dialog: ListImportDialog, logbook: Logbook, path: Path, qtbot: QtBot
) -> None:
    dialog.open_list(path)
    go_on(dialog, qtbot, Step.CHECK)
    QTest.mouseClick(dialog.back_button, LEFT)
    assert step(dialog) is Step.COLUMNS
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert logbook.patients.count() == 1


def test_an_assistant_is_told_who_may(logbook: Logbook, qtbot: QtBot) -> None:
    logbook.act_as(NURSE.id)
    dialog = ListImportDialog(logbook)
    qtbot.addWidget(dialog)
    assert not dialog.choose_button.isEnabled()
    assert "owner or a clinician" in dialog.notice.text()
