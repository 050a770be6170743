"""Cards, headings, badges, chips, notices and layouts: plain text, wrapping, names for screen readers."""

from datetime import datetime

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dermlog.ui.kit import theme
from dermlog.ui.kit.badge import Badge
from dermlog.ui.kit.button import Button, Kind
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.check_list import CheckList
from dermlog.ui.kit.choice_chips import ChoiceChips
from dermlog.ui.kit.elided_label import ElidedLabel
from dermlog.ui.kit.empty_state import EmptyState
from dermlog.ui.kit.flow_layout import FlowLayout
from dermlog.ui.kit.heading import PageHeading
from dermlog.ui.kit.key_hint import KeyHint
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.meter import Meter
from dermlog.ui.kit.notice import Notice, SavedStatus
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.theme import Tone
from dermlog.ui.kit.tile import Tile

MARKUP = "<img src='x'><b>Lindqvist</b> &amp;"
PLACES = [Option(name, name) for name in ("Brow", "Eyelid", "Smile")]


def test_no_label_reads_markup(qtbot: QtBot) -> None:
    card = Card(MARKUP, note=MARKUP)
    card.add(Label(MARKUP))
    card.add(ElidedLabel(MARKUP))
    card.add(Tile(MARKUP, MARKUP, MARKUP))
    card.add(PageHeading(MARKUP, MARKUP))
    card.add(EmptyState(MARKUP, MARKUP))
    notice = Notice()
    notice.tell(MARKUP)
    card.add(notice)
    qtbot.addWidget(card)
    labels = card.findChildren(QLabel)
    assert len(labels) > 10
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_a_cut_line_is_whole_in_the_tool_tip_and_still_no_markup(qtbot: QtBot) -> None:
    label = ElidedLabel("<b>" + "Lindqvist " * 20)
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert label.toolTip().startswith("<span>&lt;b&gt;Lindqvist")
    label.resize(5000, 20)
    assert label.toolTip() == ""


def test_a_button_shows_an_ampersand_as_typed(qtbot: QtBot) -> None:
    button = Button("Save & close", Kind.PRIMARY, key="Ctrl S")
    qtbot.addWidget(button)
    assert button.label() == "Save & close"
    assert button.accessibleName() == "Save & close"
    assert button.shortcut().isEmpty()


def test_buttons_make_room_for_all_they_show(qtbot: QtBot) -> None:
    plain, keyed = Button("Undo"), Button("Undo", key="Ctrl Z")
    arrow = Button("Undo", menu_arrow=True)
    for button in (plain, keyed, arrow):
        qtbot.addWidget(button)
    assert keyed.sizeHint().width() > plain.sizeHint().width() + 20
    assert arrow.sizeHint().width() > plain.sizeHint().width()


def test_one_chip_at_a_time(qtbot: QtBot) -> None:
    chips = ChoiceChips(PLACES, name="Where")
    qtbot.addWidget(chips)
    chips.show()
    for chip in chips.chips()[:2]:
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chips.values() == ("Eyelid",)
    with qtbot.waitSignal(chips.value_changed) as heard:
        QTest.mouseClick(chips.chips()[1], Qt.MouseButton.LeftButton)
    assert heard.args == [None]


def test_several_chips_together(qtbot: QtBot) -> None:
    chips = ChoiceChips(PLACES, name="Where", several=True)
    qtbot.addWidget(chips)
    chips.show()
    QTest.keyClick(chips.chips()[2], Qt.Key.Key_Space)
    with qtbot.waitSignal(chips.value_changed) as heard:
        QTest.keyClick(chips.chips()[0], Qt.Key.Key_Space)
    assert heard.args == [("Brow", "Smile")]
    assert chips.chips()[0].accessibleName() == "Where: Brow"


def test_arrows_walk_along_chips(qtbot: QtBot) -> None:
    chips = ChoiceChips(PLACES, name="Where")
    qtbot.addWidget(chips)
    chips.show()
    chips.chips()[0].setFocus()
    qtbot.waitUntil(chips.chips()[0].hasFocus)
    QTest.keyClick(chips.chips()[0], Qt.Key.Key_Right)
    assert chips.chips()[1].hasFocus()


def test_ticked_answers(qtbot: QtBot) -> None:
    checks = CheckList([Option(1, "Myasthenia gravis", "stops"), Option(2, "Pregnant")], name="Conditions")
    qtbot.addWidget(checks)
    checks.set_values([2])
    with qtbot.waitSignal(checks.value_changed) as heard:
        checks.boxes()[0].click()
    assert heard.args == [(1, 2)]
    assert checks.boxes()[0].accessibleDescription() == "stops"


def test_chips_wrap_into_lines(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=8)
    for number in range(6):
        flow.addWidget(KeyHint(f"Ctrl Shift {number}"))
    one = flow.heightForWidth(2000)
    assert flow.heightForWidth(200) >= 2 * one
    flow.setGeometry(QRect(0, 0, 200, 400))
    places = [flow.itemAt(index).geometry() for index in range(flow.count())]  # type: ignore[union-attr]
    assert all(place.right() <= 200 for place in places)
    assert not any(one.intersects(other) for index, one in enumerate(places) for other in places[index + 1 :])
    flow.clear()
    assert flow.count() == 0


def test_a_notice_shows_sentence_and_buttons_and_goes(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    notice = Notice()
    QVBoxLayout(holder).addWidget(notice)
    holder.show()
    pressed: list[str] = []
    assert not notice.isVisible()
    notice.tell("Not saved: the disk is full.", "danger")
    QTest.mouseClick(
        notice.add_button("Try again", lambda: pressed.append("again")), Qt.MouseButton.LeftButton
    )
    assert pressed == ["again"]
    assert notice.accessibleName() == "Not saved: the disk is full."
    notice.hush()
    assert not notice.isVisible()


def test_saved_status_says_when(qtbot: QtBot) -> None:
    status = SavedStatus()
    qtbot.addWidget(status)
    status.saved(datetime(2026, 7, 24, 14, 32))  # noqa: DTZ001 - only the clock is shown
    assert status.text() == "Draft saved 14:32"
    status.say("Removed", Tone.CAUTION, seconds=0.01)
    qtbot.waitUntil(lambda: not status.isVisible())


def test_a_meter_says_its_words(qtbot: QtBot) -> None:
    meter = Meter()
    qtbot.addWidget(meter)
    meter.show_part("Vial: 120 of 100 U used", 1.2, Tone.DANGER)
    assert meter.accessibleName() == "Vial: 120 of 100 U used"
    meter.grab()


def test_what_gets_the_focus_is_scrolled_into_view(qtbot: QtBot) -> None:
    area = ScrollArea()
    qtbot.addWidget(area)
    edits = [QLineEdit() for _number in range(40)]
    for edit in edits:
        area.add(edit)
    area.resize(200, 200)
    area.show()
    qtbot.waitExposed(area)
    edits[-1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    assert not edits[-1].visibleRegion().isEmpty()


@pytest.mark.parametrize("mode", [theme.Mode.LIGHT, theme.Mode.DARK])
def test_everything_paints_in_both_looks(qtbot: QtBot, qapp: QApplication, mode: theme.Mode) -> None:
    theme.apply(qapp, mode)
    card = Card("Title", note="note", trailing=Button("Do", Kind.DANGER), panel="danger")
    for tone in Tone:
        card.add(Badge("words", tone))
    for kind in Kind:
        button = Button("words", kind, key="K")
        button.setFocus(Qt.FocusReason.TabFocusReason)
        card.add(button)
    qtbot.addWidget(card)
    theme.dress(card)
    card.show()
    picture = card.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 6).name().upper() == theme.theme().danger_wash


def test_a_heading_replaces_its_badges(qtbot: QtBot) -> None:
    heading = PageHeading("Lindqvist, Maya")
    qtbot.addWidget(heading)
    heading.show()
    heading.set_badges([Badge("one"), Badge("two")])
    heading.set_badges([Badge("three")])
    qtbot.waitUntil(
        lambda: [badge.text() for badge in heading.findChildren(Badge) if badge.isVisible()] == ["three"]
    )
    heading.set_title("Smith, Jo", "31 y")
    assert heading.title() == "Smith, Jo"


def test_a_name_is_whole_beside_many_buttons_while_there_is_room(qtbot: QtBot) -> None:
    heading = PageHeading()
    qtbot.addWidget(heading)
    for _turn in range(5):
        heading.add_action(Button("New follow-up"))
    name, note = "Lindqvist, Maya", "29 y · female · chart no. DL-0142 · last seen 8 Nov 2026"
    heading.set_title(name, note)
    heading.resize(1030, 60)
    heading.show()
    title, beside = heading.findChildren(ElidedLabel)
    qtbot.waitUntil(lambda: title.width() == title.sizeHint().width())
    qtbot.waitUntil(lambda: 60 < beside.width() < beside.sizeHint().width())
    heading.set_title(name * 20, note)
    qtbot.waitUntil(lambda: title.width() > 150)
    assert beside.width() > 100
