"""What the chart shows: lines of one series each, gaps said, side effects from beginning to end."""

from __future__ import annotations

from datetime import date

from dermlog.domain.course import course_of
from dermlog.domain.side_effect import BodySide, Severity, SideEffect, SideEffectTerm, WeaknessPlace
from dermlog.figures.chart_facts import chart_facts
from tests.figures.courses import PRODUCTS, course_of_the_pictures, session, visit, week


def test_the_course_of_the_pictures() -> None:
    facts = chart_facts(course_of_the_pictures(), PRODUCTS)
    assert [line.name for line in facts.lines] == ["Oiliness (0–4)", "Breakouts, IGA (0–4)"]
    assert [point.value for point in facts.lines[0].points] == [4, 2, 1, 1, 2, 3, 3, 1, 1, 1]
    assert [point.joined for point in facts.lines[0].points] == [False] + [True] * 9
    assert [session.label for session in facts.sessions] == [
        ("Botox", "36 U", "18 pts"),
        ("Botox", "40 U", "20 pts"),
    ]
    assert [bar.label for bar in facts.bars] == [
        "Bruising · mild",
        "Brow weakness · mild, left",
        "Bruising · mild",
    ]
    assert facts.start == week(0)
    assert facts.last == week(28)
    assert not facts.gaps
    assert "Oiliness: 1, slight. 17 Apr 2026, week 4 after treatment 1." in facts.description


def test_a_visit_that_did_not_measure_breaks_the_line_and_is_named() -> None:
    visits = [visit(week(0), 4, 3), visit(week(4), 2), visit(week(8), 1, 1)]
    facts = chart_facts(course_of(visits, (session(visits[0]),)), PRODUCTS)
    oiliness, breakouts = facts.lines
    assert [point.joined for point in oiliness.points] == [False, True, True]
    assert [point.joined for point in breakouts.points] == [False, False]
    assert facts.gaps == ("Breakouts not measured: wk 4",)


def test_two_anchor_sets_are_two_lines_never_joined() -> None:
    visits = [visit(week(0), iga=3), visit(week(4), iga=2), visit(week(8), lesion_iga=2)]
    facts = chart_facts(course_of(visits, (session(visits[0]),)), PRODUCTS)
    assert [len(line.points) for line in facts.lines] == [2, 1]
    assert [line.second for line in facts.lines] == [False, True]
    assert len({line.name for line in facts.lines}) == 2


def test_the_patients_own_rating_joins_in_only_where_it_tells_something_else() -> None:
    both = [visit(week(0), 4, own=4), visit(week(4), 2, own=3)]
    assert len(chart_facts(course_of(both, ()), PRODUCTS).lines) == 1
    phone = [*both, visit(week(6), own=1)]
    facts = chart_facts(course_of(phone, ()), PRODUCTS)
    assert [len(line.points) for line in facts.lines] == [2, 3]


def test_an_open_side_effect_has_no_end_and_says_so() -> None:
    weak = SideEffect(SideEffectTerm.MUSCLE_WEAKNESS, Severity.MODERATE, WeaknessPlace.EYELID, BodySide.RIGHT)
    visits = [visit(week(0), 3), visit(week(2), 3, effects=(weak,))]
    (bar,) = chart_facts(course_of(visits, (session(visits[0]),)), PRODUCTS).bars
    assert bar.ended is None
    assert bar.label == "Eyelid weakness · moderate, right, still open"
    assert "still open when last asked on 3 Apr 2026" in bar.sentence


def test_nothing_at_all() -> None:
    facts = chart_facts(course_of((), ()), PRODUCTS)
    assert facts.start is None
    assert facts.description == "Oiliness and breakouts have not been measured yet."


def test_the_summary_is_where_each_line_was_lowest_and_no_verdict() -> None:
    visits = [visit(week(0), 2, 3), visit(week(4), 2, 1), visit(week(8), 2, 2)]
    facts = chart_facts(course_of(visits, (session(visits[0]),)), PRODUCTS)
    assert facts.summary == ("Oiliness was 2 at every visit. Breakouts, IGA was lowest, 1, on 17 Apr 2026.")


def test_a_side_effect_that_ends_after_the_last_visit_is_inside_the_chart() -> None:
    told = SideEffect(SideEffectTerm.BRUISING, Severity.MILD, began=week(0), ended=date(2026, 4, 3))
    visits = [visit(week(0), 2), visit(week(2), 2, effects=(told,))]
    facts = chart_facts(course_of(visits, (session(visits[0]),)), PRODUCTS)
    assert facts.last == date(2026, 4, 3)
