"""SkinFields: grades, numbers and sebum as typed and as scores; what is empty is no score."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.course import course_of
from dermlog.domain.face_map import Zone
from dermlog.domain.instrument import Instrument, Rater, Score, Variant
from dermlog.domain.validity import Fault, InvalidRecord
from dermlog.ui.visit_fields.last_time import LastTime
from dermlog.ui.visit_fields.skin_fields import SkinFields
from tests.makers import iga, make_patient, make_visit, oiliness, sebum

EARLIER = date(2026, 3, 20)
TODAY = date(2026, 4, 17)


@pytest.fixture
def fields(qtbot: QtBot) -> SkinFields:
    fields = SkinFields()
    qtbot.addWidget(fields)
    fields.show()
    return fields


def _problems(fields: SkinFields) -> dict[str, Fault]:
    with pytest.raises(InvalidRecord) as caught:
        fields.read()
    return {problem.field: problem.fault for problem in caught.value.problems}


def test_nothing_answered_is_no_score(fields: SkinFields) -> None:
    assert fields.is_empty()
    assert fields.read() == ()


def test_every_field_becomes_its_score(fields: SkinFields) -> None:
    fields.oiliness_clinician.choice.choose(1)
    fields.oiliness_patient.choice.choose(2)
    fields.iga.choice.choose(0)
    fields.inflammatory.set_text("8")
    fields.non_inflammatory.set_text("0")
    fields.satisfaction.set_text("7")
    fields.sebum.zones[Zone.NOSE].set_text("161,5")
    fields.sebum.device.set_text("Sebumeter")
    assert set(fields.read()) == {
        oiliness(1),
        oiliness(2, Rater.PATIENT),
        iga(0),
        Score(Instrument.INFLAMMATORY_LESIONS, Decimal(8), Rater.CLINICIAN),
        Score(Instrument.NON_INFLAMMATORY_LESIONS, Decimal(0), Rater.CLINICIAN),
        Score(Instrument.SATISFACTION, Decimal(7), Rater.PATIENT),
        sebum("161.5", Zone.NOSE),
    }


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("abc", Fault.NOT_A_NUMBER),
        ("2,5", Fault.NOT_A_WHOLE_NUMBER),
        ("-1", Fault.TOO_SMALL),
        ("−1", Fault.TOO_SMALL),
        ("99999", Fault.TOO_LARGE),
        ("1e3", Fault.NOT_A_NUMBER),
        ("9" * 400, Fault.NOT_A_NUMBER),
        ("<b>8</b>", Fault.NOT_A_NUMBER),
        ("8\x00", Fault.NOT_A_NUMBER),
    ],
)
def test_a_wrong_count_is_named_and_kept(fields: SkinFields, typed: str, fault: Fault) -> None:
    fields.inflammatory.set_text(typed)
    shown = fields.inflammatory.text()
    fields.satisfaction.set_text("11")
    assert _problems(fields) == {"inflammatory_lesions": fault, "satisfaction": Fault.TOO_LARGE}
    with pytest.raises(InvalidRecord) as caught:
        fields.read()
    first = fields.show_problems(caught.value.problems)
    assert first is fields.inflammatory
    assert "Inflammatory lesions" in (fields.inflammatory.error() or "")
    assert fields.inflammatory.text() == shown
    fields.show_problems(())
    assert fields.inflammatory.error() is None


def test_sebum_takes_one_decimal_and_needs_its_device(fields: SkinFields) -> None:
    fields.sebum.zones[Zone.CHIN].set_text("120.55")
    assert _problems(fields) == {"sebum_chin": Fault.TOO_MANY_DECIMALS}
    fields.sebum.zones[Zone.CHIN].set_text("120.5")
    fields.sebum.device.set_text("  ")
    assert _problems(fields) == {"device": Fault.MISSING}
    with pytest.raises(InvalidRecord) as caught:
        fields.read()
    assert fields.show_problems(caught.value.problems) is fields.sebum.device


def test_a_draft_comes_back_as_it_was_typed(fields: SkinFields, qtbot: QtBot) -> None:
    fields.iga.choice.choose(3)
    fields.inflammatory.set_text("abc")
    fields.sebum.zones[Zone.FOREHEAD].set_text("1,5,")
    fields.sebum.method.choose(1)
    fields._on_iga_set(Variant.IGA_LESION)
    again = SkinFields()
    qtbot.addWidget(again)
    again.load_raw(fields.raw())
    assert again.raw() == fields.raw()
    assert again.iga.grade() == 3
    assert again.inflammatory.text() == "abc"


@pytest.mark.parametrize("raw", [{}, {"iga": "7", "inflammatory_lesions": None, "sebum_method": 5}])
def test_an_odd_draft_is_shown_empty_rather_than_refused(fields: SkinFields, raw: dict[str, object]) -> None:
    fields.load_raw(raw)
    assert fields.iga.grade() is None


def test_recorded_scores_are_shown_and_read_back(fields: SkinFields) -> None:
    scores = (oiliness(0), iga(4), sebum("98", Zone.CHEEK_RIGHT, "Sebumeter SM 815"))
    fields.load_scores(scores)
    assert set(fields.read()) == set(scores)


def test_last_time_is_said_beside_each_field(fields: SkinFields) -> None:
    patient = make_patient()
    count = Score(Instrument.INFLAMMATORY_LESIONS, Decimal(14), Rater.CLINICIAN)
    visit = make_visit(patient, EARLIER, scores=(oiliness(2), count, sebum("258")))
    fields.set_last(LastTime(course_of([visit], []), TODAY))
    assert fields.oiliness_clinician._last.text() == "last time 2"
    assert fields.iga._last.text() == "last time –"
    assert fields.inflammatory._hint == "was 14"
    assert fields.satisfaction._hint == "was –"
    assert fields.sebum.device.text() == "Sebumeter"
    assert fields.sebum._below[Zone.FOREHEAD].text() == "was 258"
    assert fields.sebum._below[Zone.CHIN].text() == "was –"


def test_only_the_same_device_and_method_are_compared(fields: SkinFields) -> None:
    visit = make_visit(make_patient(), EARLIER, scores=(sebum("258"),))
    fields.set_last(LastTime(course_of([visit], []), TODAY))
    fields.sebum.method.choose(1)
    assert fields.sebum._below[Zone.FOREHEAD].text() == "was –"
    fields.sebum.method.choose(0)
    fields.sebum.device.edit.clear()
    QTest.keyClicks(fields.sebum.device.edit, "other meter")
    assert fields.sebum._below[Zone.FOREHEAD].text() == "was –"


def test_a_capital_letter_is_not_another_device(fields: SkinFields) -> None:
    visit = make_visit(make_patient(), EARLIER, scores=(sebum("258"),))
    fields.set_last(LastTime(course_of([visit], []), TODAY))
    fields.sebum.device.set_text(" SEBUMETER ")
    fields.sebum.zones[Zone.FOREHEAD].set_text("100")
    assert fields.read()[0].device == "Sebumeter"


def test_the_device_is_remembered_for_the_next_patient(fields: SkinFields, qtbot: QtBot) -> None:
    fields.sebum.device.set_text("Skin-O-Mat")
    fields.sebum.zones[Zone.FOREHEAD].set_text("100")
    fields.read()
    other = SkinFields()
    qtbot.addWidget(other)
    assert other.sebum.device.text() == "Skin-O-Mat"


def test_a_number_key_answers_and_moves_on(fields: SkinFields, qtbot: QtBot) -> None:
    fields.activateWindow()
    fields.focus_first()
    for key in (Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_3):
        focused = fields.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
    assert [row.grade() for row in fields.rows] == [1, 0, 3]
    assert fields.window().focusWidget() is fields.inflammatory.edit


def test_backspace_takes_an_answer_back(fields: SkinFields, qtbot: QtBot) -> None:
    fields.iga.choice.choose(2)
    QTest.keyClick(fields.iga.choice, Qt.Key.Key_Backspace)
    assert fields.iga.grade() is None
    assert fields.read() == ()


def test_the_meaning_of_an_iga_grade_is_said_in_words(fields: SkinFields) -> None:
    fields.iga.choice.choose(2)
    assert fields._iga_words.text() == "2: less than half of the face"
    fields._on_iga_set(Variant.IGA_LESION)
    assert fields._iga_words.text() != "2: less than half of the face"
    assert fields.read()[0].variant is Variant.IGA_LESION


def test_reading_only_changes_nothing(fields: SkinFields, qtbot: QtBot) -> None:
    fields.set_read_only(True)
    QTest.mouseClick(fields.iga.choice, Qt.MouseButton.LeftButton)
    QTest.keyClicks(fields.inflammatory.edit, "5")
    assert fields.is_empty()
