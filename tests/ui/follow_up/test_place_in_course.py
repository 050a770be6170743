"""place_in_course: days, weeks, before and without a treatment."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from dermlog.domain.course import Course, course_of
from dermlog.domain.identity import new_id
from dermlog.domain.product import Product
from dermlog.ui.follow_up.place_in_course import place_in_course
from tests.makers import make_patient, make_session, make_visit

FIRST = date(2026, 3, 20)
SECOND = date(2026, 7, 24)


def _course() -> Course:
    patient = make_patient()
    product = Product(id=new_id(), generic="onabotulinumtoxinA", brand="Botox", vial_units=(Decimal(100),))
    visits = [make_visit(patient, FIRST), make_visit(patient, SECOND)]
    return course_of(visits, [make_session(visit, product) for visit in visits])


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "the day of treatment 1"),
        (1, "1 day after treatment 1"),
        (6, "6 days after treatment 1"),
        (7, "week 1 after treatment 1"),
        (27, "week 4 after treatment 1"),
        (28, "week 4 after treatment 1"),
    ],
)
def test_time_is_counted_from_the_last_treatment(days: int, words: str) -> None:
    place = place_in_course(_course(), FIRST + timedelta(days=days))
    assert place.place == words
    assert place.title == "Follow-up"
    assert place.after_treatment


def test_after_the_second_it_counts_from_the_second() -> None:
    assert place_in_course(_course(), SECOND + timedelta(days=14)).place == "week 2 after treatment 2"


def test_before_the_first_it_is_no_follow_up() -> None:
    place = place_in_course(_course(), FIRST - timedelta(days=3))
    assert (place.title, place.place, place.after_treatment) == ("First visit", "before treatment 1", False)


def test_without_a_treatment_it_says_so() -> None:
    earlier = make_visit(make_patient(), FIRST)
    assert place_in_course(Course(()), FIRST).title == "First visit"
    place = place_in_course(course_of([earlier], []), SECOND)
    assert (place.title, place.place) == ("Visit", "no treatment yet")
    assert place_in_course(course_of([earlier], []), FIRST, earlier.id).title == "First visit"
