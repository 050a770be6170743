"""Maps with points: where the dots are, what they say, and that 60 of them stay apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dermlog.domain.face_map import FACE_MAP_VERSION, FaceView, Zone
from dermlog.domain.session import InjectionSite
from dermlog.figures.face_drawing import (
    DARK_FACE,
    LIGHT_FACE,
    dot_number,
    dot_radius,
    draw_face,
    face_height,
)
from dermlog.figures.face_map_svg import load_face_map
from tests.figures.recording_pen import RecordingPen


def site(x: float, y: float, units: str = "2", view: FaceView = FaceView.FRONT) -> InjectionSite:
    """A point somewhere."""
    return InjectionSite(view, x, y, Zone.FOREHEAD, Decimal(units))


def test_a_dot_sits_at_its_fraction_of_the_map_and_says_its_units() -> None:
    pen = RecordingPen()
    height = draw_face(pen, [site(0.25, 0.5, "2.5")], width=480)
    assert height == pytest.approx(690)
    assert pen.dots[0][:2] == pytest.approx((120, 345))
    assert [word.text for word in pen.texts] == ["2.5"]
    assert (pen.texts[0].left + pen.texts[0].right) / 2 == pytest.approx(120)


def test_only_points_of_the_view_are_drawn() -> None:
    pen = RecordingPen()
    draw_face(pen, [site(0.5, 0.5), site(0.5, 0.5, view=FaceView.RIGHT)], width=200, view=FaceView.RIGHT)
    assert len(pen.dots) == 1


def test_sixty_points_keep_apart_and_their_numbers_inside_their_dots() -> None:
    pen = RecordingPen()
    sites = [site(0.2 + 0.06 * (i % 10), 0.2 + 0.06 * (i // 10), "2.5") for i in range(60)]
    draw_face(pen, sites, width=330)
    radius = dot_radius(330, sites, FaceView.FRONT, FACE_MAP_VERSION)
    assert len(pen.texts) == 60
    assert all(word.right - word.left <= 2 * radius * 1.05 for word in pen.texts)
    assert 2 * radius <= 0.06 * 330


def test_a_number_too_small_to_be_read_is_left_out() -> None:
    pen = RecordingPen()
    draw_face(pen, [site(0.5, 0.3)], width=80)
    assert len(pen.dots) == 1
    assert not pen.texts


@pytest.mark.parametrize(("units", "words"), [("2", "2"), ("2.50", "2.5"), ("0.25", ".25"), ("10", "10")])
def test_units_are_as_short_as_they_go(units: str, words: str) -> None:
    assert dot_number(Decimal(units)) == words


def test_the_dark_map_has_a_colour_of_its_own_for_each_of_the_picture() -> None:
    used = {
        color
        for view in FaceView
        for shape in load_face_map(view).shapes
        for color in (shape.paint.fill, shape.paint.stroke)
        if color
    }
    assert used <= set(DARK_FACE.picture)
    assert LIGHT_FACE.of("#FDF7F3") == "#FDF7F3"


def test_the_height_follows_the_width() -> None:
    assert face_height(96) == pytest.approx(138)
