"""Typed fields: what is typed stays, mistakes are named under the box, units are said."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.date_field import DateField
from dermlog.ui.kit.note_field import NoteField
from dermlog.ui.kit.number_field import NumberField, number_text, read_number
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.password_field import PasswordField
from dermlog.ui.kit.text_field import TextField

TODAY = date(2026, 11, 22)


def test_a_mistake_is_said_under_the_box_and_nothing_is_lost(qtbot: QtBot) -> None:
    field = TextField("Lot", text="<b>C4821</b>")
    qtbot.addWidget(field)
    field.show()
    field.set_error("Enter the lot, as printed on the vial.")
    assert field.error() == "Enter the lot, as printed on the vial."
    assert field.edit.property("wrong") is True
    assert "as printed" in field.edit.accessibleDescription()
    assert field.text() == "<b>C4821</b>"
    field.set_error(None)
    assert field.edit.property("wrong") is False
    assert field.edit.accessibleDescription() == ""


def test_typing_takes_the_mark_of_a_mistake_away(qtbot: QtBot) -> None:
    field = TextField("Lot")
    qtbot.addWidget(field)
    field.set_error("Enter the lot.")
    with qtbot.waitSignal(field.edited):
        QTest.keyClicks(field.edit, "C")
    assert field.error() is None


def test_unit_and_hint_are_shown_and_said(qtbot: QtBot) -> None:
    field = NumberField("Diluent", suffix="mL", hint="was 2")
    qtbot.addWidget(field)
    assert field.edit.accessibleName() == "Diluent, mL was 2"
    assert field.edit.textMargins().right() > 30
    field.set_hint("")
    field.set_suffix("")
    assert field.edit.accessibleName() == "Diluent"
    assert field.edit.textMargins().right() == 0


def test_setting_by_program_is_silent(qtbot: QtBot) -> None:
    field = TextField("Name")
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.edited):
        field.set_text("Lindqvist")
    assert field.text() == "Lindqvist"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2.5", Decimal("2.5")),
        ("2,5", Decimal("2.5")),
        (" 2,5 ", Decimal("2.5")),
        ("0", Decimal(0)),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("-1", Decimal(-1)),
        ("−1", Decimal(-1)),
        ("1 000", Decimal(1000)),
        ("12 345,5", Decimal("12345.5")),
        ("1,000", Decimal(1)),
        ("", None),
        ("abc", None),
        ("2,5,5", None),
        ("1 00", None),
        ("1e5", None),
        ("NaN", None),
        ("inf", None),
        ("2.5 U", None),
        ("٣", Decimal(3)),
        ("9" * 50, None),
    ],
)
def test_numbers_with_comma_or_point(typed: str, number: Decimal | None) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (0, "0"), (Decimal("2.50"), "2.5"), (Decimal("1E+2"), "100"), (Decimal("0.050"), "0.05")],
)
def test_numbers_are_shown_without_needless_zeros(value: Decimal | int | None, text: str) -> None:
    assert number_text(value) == text


def test_a_number_field_tells_empty_from_garbled_and_keeps_both(qtbot: QtBot) -> None:
    field = NumberField("Lesions")
    qtbot.addWidget(field)
    assert field.is_empty()
    assert not field.is_garbled()
    QTest.keyClicks(field.edit, "many")
    assert field.number() is None
    assert field.is_garbled()
    assert field.text() == "many"


def test_a_number_keeps_its_typed_form_when_it_already_means_the_same(qtbot: QtBot) -> None:
    field = NumberField("Diluent")
    qtbot.addWidget(field)
    QTest.keyClicks(field.edit, "2,50")
    field.set_number(Decimal("2.5"))
    assert field.text() == "2,50"
    field.set_number(Decimal(3))
    assert field.text() == "3"
    field.set_number(None)
    assert field.is_empty()


def test_a_typed_date_is_shown_back_with_its_month_by_name(qtbot: QtBot) -> None:
    field = DateField("Date", today=TODAY)
    qtbot.addWidget(field)
    QTest.keyClicks(field.edit, "3/4/2026")
    with qtbot.waitSignal(field.committed):
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.text() == "3 Apr 2026"
    assert field.date() == date(2026, 4, 3)


def test_a_garbled_date_stays_as_typed(qtbot: QtBot) -> None:
    field = DateField("Date", today=TODAY)
    qtbot.addWidget(field)
    QTest.keyClicks(field.edit, "31.2.2026")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.text() == "31.2.2026"
    assert field.date() is None
    assert field.is_garbled()


def test_up_and_down_step_by_days_and_months(qtbot: QtBot) -> None:
    field = DateField("Date", today=TODAY)
    month = DateField("Expiry", day=date(2026, 12, 1), month_only=True, today=TODAY)
    for widget in (field, month):
        qtbot.addWidget(widget)
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.date() == TODAY
    QTest.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.date() == date(2026, 11, 21)
    QTest.keyClick(month.edit, Qt.Key.Key_Up)
    assert month.text() == "Jan 2027"
    field.set_date(date.max)
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.date() == date.max


def test_a_long_note_is_kept_whole_and_counted(qtbot: QtBot) -> None:
    note = NoteField("Note", limit=100)
    qtbot.addWidget(note)
    note.show()
    note.set_text("a" * 80)
    assert not note._counter.isVisible()
    note.set_text("a" * 95)
    assert note._counter.text() == "95 of 100 characters"
    with qtbot.waitSignal(note.edited):
        QTest.keyClicks(note.edit, "b" * 10)
    assert note._counter.text() == "105 of 100 characters, 5 too many"
    assert note._counter.property("tone") == "danger"
    assert note.is_too_long()
    assert len(note.text()) == 105


def test_a_note_of_twenty_thousand_characters_fits(qtbot: QtBot) -> None:
    note = NoteField("Note")
    qtbot.addWidget(note)
    note.set_text("ä\n" * 10_000)
    assert len(note.text()) == 20_000
    assert not note.is_too_long()


def test_tab_leaves_a_note(qtbot: QtBot) -> None:
    note = NoteField("Note")
    qtbot.addWidget(note)
    QTest.keyClicks(note.edit, "a")
    QTest.keyClick(note.edit, Qt.Key.Key_Tab)
    assert note.text() == "a"


def test_a_combo_is_open_until_something_is_chosen(qtbot: QtBot) -> None:
    combo = Combo("Product", [Option("b", "Botox 100 U"), Option("d", "Dysport 300 U")])
    qtbot.addWidget(combo)
    combo.show()
    assert combo.value() is None
    combo.set_value("d")
    assert combo.value() == "d"
    with qtbot.waitSignal(combo.value_changed) as heard:
        QTest.keyClick(combo.box, Qt.Key.Key_Up)
    assert heard.args == ["b"]
    combo.set_options([Option("b", "Botox 50 U"), Option("x", "Xeomin 100 U")])
    assert combo.value() == "b"
    combo.set_value("gone")
    assert combo.value() is None


def test_labels_can_be_changed_and_are_said(qtbot: QtBot) -> None:
    field = TextField("Lot", name="Lot of the vial")
    qtbot.addWidget(field)
    assert field.edit.accessibleName() == "Lot of the vial"
    field.set_label("Batch")
    assert field.label() == "Batch"
    assert field.edit.accessibleName() == "Batch"


@pytest.mark.parametrize("pasted", ["seven green herons\n", "seven green\r\n herons", "\tseven green herons"])
def test_what_nobody_can_type_is_never_part_of_a_password(qtbot: QtBot, pasted: str) -> None:
    field = PasswordField("Password")
    qtbot.addWidget(field)
    QGuiApplication.clipboard().setText(pasted)
    QTest.keyClick(field.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert field.text() == "seven green herons"


def test_spaces_and_pictures_stay_in_a_password(qtbot: QtBot) -> None:
    field = PasswordField("Password")
    qtbot.addWidget(field)
    QGuiApplication.clipboard().setText(" zwei Möwen 👩‍⚕️ ")
    QTest.keyClick(field.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert field.text() == " zwei Möwen 👩‍⚕️ "
