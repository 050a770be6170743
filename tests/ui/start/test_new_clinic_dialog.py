"""T19: setting up a clinic - locked unless somebody types otherwise, and done only with a proven sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from dermlog.domain.staff import Role
from dermlog.logbook import Logbook, is_locked, unlock, unlock_with_code
from dermlog.ui.kit import background
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.sign_in import sheet_printing
from dermlog.ui.start.new_clinic_dialog import FACTS, PASSWORDS, SHEET, NewClinicDialog
from tests.ui.locked_logbook import make_cheap

LONG_ENOUGH = "seven green herons"
SLOW = 20_000


@pytest.fixture(autouse=True)
def work_ends() -> Iterator[None]:
    """No work outlives its test."""
    yield
    background.shutdown()


def type_into(field: TextField, text: str) -> None:
    """Replace what stands in a field by typing."""
    field.edit.selectAll()
    QTest.keyClick(field.edit, Qt.Key.Key_Delete)
    QTest.keyClicks(field.edit, text)


@pytest.fixture
def dialog(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> NewClinicDialog:
    """The dialog, filled but for what a test changes."""
    make_cheap(monkeypatch)
    made = NewClinicDialog()
    qtbot.addWidget(made, before_close_func=lambda widget: widget.done(0))
    made.setModal(False)
    with qtbot.waitExposed(made):
        made.show()
    type_into(made.facts.clinic_name, "Harbour Skin Clinic")
    type_into(made.facts.doctor, "Dr Sato")
    made.facts.place.set_text(str(tmp_path / "Harbour.dermlog"))
    return made


def without_lock(dialog: NewClinicDialog) -> None:
    """Choose no encryption and type the words that mean it."""
    dialog.facts.protection.choice.set_value(False)
    dialog.facts.protection.choice.value_changed.emit(False)
    type_into(dialog.facts.protection.typed, "not encrypted")


def to_sheet(dialog: NewClinicDialog) -> None:
    """Go on to the recovery sheet with a password for the doctor."""
    dialog.start_button.click()
    assert dialog.pages.currentIndex() == PASSWORDS
    fields = next(iter(dialog.passwords.values()))
    QTest.keyClicks(fields.first.edit, LONG_ENOUGH)
    QTest.keyClicks(fields.again.edit, LONG_ENOUGH)
    dialog.start_button.click()
    assert dialog.pages.currentIndex() == SHEET


def type_asked(dialog: NewClinicDialog) -> None:
    """Type the two groups that are asked for."""
    sheet = dialog.sheet
    assert sheet is not None
    for box, number in zip(sheet.groups.boxes, sheet.asked, strict=True):
        QTest.keyClicks(box, sheet._code.groups[number - 1].lower())


# -- not encrypted -----------------------------------------------------------------------------------------


def test_without_encryption_only_by_typed_words(dialog: NewClinicDialog, tmp_path: Path) -> None:
    dialog.facts.protection.choice.set_value(False)
    dialog.facts.protection.choice.value_changed.emit(False)
    dialog.start_button.click()
    assert dialog.facts.protection.typed.error() == "Type “not encrypted” here, or choose passwords."
    assert list(tmp_path.iterdir()) == []
    without_lock(dialog)
    type_into(dialog.facts.nurse, "Nurse Okafor")
    dialog.start_button.click()
    assert dialog.logbook is not None
    with dialog.logbook as logbook:
        assert not logbook.keys.locked
        assert logbook.clinic.get().name == "Harbour Skin Clinic"
        assert logbook.clinic.get().doctor == "Dr Sato"
        assert not logbook.clinic.get().is_sample
        assert {(person.name, person.role) for person in logbook.staff.all()} == {
            ("Dr Sato", Role.OWNER),
            ("Nurse Okafor", Role.ASSISTANT),
        }
        assert logbook.me.name == "Dr Sato"
        assert logbook.products.all()
        assert logbook.patients.count() == 0


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("clinic_name", "", "The name of the clinic is missing. Please fill it in."),
        ("clinic_name", "x" * 201, "The name of the clinic has 201 characters; 200 fit."),
        ("doctor", " ", "The name of the doctor is missing. Please fill it in."),
        ("nurse", "x" * 201, "The name of the nurse has 201 characters; 200 fit."),
        ("place", "", "The place of the file is missing. Please fill it in."),
        ("place", "/nowhere/at/all/Clinic", "The folder for “Clinic.dermlog” is not there."),
    ],
)
def test_what_is_wrong_is_said_under_its_field(
    dialog: NewClinicDialog, tmp_path: Path, field: str, typed: str, said: str, *, locked: bool
) -> None:
    if not locked:
        without_lock(dialog)
    facts = dialog.facts
    wrong = getattr(facts, field)
    type_into(wrong, typed)
    dialog.start_button.click()
    assert (wrong.error() or "").startswith(said)
    assert wrong.text() == typed
    others = {facts.clinic_name, facts.doctor, facts.nurse, facts.place} - {wrong}
    assert not [other.error() for other in others if other.error()]
    assert dialog.pages.currentIndex() == FACTS
    assert dialog.logbook is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("locked", [True, False])
def test_an_existing_file_is_never_written_over(
    dialog: NewClinicDialog, tmp_path: Path, locked: bool
) -> None:
    if not locked:
        without_lock(dialog)
    mine = tmp_path / "Harbour.dermlog"
    mine.write_text("mine")
    dialog.start_button.click()
    assert (dialog.facts.place.error() or "").startswith("“Harbour.dermlog” exists already.")
    assert mine.read_text() == "mine"


def test_a_synchronised_folder_is_refused(dialog: NewClinicDialog, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    (folder / ".dropbox.cache").mkdir(parents=True)
    (folder / ".dropbox").write_text("")
    dialog.facts.place.set_text(str(folder / "Harbour.dermlog"))
    dialog.start_button.click()
    assert "synchronises" in (dialog.facts.place.error() or "")
    assert not (folder / "Harbour.dermlog").exists()


def test_esc_asks_before_typed_words_are_lost(dialog: NewClinicDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.notice.text()


def test_two_people_of_one_name_are_told_apart(dialog: NewClinicDialog) -> None:
    type_into(dialog.facts.nurse, " dr  SATO ")
    dialog.start_button.click()
    assert dialog.pages.currentIndex() == FACTS
    assert dialog.facts.nurse.error() == "“dr  SATO” is here already. Add something that tells the two apart."


# -- locked ------------------------------------------------------------------------------------------------


def test_a_new_clinic_is_locked_and_its_sheet_is_proven(
    dialog: NewClinicDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "Harbour.dermlog"
    type_into(dialog.facts.nurse, "Nurse Okafor")
    to_sheet(dialog)
    sheet = dialog.sheet
    assert sheet is not None
    assert not dialog.start_button.isEnabled()
    type_asked(dialog)
    assert not dialog.start_button.isEnabled()  # typed from nowhere: no sheet was handed out yet
    sheet.groups.clear()
    sheet.save_to(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert not path.exists()
    type_asked(dialog)
    assert dialog.start_button.isEnabled()
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.logbook is not None, timeout=SLOW)
    logbook = dialog.logbook
    assert logbook is not None
    with logbook:
        assert logbook.keys.locked
        assert logbook.me.name == "Dr Sato"
        assert [person.name for person in logbook.keys.people()] == ["Dr Sato"]
        assert logbook.keys.sheet_checked_on == logbook.today()
        doctor = logbook.me.id
    assert is_locked(path)
    key = unlock(path, doctor, LONG_ENOUGH).key
    assert unlock_with_code(path, sheet._code.text).key == key
    with Logbook.open(path, key=key) as again:
        assert len(again.staff.all()) == 2


def test_a_wrong_group_is_named_as_it_is_typed(dialog: NewClinicDialog, tmp_path: Path) -> None:
    to_sheet(dialog)
    sheet = dialog.sheet
    assert sheet is not None
    sheet.save_to(tmp_path / "sheet.pdf")
    other = "0000" if sheet._code.groups[sheet.asked[0] - 1] != "0000" else "1111"
    QTest.keyClicks(sheet.groups.boxes[0], other)
    assert sheet.groups.error() == (
        f"Group {sheet.asked[0]} is another one on the sheet. Please read it again."
    )
    assert not dialog.start_button.isEnabled()


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("short", "short", "12"),
        ("password1234", "password1234", ""),
        (LONG_ENOUGH, "seven green heron", "This is not the same."),
    ],
)
def test_a_password_that_will_not_do_is_said_under_it(
    dialog: NewClinicDialog, first: str, again: str, said: str
) -> None:
    dialog.start_button.click()
    fields = next(iter(dialog.passwords.values()))
    QTest.keyClicks(fields.first.edit, first)
    QTest.keyClicks(fields.again.edit, again)
    dialog.start_button.click()
    assert dialog.pages.currentIndex() == PASSWORDS
    assert said in ((fields.first.error() or "") + (fields.again.error() or ""))
    assert fields.first.error() or fields.again.error()


def test_going_back_keeps_everything_and_leaving_makes_nothing(
    dialog: NewClinicDialog, tmp_path: Path
) -> None:
    to_sheet(dialog)
    dialog.back.click()
    fields = next(iter(dialog.passwords.values()))
    assert fields.first.text() == LONG_ENOUGH
    dialog.back.click()
    assert dialog.facts.doctor.text() == "Dr Sato"
    dialog.done(0)
    assert fields.first.text() == ""
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_was_taken_meanwhile_leads_back_to_it(
    dialog: NewClinicDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    to_sheet(dialog)
    assert dialog.sheet is not None
    dialog.sheet.save_to(tmp_path / "sheet.pdf")
    type_asked(dialog)
    mine = tmp_path / "Harbour.dermlog"
    mine.write_text("mine")
    dialog.start_button.click()
    qtbot.waitUntil(lambda: bool(dialog.facts.place.error()), timeout=SLOW)
    assert dialog.pages.currentIndex() == FACTS
    assert mine.read_text() == "mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["Harbour.dermlog", "sheet.pdf"]


def test_without_a_printer_the_sheet_can_be_saved(
    dialog: NewClinicDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_sheet(dialog)
    sheet = dialog.sheet
    assert sheet is not None
    monkeypatch.setattr(sheet_printing, "has_printer", lambda: False)
    sheet.print_button.click()
    assert sheet.notice.text().startswith("This computer knows no printer.")
    chosen = str(tmp_path / "sheet")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_rest, **_more: (chosen, ""))
    sheet.save_button.click()
    assert (tmp_path / "sheet.pdf").exists()
    assert "delete the file" in sheet.notice.text()


def test_a_corrected_name_stands_over_its_password(dialog: NewClinicDialog) -> None:
    dialog.start_button.click()
    dialog.back.click()
    type_into(dialog.facts.doctor, "Dr Satoh")
    dialog.start_button.click()
    assert [label.text() for label in dialog.findChildren(Label) if label.text().startswith("Dr S")] == [
        "Dr Satoh"
    ]
    fields = next(iter(dialog.passwords.values()))
    assert fields.first.edit.accessibleName() == "New password of Dr Satoh"


def test_nobody_leaves_while_the_file_is_being_made(
    dialog: NewClinicDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    to_sheet(dialog)
    assert dialog.sheet is not None
    dialog.sheet.save_to(tmp_path / "sheet.pdf")
    type_asked(dialog)
    dialog.start_button.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.notice.text() == ""
    qtbot.waitUntil(lambda: dialog.logbook is not None, timeout=SLOW)
    assert dialog.logbook is not None
    dialog.logbook.close()


def test_return_prints_where_print_has_the_focus(
    dialog: NewClinicDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_printing, "has_printer", lambda: False)
    to_sheet(dialog)
    assert dialog.sheet is not None
    QTest.keyClick(dialog.sheet.print_button, Qt.Key.Key_Return)
    assert dialog.sheet.notice.text().startswith("This computer knows no printer.")
