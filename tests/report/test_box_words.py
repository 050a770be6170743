"""The three boxes of page 1: one large answer each, and the line that says what it stands on."""

from dermlog.domain.course import Course, course_of
from dermlog.domain.side_effect import (
    BodySide,
    Severity,
    SideEffect,
    SideEffectTerm,
    WarningSign,
    WeaknessPlace,
)
from dermlog.domain.visit import Visit
from dermlog.report.box_words import boxes_of
from tests.report.reports import NONE_OF_ALL, facts_of_the_pictures, make_session, make_visit, scores, week


def _course(*visits: Visit) -> Course:
    return course_of(visits, [make_session(visits[0])])


def _values(course: Course) -> list[str]:
    return [box.value for box in boxes_of(course)]


def test_the_boxes_of_the_pictures() -> None:
    oiliness, breakouts, effects = boxes_of(facts_of_the_pictures().course)
    assert (oiliness.label, oiliness.value) == ("Oiliness", "severe → slight")
    assert oiliness.lines == ("better: 4 to 1 on a scale of 0–4",)
    assert (breakouts.label, breakouts.value) == ("Breakouts", "moderate → almost clear")
    assert breakouts.lines == ("better: 3 to 1 on a scale of 0–4", "24 spots to 9")
    assert (effects.label, effects.value, effects.lines) == (
        "Side effects now",
        "none",
        ("3 mild, all gone",),
    )


def test_no_change_and_worse_are_as_large_as_better() -> None:
    course = _course(make_visit(week(0), *scores(3, 1)), make_visit(week(4), *scores(3, 2)))
    oiliness, breakouts, _effects = boxes_of(course)
    assert (oiliness.value, oiliness.lines) == ("no change", ("3 then, 3 now on a scale of 0–4",))
    assert (breakouts.value, breakouts.lines[0]) == ("almost clear → mild", "worse: 1 to 2 on a scale of 0–4")


def test_missing_values_are_named() -> None:
    only_before = _course(make_visit(week(0), *scores(4)))
    assert _values(only_before) == ["severe", "not measured", "not asked yet"]
    assert boxes_of(only_before)[0].lines == ("4 on a scale of 0–4, before treatment; not measured since",)
    only_now = _course(make_visit(week(0)), make_visit(week(4), *scores(2)))
    assert boxes_of(only_now)[0].lines == ("2 on a scale of 0–4; not measured before treatment",)


def test_an_old_value_carries_its_day() -> None:
    course = _course(make_visit(week(0), *scores(4)), make_visit(week(4), *scores(2)), make_visit(week(8)))
    assert boxes_of(course)[0].lines[-1] == "last measured 17 Apr 2026"


def test_the_patients_own_rating_says_so() -> None:
    course = _course(make_visit(week(0), *scores(own=4)), make_visit(week(4), *scores(own=2)))
    assert boxes_of(course)[0].label == "Oiliness, your own rating"


def test_one_open_side_effect_is_named() -> None:
    weak = SideEffect(
        SideEffectTerm.MUSCLE_WEAKNESS, Severity.MODERATE, WeaknessPlace.EYELID, BodySide.LEFT, began=week(1)
    )
    effects = boxes_of(_course(make_visit(week(0)), make_visit(week(2), side_effects=(weak,))))[2]
    assert effects.value == "weakness of the eyelid on the left side"
    assert effects.lines == ("moderate, began 27 Mar 2026, not gone on 3 Apr 2026",)


def test_several_open_ones_are_counted() -> None:
    terms = (SideEffectTerm.BRUISING, SideEffectTerm.PAIN)
    told = tuple(SideEffect(term, Severity.MILD) for term in terms)
    effects = boxes_of(_course(make_visit(week(0)), make_visit(week(2), side_effects=told)))[2]
    assert (effects.value, effects.lines) == ("2 not gone yet", ("bruising; pain or tenderness",))


def test_not_asked_this_time_is_not_none() -> None:
    course = _course(make_visit(week(0)), make_visit(week(2), side_effects=NONE_OF_ALL), make_visit(week(4)))
    effects = boxes_of(course)[2]
    assert (effects.value, effects.lines) == ("not asked", ("none when last asked, 3 Apr 2026",))


def test_a_few_that_were_asked_are_not_all() -> None:
    asked = (SideEffect(SideEffectTerm.BRUISING, Severity.NONE),)
    effects = boxes_of(_course(make_visit(week(0)), make_visit(week(2), side_effects=asked)))[2]
    assert (effects.value, effects.lines) == ("none of those asked", ("asked about 1 of 8",))


def test_a_warning_sign_is_never_called_none() -> None:
    warned = make_visit(week(2), side_effects=NONE_OF_ALL, warning_signs=(WarningSign.DOUBLE_VISION,))
    effects = boxes_of(_course(make_visit(week(0)), warned))[2]
    assert effects.value == "warning sign"
    assert effects.lines == ("double vision, told on 3 Apr 2026",)
