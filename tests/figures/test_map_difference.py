"""Two maps in one drawing: each kind of change has a shape of its own, and nothing is left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from dermlog.domain.amendment import SiteDifference, site_differences
from dermlog.domain.face_map import FaceView
from dermlog.figures.face_drawing import face_height
from dermlog.figures.map_difference import LIGHT_DIFFERENCE, draw_difference, draw_overlay
from tests.figures.recording_pen import RecordingPen
from tests.makers import make_site

WIDTH = 400.0


def drawn(differences: tuple[SiteDifference, ...], view: FaceView = FaceView.FRONT) -> RecordingPen:
    """What is drawn for some differences, beyond the empty face."""
    pen, empty = RecordingPen(), RecordingPen()
    height = draw_difference(pen, differences, width=WIDTH, view=view)
    assert height == face_height(WIDTH, view)
    draw_difference(empty, (), width=WIDTH, view=view)
    return RecordingPen(
        texts=pen.texts[len(empty.texts) :],
        lines=pen.lines[len(empty.lines) :],
        dots=pen.dots[len(empty.dots) :],
        paths=pen.paths[len(empty.paths) :],
    )


def test_added_is_a_dot_with_a_plus() -> None:
    pen = drawn(site_differences((), (make_site("3"),)))
    assert [dot[3] for dot in pen.dots] == [LIGHT_DIFFERENCE.added]
    assert len(pen.lines) == 2 and [text.text for text in pen.texts] == ["3"]
    assert pen.dots[0][:2] == (0.5 * WIDTH, 0.2 * face_height(WIDTH))


def test_removed_is_an_empty_ring_struck_through() -> None:
    pen = drawn(site_differences((make_site("3"),), ()))
    assert [dot[3] for dot in pen.dots] == [LIGHT_DIFFERENCE.ground]
    assert {line[4] for line in pen.lines} == {LIGHT_DIFFERENCE.removed}
    assert [text.text for text in pen.texts] == ["3"]


def test_changed_is_a_diamond_with_the_new_dose() -> None:
    site = make_site("2")
    pen = drawn(site_differences((site,), (replace(site, units=Decimal("2.5")),)))
    assert pen.dots == [] and [path[0] for path in pen.paths] == [LIGHT_DIFFERENCE.changed]
    assert [text.text for text in pen.texts] == ["2.5"]


def test_the_same_is_a_smaller_dot() -> None:
    site = make_site("2")
    same, added = drawn(site_differences((site,), (site,))), drawn(site_differences((), (site,)))
    assert same.dots[0][2] < added.dots[0][2]
    assert same.lines == [] and [text.text for text in same.texts] == ["2"]


def test_points_of_other_views_are_left_out() -> None:
    pen = drawn(site_differences((), (make_site(view=FaceView.LEFT),)))
    assert pen.dots == []


def test_an_overlay_shows_dots_in_rings() -> None:
    pen, empty = RecordingPen(), RecordingPen()
    draw_overlay(pen, [make_site(), make_site(x=0.3)], [make_site()], width=WIDTH)
    draw_overlay(empty, [], [], width=WIDTH)
    assert len(pen.dots) - len(empty.dots) == 1
    assert len(pen.paths) - len(empty.paths) == 2
