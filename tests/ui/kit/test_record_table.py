"""The record table: keys and clicks open rows, painted buttons press, long lists stay quick to set."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from dermlog.ui.kit.record_rows import Cell, Column
from dermlog.ui.kit.record_table import RecordTable
from dermlog.ui.kit.theme import Tone

Row = tuple[str, str]


def _table(qtbot: QtBot, rows: list[Row], *, open_on_click: bool = False) -> RecordTable[Row]:
    table: RecordTable[Row] = RecordTable(
        [
            Column("Patient", lambda row: Cell(row[0], detail=row[1], strong=True), stretch=1),
            Column("Status", lambda _row: Cell("due", badge=Tone.GOOD), width=100),
            Column("", lambda _row: Cell("Record", button=True), width=90),
        ],
        name="Follow-ups due",
        empty="Nobody is due.",
        open_on_click=open_on_click,
    )
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.set_rows(rows)
    table.show()
    return table


def _click(qtbot: QtBot, table: RecordTable[Row], row: int, column: int, *, dx: int = 0) -> None:
    place = table.visualRect(table.model().index(row, column)).center() + QPoint(dx, 0)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


ROWS = [("Lindqvist, Maya", "Week 12"), ("Smith, Jo", "Week 4")]


def test_enter_opens_the_selected_row(qtbot: QtBot) -> None:
    table = _table(qtbot, ROWS)
    table.select_row(1)
    with qtbot.waitSignal(table.row_opened) as heard:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == [ROWS[1]]


def test_a_double_click_opens_and_one_click_selects(qtbot: QtBot) -> None:
    table = _table(qtbot, ROWS)
    with qtbot.assertNotEmitted(table.row_opened):
        _click(qtbot, table, 0, 0)
    assert table.current() == ROWS[0]
    place = table.visualRect(table.model().index(1, 0)).center()
    with qtbot.waitSignal(table.row_opened) as heard:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == [ROWS[1]]


def test_one_click_opens_where_that_is_wanted(qtbot: QtBot) -> None:
    table = _table(qtbot, ROWS, open_on_click=True)
    with qtbot.waitSignal(table.row_opened):
        _click(qtbot, table, 0, 0)


def test_a_painted_button_presses_and_does_not_open(qtbot: QtBot) -> None:
    table = _table(qtbot, ROWS, open_on_click=True)
    with qtbot.assertNotEmitted(table.row_opened), qtbot.waitSignal(table.button_pressed) as heard:
        _click(qtbot, table, 1, 2)
    assert heard.args == [ROWS[1], 2]


def test_refreshing_keeps_the_place(qtbot: QtBot) -> None:
    table = _table(qtbot, [(f"Patient {number}", "") for number in range(200)])
    table.select_row(150)
    place = table.verticalScrollBar().value()
    table.set_rows([(f"Patient {number}", "new") for number in range(200)])
    assert table.current() == ("Patient 150", "new")
    assert table.verticalScrollBar().value() == place
    table.set_rows(ROWS)
    assert table.current() == ROWS[1]
    table.set_rows([])
    assert table.current() is None


def test_the_focus_brings_a_row(qtbot: QtBot) -> None:
    table = _table(qtbot, ROWS)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(table.hasFocus)
    assert table.current() == ROWS[0]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current() == ROWS[1]


def test_letters_go_on_to_the_search_box(qtbot: QtBot) -> None:
    table = _table(qtbot, ROWS)
    table.select_row(0)
    QTest.keyClick(table, Qt.Key.Key_S)
    assert table.current() == ROWS[0]


def test_cells_are_said_with_their_second_line(qtbot: QtBot) -> None:
    table = _table(qtbot, ROWS)
    assert table.model().index(0, 0).data() == "Lindqvist, Maya, Week 12"
    assert table.accessibleName() == "Follow-ups due"


def test_the_width_is_shared(qtbot: QtBot) -> None:
    table = _table(qtbot, ROWS)
    assert sum(table.columnWidth(column) for column in range(3)) == table.viewport().width()
    table.resize(900, 300)
    assert sum(table.columnWidth(column) for column in range(3)) == table.viewport().width()


def test_a_short_list_takes_its_own_height(qtbot: QtBot) -> None:
    table = _table(qtbot, ROWS)
    table.fit_height()
    assert not table.verticalScrollBar().isVisible()
    assert table.height() == table.wanted_height()


def test_the_empty_sentence_and_odd_texts_paint(qtbot: QtBot) -> None:
    table = _table(qtbot, [])
    table.grab()
    table.set_rows([("<b>&amp;" * 50, "ليلى"), ("", ""), ("\t\n", "張偉" * 100)])
    picture = table.grab().toImage()
    assert picture.width() >= 500


def test_qt_finds_no_fault_in_the_model(qtbot: QtBot) -> None:
    table = _table(qtbot, ROWS)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(table.model(), mode)
    table.set_rows(ROWS * 3)
    assert tester.model() is table.model()


def test_no_button_lies_out_of_reach_when_the_room_is_short(qtbot: QtBot) -> None:
    table: RecordTable[Row] = RecordTable(
        [
            Column("Patient", lambda row: row[0], stretch=1),
            Column("Visit", lambda _row: "Week 12 after treatment 2", width=184),
            Column("Window", lambda _row: "17 – 30 Nov", width=124),
            Column("", lambda _row: Cell("Record", button=True), width=90, end=True),
        ],
        name="Due",
    )
    qtbot.addWidget(table)
    table.set_rows([("Okonkwo, Ada", "")])
    for width in (900, 320):
        table.resize(width, 200)
        with qtbot.waitExposed(table):
            table.show()
        widths = [table.columnWidth(column) for column in range(4)]
        assert sum(widths) <= table.viewport().width()
        assert widths[3] == 90
        assert widths[0] >= 90


def test_a_letter_under_many_accents_stays_in_its_row(qtbot: QtBot) -> None:
    plain = _table(qtbot, [("a", ""), ("b", ""), ("c", "")])
    tall = _table(qtbot, [("a", ""), ("b", ""), ("c" + "\u0301" * 60, "")])
    row = plain.visualRect(plain.model().index(1, 0))
    # The whole of it first: asked for one row, the table would paint no other.
    shown, expected = tall.viewport().grab().toImage(), plain.viewport().grab().toImage()
    assert shown.copy(row) == expected.copy(row)


def test_the_keyboard_sees_where_it_is_in_an_empty_table(qtbot: QtBot) -> None:
    table = _table(qtbot, [])
    table.clearFocus()
    without = table.viewport().grab().toImage()
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    assert table.viewport().grab().toImage() != without
