"""LastTime: what counts as earlier, and what was told then."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from dermlog.domain.course import course_of
from dermlog.domain.instrument import Instrument, Rater, Series, Variant
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm
from dermlog.ui.visit_fields.last_time import LastTime, nothing_before
from tests.makers import iga, make_patient, make_visit, oiliness, sebum

OILINESS = Series(Instrument.OILINESS, Rater.CLINICIAN, Variant.STANDARD, "grade", None, "")
PATIENT = make_patient()
FIRST = make_visit(PATIENT, date(2026, 3, 20), scores=(oiliness(4), sebum("258", device="Old")))
SECOND = make_visit(PATIENT, date(2026, 4, 3), scores=(oiliness(2), iga(3)))
COURSE = course_of([FIRST, SECOND], [])


def test_the_newest_earlier_value_counts() -> None:
    score = LastTime(COURSE, date(2026, 4, 17)).score(OILINESS)
    assert score is not None
    assert score.value == Decimal(2)


def test_a_past_day_sees_only_what_was_before_it() -> None:
    score = LastTime(COURSE, date(2026, 3, 27)).score(OILINESS)
    assert score is not None
    assert score.value == Decimal(4)
    assert LastTime(COURSE, date(2026, 3, 1)).score(OILINESS) is None


def test_a_recorded_visit_does_not_see_itself() -> None:
    score = LastTime(COURSE, SECOND.on, SECOND.id).score(OILINESS)
    assert score is not None
    assert score.value == Decimal(4)
    assert LastTime(COURSE, FIRST.on, FIRST.id).score(OILINESS) is None


def test_a_recorded_visit_moved_to_another_day_sees_what_is_before_that_day() -> None:
    score = LastTime(COURSE, date(2026, 5, 1), FIRST.id).score(OILINESS)
    assert score is not None
    assert score.value == Decimal(2)


def test_a_visit_of_the_same_day_is_earlier() -> None:
    morning = make_visit(
        PATIENT, date(2026, 4, 17), scores=(oiliness(1),), entered_at=datetime(2026, 4, 17, 8, tzinfo=UTC)
    )
    score = LastTime(course_of([FIRST, morning], []), date(2026, 4, 17)).score(OILINESS)
    assert score is not None
    assert score.value == Decimal(1)


def test_device_and_words_of_last_time_are_offered() -> None:
    last = LastTime(COURSE, date(2026, 4, 17))
    assert last.sebum == ("Old", Variant.SEBUM_CASUAL)
    assert last.devices == ("Old",)
    assert last.iga is Variant.IGA_EXTENT
    assert nothing_before().sebum is None
    assert nothing_before().iga is None


def test_what_was_told_is_not_what_was_never_asked() -> None:
    term = SideEffectTerm.BRUISING
    told = make_visit(PATIENT, date(2026, 4, 3), side_effects=(SideEffect(term, Severity.MILD),))
    asked = make_visit(PATIENT, date(2026, 4, 10), side_effects=(SideEffect(term, Severity.NONE),))
    silent = make_visit(PATIENT, date(2026, 4, 12))
    open_course = LastTime(course_of([told, silent], []), date(2026, 4, 17))
    assert open_course.severity(term) is Severity.MILD
    assert [episode.term for episode in open_course.open_episodes(term)] == [term]
    over = LastTime(course_of([told, asked, silent], []), date(2026, 4, 17))
    assert over.severity(term) is Severity.NONE
    assert over.open_episodes(term) == ()
    assert over.severity(SideEffectTerm.PAIN) is None
