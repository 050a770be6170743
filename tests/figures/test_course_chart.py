"""The drawn chart: nothing collides, nothing hides another, and each mark says what it means."""

from __future__ import annotations

import itertools

import pytest

from dermlog.domain.course import Course, course_of
from dermlog.figures.chart_facts import chart_facts
from dermlog.figures.course_chart import PAPER_COLORS, Mark, draw_course_chart
from tests.figures.courses import (
    PRODUCTS,
    course_of_the_pictures,
    long_course,
    session,
    visit,
    week,
)
from tests.figures.recording_pen import RecordingPen

SIZES = [(820, 470, 11), (560, 300, 11), (480, 290, 7.5), (1100, 520, 11)]


def draw(
    course: Course, width: float = 820, height: float = 470, size: float = 11
) -> tuple[RecordingPen, tuple[Mark, ...]]:
    """Draw a course with a pen that remembers."""
    pen = RecordingPen()
    facts = chart_facts(course, PRODUCTS)
    marks = draw_course_chart(pen, facts, width=width, height=height, colors=PAPER_COLORS, size=size)
    return pen, marks


def one_visit() -> Course:
    """Only the treatment itself."""
    only = visit(week(0), 4, 3)
    return course_of((only,), (session(only),))


COURSES = {
    "pictures": course_of_the_pictures(),
    "twenty visits": long_course(),
    "fifty treatments": long_course(visits=50, every=3, treat_each=1),
    "one": one_visit(),
    "first visit": course_of((visit(week(0), 3, 2),), ()),
}


@pytest.mark.parametrize("name", COURSES)
@pytest.mark.parametrize(("width", "height", "size"), SIZES)
def test_words_do_not_collide_and_stay_in_the_box(
    name: str, width: float, height: float, size: float
) -> None:
    pen, _marks = draw(COURSES[name], width, height, size)
    for one, other in itertools.combinations(pen.texts, 2):
        assert not one.meets(other), (one, other)
    for word in pen.texts:
        assert word.left >= -1 and word.right <= width + 1, word
        assert 0 < word.baseline <= height + 1, word


def test_a_mark_for_every_point_treatment_and_side_effect_in_order_of_time() -> None:
    _pen, marks = draw(course_of_the_pictures())
    assert len(marks) == 20 + 2 + 3
    assert [mark.on for mark in marks] == sorted(mark.on for mark in marks)
    assert sum(mark.sentence.startswith("Treatment") for mark in marks) == 2
    assert all(mark.contains(*mark.center) for mark in marks)


def test_the_highest_grade_is_on_top_and_time_goes_right() -> None:
    _pen, marks = draw(course_of_the_pictures())
    oiliness = [mark for mark in marks if mark.sentence.startswith("Oiliness")]
    assert oiliness[0].y < oiliness[1].y < oiliness[2].y
    assert [mark.x for mark in oiliness] == sorted(mark.x for mark in oiliness)


def test_equal_grades_on_one_day_are_both_seen() -> None:
    visits = (visit(week(0), 2, 2), visit(week(4), 2, 2))
    _pen, marks = draw(course_of(visits, (session(visits[0]),)))
    first, second = [mark for mark in marks if mark.on == week(4)]
    assert abs(first.center[1] - second.center[1]) >= 6
    assert first.center[0] == second.center[0]


def test_both_lines_have_a_shape_of_their_own() -> None:
    pen, _marks = draw(course_of((visit(week(0), 3, 1),), ()))
    circles = [dot for dot in pen.dots if dot[3] == PAPER_COLORS.ground]
    squares = [rect for rect in pen.rects if rect[4] == PAPER_COLORS.ground]
    assert len(circles) == 1
    assert len(squares) == 1


def test_a_line_is_broken_where_nobody_measured() -> None:
    visits = (visit(week(0), 4, 3), visit(week(4), 2), visit(week(8), 1, 1))
    pen, _marks = draw(course_of(visits, (session(visits[0]),)))
    assert sum(line[4] == PAPER_COLORS.oiliness for line in pen.lines) == 2
    assert not [line for line in pen.lines if line[4] == PAPER_COLORS.breakouts]
    assert "Breakouts not measured: wk 4" in [word.text for word in pen.texts]


def test_many_treatments_are_numbered_and_the_key_says_so() -> None:
    pen, marks = draw(COURSES["fifty treatments"])
    words = [word.text for word in pen.texts]
    assert "1" in words
    assert "Numbers are treatments; doses are listed with the visits." in words
    assert sum(mark.sentence.startswith("Treatment") for mark in marks) == 50


def test_a_long_course_names_its_years() -> None:
    pen, _marks = draw(long_course())
    assert {"2026", "2027", "2028"} <= {word.text for word in pen.texts}


def test_side_effects_without_room_are_counted() -> None:
    pen, _marks = draw(long_course(visits=80, every=2), 420, 190, 7.5)
    assert any("more side effect" in word.text for word in pen.texts)


def test_no_visit_is_one_sentence() -> None:
    pen, marks = draw(course_of((), ()))
    assert [word.text for word in pen.texts] == ["Oiliness and breakouts have not been measured yet."]
    assert marks == ()


def test_a_treatment_without_scores_still_shows_the_treatment() -> None:
    only = visit(week(0))
    pen, marks = draw(course_of((only,), (session(only),)))
    assert len(marks) == 1
    assert "Oiliness and breakouts have not been measured yet." in [word.text for word in pen.texts]
