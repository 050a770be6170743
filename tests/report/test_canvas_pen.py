"""Tests of the pen for paper: what a drawing asks for is where and how it asked for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from dermlog.figures.pen import Command, Pen
from dermlog.report.canvas_pen import CanvasPen
from dermlog.report.pdf_numbers import color_operands, number
from dermlog.report.typesetting import Typesetter
from tests.report.pages import HEIGHT, operators, page, picture, written

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)
LEFT, DOWN = 50, 40


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


def _pdf(draw: Callable[[Pen], None], scale: float = 1) -> bytes:
    """The drawing in a box that begins LEFT from the left and DOWN from the top of the page."""

    def on_page(typesetter: Typesetter) -> None:
        draw(CanvasPen(typesetter, LEFT, HEIGHT - DOWN, scale))

    return page(on_page)


def _shown(draw: Callable[[Pen], None], scale: float = 1) -> Image.Image:
    """The box alone, four pixels for a unit."""
    whole = picture(_pdf(draw, scale), 4)
    return whole.crop((4 * LEFT, 4 * DOWN, whole.width, whole.height))


def _color(image: Image.Image, x: float, y: float) -> object:
    return image.getpixel((round(4 * x), round(4 * y)))


def test_a_rectangle_is_filled_and_outlined_from_its_upper_left_corner() -> None:
    image = _shown(lambda pen: pen.rect(10, 20, 30, 5, fill="#FF0000", stroke="#0000FF", width=2))

    assert _color(image, 25, 22.5) == RED
    assert [_color(image, x, y) for x, y in ((10, 22), (40, 22), (25, 20), (25, 25))] == [BLUE] * 4
    assert [_color(image, x, y) for x, y in ((8, 22), (42, 22), (25, 18), (25, 27))] == [WHITE] * 4


def test_round_corners_are_cut() -> None:
    round_one = _shown(lambda pen: pen.rect(0, 0, 20, 20, fill="#FF0000", radius=8))
    too_round = _shown(lambda pen: pen.rect(0, 0, 20, 20, fill="#FF0000", radius=80))

    for image in (round_one, too_round):
        assert _color(image, 1, 1) == WHITE
        assert _color(image, 10, 1) == RED
    assert _color(round_one, 3.5, 3.5) == RED
    assert _color(_shown(lambda pen: pen.rect(0, 0, 20, 20, fill="#FF0000")), 1, 1) == RED


def test_a_rectangle_without_colours_is_nothing() -> None:
    assert operators(_pdf(lambda pen: pen.rect(0, 0, 20, 20))) == []


def test_a_line_has_its_width_and_its_dashes() -> None:
    image = _shown(lambda pen: pen.line(0, 10, 60, 10, color="#0000FF", width=4, dash=(20, 10)))

    assert [_color(image, x, 10) for x in (10, 25, 40, 55)] == [BLUE, WHITE, BLUE, WHITE]
    assert [_color(image, 10, y) for y in (7, 9, 11, 13)] == [WHITE, BLUE, BLUE, WHITE]


def test_a_path_follows_its_commands() -> None:
    triangle: list[Command] = [("M", 10, 10), ("L", 50, 10), ("L", 10, 50), ("Z",)]
    image = _shown(lambda pen: pen.path(triangle, fill="#FF0000", stroke="#0000FF", width=2))

    assert _color(image, 20, 20) == RED
    assert _color(image, 30, 30) == BLUE
    assert _color(image, 45, 45) == WHITE
    hill: list[Command] = [("M", 0, 40), ("C", 0, 0, 40, 0, 40, 40), ("Z",)]
    image = _shown(lambda pen: pen.path(hill, fill="#FF0000"))
    assert [_color(image, 20, 5), _color(image, 20, 15)] == [WHITE, RED]


def test_overlapping_parts_of_a_path_are_filled() -> None:
    square_in_square: list[Command] = []
    for near, far in ((0, 40), (10, 30)):
        square_in_square += [("M", near, near), ("L", far, near), ("L", far, far), ("L", near, far), ("Z",)]

    assert _color(_shown(lambda pen: pen.path(square_in_square, fill="#FF0000")), 20, 20) == RED


def test_opacity_lets_the_ground_through_and_ends_with_its_path() -> None:
    square: list[Command] = [("M", 0, 0), ("L", 20, 0), ("L", 20, 20), ("L", 0, 20), ("Z",)]

    def draw(pen: Pen) -> None:
        pen.path(square, fill="#FF0000", fill_opacity=0.4)
        pen.rect(30, 0, 10, 10, fill="#FF0000")

    image = _shown(draw)
    red, green, blue = image.getpixel((40, 40))  # type: ignore[misc]
    assert red == 255
    assert green == blue == pytest.approx(153, abs=2)
    assert _color(image, 35, 5) == RED


def test_a_dot_is_round() -> None:
    image = _shown(lambda pen: pen.dot(20, 20, 10, fill="#FF0000", stroke="#008000", width=2))

    assert _color(image, 20, 20) == RED
    assert [_color(image, x, y) for x, y in ((10, 20), (30, 20), (20, 10), (20, 30))] == [GREEN] * 4
    assert _color(image, 12, 12) == WHITE


def test_text_stands_on_its_baseline_where_align_says() -> None:
    pdf = _pdf(lambda pen: pen.text(30, 20, "HHH", size=10, color="#000000"))
    (x, y), *_ = [operands for operands, operator in operators(pdf) if operator == "Td"]

    assert written(pdf) == "HHH"
    assert float(x) == pytest.approx(LEFT + 30, abs=0.01)
    assert float(y) == pytest.approx(HEIGHT - DOWN - 20, abs=0.01)

    width = 0.0

    def measure(pen: Pen) -> None:
        nonlocal width
        width = pen.text_width("HHH", 10)
        pen.text(30, 20, "HHH", size=10, color="#000000", align="center")
        pen.text(30, 20, "HHH", size=10, color="#000000", align="right")
        pen.text(30, 20, "", size=10, color="#000000")

    lefts = [float(at[0]) for at, operator in operators(_pdf(measure)) if operator == "Td"]
    assert lefts == pytest.approx([LEFT + 30 - width / 2, LEFT + 30 - width], abs=0.01)


def test_a_placed_drawing_is_moved_and_scaled_and_ends() -> None:
    def draw(pen: Pen) -> None:
        with pen.placed(20, 10, 2):
            pen.rect(0, 0, 5, 5, fill="#FF0000")
            with pen.placed(10, 0, 0.5):
                pen.rect(0, 0, 5, 5, fill="#0000FF")
        pen.rect(0, 0, 5, 5, fill="#008000")

    image = _shown(draw)
    assert _color(image, 29, 19) == RED
    assert _color(image, 31, 19) == WHITE
    assert _color(image, 44, 14) == BLUE
    assert _color(image, 46, 14) == WHITE
    assert _color(image, 4, 4) == GREEN


def test_the_scale_of_the_pen_counts_for_everything() -> None:
    pdf = _pdf(lambda pen: pen.text(10, 10, "H", size=10, color="#000000"), scale=2)

    assert [float(operands[1]) for operands, operator in operators(pdf) if operator == "Tf"] == [20]
    assert _color(_shown(lambda pen: pen.rect(0, 0, 10, 10, fill="#FF0000"), scale=2), 19, 19) == RED
    widths: list[float] = []
    for scale in (1, 2):
        _pdf(lambda pen: widths.append(pen.text_width("H", 10)), scale)
    assert widths[0] == widths[1]


def test_numbers_are_short_and_colours_are_checked() -> None:
    assert [number(value) for value in (1, 1.5, 0.004, -0.001, 12.345678, 1000)] == [
        *("1", "1.5", "0", "0", "12.35", "1000")
    ]
    assert color_operands("#FF8000") == "1 0.502 0"
    for wrong in ("red", "#FFF", "#GGGGGG", ""):
        with pytest.raises(ValueError):
            color_operands(wrong)
