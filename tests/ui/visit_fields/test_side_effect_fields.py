"""SideEffectFields: not asked is not none, places and sides, and what was told last time."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dermlog.domain.course import course_of
from dermlog.domain.side_effect import (
    BodySide,
    Severity,
    SideEffect,
    SideEffectTerm,
    WarningSign,
    WeaknessPlace,
)
from dermlog.domain.validity import Fault, InvalidRecord
from dermlog.ui.visit_fields.last_time import LastTime
from dermlog.ui.visit_fields.side_effect_fields import SideEffectFields
from dermlog.ui.visit_fields.side_effect_row import SideEffectRow
from tests.makers import make_patient, make_visit

EARLIER = date(2026, 4, 3)
TODAY = date(2026, 4, 17)
BROW = SideEffect(SideEffectTerm.MUSCLE_WEAKNESS, Severity.MILD, WeaknessPlace.BROW, BodySide.LEFT)
SMILE = SideEffect(SideEffectTerm.MUSCLE_WEAKNESS, Severity.MILD, WeaknessPlace.SMILE, BodySide.RIGHT)


@pytest.fixture
def fields(qtbot: QtBot) -> SideEffectFields:
    fields = SideEffectFields()
    qtbot.addWidget(fields)
    fields.resize(560, 900)
    fields.show()
    return fields


def _row(fields: SideEffectFields, term: SideEffectTerm, index: int = 0) -> SideEffectRow:
    return [row for row in fields.rows if row.term is term][index]


def _after(fields: SideEffectFields, *effects: SideEffect) -> None:
    """As if these were told at an earlier visit."""
    visit = make_visit(make_patient(), EARLIER, side_effects=effects)
    fields.set_last(LastTime(course_of([visit], []), TODAY))


def _problems(fields: SideEffectFields) -> dict[str, Fault]:
    with pytest.raises(InvalidRecord) as caught:
        fields.read(TODAY)
    return {problem.field: problem.fault for problem in caught.value.problems}


def test_nothing_is_asked_at_first(fields: SideEffectFields) -> None:
    assert fields.read(TODAY) == ()
    assert fields.warning_signs() is None
    assert all("not asked yet" in row._state.text() for row in fields.rows)


def test_the_rest_is_none_but_never_the_warning_question(fields: SideEffectFields) -> None:
    _row(fields, SideEffectTerm.BRUISING).dots.choose(2)
    fields.mark_rest_none()
    effects = {effect.term: effect.severity for effect in fields.read(TODAY)}
    assert effects.pop(SideEffectTerm.BRUISING) is Severity.MODERATE
    assert set(effects.values()) == {Severity.NONE}
    assert len(effects) == len(SideEffectTerm) - 1
    assert fields.warning_signs() is None


def test_ctrl_0_marks_the_rest(fields: SideEffectFields, qtbot: QtBot) -> None:
    fields.activateWindow()
    qtbot.waitUntil(fields.isActiveWindow)
    QTest.keyClick(fields, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert len(fields.read(TODAY)) == len(SideEffectTerm)
    assert fields.focusWidget() is fields.warning.answer


def test_the_warning_question_answers_to_letters_not_to_digits(
    fields: SideEffectFields, qtbot: QtBot
) -> None:
    QTest.keyClick(fields.warning.answer, Qt.Key.Key_1)
    assert fields.warning_signs() is None
    QTest.keyClick(fields.warning.answer, Qt.Key.Key_N)
    assert fields.warning_signs() == ()
    QTest.keyClick(fields.warning.answer, Qt.Key.Key_Backspace)
    assert fields.warning_signs() is None


def test_a_yes_asks_which_and_alerts_even_without_an_answer(fields: SideEffectFields) -> None:
    fields.warning.answer.choose(1)
    assert fields.warning_signs() == (WarningSign.UNSPECIFIED,)
    fields.warning.signs_chips.chips()[3].click()
    assert fields.warning_signs() == (WarningSign.DOUBLE_VISION,)


def test_weakness_asks_where_and_which_side(fields: SideEffectFields) -> None:
    row = _row(fields, SideEffectTerm.MUSCLE_WEAKNESS)
    assert row.details.isHidden()
    row.dots.choose(1)
    assert not row.details.isHidden()
    assert _problems(fields) == {
        "muscle_weakness.0.place": Fault.MISSING,
        "muscle_weakness.0.side": Fault.MISSING,
    }
    with pytest.raises(InvalidRecord) as caught:
        fields.read(TODAY)
    assert fields.show_problems(caught.value.problems) is not None
    assert row.details._error.isVisible()
    assert row.details.place is not None and row.details.side is not None
    row.details.place.chips()[0].click()
    row.details.side.chips()[1].click()
    assert row.details._error.isHidden()
    row.details.began.set_text("30 Mar")
    (effect,) = fields.read(TODAY)
    assert effect.place is WeaknessPlace.BROW
    assert effect.side is BodySide.LEFT
    assert effect.began == date(2026, 3, 30)


def test_two_places_are_two_reactions(fields: SideEffectFields) -> None:
    fields.load_effects((BROW, SMILE), ())
    assert fields.read(TODAY) == (BROW, SMILE)
    row = _row(fields, SideEffectTerm.MUSCLE_WEAKNESS, 1)
    row.details.show_values(place=WeaknessPlace.BROW, side=BodySide.LEFT)
    assert _problems(fields) == {"muscle_weakness.1.place": Fault.DUPLICATE}


def test_another_place_can_be_added_and_removed(fields: SideEffectFields) -> None:
    row = _row(fields, SideEffectTerm.MUSCLE_WEAKNESS)
    row.dots.choose(1)
    row.another_wanted.emit()
    assert len(fields.rows) == len(SideEffectTerm) + 1
    _row(fields, SideEffectTerm.MUSCLE_WEAKNESS, 1).removal_wanted.emit()
    assert len(fields.rows) == len(SideEffectTerm)


@pytest.mark.parametrize(
    ("began", "ended", "problems"),
    [
        ("nonsense", "", {"bruising.0.began": Fault.NOT_A_DATE}),
        ("18 Apr 2026", "", {"bruising.0.began": Fault.IN_FUTURE}),
        ("10 Apr 2026", "9 Apr 2026", {"bruising.0.ended": Fault.BEFORE_START}),
        ("1 Jan 1850", "", {"bruising.0.began": Fault.TOO_EARLY}),
    ],
)
def test_wrong_days_are_named(
    fields: SideEffectFields, began: str, ended: str, problems: dict[str, Fault]
) -> None:
    row = _row(fields, SideEffectTerm.BRUISING)
    row.dots.choose(1)
    row.details.began.set_text(began)
    row.details.ended.set_text(ended)
    assert _problems(fields) == problems
    assert row.details.began.text() == began


def test_short_days_are_counted_from_the_visit(fields: SideEffectFields) -> None:
    visit_day = date(2025, 2, 1)
    fields.set_visit_day(visit_day)
    row = _row(fields, SideEffectTerm.BRUISING)
    row.dots.choose(1)
    row.details.began.set_text("-3")
    assert fields.read(visit_day)[0].began == date(2025, 1, 29)
    row.details.began.set_text("30 Dec")
    assert fields.read(visit_day)[0].began == date(2024, 12, 30)


def test_another_reaction_needs_its_name_in_clean_text(fields: SideEffectFields) -> None:
    row = _row(fields, SideEffectTerm.OTHER)
    row.dots.choose(1)
    assert _problems(fields) == {"other.0.label": Fault.MISSING}
    assert row.details.label is not None
    row.details.label.set_text("itching\x07")
    assert _problems(fields) == {"other.0.label": Fault.CONTROL_CHARACTER}
    row.details.label.set_text("<b>Juckreiz</b> حكة")
    assert fields.read(TODAY)[0].label == "<b>Juckreiz</b> حكة"


def test_last_time_is_said_and_resolved_by_none(fields: SideEffectFields) -> None:
    _after(fields, SideEffect(SideEffectTerm.BRUISING, Severity.MILD))
    row = _row(fields, SideEffectTerm.BRUISING)
    assert row._state.text() == "mild last time · not asked yet"
    row.dots.choose(0)
    assert row._state.text() == "mild last time — resolved"
    row.dots.choose(1)
    assert row._state.text() == "mild last time"


def test_each_open_weakness_gets_a_line_and_ends_alone(fields: SideEffectFields) -> None:
    _after(fields, BROW, SMILE)
    _row(fields, SideEffectTerm.MUSCLE_WEAKNESS, 0).dots.choose(0)
    _row(fields, SideEffectTerm.MUSCLE_WEAKNESS, 1).dots.choose(1)
    gone = SideEffect(SideEffectTerm.MUSCLE_WEAKNESS, Severity.NONE, WeaknessPlace.BROW, BodySide.LEFT)
    read = fields.read(TODAY)
    assert read[0] == gone
    assert (read[1].place, read[1].side, read[1].severity) == (
        WeaknessPlace.SMILE,
        BodySide.RIGHT,
        Severity.MILD,
    )


def test_none_everywhere_is_one_plain_none(fields: SideEffectFields) -> None:
    _after(fields, BROW, SMILE)
    fields.mark_rest_none()
    weakness = [effect for effect in fields.read(TODAY) if effect.term is SideEffectTerm.MUSCLE_WEAKNESS]
    assert weakness == [SideEffect(SideEffectTerm.MUSCLE_WEAKNESS, Severity.NONE)]


def test_an_unanswered_weakness_is_not_ended_by_the_answer_for_another(fields: SideEffectFields) -> None:
    _after(fields, BROW, SMILE)
    _row(fields, SideEffectTerm.MUSCLE_WEAKNESS, 0).dots.choose(0)
    (told,) = fields.read(TODAY)
    assert told.place is WeaknessPlace.BROW


def test_a_draft_comes_back_as_it_was_typed(fields: SideEffectFields, qtbot: QtBot) -> None:
    fields.warning.answer.choose(1)
    fields.warning.signs_chips.chips()[0].click()
    row = _row(fields, SideEffectTerm.MUSCLE_WEAKNESS)
    row.dots.choose(3)
    row.details.began.set_text("32 Foo")
    row.another_wanted.emit()
    other = _row(fields, SideEffectTerm.OTHER)
    other.dots.choose(1)
    other.details.action.set_text("ice\tand rest")
    again = SideEffectFields()
    qtbot.addWidget(again)
    again.load_raw(fields.raw())
    assert again.raw() == fields.raw()
    again.load_raw({})
    assert again.is_empty()
    assert len(again.rows) == len(SideEffectTerm)


@pytest.mark.parametrize(
    "raw",
    [
        {"effects": "many"},
        {"effects": [None, {"term": "unheard of"}, {"term": "bruising", "severity": "9"}]},
        {"warning": 4, "warning_signs": "all"},
    ],
)
def test_an_odd_draft_is_shown_empty_rather_than_refused(
    fields: SideEffectFields, raw: dict[str, object]
) -> None:
    fields.load_raw(raw)
    assert fields.is_empty()


def test_number_keys_answer_and_move_on(fields: SideEffectFields, qtbot: QtBot) -> None:
    fields.activateWindow()
    fields.focus_first()
    QTest.keyClick(fields.warning.answer, Qt.Key.Key_N)
    for key in (Qt.Key.Key_0, Qt.Key.Key_0, Qt.Key.Key_2):
        focused = fields.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
    assert [row.severity() for row in fields.rows[:4]] == [
        Severity.NONE,
        Severity.NONE,
        Severity.MODERATE,
        None,
    ]


def test_up_and_down_go_from_line_to_line(fields: SideEffectFields, qtbot: QtBot) -> None:
    fields.activateWindow()
    fields.rows[0].dots.setFocus()
    QTest.keyClick(fields.rows[0].dots, Qt.Key.Key_Down)
    assert fields.focusWidget() is fields.rows[1].dots
    QTest.keyClick(fields.rows[1].dots, Qt.Key.Key_Up)
    QTest.keyClick(fields.rows[0].dots, Qt.Key.Key_Up)
    assert fields.focusWidget() is fields.warning.answer
