"""The course: order, weeks, baseline against now, and side effects joined over visits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.domain.course import Course, course_of, whole_weeks
from dermlog.domain.face_map import Zone
from dermlog.domain.instrument import Rater, Score
from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession
from dermlog.domain.side_effect import BodySide, Severity, SideEffect, SideEffectTerm, WeaknessPlace
from dermlog.domain.visit import Visit, VisitState
from tests.makers import NOW, iga, make_patient, make_session, make_visit, oiliness, sebum

PATIENT = make_patient()
PRODUCT = Product("toxin", "Brand", (Decimal(100),))
FIRST = date(2025, 6, 2)
OILINESS = oiliness(0).series


def visit(days: int, *scores: Score, **changes: Any) -> Visit:
    """A visit so many days after the first day."""
    return make_visit(PATIENT, FIRST + timedelta(days=days), scores=scores, **changes)


def course(*entries: Visit | tuple[Visit, bool]) -> Course:
    """A course; a visit with True beside it has a session."""
    visits: list[Visit] = []
    sessions: list[InjectionSession] = []
    for entry in entries:
        if isinstance(entry, tuple):
            visits.append(entry[0])
            sessions.append(make_session(entry[0], PRODUCT))
        else:
            visits.append(entry)
    return course_of(visits, sessions)


@pytest.mark.parametrize(
    ("days", "weeks"),
    [(0, 0), (3, 0), (4, 1), (7, 1), (10, 1), (11, 2), (27, 4), (28, 4), (-7, -1), (364, 52)],
)
def test_days_as_weeks(days: int, weeks: int) -> None:
    assert whole_weeks(days) == weeks


def test_weeks_count_from_the_first_session_and_after_the_last() -> None:
    found = course(visit(-14), (visit(0), True), visit(28), (visit(112), True), visit(126))
    assert [(e.week, e.week_after, e.number, e.is_follow_up) for e in found.entries] == [
        (None, None, None, False),
        (0, 0, 1, False),
        (4, 4, 1, True),
        (16, 0, 2, False),
        (18, 2, 2, True),
    ]
    assert found.start == FIRST
    assert [entry.number for entry in found.sessions] == [1, 2]


def test_entries_are_put_in_order_and_drafts_are_left_out() -> None:
    late, early, draft = visit(28), visit(0), visit(14, state=VisitState.DRAFT)
    assert [entry.visit for entry in course(late, draft, early).entries] == [early, late]


def test_on_one_day_the_session_comes_first() -> None:
    follow_up, treated = visit(0), visit(0, entered_at=NOW)
    found = course(follow_up, (treated, True))
    assert [entry.visit for entry in found.entries] == [treated, follow_up]
    assert found.entries[1].is_follow_up


def test_an_empty_course() -> None:
    found = course()
    assert (found.entries, found.sessions, found.start, found.all_series, found.episodes) == (
        (),
        (),
        None,
        (),
        (),
    )
    assert found.compare(OILINESS).baseline is None
    assert found.compare(OILINESS).now is None


def test_baseline_is_measured_at_the_first_session() -> None:
    found = course(
        visit(-30, oiliness(2)),
        (visit(0, oiliness(4)), True),
        visit(28, oiliness(1)),
        (visit(120, oiliness(3)), True),
    ).compare(OILINESS)
    assert found.baseline is not None and found.baseline.value == 4
    assert found.now is not None and found.now.value == 3
    assert found.difference == -1
    assert found.percent == -25


def test_baseline_falls_back_to_the_newest_value_before_the_session() -> None:
    found = course(
        visit(-60, oiliness(2)), visit(-30, oiliness(3)), (visit(0), True), visit(28, oiliness(0))
    ).compare(OILINESS)
    assert found.baseline is not None and found.baseline.value == 3
    assert found.percent == -100


def test_without_a_baseline_there_is_no_change() -> None:
    found = course((visit(0), True), visit(28, oiliness(1))).compare(OILINESS)
    assert found.baseline is None
    assert found.now is not None
    assert (found.difference, found.percent, found.is_single) == (None, None, False)


def test_a_single_value_is_not_compared_with_itself() -> None:
    found = course((visit(0, oiliness(4)), True)).compare(OILINESS)
    assert found.is_single
    assert (found.difference, found.percent) == (None, None)


def test_percent_of_a_zero_baseline_does_not_exist() -> None:
    found = course((visit(0, oiliness(0)), True), visit(28, oiliness(2))).compare(OILINESS)
    assert found.difference == 2
    assert found.percent is None


def test_only_equal_series_are_joined() -> None:
    """Another rater, place or device is another line."""
    found = course(
        (visit(0, oiliness(4), oiliness(3, Rater.PATIENT), sebum("100"), iga(2)), True),
        visit(28, oiliness(1), sebum("50", Zone.CHIN), sebum("60", device="Other meter")),
    )
    assert len(found.all_series) == 6
    assert [point.value for point in found.points(OILINESS)] == [4, 1]
    forehead = found.compare(sebum("0").series)
    assert forehead.is_single
    assert found.compare(sebum("0", device="Other meter").series).baseline is None


def test_last_time_is_before_the_day() -> None:
    found = course((visit(0, oiliness(4)), True), visit(14, iga(1)), visit(28, oiliness(1)))
    last = found.last_score(OILINESS, FIRST + timedelta(days=28))
    assert last == oiliness(4)
    assert found.last_score(OILINESS, FIRST) is None


def pain(severity: Severity, **changes: Any) -> SideEffect:
    return SideEffect(SideEffectTerm.PAIN, severity, **changes)


def weak(severity: Severity, place: WeaknessPlace = WeaknessPlace.EYELID, **changes: Any) -> SideEffect:
    return SideEffect(SideEffectTerm.MUSCLE_WEAKNESS, severity, place, BodySide.LEFT, **changes)


def effects(days: int, *found: SideEffect) -> Visit:
    return visit(days, side_effects=found)


def test_an_episode_runs_until_somebody_says_that_it_is_gone() -> None:
    (episode,) = course(
        (visit(0), True),
        effects(14, pain(Severity.MILD)),
        visit(21),
        effects(28, pain(Severity.SEVERE, action="ice")),
        effects(56, pain(Severity.NONE)),
    ).episodes
    assert (episode.began, episode.ended) == (FIRST + timedelta(days=14), FIRST + timedelta(days=56))
    assert (episode.severity, episode.action, episode.after_number) == (Severity.SEVERE, "ice", 1)
    assert episode.ended_by_visit
    assert episode.last_seen == FIRST + timedelta(days=28)


def test_not_asked_does_not_end_an_episode() -> None:
    (episode,) = course(effects(0, pain(Severity.MILD)), visit(28), visit(56)).episodes
    assert episode.is_open


def test_told_days_win_over_visits() -> None:
    (episode,) = course(
        effects(14, pain(Severity.MILD, began=FIRST + timedelta(days=2))),
        effects(28, pain(Severity.NONE, ended=FIRST + timedelta(days=20))),
    ).episodes
    assert (episode.began, episode.ended) == (FIRST + timedelta(days=2), FIRST + timedelta(days=20))
    assert not episode.ended_by_visit


def test_it_can_come_again() -> None:
    found = course(
        effects(14, pain(Severity.MILD, ended=FIRST + timedelta(days=13))), effects(28, pain(Severity.MILD))
    ).episodes
    assert [episode.is_open for episode in found] == [False, True]


def test_places_are_episodes_of_their_own() -> None:
    found = course(
        effects(14, weak(Severity.MILD), weak(Severity.MILD, WeaknessPlace.BROW)),
        effects(28, weak(Severity.NONE, WeaknessPlace.BROW)),
    ).episodes
    assert {(episode.place, episode.is_open) for episode in found} == {
        (WeaknessPlace.EYELID, True),
        (WeaknessPlace.BROW, False),
    }
    none = SideEffect(SideEffectTerm.MUSCLE_WEAKNESS, Severity.NONE)
    found = course(
        effects(14, weak(Severity.MILD), weak(Severity.MILD, WeaknessPlace.BROW)), effects(28, none)
    ).episodes
    assert [episode.is_open for episode in found] == [False, False]


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(Severity)), max_size=12))
def test_episodes_of_one_reaction_never_overlap(told: list[tuple[int, Severity]]) -> None:
    found = course(*(effects(days, pain(severity)) for days, severity in told)).episodes
    for before, after in pairwise(found):
        assert before.ended is not None and before.ended <= after.began
    assert all(episode.severity > Severity.NONE for episode in found)
    assert sum(episode.is_open for episode in found) <= 1


@given(
    st.lists(st.tuples(st.integers(0, 300), st.booleans()), max_size=10),
    st.randoms(use_true_random=False),
)
def test_the_order_of_entering_does_not_matter(told: list[tuple[int, bool]], chance: Any) -> None:
    entries: list[Visit | tuple[Visit, bool]] = [
        (visit(days), True) if session else visit(days) for days, session in told
    ]
    shuffled = list(entries)
    chance.shuffle(shuffled)
    first, second = course(*entries), course(*shuffled)
    assert [entry.visit for entry in first.entries] == [entry.visit for entry in second.entries]
    weeks = [entry.week for entry in first.entries if entry.week is not None]
    assert weeks == sorted(weeks)


def test_the_afternoon_of_the_first_session_is_no_baseline() -> None:
    morning = FIRST.isoformat()
    treated = visit(0, oiliness(3), entered_at=datetime.fromisoformat(f"{morning}T09:00Z"))
    called = visit(0, oiliness(2), entered_at=datetime.fromisoformat(f"{morning}T16:00Z"))
    compared = course((treated, True), called).compare(OILINESS)
    assert compared.baseline is not None and compared.now is not None
    assert (compared.baseline.value, compared.now.value) == (Decimal(3), Decimal(2))
    assert not compared.is_single


def test_what_was_measured_that_morning_is_the_baseline_of_a_session_without_values() -> None:
    day = FIRST.isoformat()
    measured = visit(0, oiliness(4), entered_at=datetime.fromisoformat(f"{day}T09:00Z"))
    treated = visit(0, entered_at=datetime.fromisoformat(f"{day}T10:00Z"))
    called = visit(0, oiliness(2), entered_at=datetime.fromisoformat(f"{day}T16:00Z"))
    compared = course(measured, (treated, True), called).compare(OILINESS)
    assert compared.baseline is not None and compared.baseline.value == 4
    assert course((treated, True), called).compare(OILINESS).baseline is None


def test_a_reaction_told_after_its_end_does_not_end_before_it_began() -> None:
    told = SideEffect(SideEffectTerm.HEADACHE, Severity.MILD, ended=FIRST + timedelta(days=6))
    (episode,) = course((visit(0), True), visit(28, side_effects=(told,))).episodes
    assert episode.ended == FIRST + timedelta(days=6)
    assert episode.began <= episode.ended


def test_a_reaction_belongs_to_the_treatment_before_it_began() -> None:
    old = SideEffect(SideEffectTerm.SWELLING, Severity.MILD, began=FIRST - timedelta(days=300))
    new = SideEffect(SideEffectTerm.HEADACHE, Severity.MILD, began=FIRST + timedelta(days=2))
    asked_first = SideEffect(SideEffectTerm.PAIN, Severity.MILD)
    bruise = SideEffect(SideEffectTerm.BRUISING, Severity.MILD, began=FIRST + timedelta(days=112))
    found = course(
        (visit(0), True),
        visit(28, side_effects=(old, new)),
        (visit(112, side_effects=(asked_first,)), True),
        visit(126, side_effects=(bruise,)),
    )
    assert {episode.term: episode.after_number for episode in found.episodes} == {
        SideEffectTerm.SWELLING: None,
        SideEffectTerm.HEADACHE: 1,
        SideEffectTerm.PAIN: 1,
        SideEffectTerm.BRUISING: 2,
    }


def test_a_baseline_by_another_device_or_rater_is_no_missing_one() -> None:
    first = (sebum("100"), oiliness(4, Rater.PATIENT))
    found = course((visit(0, *first), True), visit(28, sebum("55", device="Other"), oiliness(1), iga(2)))
    for score in (sebum("55", device="Other"), oiliness(1)):
        compared = found.compare(score.series)
        assert compared.baseline is None and compared.percent is None
        assert compared.measured_otherwise
    assert not found.compare(iga(2).series).measured_otherwise
    assert not found.compare(sebum("55", Zone.NOSE).series).measured_otherwise
    assert not found.compare(sebum("100").series).measured_otherwise
