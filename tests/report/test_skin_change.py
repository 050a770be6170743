"""Baseline against now: only equal things are compared, and what is missing stays missing."""

from decimal import Decimal

from dermlog.domain.course import Course, course_of
from dermlog.domain.instrument import Instrument, Rater, Score, Variant
from dermlog.domain.visit import Visit
from dermlog.report.skin_change import (
    Direction,
    SpotKind,
    breakouts_change,
    oiliness_change,
    spots_change,
)
from tests.report.reports import make_session, make_visit, scores, week


def _course(*visits: Visit, treated: bool = True) -> Course:
    return course_of(visits, [make_session(visits[0])] if treated else [])


def test_a_fall_is_better_and_a_rise_is_worse() -> None:
    course = _course(make_visit(week(0), *scores(4, 1)), make_visit(week(4), *scores(1, 3)))
    oiliness, breakouts = oiliness_change(course), breakouts_change(course)
    assert (oiliness.direction, oiliness.before, oiliness.now) == (Direction.BETTER, 4, 1)
    assert (breakouts.direction, breakouts.before, breakouts.now) == (Direction.WORSE, 1, 3)
    assert oiliness.now_on == week(4)


def test_no_change_is_no_change() -> None:
    course = _course(make_visit(week(0), *scores(0)), make_visit(week(4), *scores(0)))
    assert oiliness_change(course).direction is Direction.SAME


def test_only_the_baseline_is_not_a_change() -> None:
    change = oiliness_change(_course(make_visit(week(0), *scores(4)), make_visit(week(4))))
    assert (change.direction, change.before, change.now) == (Direction.ONLY_BEFORE, 4, None)


def test_without_a_baseline_there_is_only_now() -> None:
    change = oiliness_change(_course(make_visit(week(0)), make_visit(week(4), *scores(2))))
    assert (change.direction, change.before, change.now) == (Direction.ONLY_NOW, None, 2)


def test_what_nobody_measured_is_not_measured() -> None:
    change = breakouts_change(_course(make_visit(week(0), *scores(4))))
    assert (change.direction, change.before, change.now) == (Direction.NOT_MEASURED, None, None)


def test_the_best_value_in_between_is_kept_with_its_day() -> None:
    course = _course(
        make_visit(week(0), *scores(4)),
        make_visit(week(4), *scores(1)),
        make_visit(week(8), *scores(1)),
        make_visit(week(16), *scores(4)),
    )
    assert oiliness_change(course).best == (1, week(4))


def test_there_is_no_best_when_now_is_the_best() -> None:
    course = _course(make_visit(week(0), *scores(4)), make_visit(week(4), *scores(1)))
    assert oiliness_change(course).best is None


def test_the_patients_rating_counts_where_the_clinicians_tells_of_no_change() -> None:
    own = _course(make_visit(week(0), *scores(own=4)), make_visit(week(4), *scores(own=2)))
    assert oiliness_change(own).own
    by_phone = _course(make_visit(week(0), *scores(3, own=4)), make_visit(week(4), *scores(own=2)))
    change = oiliness_change(by_phone)
    assert (change.own, change.before, change.now) == (True, 4, 2)
    both = _course(make_visit(week(0), *scores(3, own=4)), make_visit(week(4), *scores(3, own=2)))
    assert (oiliness_change(both).own, oiliness_change(both).direction) == (False, Direction.SAME)
    once = _course(make_visit(week(0), *scores(3)), make_visit(week(4), *scores(own=2)))
    assert (oiliness_change(once).own, oiliness_change(once).direction) == (False, Direction.ONLY_BEFORE)


def test_grades_of_two_kinds_are_not_compared() -> None:
    by_lesions = Score(Instrument.IGA, Decimal(1), Rater.CLINICIAN, Variant.IGA_LESION)
    change = breakouts_change(_course(make_visit(week(0), *scores(iga=3)), make_visit(week(4), by_lesions)))
    assert (change.direction, change.before, change.now) == (Direction.ONLY_NOW, None, 1)


def test_both_kinds_of_spots_are_added_when_counted_together() -> None:
    course = _course(
        make_visit(week(0), *scores(inflamed=14, others=10)),
        make_visit(week(4), *scores(inflamed=5, others=4)),
    )
    change, kind = spots_change(course)
    assert (change.before, change.now, kind) == (24, 9, SpotKind.ALL)


def test_one_kind_of_spots_stands_alone() -> None:
    course = _course(
        make_visit(week(0), *scores(inflamed=14, others=10)),
        make_visit(week(4), *scores(inflamed=5)),
    )
    change, kind = spots_change(course)
    assert (change.before, change.now, kind) == (14, 5, SpotKind.INFLAMED)
    only = _course(make_visit(week(0), *scores(others=10)), make_visit(week(4), *scores(others=12)))
    change, kind = spots_change(only)
    assert (change.direction, kind) == (Direction.WORSE, SpotKind.NOT_INFLAMED)


def test_without_a_treatment_the_first_visit_is_the_baseline() -> None:
    course = _course(make_visit(week(0), *scores(3)), make_visit(week(4), *scores(2)), treated=False)
    assert oiliness_change(course).direction is Direction.BETTER
