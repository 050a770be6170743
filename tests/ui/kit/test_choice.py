"""One-of-many controls: keys, mouse, the unset state and what a screen reader hears."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dermlog.ui.kit.choice import Choice
from dermlog.ui.kit.dot_choice import DotChoice
from dermlog.ui.kit.option import Option, option_for_key
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.tab_row import TabRow

GRADES = [Option(grade, str(grade), word) for grade, word in enumerate(["none", "slight", "moderate"])]
YES_NO = [Option(False, "No"), Option(True, "Yes")]
SEVERITY = [Option("a", "None"), Option("b", "Mild"), Option("c", "Moderate")]


@pytest.fixture(params=[SegmentedControl, DotChoice])
def grades(request: pytest.FixtureRequest, qtbot: QtBot) -> Choice:
    """A control of three grades that is unset."""
    control: Choice = request.param(GRADES, name="Oiliness")
    qtbot.addWidget(control)
    control.resize(control.sizeHint())
    control.show()
    return control


def test_nothing_is_chosen_at_first(grades: Choice) -> None:
    assert grades.is_unset()
    assert grades.value() is None
    assert grades.accessibleName() == "Oiliness: not answered"


def test_a_number_chooses_the_option_of_that_number(grades: Choice, qtbot: QtBot) -> None:
    with qtbot.waitSignals([grades.value_changed, grades.chosen_by_key]):
        QTest.keyClick(grades, Qt.Key.Key_2)
    assert grades.value() == 2
    assert grades.accessibleName() == "Oiliness: 2 moderate"


def test_zero_is_an_answer(grades: Choice, qtbot: QtBot) -> None:
    QTest.keyClick(grades, Qt.Key.Key_0)
    assert grades.value() == 0
    assert not grades.is_unset()


def test_a_number_that_is_not_offered_changes_nothing(grades: Choice, qtbot: QtBot) -> None:
    QTest.keyClick(grades, Qt.Key.Key_1)
    QTest.keyClick(grades, Qt.Key.Key_7)
    assert grades.value() == 1


def test_the_same_number_again_moves_on_without_a_change(grades: Choice, qtbot: QtBot) -> None:
    grades.set_value(1)
    with qtbot.assertNotEmitted(grades.value_changed), qtbot.waitSignal(grades.chosen_by_key):
        QTest.keyClick(grades, Qt.Key.Key_1)


def test_arrows_walk_and_stop_at_the_ends(grades: Choice, qtbot: QtBot) -> None:
    for key, value in (
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_End, 2),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(grades, key)
        assert grades.value() == value


def test_backspace_takes_the_answer_back(grades: Choice, qtbot: QtBot) -> None:
    grades.set_value(2)
    with qtbot.waitSignal(grades.value_changed) as heard:
        QTest.keyClick(grades, Qt.Key.Key_Backspace)
    assert heard.args == [None]
    assert grades.is_unset()


def test_a_click_chooses(grades: Choice, qtbot: QtBot) -> None:
    middle = grades.option_rect(1).center().toPoint()
    QTest.mouseClick(grades, Qt.MouseButton.LeftButton, pos=middle)
    assert grades.value() == 1
    QTest.mouseClick(grades, Qt.MouseButton.RightButton, pos=QPoint(2, 2))
    assert grades.value() == 1


def test_setting_by_program_is_silent(grades: Choice, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(grades.value_changed):
        grades.set_value(1)
        grades.set_value(None)
        grades.set_value(99)
    assert grades.is_unset()


def test_no_and_false_are_different_from_unset(qtbot: QtBot) -> None:
    control = SegmentedControl(YES_NO, name="Warning sign")
    qtbot.addWidget(control)
    QTest.keyClick(control, Qt.Key.Key_N)
    assert control.value() is False
    QTest.keyClick(control, Qt.Key.Key_Y)
    assert control.value() is True


def test_a_control_without_unset_keeps_its_answer(qtbot: QtBot) -> None:
    control = SegmentedControl(GRADES, name="View", allow_unset=False, value=1)
    qtbot.addWidget(control)
    QTest.keyClick(control, Qt.Key.Key_Backspace)
    assert control.value() == 1


def test_up_and_down_are_left_to_the_form(qtbot: QtBot) -> None:
    seen: list[int] = []

    class Form(QWidget):
        def keyPressEvent(self, event: object) -> None:
            seen.append(event.key())  # type: ignore[attr-defined]

    form = Form()
    qtbot.addWidget(form)
    control = SegmentedControl(GRADES, name="Oiliness")
    QVBoxLayout(form).addWidget(control)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        QTest.keyClick(control, key)
    assert len(seen) == 3
    assert control.is_unset()


def test_new_options_keep_the_value_where_it_still_exists(grades: Choice) -> None:
    grades.set_value(1)
    grades.set_options(GRADES[1:])
    assert grades.value() == 1
    grades.set_options(GRADES[2:])
    assert grades.is_unset()


def test_tabs_always_have_one_in_front(qtbot: QtBot) -> None:
    tabs = TabRow([Option("course", "Course"), Option("photos", "Photos")], name="Pages")
    qtbot.addWidget(tabs)
    tabs.resize(400, tabs.sizeHint().height())
    assert tabs.value() == "course"
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.option_rect(1).center().toPoint())
    assert tabs.value() == "photos"


@pytest.mark.parametrize(
    ("typed", "index"), [("0", None), ("1", 0), ("3", 2), ("4", None), ("n", 0), ("m", None), ("", None)]
)
def test_options_without_numbers_are_chosen_by_place_or_by_a_letter_of_their_own(
    typed: str, index: int | None
) -> None:
    assert option_for_key(tuple(SEVERITY), typed) == index
