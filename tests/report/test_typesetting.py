"""Tests of typesetting: text of any script comes out right, and can be copied as it was typed."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QPainterPath, QRawFont
from PySide6.QtWidgets import QApplication

from dermlog.report import typesetting_faces, typesetting_lines, typesetting_outlines
from dermlog.report.typesetting import Span, TextBlock, Typesetter, unprintable
from tests.report.pages import HEIGHT, extracted, fonts, operators, page, picture, written

LEFT_TO_RIGHT = {
    "Latin": "Zoë Müller-O'Brien & Søn <b>",
    "ligatures": "Office, fluffy, AVATAR",
    "Vietnamese": "Nguyễn Thị Ánh Nguyệt",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Наталья Ильинична Щукина",
    "Thai": "สมชาย ใจดี น้ำผึ้ง",
    "Devanagari": "प्रिया शर्मा किक्षि (12)",
    "Bengali": "মৌসুমী চট্টোপাধ্যায়",
    "Tamil": "தமிழ்ச்செல்வி கௌரி",
    "Han": "李娜 Anna 王小明",
    "Japanese": "佐藤 さくら (サクラ)",
    "Korean": "김민지 박서준",
    "Khmer": "សុខា ភាសាខ្មែរ",
    "Myanmar": "မောင်မောင် မြန်မာ 12",
    "Georgian": "თამარ მაისურაძე",
    "Armenian": "Աննա Հակոբյան",
    "Ethiopic": "አበበ በቀለ",
    "emoji and signs": "😀 ok → 4 ≤ 5 µg/cm²",
}
RIGHT_TO_LEFT = {
    "Arabic": "مريم العلي",
    "Arabic with Latin and digits": "مريم العلي 123 Botox (40 U)",
    "Persian": "فاطمه می‌خواهد نام‌ها",
    "pointed Hebrew": "שָׁלוֹם דָּנָה כֹּהֵן (abc)",
}
NAMES = LEFT_TO_RIGHT | RIGHT_TO_LEFT
THAI_WORDS = (
    *("ภาษา", "ไทย", "เป็น", "ภาษา", "ที่", "ไม่", "มี", "การ", "เว้น", "วรรค", "ระหว่าง", "คำ"),
    *("ดังนั้น", "การ", "ตัด", "บรรทัด", "ต้อง", "ใช้", "พจนานุกรม", "ช่วย"),
)


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Made before any text is laid out: the tests of windows need this kind."""
    return qapp


@pytest.fixture
def fresh_faces(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fonts are opened anew, and nothing that this test does to them is remembered."""
    monkeypatch.setattr(typesetting_faces, "_faces", {})
    typesetting_lines._remembered_lines_of.cache_clear()
    yield
    typesetting_lines._remembered_lines_of.cache_clear()


def _block(text: str | list[Span], **settings: Any) -> TextBlock:
    blocks: list[TextBlock] = []
    settings.setdefault("size", 10)
    page(lambda typesetter: blocks.append(typesetter.lay_out(text, **settings)))
    return blocks[0]


def _drawn(text: str | list[Span], **settings: Any) -> bytes:
    settings.setdefault("size", 10)

    def draw(typesetter: Typesetter) -> None:
        typesetter.lay_out(text, **settings).draw(20, HEIGHT - 20)

    return page(draw)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
def test_a_name_of_any_script_is_written_as_typed(name: str, bold: bool, qtlog: Any) -> None:
    pdf = _drawn(name, size=14, bold=bold)

    assert written(pdf) == name
    assert unprintable(name) == ()
    assert all(font.embedded for font in fonts(pdf))
    assert [record.message for record in qtlog.records] == []


@pytest.mark.parametrize("name", LEFT_TO_RIGHT.values(), ids=LEFT_TO_RIGHT.keys())
def test_a_viewer_copies_names_from_left_to_right_as_typed(name: str) -> None:
    assert extracted(_drawn(name, size=14)).strip() == name


def test_no_font_is_named_that_is_not_in_the_file() -> None:
    pdf = _drawn("plain")

    assert [font.embedded for font in fonts(pdf)] == [True]
    assert b"Helvetica" not in pdf


def test_the_same_text_gives_the_same_bytes() -> None:
    text = "\n".join(NAMES.values())

    first = _drawn(text)
    typesetting_lines._remembered_lines_of.cache_clear()

    assert _drawn(text) == first


def test_any_thread_gives_the_same_bytes() -> None:
    results: list[bytes] = []
    text = "मेरा नाम مريم 漢字 → fi"
    threads = [threading.Thread(target=lambda: results.append(_drawn(text))) for _ in range(2)]
    for thread in threads:
        thread.start()
        thread.join()

    assert results == [_drawn(text)] * 2


def test_arabic_stands_right_of_the_latin_that_follows_it() -> None:
    block = _block("مريم 123 Botox")
    (placed,) = block.lines
    by_place = sorted(placed.line.runs, key=lambda run: run.x)
    parts = ["".join(part for _, part in run.glyphs).strip() for run in by_place]

    assert [part for part in parts if part] == ["Botox", "123", "مريم"[::-1]]
    assert placed.line.right_to_left


def test_thai_breaks_between_words_and_loses_nothing() -> None:
    text = "".join(THAI_WORDS)
    ends = {sum(map(len, THAI_WORDS[:count])) for count in range(len(THAI_WORDS) + 1)}

    lines = [placed.line for placed in _block(text, width=100).lines]

    assert len(lines) > 2
    assert "".join(line.text for line in lines) == text
    assert {line.stop for line in lines} <= ends


def test_japanese_never_starts_a_line_with_a_stop() -> None:
    text = (
        "日本語の長い文章は、単語の間に空白がないので、どこでも改行できますが、句読点は行頭に来ません。" * 3
    )

    for width in range(60, 140, 10):
        lines = _block(text, width=width).lines
        assert "".join(placed.line.text for placed in lines) == text
        assert not [placed for placed in lines if placed.line.text[0] in "、。"]


def test_a_space_at_the_end_of_a_line_is_kept_for_copying() -> None:
    text = "Since your first treatment your skin has become less oily and you have fewer breakouts"
    pdf = _drawn(text, width=90)

    assert written(pdf) == text
    assert extracted(pdf).split() == text.split()


@pytest.mark.parametrize("letter", ["a", "م", "漢", "😀", "\u0301", "\U0010fffd"])
def test_a_word_without_end_is_broken_to_fit(letter: str) -> None:
    text = letter * 20_000
    block = _block(text, width=200)

    assert "".join(placed.line.text for placed in block.lines) == text
    assert block.text_width <= 200.1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"], ids=repr)
def test_newlines_of_all_kinds_are_kept(newline: str) -> None:
    block = _block(f"one{newline}{newline}three")

    assert [placed.line.text for placed in block.lines] == ["one", "", "three"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert [placed.line.text for placed in _block("").lines] == [""]
    assert _block("").height == pytest.approx(_block("x").height)
    assert operators(_drawn("")) == []


def test_what_is_no_character_is_shown_instead_of_dropped() -> None:
    assert _block("a\x07b\x00\x7f").lines[0].line.text == "a␇b␀␡"
    assert _block("a\ud800b\uffff\x90").lines[0].line.text == "a\ufffdb\ufffd\ufffd"
    assert extracted(_drawn("a\x07b")).strip() == "a␇b"


def test_a_tab_leaves_a_gap() -> None:
    assert written(_drawn("a\tb")) == "a\tb"
    assert _block("a\tb").text_width > _block("a b").text_width


def test_signs_that_look_alike_are_copied_as_typed() -> None:
    text = "5\u00a0µg 5\u00a0μg e\u0301 é - \u2010"

    assert written(_drawn(text)) == text


def test_characters_without_a_font_are_named_once_and_in_order() -> None:
    assert unprintable("ok, Zoë مريم\n\t → \u200d\ufe0f") == ()
    assert unprintable("b\U0010fffd a\x07\U0010fffd") == ("\U0010fffd", "\x07")


def test_bold_is_wider_and_is_a_font_of_its_own() -> None:
    typesetters: list[Typesetter] = []
    page(typesetters.append)
    pdf = _drawn([Span("now "), Span("less oily", bold=True), Span(" than before", color="#BE3A5A")])

    assert typesetters[0].width("oily", 10, bold=True) > typesetters[0].width("oily", 10)
    assert written(pdf) == "now less oily than before"
    assert len(fonts(pdf)) == 2
    assert ["0.745", "0.227", "0.353"] in [
        [str(value) for value in operands] for operands, operator in operators(pdf) if operator == "rg"
    ]


def test_a_missing_bold_is_drawn_with_a_line_around() -> None:
    thin, bold = _drawn("漢", size=40), _drawn("漢", size=40, bold=True)
    modes = [int(operands[0]) for operands, operator in operators(bold) if operator == "Tr"]

    assert modes == [2, 0]
    assert sum(picture(bold).convert("L").tobytes()) < sum(picture(thin).convert("L").tobytes())


def test_kerned_letters_stand_closer() -> None:
    width = _block("AV").text_width

    assert width < _block("A").text_width + _block("V").text_width
    assert any(operator == "TJ" for _, operator in operators(_drawn("AV")))
    assert any(operator == "Tj" for _, operator in operators(_drawn("hum")))


def test_a_text_fits_into_its_own_width() -> None:
    for text in NAMES.values():
        width = _block(text).text_width
        assert len(_block(text, width=width).lines) == 1


def test_size_scales_the_layout() -> None:
    small, large = _block("Zoë مريم", size=5), _block("Zoë مريم", size=50)

    assert large.text_width == pytest.approx(10 * small.text_width)
    assert large.height == pytest.approx(10 * small.height)


def test_leading_holds_for_the_main_font_and_gives_way_to_tall_letters() -> None:
    assert _block("one\ntwo", leading=12).height == pytest.approx(24)
    assert _block("ສົມ ຫຼົ້", size=10, leading=10).height > 10


def _left_end(pdf: bytes) -> float:
    return next(float(operands[0]) for operands, operator in operators(pdf) if operator == "Td")


def test_alignment_puts_the_ends_where_they_belong() -> None:
    width = _block("word").text_width
    arabic = _block("مريم").text_width

    assert _left_end(_drawn("word", width=100)) == pytest.approx(20, abs=0.01)
    assert _left_end(_drawn("word", width=100, align="right")) == pytest.approx(120 - width, abs=0.01)
    assert _left_end(_drawn("word", width=100, align="center")) == pytest.approx(70 - width / 2, abs=0.01)
    assert _left_end(_drawn("مريم", width=100)) == pytest.approx(120 - arabic, abs=0.01)
    assert _left_end(_drawn("مريم", width=100, align="left")) == pytest.approx(20, abs=0.01)


def test_an_isolated_name_does_not_turn_the_sentence_round() -> None:
    sentence = " · born 4 Feb 1997"

    assert not _block([Span("مريم", isolated=True), Span(sentence)]).lines[0].line.right_to_left
    assert _block([Span("مريم"), Span(sentence)]).lines[0].line.right_to_left
    assert written(_drawn([Span("مريم", isolated=True), Span(sentence)])) == "مريم" + sentence


def test_a_block_is_split_between_lines() -> None:
    block = _block("one\ntwo\nthree", leading=12)

    first, rest = block.split(25)
    assert [placed.line.text for placed in first.lines] == ["one", "two"]
    assert rest is not None
    assert [placed.line.text for placed in rest.lines] == ["three"]
    assert block.split(36) == (block, None)
    none, whole = block.split(5)
    assert (none.lines, none.height, whole) == ((), 0, block)


def test_what_goes_beyond_the_last_line_becomes_an_ellipsis() -> None:
    text = "this is a long title that has to be cut somewhere"

    (placed,) = _block(text, width=100, max_lines=1).lines
    assert re.fullmatch(r"this is a .*…", placed.line.text)
    assert placed.line.width * 10 / 1000 <= 100.1
    assert [placed.line.text for placed in _block("one\ntwo\nthree", max_lines=2).lines] == ["one", "two…"]
    assert _block("short", width=100, max_lines=1).lines[0].line.text == "short"


def test_text_leaves_no_trace_in_the_state_of_the_page() -> None:
    steps = [operator for _, operator in operators(_drawn("one\nمريم 漢", bold=True))]

    assert steps[:2] == ["q", "BT"]
    assert steps[-2:] == ["ET", "Q"]
    assert steps.count("BDC") == steps.count("EMC")


def test_text_in_a_form_is_drawn_on_each_page_that_asks_for_it() -> None:
    def draw(typesetter: Typesetter) -> None:
        typesetter.canvas.doForm("pages")
        typesetter.canvas.showPage()
        typesetter.canvas.beginForm("pages")
        typesetter.lay_out("of 2", size=20).draw(20, 100)
        typesetter.canvas.endForm()

    assert min(picture(page(draw)).convert("L").tobytes()) < 80


@pytest.mark.usefixtures("fresh_faces")
def test_a_font_that_cannot_be_embedded_becomes_drawings_with_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    embedded = _drawn("Office 漢字 مريم", size=20)
    monkeypatch.setattr(typesetting_faces, "_truetype", lambda *_: None)
    monkeypatch.setattr(typesetting_faces, "_faces", {})
    typesetting_lines._remembered_lines_of.cache_clear()

    drawn = _drawn("Office 漢字 مريم", size=20)

    assert {font.kind for font in fonts(drawn)} == {"/Type3"}
    assert written(drawn) == "Office 漢字 مريم"
    assert "Office 漢字" in extracted(drawn)
    difference = [
        abs(a - b)
        for a, b in zip(
            picture(embedded, 2).convert("L").tobytes(), picture(drawn, 2).convert("L").tobytes(), strict=True
        )
    ]
    assert sum(difference) / len(difference) < 0.5


@pytest.mark.usefixtures("fresh_faces")
def test_drawings_need_several_fonts_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting_faces, "_truetype", lambda *_: None)
    text = "".join(chr(0x4E00 + number) for number in range(600))

    pdf = _drawn(text, size=6, width=360)

    assert written(pdf) == text
    assert len(fonts(pdf)) == 3


@pytest.mark.usefixtures("fresh_faces")
def test_a_coloured_glyph_without_an_outline_becomes_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting_faces, "_COLORED", ("head",))
    monkeypatch.setattr(typesetting_outlines, "_path", lambda *_: QPainterPath())

    pdf = _drawn("A B", size=40)

    (font,) = fonts(pdf)
    assert font.pictures == 2
    assert written(pdf) == "A B"
    assert min(picture(pdf).convert("L").tobytes()) < 80


def test_the_rights_of_a_font_are_respected() -> None:
    def rights(number: int) -> bytes:
        return bytes(8) + number.to_bytes(2, "big")

    assert typesetting_faces._may_embed(rights(0x0000))
    assert typesetting_faces._may_embed(rights(0x0004))
    assert not typesetting_faces._may_embed(rights(0x0002))
    assert not typesetting_faces._may_embed(rights(0x0100))
    assert not typesetting_faces._may_embed(rights(0x0200))


def test_qt_without_any_font_for_a_run_is_survived() -> None:
    assert typesetting_faces.face_of(QRawFont()) is None
