"""T21: killed while a password or the key is changed; packaging/endure.py does the many of a release."""

from __future__ import annotations

from tests.endurance.key_kills import run

KILLS = 12


def test_the_owner_always_gets_in_and_the_sheet_that_was_told_opens() -> None:
    outcome = run(KILLS, seed=8)
    assert outcome.bad == ()
    assert outcome.cases == KILLS
