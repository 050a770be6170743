"""Endurance: what happens thousands of times; pytest runs a little of it, packaging/endure.py far more.

How to plug a test of the plan (T1 to T25) in:

1. Write `tests/endurance/<noun>.py` with `run(count: int, seed: int) -> Outcome`. It does `count` cases, all
   chosen by `random.Random(seed)`, in temporary folders of its own, and gathers what went wrong in words
   instead of raising, so that one bad case does not hide the others. No pytest, no fixtures.
2. Write a thin test beside it (`tests/endurance/test_<noun>.py`, or in the room's folder):
   `outcome = run(PUSH, seed=…)`, then `assert outcome.bad == ()` and `assert outcome.cases >= PUSH`.
3. Name the module in PLAN of `tests/endurance/plan.py`, with the counts for each push and for a release.

A case that lives elsewhere and has no count (a table of all roles, say) is named in PLAN as a pytest path.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """How a number of cases went.

    cases: how many were really done. bad: one sentence for each that failed, with its seed or number.
    worst: the worst figure seen, in words ("slowest opening 0.41 s"). not_run: on a computer where there can
    be no cases, why, in one sentence.
    """

    cases: int
    bad: tuple[str, ...] = ()
    worst: str = ""
    not_run: str = ""
