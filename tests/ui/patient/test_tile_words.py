"""The tiles: now against baseline, and honest words for whatever is missing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from dermlog.domain.course import Course, course_of
from dermlog.domain.face_map import Zone
from dermlog.domain.instrument import Instrument, Rater, Score
from dermlog.domain.product import Product
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm, WarningSign
from dermlog.domain.visit import Visit
from dermlog.ui.patient.tile_words import tiles_of
from tests.makers import TODAY, iga, make_patient, make_session, make_visit, oiliness, sebum

PATIENT = make_patient()
BOTOX = Product("onabotulinumtoxinA", "Botox", (Decimal(100),))
BRUISE = SideEffectTerm.BRUISING


def at(week: int, *scores: Score, effects: tuple[SideEffect, ...] = (), **changes: object) -> Visit:
    """A visit so many weeks after the first."""
    day = TODAY - timedelta(weeks=12 - week)
    return make_visit(PATIENT, day, scores=scores, side_effects=effects, **changes)


def treated(*visits: Visit) -> Course:
    """A course whose first visit is a treatment."""
    return course_of(visits, (make_session(visits[0], BOTOX),))


def test_from_baseline_to_now_with_percent() -> None:
    oily, breakouts, oil, _effects = tiles_of(
        treated(at(0, oiliness(4), iga(3), sebum("258")), at(8, oiliness(1), iga(1), sebum("148")))
    )
    assert (oily.value, oily.line) == ("4 → 1", "−75 % since baseline")
    assert (breakouts.value, breakouts.line) == ("3 → 1", "−67 % since baseline")
    assert (oil.label, oil.value, oil.line) == ("Sebum, forehead", "148 µg/cm²", "−43 % since baseline")
    assert "Baseline 4 on 23 Jan 2026; now 1 on 20 Mar 2026." in oily.hover
    assert "1 means slight." in oily.hover


def test_no_change_and_worse_read_as_plainly_as_better() -> None:
    same, worse, *_rest = tiles_of(treated(at(0, oiliness(2), iga(2)), at(8, oiliness(2), iga(3))))
    assert (same.value, same.line) == ("2 → 2", "no change since baseline")
    assert (worse.value, worse.line) == ("2 → 3", "+50 % since baseline")


def test_a_baseline_of_zero_has_no_percent() -> None:
    oily = tiles_of(treated(at(0, oiliness(0)), at(8, oiliness(2))))[0]
    assert (oily.value, oily.line) == ("0 → 2", "baseline was 0, so no percent")


def test_one_visit_is_the_baseline_and_nothing_is_compared() -> None:
    oily, breakouts, oil, effects = tiles_of(treated(at(0, oiliness(4))))
    assert (oily.value, oily.line) == ("4", "baseline · 23 Jan 2026")
    assert (breakouts.value, oil.value) == ("not measured", "not measured")
    assert effects.value == "not asked"


def test_never_measured_is_said_and_is_not_zero() -> None:
    for tile in tiles_of(treated(at(0)))[:3]:
        assert tile.value == "not measured"
        assert "0" not in tile.line


def test_a_value_without_baseline_has_no_change() -> None:
    oily = tiles_of(treated(at(0), at(8, oiliness(2))))[0]
    assert (oily.value, oily.line) == ("2", "no baseline · 20 Mar 2026")


def test_the_day_of_a_value_that_the_last_visit_did_not_measure() -> None:
    oily = tiles_of(treated(at(0, oiliness(4)), at(4, oiliness(1)), at(8, iga(2))))[0]
    assert oily.label == "Oiliness · 20 Feb"


def test_values_of_different_devices_are_not_compared() -> None:
    oil = tiles_of(treated(at(0, sebum("258", device="Sebumeter")), at(8, sebum("90", device="Sebutape"))))[2]
    assert oil.value == "90 µg/cm²"
    assert oil.line == "baseline by another method"
    assert "cannot be compared" in oil.hover


def test_another_zone_stands_in_where_the_forehead_was_never_measured() -> None:
    oil = tiles_of(treated(at(0, sebum("100", Zone.NOSE))))[2]
    assert oil.label == "Sebum, nose"


def test_lesions_are_summed_only_where_both_kinds_were_counted_both_times() -> None:
    red, white = Instrument.INFLAMMATORY_LESIONS, Instrument.NON_INFLAMMATORY_LESIONS

    def count(kind: Instrument, number: int) -> Score:
        return Score(kind, Decimal(number), Rater.CLINICIAN)

    both = treated(at(0, count(red, 10), count(white, 14)), at(8, count(red, 4), count(white, 5)))
    assert tiles_of(both)[1].line == "24 → 9 lesions, −63 %"
    half = treated(at(0, count(red, 10), count(white, 14)), at(8, count(red, 4)))
    assert tiles_of(half)[1].line == "10 → 4 inflammatory lesions, −60 %"
    none = treated(at(0, count(red, 0)), at(8, count(red, 4)))
    assert tiles_of(none)[1].line == "0 → 4 inflammatory lesions"


def test_side_effects_open_resolved_and_denied() -> None:
    mild = SideEffect(BRUISE, Severity.MILD)
    denied = SideEffect(BRUISE, Severity.NONE)
    assert tiles_of(treated(at(0), at(2, effects=(mild,))))[3].value == "1 open"
    over = tiles_of(treated(at(0), at(2, effects=(mild,)), at(4, effects=(denied,))))[3]
    assert (over.value, over.line) == ("none open", "1 mild, all resolved")
    never = tiles_of(treated(at(0), at(2, effects=(denied,)), at(4)))[3]
    assert (never.value, never.line) == ("none", "asked 1 of 2 times")


def test_a_warning_sign_comes_before_everything_until_it_is_acknowledged() -> None:
    alarm = at(2, effects=(SideEffect(BRUISE, Severity.NONE),), warning_signs=(WarningSign.SWALLOWING,))
    course = treated(at(0), alarm)
    assert tiles_of(course)[3].value == "warning"
    assert tiles_of(course)[3].tone == "danger"
    assert tiles_of(course, {alarm.id})[3].value == "none"


def test_the_patients_own_rating_is_named() -> None:
    oily = tiles_of(treated(at(0, oiliness(3, Rater.PATIENT)), at(4, oiliness(1, Rater.PATIENT))))[0]
    assert oily.label == "Oiliness, own rating"
