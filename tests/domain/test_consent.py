"""Consent: a record with days; it holds from the day given to the day before it was withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dermlog.domain.consent import Consent, ConsentKind, in_force
from dermlog.domain.identity import new_id
from dermlog.domain.validity import Fault, InvalidRecord

GIVEN = date(2026, 3, 20)
PATIENT = new_id()


def consent(given: date = GIVEN, withdrawn: date | None = None) -> Consent:
    return Consent(PATIENT, ConsentKind.PHOTO_TEACHING, given, withdrawn_on=withdrawn)


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (9, True), (10, False), (11, False)])
def test_a_withdrawn_consent_held_until_the_day_before(days: int, holds: bool) -> None:
    withdrawn = consent(withdrawn=GIVEN + timedelta(days=10))
    assert withdrawn.holds_on(GIVEN + timedelta(days=days)) is holds


def test_a_consent_cannot_end_before_it_began() -> None:
    with pytest.raises(InvalidRecord) as refused:
        consent(withdrawn=GIVEN - timedelta(days=1))
    (problem,) = refused.value.problems
    assert (problem.field, problem.fault, problem.limit) == ("withdrawn_on", Fault.BEFORE_START, GIVEN)


def test_one_withdrawn_on_its_own_day_never_held() -> None:
    assert not consent(withdrawn=GIVEN).holds_on(GIVEN)


def test_the_latest_that_holds_is_in_force() -> None:
    old, new = consent(GIVEN - timedelta(days=90)), consent(GIVEN)
    gone = consent(GIVEN + timedelta(days=1), GIVEN + timedelta(days=2))
    every = (new, gone, old)
    assert in_force(every, ConsentKind.PHOTO_TEACHING, GIVEN + timedelta(days=5)) is new
    assert in_force(every, ConsentKind.PHOTO_TEACHING, GIVEN - timedelta(days=1)) is old
    assert in_force(every, ConsentKind.PHOTO_TEACHING, GIVEN - timedelta(days=91)) is None


def test_consent_for_one_thing_is_none_for_another() -> None:
    for kind in ConsentKind:
        found = in_force([consent()], kind, GIVEN)
        assert (found is not None) is (kind is ConsentKind.PHOTO_TEACHING)
