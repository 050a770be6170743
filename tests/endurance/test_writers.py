"""T11: 1,000 transactions of four writers: none is lost, and every conflicting edit is told."""

from __future__ import annotations

from tests.endurance.writers import run

PUSH = 1000


def test_four_writers_lose_nothing_and_hide_no_conflict() -> None:
    outcome = run(PUSH, seed=11)
    assert outcome.bad == ()
    assert outcome.cases >= PUSH
    assert not outcome.worst.startswith("0 ")
